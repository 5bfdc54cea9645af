// From switching on to the home screen: unlocking, who is here, the PIN.
#include <algorithm>

#include "app/session/machine.hpp"
#include "crypto/pin.hpp"

namespace app::session {

void Machine::on(Unlocked& event) {
    if (!unlocking() && !s_.waits(Pending::FindBundle)) return;
    take_in(std::move(event.setup));
    show_opened();
}

void Machine::on(UnlockFailed& event) {
    if (!unlocking()) return;
    const auto error = event.error;
    if (error == DeviceError::StoreDamaged) return show_damaged();
    if (auto* words = at<EnterWords>(); words != nullptr && error != DeviceError::OtherProgramme) {
        came(Pending::Unlock);
        words->refused = error;
        return;
    }
    if (error == DeviceError::NeedKey) {
        const bool looked = at<ChoosingSlot>() != nullptr;
        return show(ChoosingSlot{looked ? std::optional(error) : std::nullopt, std::nullopt});
    }
    const bool retry = error != DeviceError::SelfTest && error != DeviceError::LockedMemory;
    show(Problem{error, retry});
}

void Machine::on(NotStored&, Retry&) {
    store_what_is_not();
}

void Machine::on(Home&, Retry&) {
    store_what_is_not();
}

void Machine::store_what_is_not() {
    if (!s_.unstored_error()) return;
    store_again();
    show<NotStored>();
}

void Machine::on(ChoosingSlot& choosing, Retry&) {
    if (s_.waits()) return;
    choosing.refused.reset();
    if (choosing.proof) return want(ProveKey{std::nullopt, *choosing.proof}, Pending::ProveKey);
    want(Unlock{}, Pending::Unlock);
}

void Machine::on(BundleLost& lost, Retry&) {
    if (s_.waits()) return;
    lost.failed.reset();
    want(FindBundle{}, Pending::FindBundle);
}

void Machine::on(Problem& problem, Retry&) {
    if (!problem.can_retry) return;
    if (!s_.setup) {
        show<Starting>();
        want(Unlock{}, Pending::Unlock);
    } else if (!s_.worker) {
        show<Who>();
    } else if (s_.screening) {
        finish_as(s_.screening->ending.value_or(Ending::Sealed));
    } else {
        show<Home>();
    }
}

void Machine::on(Who&, ChooseWorker& event) {
    if (!s_.setup) return;
    const auto& workers = s_.setup->workers;
    if (std::none_of(workers.begin(), workers.end(), [&](const auto& w) { return w.number == event.number; })) return;
    auto digits = crypto::SecretBytes::make(s_.ready, crypto::pin_max_digits);
    if (!digits) return show(Problem{DeviceError::LockedMemory, true});
    EnterPin pin;
    pin.number = event.number;
    pin.digits = std::move(*digits);
    show(std::move(pin));
}

void Machine::on(EnterPin& pin, PinDigit& event) {
    if (s_.waits() || pin.count >= crypto::pin_max_digits || event.digit > 9) return;
    pin.digits.writable()[pin.count++] = static_cast<std::byte>('0' + event.digit);
    pin.refused.reset();
}

void Machine::on(EnterPin& pin, PinBackspace&) {
    if (s_.waits() || pin.count == 0) return;
    pin.digits.writable()[--pin.count] = std::byte{0};
}

void Machine::on(EnterPin& pin, PinSubmit&) {
    if (s_.waits() || pin.count < crypto::pin_min_digits) return;
    auto copy = crypto::SecretBytes::copy_of(s_.ready, pin.digits.view().first(pin.count));
    crypto::wipe(pin.digits.writable());
    pin.count = 0;
    if (!copy) return show(Problem{DeviceError::LockedMemory, true});
    want(CheckPin{pin.number, std::move(*copy)}, Pending::CheckPin);
}

void Machine::on(EnterPin& pin, PinChecked& event) {
    if (!s_.waits(Pending::CheckPin) || !(pin.number == event.number)) return;
    if (const auto* in = std::get_if<model::SignedIn>(&event.outcome)) {
        s_.worker = in->worker;
        s_.resumable = event.resumable && !s_.screening;
        s_.touched = now_.steady;
        if (s_.screening && s_.under && s_.screening->worker.number == in->worker.number) return uncover();
        hand_over();  // another worker's, left under the neutral screen
        s_.closes_at.reset();
        return go_home();
    }
    came(Pending::CheckPin);
    pin.refused = event.outcome;
}

void Machine::on(EnterPin&, PinUnchecked& event) {
    show(Problem{event.error, true});
}

void Machine::on(Clock&, TouchClock&) {
    if (now_.steady < s_.quiet_until) return;
    if (s_.setup) return show<Who>();
    show<Starting>();
    want(Unlock{}, Pending::Unlock);
}

void Machine::on(CloseWindow&) {
    if (s_.exporting()) want(StopExport{});
    if (s_.screening || !s_.unstored.empty()) lock();
    store_again();
    if (s_.unstored.empty()) return want(Quit{});
    s_.closing = !s_.unstored_error();  // else it stays, tries again, and says so to the next worker
}

}  // namespace app::session

// Who is here, and the PIN.
#include <algorithm>

#include "app/session/entry/rules.hpp"
#include "crypto/pin.hpp"

namespace app::session {

void Entry::on(Clock&, TouchClock&) {
    if (s_.now.steady < s_.quiet_until) return;
    if (s_.setup) return show<Who>();
    show<Starting>();
    want(Unlock{}, Pending::Unlock);
}

void Entry::on(Who&, ChooseWorker& event) {
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

void Entry::on(EnterPin& pin, PinDigit& event) {
    if (s_.waits() || pin.count >= crypto::pin_max_digits || event.digit > 9) return;
    pin.digits.writable()[pin.count++] = static_cast<std::byte>('0' + event.digit);
    pin.refused.reset();
}

void Entry::on(EnterPin& pin, PinBackspace&) {
    if (s_.waits() || pin.count == 0) return;
    pin.digits.writable()[--pin.count] = std::byte{0};
}

void Entry::on(EnterPin& pin, PinSubmit&) {
    if (s_.waits() || pin.count < crypto::pin_min_digits) return;
    auto copy = crypto::SecretBytes::copy_of(s_.ready, pin.digits.view().first(pin.count));
    crypto::wipe(pin.digits.writable());
    pin.count = 0;
    if (!copy) return show(Problem{DeviceError::LockedMemory, true});
    want(CheckPin{pin.number, std::move(*copy)}, Pending::CheckPin);
}

void Entry::on(EnterPin& pin, PinChecked& event) {
    if (!s_.waits(Pending::CheckPin) || !(pin.number == event.number)) return;
    if (const auto* in = std::get_if<model::SignedIn>(&event.outcome)) {
        s_.worker = in->worker;
        s_.resumable = event.resumable && !s_.screening;
        s_.touched = s_.now.steady;
        if (s_.screening && s_.under && s_.screening->worker.number == in->worker.number) return ways_out_.uncover();
        storing_.hand_over();  // another worker's, left under the neutral screen
        s_.closes_at.reset();
        return ways_out_.go_home();
    }
    came(Pending::CheckPin);
    pin.refused = event.outcome;
}

void Entry::on(EnterPin&, PinUnchecked& event) {
    show(Problem{event.error, true});
}

void Entry::on(EnterPin&, Back&) {
    show<Who>();
}

}  // namespace app::session

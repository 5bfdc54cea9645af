// Saving what is whole of a damaged store, by whoever could unlock the device.
#include "app/session/entry/rules.hpp"

namespace app::session {

/// The words are still there as they were typed: they are needed once more.
void Entry::show_damaged() {
    Damaged damaged;
    if (auto* words = at<EnterWords>()) {
        auto text = words->words.passphrase(s_.ready);
        if (!text) return show(Problem{DeviceError::LockedMemory, true});
        damaged.words = SlotWords{words->slot, std::move(*text)};
    }
    show(std::move(damaged));
}

void Entry::on(Damaged& damaged, RepairNow&) {
    if (s_.waits()) return;
    RepairStore order;
    if (damaged.words) {
        auto copy = crypto::SecretBytes::copy_of(s_.ready, damaged.words->words.view());
        if (!copy) {
            damaged.failed = DeviceError::LockedMemory;
            return;
        }
        order.words = SlotWords{damaged.words->slot, std::move(*copy)};
    }
    damaged.failed.reset();
    damaged.done = damaged.total = 0;
    want(std::move(order), Pending::RepairStore);
}

void Entry::on(Damaged& damaged, RepairProgress& event) {
    if (s_.waits(Pending::RepairStore)) {
        damaged.done = event.done;
        damaged.total = event.total;
    }
}

void Entry::on(Damaged& damaged, RepairFailed& event) {
    if (came(Pending::RepairStore)) damaged.failed = event.error;
}

void Entry::on(StoreRepaired& event) {
    if (!s_.waits(Pending::RepairStore)) return;
    if (event.setup) take_in(std::move(*event.setup));
    s_.lost_bundle = event.without_bundle;
    show(std::move(event.told));
}

void Entry::on(RepairedScreen& repaired, Next&) {
    if (repaired.error) return show(Problem{*repaired.error, true});
    show_opened();
}

}  // namespace app::session

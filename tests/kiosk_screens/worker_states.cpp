// Screens of the worker before a screening: starting, signing in, home.
#include "tests/kiosk_screens/maker.hpp"

namespace stage {

void add_worker_states(const Add& add) {
    add("starting", [](const Maker& k) { k.s.screen = Starting{}; });
    for (const auto error : {DeviceError::WrongKey, DeviceError::OtherKeys, DeviceError::StateForeign,
                             DeviceError::StateOdd, DeviceError::StoreDamaged, DeviceError::SlotsLost,
                             DeviceError::LockedMemory, DeviceError::NoBundle, DeviceError::SealFailed})
        add("problem." + std::string(catalogue_key(error)), [error](const Maker& k) {
            k.s.screen = Problem{error, error != DeviceError::LockedMemory};
        });
    add("problem.other_programme", [](const Maker& k) {
        k.verified();
        k.s.screen = Problem{DeviceError::OtherProgramme, true};
    });
    add("slot", [](const Maker& k) { k.s.screen = ChoosingSlot{}; });
    add("slot.verified", [](const Maker& k) {
        k.verified();
        k.s.screen = ChoosingSlot{};
    });
    add("slot.looking", [](const Maker& k) {
        k.s.screen = ChoosingSlot{};
        k.s.screen.pending = Pending::Unlock;
    });
    add("slot.not_found", [](const Maker& k) { k.s.screen = ChoosingSlot{DeviceError::NeedKey, std::nullopt}; });
    for (const std::string typed : {"", "m", "pan", "xq"})
        add("words" + (typed.empty() ? "" : "." + typed),
            [typed](const Maker& k) { k.s.screen = k.words("radio guac ", typed); });
    add("words.complete", [](const Maker& k) { k.s.screen = k.words(all_words, ""); });
    add("words.shown", [](const Maker& k) {
        auto words = k.words(all_words, "");
        words.shown = true;
        k.s.screen = std::move(words);
    });
    add("words.refused", [](const Maker& k) {
        auto words = k.words(all_words, "");
        words.refused = DeviceError::WrongWords;
        k.s.screen = std::move(words);
    });
    add("words.checking", [](const Maker& k) {
        auto words = k.words(all_words, "");
        k.s.screen = std::move(words);
        k.s.screen.pending = Pending::Unlock;
    });
    add("clock", [](const Maker& k) {
        k.inside();
        k.s.screen = Clock{};
    });
    add("who", [](const Maker& k) {
        k.inside();
        k.s.worker.reset();
        k.s.screen = Who{};
    });
    add("who.verified", [](const Maker& k) {
        k.inside();
        k.verified();
        k.s.worker.reset();
        k.s.screen = Who{};
    });
    add("pin.verified", [](const Maker& k) {
        k.inside();
        k.verified();
        EnterPin pin;
        pin.number = {314};
        k.s.screen = std::move(pin);
    });
    add("pin", [](const Maker& k) {
        k.inside();
        EnterPin pin;
        pin.number = {314};
        pin.count = 3;
        k.s.screen = std::move(pin);
    });
    add("pin.wrong", [](const Maker& k) {
        k.inside();
        EnterPin pin;
        pin.number = {1};
        pin.refused = app::model::WrongPin{3};
        k.s.screen = std::move(pin);
    });
    add("pin.wait", [](const Maker& k) {
        k.inside();
        EnterPin pin;
        pin.number = {1};
        pin.refused = app::model::MustWait{std::chrono::seconds(890)};
        k.s.screen = std::move(pin);
    });
    add("home", [](const Maker& k) {
        k.inside();
        k.s.screen = Home{};
    });
    add("home.border", [](const Maker& k) {
        k.inside();
        k.s.worker = k.s.setup->workers[1];
        k.s.screen = Home{};
    });
    add("home.first_only", [](const Maker& k) {
        k.inside();
        auto bundle = *k.s.setup->bundle;
        bundle.forms.resize(1);
        k.s.setup->bundle = std::make_shared<const app::exchange::Bundle>(std::move(bundle));
        k.s.screen = Home{};
    });
    add("briefing.flag", [](const Maker& k) {
        k.inside();
        k.s.screen = Briefing{Purpose::Observation};
    });
    add("briefing.practice", [](const Maker& k) {
        k.inside();
        k.s.screen = Briefing{Purpose::Training};
    });
    add("home.expired", [](const Maker& k) {
        k.inside();
        k.s.setup->expired = true;
        k.s.screen = Home{};
    });
    for (const bool ended : {false, true})
        add(ended ? "home.certificate_ended" : "home.certificate_ending", [ended](const Maker& k) {
            k.inside();
            k.s.setup->certificate_end = std::chrono::year(2026) / (ended ? 8 : 10) / 11;
            k.s.screen = Home{};
        });
    add("home.revoked", [](const Maker& k) {
        k.inside();
        revoke_this(k.s);
        k.s.screen = Home{};
    });
    add("home.open", [](const Maker& k) {
        k.inside();
        k.s.setup->folder_was_open = true;
        k.s.setup->key_open = true;
        k.s.setup->keys_lost = {1, 4};
        k.s.screen = Home{};
    });
    add("home.clock", [](const Maker& k) {
        k.inside();
        k.s.setup->clock_wrong = true;
        k.s.screen = Home{};
    });
    add("home.continue", [](const Maker& k) {
        k.inside();
        k.s.resumable = true;
        k.s.screen = Home{};
    });
    add("home.resume_over", [](const Maker& k) {
        k.inside();
        k.s.screen = Home{NotResumed{}};
    });
    add("home.not_resumed", [](const Maker& k) {
        k.inside();
        k.s.resumable = true;
        k.s.screen = Home{NotResumed{DeviceError::LockedMemory}};
    });
    add("home.notices", [](const Maker& k) {
        k.inside();
        k.s.setup->expired = true;
        k.s.setup->certificate_end = std::chrono::year(2026) / 8 / 11;
        k.s.asked_for = {{2}, {314}};
        k.unstored(DeviceError::NoRoom);
        k.s.screen = Home{};
    });
    for (const bool trying : {false, true})
        add(trying ? "not_stored.trying" : "not_stored", [trying](const Maker& k) {
            k.inside();
            k.unstored(trying ? std::nullopt : std::optional(DeviceError::NoRoom));
            k.s.screen = NotStored{};
        });
}

}  // namespace stage

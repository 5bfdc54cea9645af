#include "app/exchange/audit.hpp"
#include "tests/kiosk_screens/maker.hpp"

namespace stage {

void add_device_states(const Add& add) {
    add("settings", [](const Maker& k) {
        k.inside();
        k.s.screen = Settings{};
    });
    add("settings.damaged", [](const Maker& k) {
        k.inside();
        k.s.setup->damaged_files = {"amparo-unreadable-1f9a03bc.db", "amparo-unreadable-77aa01c2.db"};
        k.s.screen = Settings{};
    });
    add("settings.unconfined", [](const Maker& k) {
        k.inside();
        k.s.confined = false;
        k.s.screen = Settings{};
    });
    add("damaged", [](const Maker& k) { k.s.screen = Damaged{}; });
    add("damaged.working", [](const Maker& k) { k.s.screen = Damaged{std::nullopt, true, 37, 120, std::nullopt}; });
    add("damaged.no_room", [](const Maker& k) { k.s.screen = Damaged{std::nullopt, false, 0, 0, Trouble::NoRoom}; });
    add("repaired", [](const Maker& k) {
        k.inside();
        k.s.worker.reset();
        k.s.screen = RepairedScreen{118, 2, true, "amparo-unreadable-1f9a03bc.db", std::nullopt};
    });
    add("repaired.whole", [](const Maker& k) {
        k.inside();
        k.s.worker.reset();
        k.s.screen = RepairedScreen{118, 0, true, "amparo-unreadable-1f9a03bc.db", std::nullopt};
    });
    add("repaired.people", [](const Maker& k) {
        k.inside();
        k.s.worker.reset();
        k.s.screen = RepairedScreen{1, 0, false, "amparo-unreadable-1f9a03bc.db", std::nullopt};
    });
    add("repaired.set_up", [](const Maker& k) {
        k.s.screen = RepairedScreen{0, 0, false, "amparo-unreadable-1f9a03bc.db", Trouble::StateMissing};
    });
    add("audit", [](const Maker& k) {
        k.lead();
        AuditList list;
        list.reading = false;
        const auto day = std::chrono::sys_days(std::chrono::year(2026) / 9 / 23);
        std::uint64_t number = 40;
        for (const int back : {0, 1, 4})
            for (std::uint8_t type = 1; type <= app::exchange::audit_types; ++type) {
                list.rows.push_back({number--, type, day - std::chrono::days(back)});
                if (type == 2) list.rows.push_back({number--, type, day - std::chrono::days(back)});
            }
        k.s.screen = std::move(list);
    });
    add("audit.empty", [](const Maker& k) {
        k.lead();
        k.s.screen = AuditList{false, false, {}};
    });
    add("audit.failed", [](const Maker& k) {
        k.lead();
        k.s.screen = AuditList{false, true, {}};
    });
    add("audit.reading", [](const Maker& k) {
        k.lead();
        k.s.screen = AuditList{};
    });
    add("settings.pin_changed", [](const Maker& k) {
        k.inside();
        k.s.screen = Settings{true};
    });
    add("not_allowed", [](const Maker& k) {
        k.inside();
        k.s.screen = NotAllowed{};
    });
    add("people", [](const Maker& k) {
        k.lead();
        k.s.screen = People{};
    });
    add("people.added", [](const Maker& k) {
        k.lead();
        k.s.screen = People{app::store::WorkerNumber{9999}, std::nullopt};
    });
    add("people.removed", [](const Maker& k) {
        k.lead();
        k.s.screen = People{std::nullopt, app::store::WorkerNumber{9999}};
    });
    for (const auto step : {AddStep::Number, AddStep::Role, AddStep::Pin, AddStep::Again})
        add("people.add." + std::to_string(static_cast<int>(step)), [step](const Maker& k) {
            k.lead();
            k.s.screen = k.adding(step, std::nullopt);
        });
    for (const auto fault : {PeopleFault::Taken, PeopleFault::Differ, PeopleFault::NoRoom})
        add("people.add.fault." + std::to_string(static_cast<int>(fault)), [fault](const Maker& k) {
            k.lead();
            k.s.screen = k.adding(fault == PeopleFault::Taken ? AddStep::Number : AddStep::Pin, fault);
        });
    add("people.add.saving", [](const Maker& k) {
        k.lead();
        auto adding = k.adding(AddStep::Pin, std::nullopt);
        adding.working = true;
        k.s.screen = std::move(adding);
    });
    add("people.remove", [](const Maker& k) {
        k.lead();
        k.s.screen = RemovingWorker{k.s.setup->workers[1], false, std::nullopt};
    });
    add("people.remove.last", [](const Maker& k) {
        k.lead();
        k.s.screen = RemovingWorker{k.s.setup->workers[2], false, PeopleFault::LastLead};
    });
    add("people.remove.saving", [](const Maker& k) {
        k.lead();
        k.s.screen = RemovingWorker{k.s.setup->workers[1], true, std::nullopt};
    });
    for (const auto step : {PinStep::Current, PinStep::Pin, PinStep::Again})
        add("own_pin." + std::to_string(static_cast<int>(step)), [step](const Maker& k) {
            k.inside();
            k.s.screen = k.changing(step, std::nullopt);
        });
    add("own_pin.wrong", [](const Maker& k) {
        k.inside();
        k.s.screen = k.changing(PinStep::Current, app::store::WrongPin{2});
    });
    add("own_pin.wait", [](const Maker& k) {
        k.inside();
        k.s.screen = k.changing(PinStep::Current, app::store::MustWait{std::chrono::seconds(890)});
    });
    add("keys", [](const Maker& k) {
        k.lead();
        k.s.screen = DeviceKeys{};
    });
    for (const auto refused : {Trouble::NeedKey, Trouble::WrongKey, Trouble::NoSlot})
        add("keys.proof." + std::to_string(static_cast<int>(refused)), [refused](const Maker& k) {
            k.lead();
            k.s.screen = ChoosingSlot{false, refused, KeyUse::Add};
        });
    add("keys.proof.words", [](const Maker& k) {
        k.lead();
        auto words = k.words("radio guac ", "pan");
        words.proof = KeyUse::Change;
        k.s.screen = std::move(words);
    });
    add("keys.proof.checking", [](const Maker& k) {
        k.lead();
        auto words = k.words(all_words, "");
        words.proof = KeyUse::Change;
        words.checking = true;
        k.s.screen = std::move(words);
    });
    add("keys.new", [](const Maker& k) {
        k.lead();
        k.s.screen = NewWords{k.fresh()};
    });
    add("keys.repeat", [](const Maker& k) {
        k.lead();
        k.s.screen = RepeatWords{k.fresh(), k.words("radio guac ", "pan")};
    });
    add("keys.repeat.differ", [](const Maker& k) {
        k.lead();
        auto words = k.words(all_words, "");
        words.refused = Trouble::OtherWords;
        k.s.screen = RepeatWords{k.fresh(), std::move(words)};
    });
    add("keys.saving", [](const Maker& k) {
        k.lead();
        k.s.screen = SavingWords{};
    });
    for (const bool by_key : {false, true})
        add(by_key ? "keys.changed.key" : "keys.changed", [by_key](const Maker& k) {
            k.lead();
            k.s.screen = KeysTold{KeyUse::Change, 7, by_key, std::nullopt};
        });
    add("keys.added", [](const Maker& k) {
        k.lead();
        k.s.screen = KeysTold{KeyUse::Add, 7, false, std::nullopt};
    });
    for (const auto why : {Trouble::NoRoom, Trouble::NeedKey, Trouble::KeysUnsure})
        add("keys.failed." + std::to_string(static_cast<int>(why)), [why](const Maker& k) {
            k.lead();
            k.s.screen = KeysTold{KeyUse::Change, 0, false, why};
        });
}

}  // namespace stage

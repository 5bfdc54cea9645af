#include "app/exchange/audit.hpp"
#include "tests/kiosk_screens/maker.hpp"

namespace stage {
namespace {

RepairedScreen repaired(std::uint64_t kept, std::uint64_t lost) {
    RepairedScreen told;
    told.repaired.people_kept = told.repaired.bundle_kept = told.repaired.settings_kept = true;
    told.repaired.kept = kept;
    told.repaired.lost = lost;
    told.repaired.damaged_file = "amparo-unreadable-1f9a03bc.db";
    return told;
}

void lose_bundle(const Maker& k, DeviceError why, bool can_send, std::optional<DeviceError> failed) {
    BundleLost lost;
    lost.why = why;
    lost.counts.waiting = 118;
    lost.sequence = 7;
    lost.can_send = can_send;
    lost.failed = failed;
    k.s.lost_bundle = lost;
    k.s.screen = std::move(lost);
}

}  // namespace

void add_device_states(const Add& add) {
    add("settings", [](const Maker& k) {
        k.inside();
        k.s.setup->certificate_end = std::chrono::year(2028) / 11 / 28;
        k.s.screen = Settings{};
    });
    add("settings.verified", [](const Maker& k) {
        k.inside();
        k.verified();
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
    add("damaged.working", [](const Maker& k) {
        k.s.screen = Damaged{std::nullopt, 37, 120, std::nullopt};
        k.s.screen.pending = Pending::RepairStore;
    });
    add("damaged.no_room", [](const Maker& k) { k.s.screen = Damaged{std::nullopt, 0, 0, DeviceError::NoRoom}; });
    add("repaired", [](const Maker& k) {
        k.inside();
        k.s.worker.reset();
        k.s.screen = repaired(118, 2);
    });
    add("repaired.whole", [](const Maker& k) {
        k.inside();
        k.s.worker.reset();
        k.s.screen = repaired(118, 0);
    });
    add("repaired.people", [](const Maker& k) {
        k.inside();
        k.s.worker.reset();
        auto told = repaired(1, 0);
        told.repaired.people_kept = false;
        told.repaired.settings_kept = false;
        k.s.screen = std::move(told);
    });
    add("repaired.everything", [](const Maker& k) {
        k.inside();
        k.s.worker.reset();
        auto told = repaired(1, 3);
        told.repaired.audit_lost = 12;
        told.repaired.people_kept = told.repaired.bundle_kept = told.repaired.settings_kept = false;
        k.s.screen = std::move(told);
    });
    add("repaired.error", [](const Maker& k) {
        auto told = repaired(2, 1);
        told.repaired.people_kept = told.repaired.settings_kept = false;
        told.error = DeviceError::StateReadOnly;
        k.s.screen = std::move(told);
    });
    add("bundle_lost", [](const Maker& k) { lose_bundle(k, DeviceError::NoBundle, true, std::nullopt); });
    add("bundle_lost.looking", [](const Maker& k) {
        lose_bundle(k, DeviceError::NoBundle, true, std::nullopt);
        k.s.screen.pending = Pending::FindBundle;
    });
    add("bundle_lost.none", [](const Maker& k) { lose_bundle(k, DeviceError::NoBundle, true, DeviceError::NoBundle); });
    add("bundle_lost.old",
        [](const Maker& k) { lose_bundle(k, DeviceError::ProgramTooOld, true, DeviceError::OldBundle); });
    add("bundle_lost.too_many",
        [](const Maker& k) { lose_bundle(k, DeviceError::NoBundle, true, DeviceError::TooManyBundles); });
    add("bundle_lost.cannot", [](const Maker& k) {
        lose_bundle(k, DeviceError::NoBundle, false, std::nullopt);
        std::get<BundleLost>(k.s.screen).sequence = 0;
    });
    add("bundle_lost.send", [](const Maker& k) {
        lose_bundle(k, DeviceError::NoBundle, true, std::nullopt);
        Send sending;
        sending.places = {{"/media/USB", true, false, 4'000'000'000U}};
        k.s.screen = std::move(sending);
    });
    add("audit", [](const Maker& k) {
        k.lead();
        AuditList list;
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
        k.s.screen = AuditList{};
    });
    add("audit.failed", [](const Maker& k) {
        k.lead();
        k.s.screen = AuditList{true, {}};
    });
    add("audit.reading", [](const Maker& k) {
        k.lead();
        k.s.screen = AuditList{};
        k.s.screen.pending = Pending::ListAudit;
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
        k.s.screen = People{app::model::WorkerNumber{9999}, std::nullopt};
    });
    add("people.removed", [](const Maker& k) {
        k.lead();
        k.s.screen = People{std::nullopt, app::model::WorkerNumber{9999}};
    });
    for (const auto step : {AddStep::Number, AddStep::Role, AddStep::Pin, AddStep::Again})
        add("people.add." + std::to_string(static_cast<int>(step)), [step](const Maker& k) {
            k.lead();
            k.s.screen = k.adding(step, std::nullopt);
        });
    for (const auto fault : {PeopleError::Taken, PeopleError::Removed, PeopleError::Differ, PeopleError::NoRoom})
        add("people.add.fault." + std::to_string(static_cast<int>(fault)), [fault](const Maker& k) {
            k.lead();
            k.s.screen = k.adding(
                fault == PeopleError::Taken || fault == PeopleError::Removed ? AddStep::Number : AddStep::Pin, fault);
        });
    add("people.add.saving", [](const Maker& k) {
        k.lead();
        auto adding = k.adding(AddStep::Pin, std::nullopt);
        k.s.screen = std::move(adding);
        k.s.screen.pending = Pending::SaveWorker;
    });
    for (const auto step : {AddStep::Number, AddStep::Pin})
        add(step == AddStep::Number ? "lead.number" : "lead.pin", [step](const Maker& k) {
            k.lead();
            k.s.worker.reset();
            k.s.setup->workers.clear();
            auto adding = k.adding(step, std::nullopt);
            adding.first_lead = true;
            k.s.screen = std::move(adding);
        });
    add("people.remove", [](const Maker& k) {
        k.lead();
        k.s.screen = RemovingWorker{k.s.setup->workers[1], std::nullopt};
    });
    add("people.remove.last", [](const Maker& k) {
        k.lead();
        k.s.screen = RemovingWorker{k.s.setup->workers[2], PeopleError::LastLead};
    });
    add("people.remove.saving", [](const Maker& k) {
        k.lead();
        k.s.screen = RemovingWorker{k.s.setup->workers[1], std::nullopt};
        k.s.screen.pending = Pending::DropWorker;
    });
    for (const auto step : {PinStep::Current, PinStep::Pin, PinStep::Again})
        add("own_pin." + std::to_string(static_cast<int>(step)), [step](const Maker& k) {
            k.inside();
            k.s.screen = k.changing(step, std::nullopt);
        });
    add("own_pin.wrong", [](const Maker& k) {
        k.inside();
        k.s.screen = k.changing(PinStep::Current, app::model::WrongPin{2});
    });
    add("own_pin.wait", [](const Maker& k) {
        k.inside();
        k.s.screen = k.changing(PinStep::Current, app::model::MustWait{std::chrono::seconds(890)});
    });
    add("keys", [](const Maker& k) {
        k.lead();
        k.s.screen = DeviceKeys{};
    });
    for (const auto refused : {DeviceError::NeedKey, DeviceError::WrongKey, DeviceError::NoSlot})
        add("keys.proof." + std::to_string(static_cast<int>(refused)), [refused](const Maker& k) {
            k.lead();
            k.s.screen = ChoosingSlot{refused, KeyUse::Add};
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
        k.s.screen = std::move(words);
        k.s.screen.pending = Pending::ProveKey;
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
        words.refused = DeviceError::OtherWords;
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
    for (const auto why : {DeviceError::NoRoom, DeviceError::NeedKey, DeviceError::KeysUnsure})
        add("keys.failed." + std::to_string(static_cast<int>(why)), [why](const Maker& k) {
            k.lead();
            k.s.screen = KeysTold{KeyUse::Change, 0, false, why};
        });
}

}  // namespace stage

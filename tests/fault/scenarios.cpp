#include "tests/fault/scenarios.hpp"

#include "app/device/brought.hpp"
#include "app/device/people.hpp"
#include "app/kiosk/keys.hpp"
#include "tests/support/old_store.hpp"

namespace fault {
namespace {

using test::Deployment;
using test::order;
using test::ready;
using test::secret;
namespace kiosk = app::kiosk;
namespace session = app::session;
namespace store = app::store;
namespace fs = test::fs;

using Begin = std::function<void()>;

const std::string one(32, 'a');
const auto go_on = [](std::uint64_t, std::uint64_t) { return true; };

void seal(kiosk::Device& device, char record, std::uint32_t revision) {
    REQUIRE(kiosk::seal(ready(), device, order(record, revision, "{}")));
}

std::uint32_t last(kiosk::Device& device, const std::string& record = one) {
    const auto revision = device.store->records().last_revision(record);
    REQUIRE(revision);
    return *revision;
}

/// The newest sealed copy of the record is there and verifies.
void sealed_up_to(const Deployment& deployment, std::uint32_t least, std::uint32_t most) {
    auto device = deployment.open();
    const auto revision = last(device);
    CHECK(revision >= least);
    CHECK(revision <= most);
    for (const auto& row : test::waiting(device)) CHECK(device.store->records().read(row.id));
}

bool signs_in(kiosk::Device& device, std::uint32_t number, std::string_view pin) {
    const auto said =
        device.store->people().sign_in({number}, secret(pin), {std::chrono::sys_days(std::chrono::days(20'000))});
    REQUIRE(said);
    return std::holds_alternative<store::SignedIn>(*said);
}

bool has_worker(kiosk::Device& device, std::uint32_t number) {
    const auto workers = device.store->people().workers();
    REQUIRE(workers);
    return std::any_of(workers->begin(), workers->end(), [&](const auto& w) { return w.number.value == number; });
}

// ---- records ------------------------------------------------------------------------------------------------------

Scenario seal_next(std::string_view name, std::uint32_t before, bool exported) {
    return {name,
            [=](const Deployment& deployment) {
                auto device = deployment.open();
                for (std::uint32_t revision = 1; revision <= before; ++revision) seal(device, 'a', revision);
                if (exported) REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), go_on));
            },
            [=](const Deployment& deployment, const Begin& begin) {
                auto device = deployment.open();
                auto next = order('a', before + 1, "{}");
                begin();
                return kiosk::seal(ready(), device, next).has_value();
            },
            [=](const Deployment& deployment, Told told) {
                sealed_up_to(deployment, told == Told::Done ? before + 1 : before, before + 1);
                if (!exported) return;
                auto device = deployment.open();
                CHECK(*device.store->records().was_exported(one));  // what the coordinators may have is never forgotten
            }};
}

Scenario withdraw(bool exported) {
    return {exported ? "taking back what was sent" : "taking back",
            [=](const Deployment& deployment) {
                auto device = deployment.open();
                seal(device, 'a', 1);
                seal(device, 'a', 2);
                if (exported) REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), go_on));
            },
            [](const Deployment& deployment, const Begin& begin) {
                auto device = deployment.open();
                session::Withdraw back{one, 3, secret(R"({"kind":"withdrawn"})")};
                begin();
                return kiosk::withdraw(ready(), device, back).has_value();
            },
            [=](const Deployment& deployment, Told told) {
                auto device = deployment.open();
                const auto revision = last(device);
                if (told == Told::Done) CHECK(revision == (exported ? 3U : 0U));
                if (told != Told::Done) CHECK((revision == 2 || revision == (exported ? 3U : 0U)));
            }};
}

// ---- people -------------------------------------------------------------------------------------------------------

const auto with_record = [](const Deployment& deployment) {
    auto device = deployment.open();
    seal(device, 'a', 1);
};

Scenario add_worker() {
    return {"adding a worker", with_record,
            [](const Deployment& deployment, const Begin& begin) {
                auto device = deployment.open();
                const session::SaveWorker save{{{27}, store::Role::Shelter}, secret("112233")};
                begin();
                return app::device::add_worker(ready(), device, save.worker, save.pin, save.first_lead).has_value();
            },
            [](const Deployment& deployment, Told told) {
                auto device = deployment.open();
                if (told == Told::Done) CHECK(has_worker(device, 27));
                if (has_worker(device, 27)) CHECK(signs_in(device, 27, "112233"));
            }};
}

Scenario remove_worker() {
    return {"removing a worker", with_record,
            [](const Deployment& deployment, const Begin& begin) {
                auto device = deployment.open();
                begin();
                return app::device::remove_worker(ready(), device, {1}).has_value();
            },
            [](const Deployment& deployment, Told told) {
                auto device = deployment.open();
                if (told == Told::Done) CHECK_FALSE(has_worker(device, 1));
                if (has_worker(device, 1)) CHECK(signs_in(device, 1, "135790"));
            }};
}

Scenario change_pin() {
    return {"changing a PIN", with_record,
            [](const Deployment& deployment, const Begin& begin) {
                auto device = deployment.open();
                const session::ChangePin change{{1}, secret("975310")};
                begin();
                return app::device::change_pin(ready(), device, change.number, change.pin).has_value();
            },
            [](const Deployment& deployment, Told told) {
                auto device = deployment.open();
                const bool fresh = signs_in(device, 1, "975310");
                if (told == Told::Done) CHECK(fresh);
                CHECK(fresh != signs_in(device, 1, "135790"));
            }};
}

// ---- the device ---------------------------------------------------------------------------------------------------

Scenario unlock() {
    return {"unlocking", with_record,
            [](const Deployment& deployment, const Begin& begin) {
                const auto places = deployment.places();
                const auto day = test::today();
                begin();
                return kiosk::Device::unlock(ready(), places, std::nullopt, day).has_value();
            },
            [](const Deployment& deployment, Told) { sealed_up_to(deployment, 1, 1); }};
}

Scenario words(session::KeyUse use, std::string_view name) {
    return {
        name, with_record,
        [=](const Deployment& deployment, const Begin& begin) {
            auto device = deployment.open();
            auto made = kiosk::prove(ready(), device, deployment.places(), {std::nullopt, use});
            if (!made) throw std::logic_error("no words");
            test::write(deployment.path() / "new-words", crypto::as_text(made->fresh.words.view()));
            test::write(deployment.path() / "new-slot", std::to_string(made->fresh.slot));
            const session::SaveWords save{std::move(made->fresh)};
            begin();
            return kiosk::save_words(ready(), device, deployment.places(), save).has_value();
        },
        [](const Deployment& deployment, Told told) {
            sealed_up_to(deployment, 1, 1);  // whoever was present still opens it, by the key file
            const auto slot = std::stoul(test::read(deployment.path() / "new-slot"));
            const std::optional fresh = session::SlotWords{slot, secret(test::read(deployment.path() / "new-words"))};
            const bool opens = kiosk::Device::unlock(ready(), deployment.places(), fresh, test::today()).has_value();
            if (told == Told::Done) CHECK(opens);
        },
        true};
}

Scenario repair() {
    return {"repairing",
            [](const Deployment& deployment) {
                {
                    auto device = deployment.open();
                    for (const char record : {'a', 'b', 'c'}) seal(device, record, 1);
                }
                deployment.damage_a_row();
            },
            [](const Deployment& deployment, const Begin& begin) {
                const auto places = deployment.places();
                begin();
                return app::device::repair(ready(), places, std::nullopt, {}).has_value();
            },
            [](const Deployment& deployment, Told told) {
                bool opens = false;
                {
                    const auto device =
                        kiosk::Device::unlock(ready(), deployment.places(), std::nullopt, test::today());
                    opens = device.has_value();
                }
                if (told == Told::Done) CHECK(opens);
                if (!opens) REQUIRE(app::device::repair(ready(), deployment.places(), std::nullopt, {}));
                auto device = deployment.open();
                CHECK(device.store->records().counts()->waiting >= 2);
                CHECK(device.store->people().workers()->size() == 3);
            }};
}

Scenario find_bundle() {
    return {"bringing a lost bundle",
            [](const Deployment& deployment) {
                with_record(deployment);
                fs::copy_file(deployment.stick() / "bundle-1.amparo", deployment.path() / "usb" / "bundle-1.amparo");
                deployment.lose_bundle();
            },
            [](const Deployment& deployment, const Begin& begin) {
                auto device = deployment.open();
                const std::vector folders{deployment.path() / "usb"};
                begin();
                return app::device::find_bundle(ready(), device, folders).has_value();
            },
            [](const Deployment& deployment, Told told) {
                sealed_up_to(deployment, 1, 1);
                auto device = deployment.open();
                if (told == Told::Done) CHECK(device.bundle);
                if (!device.bundle) REQUIRE(app::device::find_bundle(ready(), device, {deployment.path() / "usb"}));
            }};
}

Scenario first_lead() {
    return {"making the first lead",
            [](const Deployment& deployment) {
                with_record(deployment);
                deployment.lose_people();
            },
            [](const Deployment& deployment, const Begin& begin) {
                auto device = deployment.open();
                const session::SaveWorker save{{{27}, store::Role::ShiftLead}, secret("112233"), true};
                begin();
                return app::device::add_worker(ready(), device, save.worker, save.pin, save.first_lead).has_value();
            },
            [](const Deployment& deployment, Told told) {
                auto device = deployment.open();
                if (told == Told::Done) CHECK(has_worker(device, 27));
                if (has_worker(device, 27)) CHECK(signs_in(device, 27, "112233"));
            }};
}

/// What somebody has put into the folder is put aside.
Scenario unlock_planted() {
    return {"unlocking beside planted files",
            [](const Deployment& deployment) {
                with_record(deployment);
                test::write(deployment.state() / "repaired-amparo-unreadable-00000000.db", "x");
                test::write(deployment.state() / "amparo.db-journal", std::string(600, 'j'));
            },
            [](const Deployment& deployment, const Begin& begin) {
                const auto places = deployment.places();
                const auto day = test::today();
                begin();
                return kiosk::Device::unlock(ready(), places, std::nullopt, day).has_value();
            },
            [](const Deployment& deployment, Told) { sealed_up_to(deployment, 1, 1); }};
}

/// The device as the first version of the store left it.
void make_old(const Deployment& deployment) {
    auto device = deployment.open();
    const auto enrolment = *device.store->device().enrolment();
    const auto bundle = *device.store->bundle().installed();
    const auto signing = device.store->device().key();
    const auto key = *crypto::SecretBytes::copy_of(ready(), device.key.view());
    REQUIRE(signing);
    device.store.reset();
    const auto file = deployment.state() / store::database_file;
    fs::remove(file);
    const auto sealed = crypto::seal_record(ready(), crypto::as_bytes("{}"), device.bundle->recipient_keys());
    REQUIRE(sealed);
    support::make_store_of_version_1(ready(), file, key, [&](store::Store& old) {
        REQUIRE(old.device().keep_key(*signing));
        REQUIRE(old.device().enrol(enrolment));
        REQUIRE(old.bundle().install(bundle.sequence, bundle.bytes));
        REQUIRE(old.people().add({{1}, store::Role::ShiftLead}, secret("135790"), crypto::argon_floor));
        REQUIRE(old.records().insert(one, 1, sealed->bytes, {}));
    });
}

Scenario migrate() {
    auto scenario = unlock();
    scenario.name = "migrating";
    scenario.prepare = make_old;
    return scenario;
}

/// Files that do not say how the database begins: both copies of the slots are written again.
Scenario unlock_old_files() {
    auto scenario = unlock();
    scenario.name = "unlocking with files of an earlier version";
    scenario.prepare = [](const Deployment& deployment) {
        with_record(deployment);
        fs::remove(deployment.state() / store::salt_file);
        for (const auto name : {store::slots_file, store::slots_copy_file})
            fs::resize_file(deployment.state() / name, crypto::slots_file_size);
    };
    return scenario;
}

}  // namespace

const std::vector<Scenario>& scenarios() {
    static const auto all = [] {
        std::vector made{seal_next("sealing the first page", 0, false),
                         seal_next("sealing a revision", 2, false),
                         seal_next("sealing after a sending", 1, true),
                         withdraw(false),
                         withdraw(true),
                         add_worker(),
                         remove_worker(),
                         change_pin(),
                         unlock(),
                         words(session::KeyUse::Change, "changing the words"),
                         words(session::KeyUse::Add, "adding words"),
                         repair(),
                         find_bundle(),
                         accept_news(),
                         first_lead(),
                         unlock_planted(),
                         unlock_old_files(),
                         migrate()};
        for (auto& one : sending_scenarios()) made.push_back(std::move(one));
        for (auto& one : enrol_scenarios()) made.push_back(std::move(one));
        for (auto& one : receipt_scenarios()) made.push_back(std::move(one));
        return made;
    }();
    return all;
}

}  // namespace fault

// A damaged database: said at the unlock, repaired by whoever could unlock, told to the coordinators with the next
// batch.
#include <map>

#include "app/device/noting.hpp"
#include "app/exchange/open/audit_open.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "app/kiosk/effect_runner.hpp"
#include "tests/kiosk/held_kiosk.hpp"
#include "tests/support/batch_members.hpp"

using namespace test;
using session::DeviceError;
namespace exchange = app::exchange;

namespace {

void fill(const Deployment& deployment) {
    auto device = deployment.open();
    for (const char record : {'a', 'b', 'c', 'd'}) REQUIRE(kiosk::seal(ready(), device, order(record, 1, "{}")));
    REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
    for (const char record : {'e', 'f'}) REQUIRE(kiosk::seal(ready(), device, order(record, 1, "{}")));
}

std::map<std::string, std::string> files_of(const Deployment& deployment) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(deployment.state()))
        files[entry.path().filename().string()] = read(entry.path());
    return files;
}

}  // namespace

TEST_CASE(
    "A damaged database is repaired with the key of the device, and the coordinators are told with the next batch") {
    const Deployment deployment;
    fill(deployment);
    deployment.damage_a_row();
    const auto damaged = read(deployment.state() / store::database_file);
    const auto places = deployment.places();
    std::vector<session::Answer> events;
    {
        kiosk::EffectRunner runner(ready(), places, [] {});
        runner.run(session::Unlock{});
        runner.run(session::RepairStore{});
        runner.run(order('0', 1, "{}"));  // it is unlocked afterwards, and screenings go on
        while (runner.wait_for_event())
            for (auto& event : runner.take()) events.push_back(std::move(event));
    }
    REQUIRE(events.size() >= 3);
    CHECK(std::get<session::UnlockFailed>(events.front()).error == DeviceError::StoreDamaged);
    CHECK(std::holds_alternative<session::Sealed>(events.back()));
    const auto& repaired = std::get<session::StoreRepaired>(events[events.size() - 2]);
    REQUIRE(repaired.setup);
    CHECK(repaired.setup->workers.size() == 3);
    CHECK(repaired.told.repaired.people_kept);
    CHECK(repaired.told.repaired.kept + repaired.told.repaired.lost == 6);
    CHECK(repaired.told.repaired.lost <= 1);
    CHECK(read(deployment.state() / repaired.told.repaired.damaged_file) == damaged);

    auto device = deployment.open();
    CHECK(device.setup(today())->damaged_files == std::vector{repaired.told.repaired.damaged_file});
    CHECK(device.store->device().enrolment()->epoch == 2);
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE(sent);
    const auto identities = deployment.coordinator();
    const auto batch =
        exchange::open_batch(ready(), deployment.outbox() / sent->file, identities,
                             *crypto::DeploymentPublicKey::parse(device.enrolment.deployment_key), today());
    REQUIRE(batch);
    const auto told = std::find_if(batch->audit.begin(), batch->audit.end(), [](const auto& entry) {
        return exchange::parse_audit_name(entry.name)->type == "database-repaired";
    });
    REQUIRE(told != batch->audit.end());
    const auto detail = exchange::open_audit(ready(), *exchange::parse_audit_name(told->name),
                                             sealed_members(ready(), *batch).at(told->name), identities);
    REQUIRE(detail);
    CHECK(detail->number == repaired.told.repaired.lost);
    CHECK(detail->lost.empty() == (repaired.told.repaired.audit_lost == 0 && repaired.told.repaired.bundle_kept &&
                                   repaired.told.repaired.people_kept && repaired.told.repaired.settings_kept));

    // The new epoch is tied to the one before it, and what no receipt covers came once more.
    CHECK(batch->header.epoch == 2);
    CHECK(batch->header.sequence == 1);
    const auto names = deployment.batches();
    const auto first = std::find_if(names.begin(), names.end(), [&](const auto& name) { return name != sent->file; });
    REQUIRE(first != names.end());
    const auto before =
        exchange::open_batch(ready(), deployment.outbox() / *first, identities,
                             *crypto::DeploymentPublicKey::parse(device.enrolment.deployment_key), today());
    REQUIRE(before);
    CHECK(before->header.epoch == 1);
    CHECK(batch->header.previous == before->manifest_sha256);
    CHECK(batch->records.size() == repaired.told.repaired.kept + 1);
}

TEST_CASE("A shift lead who was removed does not come back with one old page and a repair: a lead is made anew") {
    const Deployment deployment;
    const auto file = deployment.state() / store::database_file;
    {
        auto device = deployment.open();
        REQUIRE(device.store->people().add({{8}, store::Role::ShiftLead}, secret("975310")));
    }
    const auto before = read(file);
    {
        auto device = deployment.open();
        REQUIRE(device.store->people().remove({8}));
    }
    const auto now = read(file);
    constexpr std::size_t page_bytes = 4096;
    std::size_t put_back = 0;
    for (std::size_t at = page_bytes; at + page_bytes <= std::min(before.size(), now.size()); at += page_bytes) {
        if (before.compare(at, page_bytes, now, at, page_bytes) == 0) continue;
        auto mixed = now;
        mixed.replace(at, page_bytes, before, at, page_bytes);
        write(file, mixed);
        kiosk::EffectRunner runner(ready(), deployment.places(), [] {});
        runner.run(session::Unlock{});
        runner.run(session::RepairStore{});
        std::vector<session::Answer> events;
        while (runner.wait_for_event())
            for (auto& event : runner.take()) events.push_back(std::move(event));
        if (std::holds_alternative<session::Unlocked>(events.front())) continue;  // of nothing that decides
        const auto& repaired = std::get<session::StoreRepaired>(events.back());
        INFO("page_bytes " << at / page_bytes + 1);
        REQUIRE((repaired.setup || repaired.without_bundle));
        CHECK_FALSE(repaired.told.repaired.people_kept);
        if (repaired.setup) CHECK(repaired.setup->workers.empty());
        ++put_back;
    }
    CHECK(put_back > 0);
}

TEST_CASE("A repair is told once, however often the device is unlocked afterwards") {
    const Deployment deployment;
    fill(deployment);
    deployment.damage_a_row();
    REQUIRE(app::device::repair(ready(), deployment.places(), std::nullopt, {}));
    for (int i = 0; i < 3; ++i) (void)deployment.open();
    auto device = deployment.open();
    std::size_t told = 0;
    const auto rows = device.store->audit().rows(100);
    REQUIRE(rows);
    for (const auto& row : *rows)
        told += row.type == static_cast<std::uint8_t>(exchange::AuditType::DatabaseRepaired) ? 1 : 0;
    CHECK(told == 1);
}

TEST_CASE("What a device sent before its repair and what it sends afterwards is taken in without an alarm") {
    const Deployment deployment;
    fill(deployment);
    deployment.damage_a_row();
    REQUIRE(app::device::repair(ready(), deployment.places(), std::nullopt, {}));
    {
        auto device = deployment.open();
        REQUIRE(kiosk::seal(ready(), device, order('0', 1, "{}")));
        REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
    }
    const auto names = deployment.batches();
    REQUIRE(names.size() == 2);
    for (const auto& name : names) {
        const auto imported =
            deployment.run_amparo("import '" + (deployment.outbox() / name).string() + "' --casebook '" +
                                  (deployment.path() / "casebook/cases.db").string() + "'");
        INFO(imported.out << imported.err);
        CHECK(imported.out.find("taken in") != std::string::npos);
        CHECK(imported.err.find("ALARM") == std::string::npos);
        CHECK(imported.out.find("ALARM") == std::string::npos);
    }
}

TEST_CASE("Nobody repairs a device that they cannot unlock") {
    const Deployment deployment;
    fill(deployment);
    deployment.damage_a_row();
    const auto damaged = read(deployment.state() / store::database_file);
    const std::optional wrong = session::SlotWords{1, secret("radio-hotel-canal-zinc-yoga-plaza-metro-solar")};
    CHECK(app::device::repair(ready(), deployment.places(), wrong, {}).error() == DeviceError::WrongWords);
    fs::remove(deployment.places().device_key);
    CHECK(app::device::repair(ready(), deployment.places(), std::nullopt, {}).error() == DeviceError::NeedKey);
    CHECK(read(deployment.state() / store::database_file) == damaged);
    CHECK(app::device::repair(ready(), deployment.places(), deployment.words(), {}));
}

TEST_CASE("When nothing can be read the device says so, and the database stays where it is") {
    const Deployment deployment;
    fill(deployment);
    const auto file = deployment.state() / store::database_file;
    const auto whole = read(file);
    const auto lost = [&](DeviceError opening) {
        const auto before = files_of(deployment);
        CHECK(deployment.error() == opening);
        CHECK(app::device::repair(ready(), deployment.places(), std::nullopt, {}).error() == DeviceError::StoreLost);
        CHECK(app::device::repair(ready(), deployment.places(), deployment.words(), {}).error() ==
              DeviceError::StoreLost);
        CHECK(files_of(deployment) == before);
    };
    for (const auto& content : {std::string(whole.size(), 'x'), std::string(whole.size(), '\0'), std::string(),
                                whole.substr(0, 4096), std::string(4096, '\0')}) {
        write(file, content);
        lost(DeviceError::StoreDamaged);
    }
    fs::remove(file);
    lost(DeviceError::StoreLost);
    // On the screen of the damage, and by the words too.
    write(file, std::string(whole.size(), 'x'));
    kiosk::EffectRunner runner(ready(), deployment.places(), [] {});
    runner.run(session::RepairStore{});
    std::vector<session::Answer> events;
    while (runner.wait_for_event())
        for (auto& event : runner.take()) events.push_back(std::move(event));
    REQUIRE(std::holds_alternative<session::RepairFailed>(events.back()));
    CHECK(std::get<session::RepairFailed>(events.back()).error == DeviceError::StoreLost);
}

TEST_CASE("A folder without database and without slots is one of a device that is not enrolled") {
    const Deployment deployment;
    for (const auto name : {store::database_file, store::slots_file, store::slots_copy_file})
        fs::remove(deployment.state() / name);
    CHECK(deployment.error() == DeviceError::StateMissing);
}

TEST_CASE("A damaged data folder of another programme is refused before anything in it is changed") {
    const Deployment deployment;
    fill(deployment);
    const auto own = deployment.pinned();
    deployment.damage_a_row();
    const auto other = crypto::DeploymentSecretKey::generate(ready());
    REQUIRE(other);
    auto places = deployment.places();
    places.programme = other->public_key();
    const auto before = files_of(deployment);
    for (const bool by_words : {false, true}) {
        const auto words = by_words ? std::optional(deployment.words()) : std::nullopt;
        CHECK(kiosk::Device::unlock(ready(), places, words, today()).error() == DeviceError::StoreDamaged);
        CHECK(app::device::repair(ready(), places, words, {}).error() == DeviceError::OtherProgramme);
        CHECK(files_of(deployment) == before);
    }
    places.programme = own;
    CHECK(app::device::repair(ready(), places, std::nullopt, {}));
    CHECK(kiosk::Device::unlock(ready(), places, std::nullopt, today()));
}

TEST_CASE("A damaged store in which one device's certificate stands over another's key is refused as it is") {
    const Deployment deployment;
    fill(deployment);
    auto enrolment = deployment.open().enrolment;
    {
        const auto folder = store::StateFolder::open(deployment.state());
        REQUIRE(folder);
        const auto made = deployment.start_anew(*folder);
        const auto other = crypto::DeviceSecretKey::generate(ready());
        REQUIRE(other);
        REQUIRE(made->device().keep_key(*other));
        REQUIRE(made->device().enrol(enrolment));
        REQUIRE(made->people().add({{1}, store::Role::ShiftLead}, secret("135790")));
    }
    deployment.damage_a_row();
    const auto before = files_of(deployment);
    CHECK(app::device::repair(ready(), deployment.places(), std::nullopt, {}).error() == DeviceError::Certificate);
    auto places = deployment.places();
    places.programme = *crypto::DeploymentPublicKey::parse(enrolment.deployment_key);
    CHECK(app::device::repair(ready(), places, std::nullopt, {}).error() == DeviceError::Certificate);
    CHECK(files_of(deployment) == before);
}

TEST_CASE("A device that is too damaged to say whose it is stays as it is") {
    const Deployment deployment;
    fill(deployment);
    const auto own = deployment.pinned();
    deployment.run_sql("DELETE FROM value_copy WHERE name GLOB 'device.*'");
    deployment.run_sql("DELETE FROM value WHERE name GLOB 'device.*'");
    deployment.damage_a_row();
    const auto before = files_of(deployment);
    for (const bool pinned : {false, true}) {
        auto places = deployment.places();
        if (pinned) places.programme = own;
        CHECK(app::device::repair(ready(), places, std::nullopt, {}).error() == DeviceError::WhoseLost);
        CHECK(files_of(deployment) == before);
    }
    fs::create_directory(deployment.path() / "sealed");
    const auto out = deployment.run_amparo("device export --sealed --repair --state '" + deployment.state().string() +
                                           "' -i '" + (deployment.path() / "keys/coordinator.identity").string() +
                                           "' --to '" + (deployment.path() / "sealed").string() + "'");
    INFO(out.err);
    CHECK_FALSE(fs::is_empty(deployment.path() / "sealed"));
}

TEST_CASE("The screens lead from a damaged database to the next screening, in both languages") {
    for (const auto* language : {"es", "en"}) {
        const Deployment deployment;
        fill(deployment);
        deployment.damage_a_row();
        const auto file = deployment.path() / "repair.journey";
        write(file, std::string("wait damaged.repair\nscreen damaged\ntap damaged.repair\nwait repaired.next\n"
                                "screen repaired\ntap repaired.next\nwait who.1\n") +
                        sign_in_steps() + "tap home.new\nwait pick.es\n");
        const auto ran =
            deployment.drive_kiosk("--headless --lang " + std::string(language) + " --tour '" + file.string() + "'");
        INFO(language << "\n" << ran.err);
        CHECK(ran.code == 0);
    }
}

// What happens on a device is noted: sealed, in an unbroken chain, and read by the coordinators with the next batch.
#include "app/casebook/casebook.hpp"
#include "app/device/noting.hpp"
#include "app/device/people.hpp"
#include "app/exchange/open/audit_open.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "app/kiosk/effect_runner.hpp"
#include "app/store/schema.hpp"
#include "tests/kiosk/held_kiosk.hpp"
#include "tests/support/batch_members.hpp"

using namespace test;
namespace exchange = app::exchange;

namespace {

exchange::VerifiedBatch open_newest(const Deployment& deployment, const kiosk::Device& device) {
    const auto pinned = crypto::DeploymentPublicKey::parse(device.enrolment.deployment_key);
    REQUIRE(pinned);
    const auto identities = deployment.coordinator();
    auto batch =
        exchange::open_batch(ready(), deployment.outbox() / deployment.batches().back(), identities, *pinned, today());
    REQUIRE(batch);
    return std::move(*batch);
}

std::vector<std::string> types(const std::vector<exchange::BatchRecord>& entries) {
    std::vector<std::string> words;
    for (const auto& entry : entries) words.push_back(exchange::parse_audit_name(entry.name)->type);
    return words;
}

/// Changes the closed database by SQL, as somebody with the device's key could.
void run_sql(const Deployment& deployment, std::string_view sql) {
    std::optional<crypto::SecretBytes> key;
    {
        const auto device = deployment.open();
        key = *crypto::SecretBytes::copy_of(ready(), device.key.view());
    }
    auto database = app::database::Database::open(ready(), deployment.state() / store::database_file, *key,
                                                  store::schema::migrations, store::schema::expected);
    REQUIRE(database);
    REQUIRE(database->run(sql));
}

}  // namespace

TEST_CASE("Unlocking, people, erasing and sending are noted with who did it, and only coordinators read who") {
    const Deployment deployment;
    auto device = deployment.open();
    device.worker = 3;
    REQUIRE(app::device::add_worker(ready(), device, {{27}, store::Role::Shelter}, secret("112233"), false));
    REQUIRE(app::device::remove_worker(ready(), device, {27}));
    CHECK_FALSE(app::device::remove_worker(ready(), device, {77}));  // what was refused did not happen
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    REQUIRE(kiosk::withdraw(ready(), device, {std::string(32, 'a'), 2, secret("{\"kind\":\"withdrawn\"}")}));
    REQUIRE(kiosk::seal(ready(), device, order('b', 1, "{}")));
    REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
    const auto batch = open_newest(deployment, device);
    REQUIRE(types(batch.audit) ==
            std::vector<std::string>{"device-unlocked", "worker-added", "worker-removed", "record-erased"});
    const auto identities = deployment.coordinator();
    const auto sealed = sealed_members(ready(), batch);
    const auto detail_of = [&](std::size_t i) {
        const auto& name = batch.audit[i].name;
        auto detail = exchange::open_audit(ready(), *exchange::parse_audit_name(name), sealed.at(name), identities);
        REQUIRE(detail);
        return *detail;
    };
    CHECK(detail_of(1).worker == 3U);
    CHECK(detail_of(1).subject == 27U);
    CHECK(detail_of(3).record == std::string(32, 'a'));
    CHECK(batch.header.audit == device.store->audit().entry(4)->head);

    // The next batch carries what came after, and the same one again carries the same.
    REQUIRE(kiosk::seal(ready(), device, order('c', 1, "{}")));
    REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
    CHECK(device.store->audit().sent().value() == 5);
    REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(true), no_report));
    CHECK(device.store->audit().head()->number == 7);
}

TEST_CASE("A batch written once more carries the entries that it carried before, byte for byte") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
    const auto first = open_newest(deployment, device);
    fs::remove(deployment.outbox() / deployment.batches().back());
    REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(true), no_report));
    const auto second = open_newest(deployment, device);
    CHECK(first.manifest == second.manifest);
    REQUIRE(first.audit.size() == second.audit.size());
    CHECK(sealed_members(ready(), first) == sealed_members(ready(), second));
}

TEST_CASE("An audit that was cut, or changed in the middle, is found when the device is unlocked") {
    for (const auto* sql :
         {"DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", "DELETE FROM audit WHERE id = 2",
          "UPDATE audit SET type = 5 WHERE id = 1", "UPDATE audit SET day = day + 1 WHERE id = 1",
          "UPDATE audit SET sealed = zeroblob(900) WHERE id = 2"}) {
        INFO(sql);
        const Deployment deployment;
        for (int i = 0; i < 3; ++i) {
            auto device = deployment.open();
            CHECK(device.store->audit().head()->number == static_cast<std::uint64_t>(i) + 1);
        }
        run_sql(deployment, sql);
        CHECK(deployment.error() == session::DeviceError::StoreDamaged);
    }
}

TEST_CASE("Without room nothing is held up: what happened waits for its entry and gets it, in order") {
    const Deployment deployment;
    auto device = deployment.open();
    const auto before = device.store->audit().head()->number;
    auto store = std::move(device.store);  // nowhere to write to
    exchange::AuditDetail detail;
    detail.worker = 1;
    app::device::note(ready(), device, exchange::AuditType::SignedIn, detail);
    app::device::note(ready(), device, exchange::AuditType::PinChanged, detail);
    CHECK(device.unnoted.size() == 2);
    device.store = std::move(store);
    app::device::note(ready(), device, exchange::AuditType::KeyAdded, detail);
    CHECK(device.unnoted.empty());
    CHECK(device.store->audit().head()->number == before + 3);
    const auto rows = *device.store->audit().rows(3);
    CHECK(rows[2].type == static_cast<std::uint8_t>(exchange::AuditType::SignedIn));
    CHECK(rows[0].type == static_cast<std::uint8_t>(exchange::AuditType::KeyAdded));
    CHECK(app::device::verify_audit(ready(), *device.store));
}

TEST_CASE("Signing in is noted, a number that has to wait once and not at every further try") {
    const Deployment deployment;
    const auto places = deployment.places();
    kiosk::EffectRunner runner(ready(), places, [] {});
    const auto answer = [&](session::Effect effect) {
        runner.run(std::move(effect));
        REQUIRE(runner.wait_for_event());
        return std::move(runner.take().front());
    };
    (void)answer(session::Unlock{});
    (void)answer(session::CheckPin{{1}, secret("135790")});
    for (int i = 0; i < 7; ++i) (void)answer(session::CheckPin{{1}, secret("000000")});
    const auto event = answer(session::ListAudit{});
    const auto& listed = std::get<session::AuditListed>(event);
    std::vector<std::uint8_t> kinds;
    for (const auto& row : listed.rows) kinds.push_back(row.type);
    CHECK(kinds == std::vector<std::uint8_t>{3, 2, 1});
}

// Batches to a folder: written, counted, repeated, and finished after a stick was pulled.
#include <set>

#include "app/device/noting.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "crypto/random.hpp"
#include "tests/kiosk/support.hpp"

using namespace test;
using session::SendError;

namespace {

session::Export to(const fs::path& folder) {
    session::Place place;
    place.path = folder.string();
    return {place, false};
}

}  // namespace

TEST_CASE("A sending writes one batch, says what is in it, and counts its way to the end") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    REQUIRE(kiosk::seal(ready(), device, order('b', 1, "{}")));
    std::uint64_t last = 0, whole = 0;
    bool forwards = true;
    const auto sent =
        kiosk::send(ready(), device, deployment.to_outbox(), [&](std::uint64_t done, std::uint64_t total) {
            forwards = forwards && done >= last;
            last = done;
            whole = total;
            return true;
        });
    REQUIRE(sent);
    CHECK(forwards);
    CHECK(last == whole);
    CHECK(sent->records == 2);
    CHECK(sent->bytes == fs::file_size(deployment.outbox() / sent->file));
    CHECK(deployment.batches() == std::vector{sent->file});
    CHECK(sent->counts.waiting == 0);
    CHECK(sent->counts.batched == 2);
}

TEST_CASE("A set larger than the policy's size goes in several batches, each with its own number, and its audit too") {
    const Deployment deployment;
    std::string policy;
    {
        const auto device = deployment.open();
        auto small = device.bundle->policy;
        small.batch_mib = 1;
        policy = app::exchange::policy_text(small);
    }
    deployment.install_bundle_with("policy.json", policy);
    auto device = deployment.open();
    REQUIRE(device.bundle->policy.batch_mib == 1);
    // Of both more than one batch holds: half of it is for entries, each of which takes 2 KiB or more.
    for (int i = 0; i < 300; ++i) app::device::note(ready(), device, app::exchange::AuditType::SignedIn, {});
    for (int i = 0; i < 90; ++i) {
        auto one = order('a', 1, "{}");
        one.record = crypto::random_hex(ready(), 16);
        REQUIRE(kiosk::seal(ready(), device, one));
    }
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE(sent);
    CHECK(sent->records == 90);
    CHECK(sent->counts.waiting == 0);
    const auto names = deployment.batches();
    REQUIRE(names.size() > 2);
    CHECK(sent->files == names.size());
    std::set<std::uint64_t> sequences;
    std::size_t records = 0;
    std::size_t entries = 0;
    for (const auto& name : names) {
        const auto batch =
            app::exchange::open_batch(ready(), deployment.outbox() / name, deployment.coordinator(),
                                      *crypto::DeploymentPublicKey::parse(device.enrolment.deployment_key), today());
        REQUIRE(batch);
        CHECK(fs::file_size(deployment.outbox() / name) < (1U << 20) + 4096);
        sequences.insert(batch->header.sequence);
        records += batch->records.size();
        entries += batch->audit.size();
    }
    CHECK(sequences.size() == names.size());
    CHECK(*sequences.begin() == 1);
    CHECK(*sequences.rbegin() == names.size());
    CHECK(records == 90);
    CHECK(entries >= 300);
    std::string batches;
    for (const auto& name : names) batches += " '" + (deployment.outbox() / name).string() + "'";
    const auto ran = deployment.run_amparo("import" + batches + " --casebook '" +
                                           (deployment.path() / "casebook/cases.db").string() + "'");
    INFO(ran.err);
    CHECK(ran.err.find("not arrived") == std::string::npos);
    CHECK(ran.err.find("copied") == std::string::npos);
}

TEST_CASE("With nothing waiting no file is made") {
    const Deployment deployment;
    auto device = deployment.open();
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE_FALSE(sent);
    CHECK(sent.error() == SendError::Nothing);
    const auto again = kiosk::send(ready(), device, deployment.to_outbox(true), no_report);
    REQUIRE_FALSE(again);
    CHECK(again.error() == SendError::Nothing);
    CHECK(deployment.batches().empty());
}

TEST_CASE("Where the programme wants it a batch without a screening goes, and is written again until it is confirmed") {
    const Deployment deployment;
    std::string policy;
    {
        const auto device = deployment.open();
        auto wanting = device.bundle->policy;
        wanting.empty_batches = true;
        policy = app::exchange::policy_text(wanting);
    }
    deployment.install_bundle_with("policy.json", policy);
    auto device = deployment.open();
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE(sent);
    CHECK(sent->records == 0);
    REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(true), no_report));
    CHECK(device.store->outbox().batch({1, 1})->rows.empty());
    // The power went while it was written: it is the same one that is finished, so that no number is missing.
    REQUIRE_FALSE(kiosk::send(ready(), device, to(deployment.path() / "pulled"), no_report));
    const auto finished = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE(finished);
    CHECK(device.store->outbox().answerable()->size() == 2);
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
    std::string batches;
    for (const auto& name : deployment.batches()) batches += " '" + (deployment.outbox() / name).string() + "'";
    const auto ran = deployment.run_amparo("import --json" + batches + " --casebook '" +
                                           (deployment.path() / "casebook/cases.db").string() + "'");
    INFO(ran.out << ran.err);
    CHECK(ran.code == 1);  // the record of this test is none
    CHECK(ran.err.find("not arrived") == std::string::npos);
}

TEST_CASE("The last batch can be written again; the coordinator takes both files as one") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
        REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
        REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(true), no_report));
        CHECK(device.store->records().counts()->batches == 1);
    }
    CHECK(deployment.batches().size() == 2);
}

TEST_CASE("A stick pulled out early loses nothing: the same batch is finished on the next one") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    const auto gone = kiosk::send(ready(), device, to(deployment.path() / "pulled"), no_report);
    REQUIRE_FALSE(gone);
    CHECK(gone.error() == SendError::Gone);
    REQUIRE(kiosk::seal(ready(), device, order('b', 1, "{}")));
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE(sent);
    CHECK(sent->records == 2);
    CHECK(deployment.batches().size() == 2);
    CHECK(device.store->records().counts()->batches == 2);
}

TEST_CASE("After a failed sending with nothing new, sending once more still delivers what was cut off") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
        REQUIRE_FALSE(kiosk::send(ready(), device, to(deployment.path() / "pulled"), no_report));
    }
    auto device = deployment.open();
    const auto setup = device.setup(today());
    REQUIRE(setup);
    CHECK(setup->counts.batches == 1);
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE(sent);
    CHECK(sent->records == 1);
    CHECK(deployment.batches().size() == 1);
}

TEST_CASE("A sending stopped anywhere leaves no file behind and loses nothing; the next one delivers everything once") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    int steps = 0;
    for (int stop_at = 0;; stop_at += 3) {
        steps = 0;
        const auto stopped = kiosk::send(ready(), device, deployment.to_outbox(),
                                         [&](std::uint64_t, std::uint64_t) { return steps++ < stop_at; });
        if (stopped) {
            CHECK(stopped->records == 1);
            break;
        }
        REQUIRE(stopped.error() == SendError::Cancelled);
        REQUIRE(deployment.batches().empty());
    }
    CHECK(steps > 3);
    CHECK(deployment.batches().size() == 1);
    CHECK(device.store->records().counts()->batches == 1);
    CHECK(waiting(device).empty());
}

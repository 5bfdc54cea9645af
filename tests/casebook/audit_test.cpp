// What devices noted comes with their batches: whole in any order of arrival, missing pieces known, changes never
// unseen.
#include "app/exchange/open/audit_open.hpp"
#include "tests/casebook/support.hpp"

#include <algorithm>

using namespace test;
using casebook::AuditStanding;
using exchange::AuditType;

namespace {

exchange::AuditDetail by(std::uint32_t worker) {
    exchange::AuditDetail detail;
    detail.worker = worker;
    return detail;
}

}  // namespace

TEST_CASE("audit entries are kept sealed, in order, and open with who did it") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.note(AuditType::DeviceUnlocked);
    kiosk.note(AuditType::SignedIn, by(7));
    const auto report = deployment.import(kiosk);
    CHECK(report.audit == AuditStanding::Whole);
    CHECK(report.records.size() == 1);
    const auto entries = deployment.book().audit(kiosk.device());
    REQUIRE(entries);
    REQUIRE(entries->size() == 2);
    const auto name = exchange::parse_audit_name((*entries)[1].name);
    REQUIRE(name);
    CHECK(name->number == 2);
    CHECK(name->type == "signed-in");
    const auto detail = exchange::open_audit(ready(), *name, (*entries)[1].sealed, deployment.identities());
    REQUIRE(detail);
    CHECK(detail->worker == 7U);
    CHECK_FALSE(detail->subject);
}

TEST_CASE("entries of a batch that has not arrived are missing until it does, in whatever order") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    std::vector<exchange::VerifiedBatch> batches;
    for (unsigned i = 1; i <= 3; ++i) {
        kiosk.add(i);
        kiosk.note(AuditType::SignedIn, by(i));
        batches.push_back(kiosk.batch(deployment.identities()));
    }
    CHECK(deployment.import(batches[2]).audit == AuditStanding::Missing);
    CHECK(deployment.import(batches[0]).audit == AuditStanding::Missing);
    CHECK(deployment.import(batches[1]).audit == AuditStanding::Whole);
    CHECK(deployment.import(batches[1]).audit == AuditStanding::Whole);  // again changes nothing
    CHECK(deployment.book().audit(kiosk.device())->size() == 3);
}

TEST_CASE("a device that notes other things in the place of what it had noted is found out for good") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.note(AuditType::SignedIn, by(1));
    const auto head = kiosk.audit();
    REQUIRE(deployment.import(kiosk).audit == AuditStanding::Whole);
    kiosk.add(2);
    kiosk.note(AuditType::RecordErased, by(1));
    REQUIRE(deployment.import(kiosk).audit == AuditStanding::Whole);
    kiosk.roll_audit_back_to(1, head);
    kiosk.add(3);
    kiosk.note(AuditType::SignedIn, by(2));
    CHECK(deployment.import(kiosk).audit == AuditStanding::Broken);
    kiosk.add(4);
    CHECK(deployment.import(kiosk).audit == AuditStanding::Broken);
    REQUIRE(deployment.open());
    CHECK(*deployment.book().audit_standing(kiosk.device()) == AuditStanding::Broken);
    CHECK(deployment.cases().size() == 4);  // no record is refused for it
}

TEST_CASE("a head that the entries do not make is found out, also when it was claimed before they came") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.note(AuditType::SignedIn, by(1));
    auto first = kiosk.batch(deployment.identities());
    kiosk.add(2);
    kiosk.note(AuditType::SignedIn, by(2));
    auto second = kiosk.batch(deployment.identities());
    second.header.audit[0] ^= std::byte{1};
    CHECK(deployment.import(second).audit == AuditStanding::Missing);
    CHECK(deployment.import(first).audit == AuditStanding::Broken);
}

TEST_CASE("the audits of two devices have nothing to do with each other") {
    Deployment deployment;
    auto one = deployment.kiosk(7);
    auto two = deployment.kiosk(8);
    one.add(1);
    one.note(AuditType::SignedIn, by(1));
    two.add(1);
    two.note(AuditType::DeviceUnlocked);
    CHECK(deployment.import(one).audit == AuditStanding::Whole);
    CHECK(deployment.import(two).audit == AuditStanding::Whole);
    CHECK(deployment.book().audit("")->size() == 2);
    CHECK(deployment.book().audit(two.device())->size() == 1);
}

TEST_CASE("an honest repair is told apart: the entries that it lost stay beside those that came after it") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    for (unsigned i = 1; i <= 3; ++i) {
        kiosk.add(i);
        kiosk.note(AuditType::SignedIn, by(i));
        REQUIRE(deployment.import(kiosk).audit == AuditStanding::Whole);
    }
    const auto kept = kiosk.audit_after(1);
    kiosk.begin_epoch(2);
    kiosk.roll_audit_back_to(1, kept);
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.note(AuditType::SignedIn, by(9));
    kiosk.add(4);
    const auto repaired = deployment.import(kiosk);
    CHECK(repaired.standing == Standing::InOrder);
    CHECK(repaired.audit == AuditStanding::Repaired);
    CHECK(repaired.repair_noted);
    kiosk.note(AuditType::SignedIn, by(10));
    kiosk.add(5);
    const auto later = deployment.import(kiosk);
    CHECK(later.standing == Standing::InOrder);
    CHECK(later.audit == AuditStanding::Repaired);
    CHECK_FALSE(later.repair_noted);
    const auto entries = deployment.book().audit(kiosk.device());
    REQUIRE(entries->size() == 6);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
    for (const auto& entry : *entries) places.emplace_back(entry.epoch, exchange::parse_audit_name(entry.name)->number);
    CHECK(places == decltype(places){{1, 1}, {1, 2}, {1, 3}, {2, 2}, {2, 3}, {2, 4}});
}

TEST_CASE("entries that are undone in a new epoch without a repair are no accident") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    for (unsigned i = 1; i <= 3; ++i) {
        kiosk.add(i);
        kiosk.note(AuditType::SignedIn, by(i));
        REQUIRE(deployment.import(kiosk).audit == AuditStanding::Whole);
    }
    const auto kept = kiosk.audit_after(1);
    kiosk.begin_epoch(2);
    kiosk.roll_audit_back_to(1, kept);
    kiosk.note(AuditType::SignedIn, by(9));
    kiosk.add(4);
    const auto report = deployment.import(kiosk);
    CHECK(report.audit == AuditStanding::Broken);
    CHECK(report.standing == Standing::EpochDoubt);
    CHECK(deployment.book().audit(kiosk.device())->size() == 4);
}

TEST_CASE("a repair whose chain does not continue what the device had signed is no repair") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    for (unsigned i = 1; i <= 3; ++i) {
        kiosk.add(i);
        kiosk.note(AuditType::SignedIn, by(i));
        deployment.import(kiosk);
    }
    auto wrong = kiosk.audit_after(1);
    wrong[0] ^= std::byte{1};
    kiosk.begin_epoch(2);
    kiosk.roll_audit_back_to(1, wrong);
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(4);
    CHECK(deployment.import(kiosk).audit == AuditStanding::Broken);
}

TEST_CASE("what a copied or rolled-back device notes is kept beside, and shown") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.note(AuditType::SignedIn, by(1));
    deployment.import(kiosk);
    kiosk.roll_back_to(0, {});
    kiosk.roll_audit_back_to(0, {});
    kiosk.add(2);
    kiosk.note(AuditType::WorkerAdded, by(66));
    CHECK(deployment.import(kiosk).audit == AuditStanding::Broken);
    const auto entries = deployment.book().audit(kiosk.device());
    REQUIRE(entries->size() == 2);
    CHECK((*entries)[1].name.ends_with("worker-added"));
}

TEST_CASE("a repair is bridged in whatever order the batches around it arrive") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    std::vector<exchange::VerifiedBatch> batches;
    for (unsigned i = 1; i <= 2; ++i) {
        kiosk.add(i);
        kiosk.note(AuditType::SignedIn, by(i));
        batches.push_back(kiosk.batch(deployment.identities()));
    }
    kiosk.begin_epoch(2);
    kiosk.roll_audit_back_to(1, kiosk.audit_after(1));
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(3);
    batches.push_back(kiosk.batch(deployment.identities()));
    std::vector<std::size_t> order{0, 1, 2};
    do {
        Deployment other(deployment);
        for (const auto i : order) other.import(batches[i]);
        INFO(order[0] << order[1] << order[2]);
        CHECK(*other.book().audit_standing(kiosk.device()) == AuditStanding::Repaired);
        CHECK(other.book().devices()->front().missing.empty());
        CHECK_FALSE(other.book().devices()->front().forked);
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("entries that no batch can bring any more are an alarm, and no order of that device is carried out") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.note(AuditType::SignedIn, by(1));
    REQUIRE(deployment.import(kiosk).audit == AuditStanding::Whole);
    const auto first = kiosk.previous();
    kiosk.note(AuditType::RecordErased, by(1));
    kiosk.add(2);
    (void)kiosk.batch(deployment.identities());
    kiosk.roll_back_to(1, first);
    kiosk.note(AuditType::SignedIn, by(2));
    kiosk.add(1, {.kind = "withdrawn", .revision = 2});
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::InOrder);
    CHECK(report.missing.empty());
    CHECK(report.audit == AuditStanding::Broken);
    CHECK(report.count(Outcome::WithdrawalHeld) == 1);
    CHECK_FALSE(deployment.cases().front().withdrawn);
}

// What devices noted comes with their batches: whole in any order of arrival, missing pieces known, changes never
// unseen.
#include "app/casebook/key_file.hpp"
#include "app/casebook/schema.hpp"
#include "app/exchange/open/audit_open.hpp"
#include "tests/casebook/support.hpp"

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

TEST_CASE("a casebook made before devices had an audit opens, and takes entries in") {
    Deployment deployment;
    const auto key =
        casebook::detail::read_key_file(ready(), casebook::key_file_of(deployment.file()), deployment.identities());
    REQUIRE(key);
    deployment.close();
    fs::remove(deployment.file());
    {
        namespace schema = casebook::schema;
        auto old =
            app::store::Database::create(ready(), deployment.file(), *key, std::span(schema::migrations).first(1));
        REQUIRE(old);
        auto row = old->prepare("INSERT INTO value(name, bytes) VALUES('deployment', ?1)");
        REQUIRE(row);
        const auto text = deployment.key().public_key().to_text();
        REQUIRE(row->bind(1, crypto::as_bytes(text)).finish());
    }
    REQUIRE(deployment.open());
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.note(AuditType::SignedIn, by(1));
    CHECK(deployment.import(kiosk).audit == AuditStanding::Whole);
}

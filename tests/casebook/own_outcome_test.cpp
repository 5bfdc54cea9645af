// What is wrong with one record is the matter of that record: the rest of the casebook goes on.
#include "tests/casebook/listing_support.hpp"

using test::Deployment;
using test::make_unreadable;
using test::Outcome;

TEST_CASE("a withdrawal with members that would grow when they are written anew takes its case back and nothing else") {
    Deployment deployment;
    auto kiosk = deployment.kiosk(7);
    auto other = deployment.kiosk(8);
    kiosk.add(1, {.danger = "strong"});
    other.add(2);
    deployment.import(kiosk);
    deployment.import(other);
    std::string numbers = R"("zzz":[1e15)";
    while (numbers.size() < 220'000) numbers += ",1e15";
    kiosk.add(1, {.kind = "withdrawn", .revision = 2, .code = "hotel-radio-canal-100", .more = numbers + "],"});
    const auto held = deployment.import(kiosk);
    CHECK(held.records.front().outcome == Outcome::WithdrawalHeld);
    kiosk.add(1, {.kind = "withdrawn", .revision = 3, .more = numbers + "],"});
    CHECK(deployment.import(kiosk).count(Outcome::Withdrawn) == 1);
    other.add(3);
    CHECK(deployment.import(other).count(Outcome::New) == 1);
    CHECK(deployment.cases().size() == 3);
    CHECK(deployment.book().erasable({}, deployment.identities()));
}

TEST_CASE("a listed record that this version cannot read is listed as such, first, and stops no list or import") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.danger = "strong"});
    kiosk.add(2, {.code = "hotel-radio-canal-100"});
    deployment.import(kiosk);
    make_unreadable(deployment, "record", 2);
    const auto cases = deployment.cases();
    REQUIRE(cases.size() == 2);
    const auto& one = cases[0].record == test::digits(2) ? cases[0] : cases[1];
    CHECK(one.unreadable);
    CHECK(one.case_code == "hotel-radio-canal-100");
    const auto found = deployment.book().erasable("hotel-radio-canal-100", deployment.identities());
    REQUIRE(found);
    CHECK(found->size() == 1);
    const bool withdrawal = GENERATE(true, false);
    kiosk.add(2, {.kind = withdrawal ? "withdrawn" : "final", .revision = 2, .code = "hotel-radio-canal-100"});
    kiosk.add(3);
    const auto report = deployment.import(kiosk);
    CHECK(report.count(Outcome::New) == 1);
    CHECK(report.count(withdrawal ? Outcome::Withdrawn : Outcome::Replaced) == 1);
    for (const auto& now : deployment.cases()) CHECK_FALSE(now.unreadable);
}

TEST_CASE("a held version that this version cannot read waits on, and can be rejected") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.danger = "strong"});
    deployment.import(kiosk);
    kiosk.add(5);
    const auto missing = kiosk.batch(deployment.identities());
    kiosk.add(1, {.revision = 2});
    CHECK(deployment.import(kiosk).count(Outcome::RevisionHeld) == 1);
    make_unreadable(deployment, "held", 1);
    CHECK(deployment.cases().size() == 2);
    CHECK(deployment.book().erasable({}, deployment.identities()));
    CHECK(deployment.import(missing).count(Outcome::New) == 1);
    const auto held = deployment.book().held();
    REQUIRE(held->size() == 1);
    CHECK_FALSE(deployment.book().decide(held->front(), true));
    CHECK(deployment.book().decide(held->front(), false));
    CHECK(deployment.cases().size() == 2);
}

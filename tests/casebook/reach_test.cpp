// How far an order reaches: its own epoch and its own case, and not what comes later in doubt.
#include "tests/casebook/support.hpp"

using app::casebook::Gap;
using app::exchange::AuditType;
using test::Deployment;
using test::Outcome;
using test::Standing;

namespace {

const test::Said urgent{.revision = 3, .danger = "strong"};
const test::Said withdrawn{.kind = "withdrawn", .revision = 9};
const test::Said pushed_down{.revision = 99};
constexpr auto other_code = "canal-hotel-radio-483";

app::casebook::Case listed(Deployment& deployment) {
    for (const auto& one : deployment.cases())
        if (one.record == test::digits(1) && one.doubt.empty()) return one;
    FAIL("not listed");
    return {};
}

void check_untouched(Deployment& deployment) {
    const auto one = listed(deployment);
    CHECK_FALSE(one.withdrawn);
    CHECK(one.revision == 3);
    CHECK(one.case_code == urgent.code);
}

std::vector<app::casebook::Held> held(Deployment& deployment) {
    auto all = deployment.book().held();
    REQUIRE(all);
    return *all;
}

void begin_repaired(test::Kiosk& kiosk, const app::exchange::Digest& previous) {
    kiosk.begin_epoch(2, previous);
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(50);
}

}  // namespace

TEST_CASE("an order of a later epoch asks a person also about what came in doubt itself") {
    const bool withdrawal = GENERATE(true, false);
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(5);
    (void)kiosk.batch(deployment.identities());  // never arrives: what follows comes in doubt
    kiosk.add(1, urgent);
    REQUIRE(deployment.import(kiosk).standing == Standing::Gap);
    begin_repaired(kiosk, kiosk.previous());
    REQUIRE(deployment.import(kiosk).standing == Standing::InOrder);
    kiosk.add(1, withdrawal ? withdrawn : pushed_down);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::InOrder);
    CHECK(report.records.front().outcome == (withdrawal ? Outcome::WithdrawalHeld : Outcome::RevisionHeld));
    CHECK(report.records.front().detail == "earlier-epoch");
    check_untouched(deployment);
}

TEST_CASE("an epoch above the certificate's has one before it, whether that has arrived or not") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, urgent);
    const auto genuine = kiosk.batch(deployment.identities());
    const bool at_once = GENERATE(true, false);
    begin_repaired(kiosk, {});
    if (at_once) kiosk.add(1, withdrawn);
    auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::Gap);
    CHECK(report.missing == std::vector<Gap>{{1, 1, 0}});
    if (!at_once) {
        kiosk.add(1, withdrawn);
        report = deployment.import(kiosk);
    }
    CHECK(report.count(Outcome::WithdrawalHeld) == 1);
    CHECK(report.count(Outcome::Withdrawn) == 0);
    CHECK(deployment.import(genuine).count(Outcome::New) == 1);
    check_untouched(deployment);
    CHECK(held(deployment).size() == 1);
}

TEST_CASE("an epoch above the certificate's that names nothing and notes no repair is an alarm from its first batch") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.begin_epoch(2, {});
    kiosk.add(1);
    CHECK(deployment.import(kiosk).standing == Standing::EpochDoubt);
}

TEST_CASE("a withdrawal of a certified epoch does not erase what an earlier epoch brings later") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, urgent);
    const auto genuine = kiosk.batch(deployment.identities());
    kiosk.certify(deployment.key(), 3, test::today + std::chrono::days(400));
    kiosk.begin_epoch(3, {});
    kiosk.add(1, withdrawn);
    deployment.import(kiosk);
    CHECK(deployment.import(genuine).count(Outcome::New) == 1);
    check_untouched(deployment);
    CHECK(deployment.book().sealed_original(kiosk.device(), genuine.records.front().name));
    REQUIRE(held(deployment).size() == 1);
    CHECK(held(deployment).front().withdrawal);
}

TEST_CASE("what comes with a fork is not erased by a withdrawal that was believed before") {
    const bool confirm = GENERATE(true, false);
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(5);
    deployment.import(kiosk);
    const auto first = kiosk.previous();
    kiosk.add(1, urgent);
    const auto genuine = kiosk.batch(deployment.identities());
    kiosk.roll_back_to(1, first);
    auto order = withdrawn;
    order.code = other_code;
    kiosk.add(1, order);
    REQUIRE(deployment.import(kiosk).count(Outcome::Withdrawn) == 1);
    const auto report = deployment.import(genuine);
    CHECK(report.standing == Standing::Forked);
    CHECK(report.count(Outcome::New) == 1);
    CHECK(report.count(Outcome::WasWithdrawn) == 0);
    REQUIRE(report.settled.size() == 1);
    CHECK(report.settled.front().outcome == Outcome::WithdrawalHeld);
    CHECK(report.settled.front().case_code == urgent.code);
    check_untouched(deployment);
    CHECK(listed(deployment).withdrawal_held);
    CHECK(deployment.book().sealed_original(kiosk.device(), genuine.records.front().name));
    REQUIRE(held(deployment).size() == 1);
    CHECK(held(deployment).front().case_code == urgent.code);
    CHECK(held(deployment).front().doubt == "forked");
    REQUIRE(deployment.book().decide(held(deployment).front(), confirm));
    CHECK(listed(deployment).withdrawn == confirm);
    CHECK(listed(deployment).case_code == urgent.code);
    CHECK(deployment.book().sealed_original(kiosk.device(), genuine.records.front().name).has_value() == !confirm);
}

TEST_CASE("a withdrawal that calls the case otherwise asks, and names the case that it would erase") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, urgent);
    deployment.import(kiosk);
    auto order = withdrawn;
    order.code = other_code;
    order.day = "2020-01-01";
    kiosk.add(1, order);
    const auto report = deployment.import(kiosk);
    REQUIRE(report.count(Outcome::WithdrawalHeld) == 1);
    CHECK(report.records.front().detail == "other-case");
    CHECK(report.records.front().case_code == urgent.code);
    check_untouched(deployment);
    REQUIRE(held(deployment).size() == 1);
    CHECK(held(deployment).front().case_code == urgent.code);
    REQUIRE(deployment.book().decide(held(deployment).front(), true));
    CHECK(listed(deployment).withdrawn);
    CHECK(listed(deployment).case_code == urgent.code);
    CHECK(listed(deployment).day == urgent.day);
}

TEST_CASE("what is left of a withdrawn case has the day of the case") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, urgent);
    deployment.import(kiosk);
    auto order = withdrawn;
    order.day = "2020-01-01";
    kiosk.add(1, order);
    const auto report = deployment.import(kiosk);
    CHECK(report.count(Outcome::Withdrawn) == 1);
    CHECK(report.records.front().case_code == urgent.code);
    CHECK(listed(deployment).withdrawn);
    CHECK(listed(deployment).day == urgent.day);
}

TEST_CASE("a revision that makes a practice of a case, or calls it otherwise, does not take its place") {
    const bool practice = GENERATE(true, false);
    const bool same_batch = GENERATE(true, false);
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    auto order = pushed_down;
    if (practice)
        order.training = true;
    else
        order.code = other_code;
    kiosk.add(1, urgent);
    if (!same_batch) deployment.import(kiosk);
    kiosk.add(1, order);
    const auto report = deployment.import(kiosk);
    CHECK(report.count(Outcome::RevisionHeld) == 1);
    check_untouched(deployment);
    REQUIRE(held(deployment).size() == 1);
    CHECK(held(deployment).front().doubt == "other-case");
    kiosk.add(2);
    deployment.import(kiosk);  // nor later
    check_untouched(deployment);
}

TEST_CASE("a withdrawal that makes a practice of a case asks") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, urgent);
    deployment.import(kiosk);
    auto order = withdrawn;
    order.training = true;
    kiosk.add(1, order);
    CHECK(deployment.import(kiosk).count(Outcome::WithdrawalHeld) == 1);
    check_untouched(deployment);
}

TEST_CASE("of several revisions that wait, the one that a person names takes the place of the listed one") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, urgent);
    deployment.import(kiosk);
    kiosk.roll_back_to(0, {});
    auto other = urgent;
    other.code = other_code;
    other.revision = 50;
    kiosk.add(1, other);
    auto named = urgent;
    named.revision = 40;
    kiosk.add(1, named);
    deployment.import(kiosk);
    REQUIRE(held(deployment).size() == 2);
    for (const auto& one : held(deployment))
        if (one.case_code == urgent.code) REQUIRE(deployment.book().decide(one, true));
    CHECK(listed(deployment).revision == 40);
    CHECK(listed(deployment).case_code == urgent.code);
    CHECK(held(deployment).size() == 1);
}

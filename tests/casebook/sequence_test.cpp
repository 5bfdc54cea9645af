// A batch's place in its device's sequence, and what each irregularity causes.
#include "tests/casebook/support.hpp"

using test::Deployment;
using test::Outcome;
using test::Standing;

namespace {

std::vector<app::exchange::VerifiedBatch> batches(test::Kiosk& kiosk, const Deployment& deployment, unsigned count) {
    std::vector<app::exchange::VerifiedBatch> made;
    for (unsigned i = 1; i <= count; ++i) {
        kiosk.add(i);
        made.push_back(kiosk.batch(deployment.identities()));
    }
    return made;
}

using Gaps = std::vector<app::casebook::Gap>;

}  // namespace

TEST_CASE("batches in order raise no alarm") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    for (const auto& batch : batches(kiosk, deployment, 4)) {
        const auto report = deployment.import(batch);
        CHECK(report.standing == Standing::InOrder);
        CHECK(report.missing.empty());
    }
    const auto devices = deployment.book().devices();
    REQUIRE(devices->size() == 1);
    CHECK(devices->front().last_sequence == 4);
    CHECK_FALSE(devices->front().forked);
}

TEST_CASE("a gap names the missing batches, and they are welcome later") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    const auto made = batches(kiosk, deployment, 5);
    CHECK(deployment.import(made[0]).standing == Standing::InOrder);
    const auto gap = deployment.import(made[3]);
    CHECK(gap.standing == Standing::Gap);
    CHECK(gap.missing == Gaps{{1, 2, 3}});
    CHECK(gap.count(Outcome::New) == 1);
    CHECK(deployment.import(made[4]).missing == Gaps{{1, 2, 3}});
    CHECK(deployment.import(made[2]).missing == Gaps{{1, 2, 2}});
    const auto last = deployment.import(made[1]);
    CHECK(last.standing == Standing::InOrder);
    CHECK(last.missing.empty());
    CHECK_FALSE(deployment.book().devices()->front().forked);
    CHECK(deployment.cases().size() == 5);
}

TEST_CASE("the same number with other content is a fork: taken in, and alarm") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    kiosk.roll_back_to(0, {});
    kiosk.add(2);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::Forked);
    CHECK(report.count(Outcome::New) == 1);
    CHECK(deployment.cases().size() == 2);
    CHECK(deployment.book().devices()->front().forked);
}

TEST_CASE("a wrong predecessor is a fork, on whichever side it shows") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    auto first = kiosk.batch(deployment.identities());
    app::exchange::Digest wrong{};
    wrong[0] = std::byte{1};
    kiosk.roll_back_to(1, wrong);
    kiosk.add(2);
    auto second = kiosk.batch(deployment.identities());
    const bool in_order = GENERATE(true, false);
    CHECK(deployment.import(in_order ? first : second).standing == (in_order ? Standing::InOrder : Standing::Gap));
    CHECK(deployment.import(in_order ? second : first).standing == Standing::Forked);
}

TEST_CASE("a first batch that claims a predecessor is a fork") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    app::exchange::Digest some{};
    some[0] = std::byte{1};
    kiosk.roll_back_to(0, some);
    kiosk.add(1);
    CHECK(deployment.import(kiosk).standing == Standing::Forked);
}

TEST_CASE("two devices do not disturb each other's sequence") {
    Deployment deployment;
    auto one = deployment.kiosk(1);
    auto two = deployment.kiosk(2);
    one.add(1);
    two.add(2);
    CHECK(deployment.import(one).standing == Standing::InOrder);
    CHECK(deployment.import(two).standing == Standing::InOrder);
    CHECK(deployment.book().devices()->size() == 2);
}

TEST_CASE("a revoked device's batch is not taken in") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    CHECK(deployment.book().revoke("not a device").error() == app::casebook::Error::NotFound);
    REQUIRE(deployment.book().revoke(kiosk.device()));
    kiosk.add(2);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::Revoked);
    CHECK(report.records.empty());
    CHECK(deployment.cases().size() == 1);
    CHECK(deployment.book().devices()->front().revoked);
}

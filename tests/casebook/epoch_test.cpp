// Epochs are the device's to choose: none of them hides what is missing in another, and none overflows anything.
#include "tests/casebook/support.hpp"

using app::casebook::Gap;
using app::exchange::AuditType;
using test::Deployment;
using test::Outcome;
using test::Standing;

namespace {

using Gaps = std::vector<Gap>;

std::vector<app::exchange::VerifiedBatch> batches(test::Kiosk& kiosk, const Deployment& deployment, unsigned count,
                                                  unsigned from = 1) {
    std::vector<app::exchange::VerifiedBatch> made;
    for (unsigned i = 0; i < count; ++i) {
        kiosk.add(from + i);
        made.push_back(kiosk.batch(deployment.identities()));
    }
    return made;
}

}  // namespace

TEST_CASE("what is missing of an epoch stays missing when the next one begins") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    const auto made = batches(kiosk, deployment, 4);
    deployment.import(made[0]);
    deployment.import(made[3]);
    kiosk.begin_epoch(2);
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(9);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::InOrder);
    CHECK(report.missing == Gaps{{1, 2, 3}});
    CHECK(deployment.import(made[3]).missing == Gaps{{1, 2, 3}});
    CHECK(deployment.import(made[1]).missing == Gaps{{1, 3, 3}});
    CHECK(deployment.import(made[2]).missing.empty());
}

TEST_CASE("an epoch whose first batch follows one that is not here says that the end of the one before is missing") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    const auto made = batches(kiosk, deployment, 3);
    deployment.import(made[0]);
    kiosk.begin_epoch(2);
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(9);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::Gap);
    CHECK(report.missing == Gaps{{1, 2, 0}});
    CHECK(deployment.import(made[2]).missing == Gaps{{1, 2, 2}});
    CHECK(deployment.import(made[1]).missing.empty());
    CHECK_FALSE(deployment.book().devices()->front().forked);
}

TEST_CASE("an epoch that leaves out batches which are here is rolled back, on whichever side it shows") {
    const bool in_order = GENERATE(true, false);
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    const auto made = batches(kiosk, deployment, 3);
    const auto second = made[1].manifest_sha256;
    kiosk.begin_epoch(2, second);
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(9);
    const auto epoch = kiosk.batch(deployment.identities());
    deployment.import(made[0]);
    deployment.import(made[1]);
    CHECK(deployment.import(in_order ? made[2] : epoch).standing == Standing::InOrder);
    CHECK(deployment.import(in_order ? epoch : made[2]).standing == Standing::Forked);
    CHECK(deployment.book().devices()->front().forked);
}

TEST_CASE("an epoch that leaves out a whole epoch which is here is rolled back") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    const auto old = kiosk.previous();
    kiosk.begin_epoch(2);
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(2);
    CHECK(deployment.import(kiosk).standing == Standing::InOrder);
    kiosk.begin_epoch(3, old);
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(3);
    CHECK(deployment.import(kiosk).standing == Standing::Forked);
}

TEST_CASE("an epoch above the certificate's is an alarm unless a repair was noted") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    const auto epoch = GENERATE(std::uint64_t{2}, std::uint64_t{7}, app::exchange::most_epoch);
    const bool names_the_last = GENERATE(true, false);
    if (names_the_last)
        kiosk.begin_epoch(epoch);
    else
        kiosk.begin_epoch(epoch, {});
    kiosk.add(2);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::EpochDoubt);
    CHECK(report.count(Outcome::New) == 1);  // in custody all the same
    CHECK(report.missing == (names_the_last ? Gaps{} : Gaps{{1, 2, 0}}));
    kiosk.add(3);
    CHECK(deployment.import(kiosk).standing == Standing::EpochDoubt);  // said at every batch of it
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(4);
    CHECK(deployment.import(kiosk).standing == Standing::InOrder);
}

TEST_CASE("an epoch that the deployment certified needs no repair") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    kiosk.certify(deployment.key(), 2, test::today + std::chrono::days(400));
    kiosk.begin_epoch(2);
    kiosk.add(2);
    CHECK(deployment.import(kiosk).standing == Standing::InOrder);
}

TEST_CASE("devices that still begin an epoch without naming the batch before are bridged by their repair") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    kiosk.begin_epoch(2, {});
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(2);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::InOrder);
    CHECK(report.missing.empty());
    kiosk.add(3);
    CHECK(deployment.import(kiosk).standing == Standing::InOrder);
}

TEST_CASE("the greatest numbers that a batch may have are taken in and give one range") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    kiosk.roll_back_to(app::exchange::batch_most_sequence - 1, {});
    kiosk.add(2);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::Gap);
    CHECK(report.missing == Gaps{{1, 2, app::exchange::batch_most_sequence - 1}});
}

TEST_CASE("after a fork every further batch of the device is in custody, and said") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    kiosk.roll_back_to(0, {});
    kiosk.add(2);
    REQUIRE(deployment.import(kiosk).standing == Standing::Forked);
    REQUIRE(deployment.open());
    kiosk.add(3);
    auto batch = kiosk.batch(deployment.identities());
    const auto later = deployment.import(batch);
    CHECK(later.standing == Standing::ForkedBefore);
    CHECK(later.count(Outcome::New) == 1);
    const auto again = deployment.import(batch);
    CHECK(again.standing == Standing::Again);
    CHECK(again.forked);
}

TEST_CASE("a device that was stolen before its first batch can be revoked, and taken back") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    REQUIRE(deployment.book().revoke(kiosk.device()));
    kiosk.add(1);
    const auto batch = kiosk.batch(deployment.identities());
    CHECK(deployment.import(batch).standing == Standing::Revoked);
    REQUIRE(deployment.book().revoke(kiosk.device(), false));
    CHECK(deployment.import(batch).standing == Standing::InOrder);
}

TEST_CASE("the first batch ever of a device in a late epoch says what is missing, and its withdrawals wait") {
    const bool first_batch = GENERATE(true, false);
    const bool repaired = GENERATE(true, false);
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.begin_epoch(7);
    std::optional<app::exchange::VerifiedBatch> before;
    if (!first_batch) {
        kiosk.add(1);
        before = kiosk.batch(deployment.identities());
    }
    if (repaired) kiosk.note(AuditType::DatabaseRepaired);
    test::Said taken_back;
    taken_back.kind = "withdrawn";
    kiosk.add(2, taken_back);
    const auto report = deployment.import(kiosk);
    // A repair may explain the epoch, not where the earlier ones are. The batch that says how it began may be missing.
    CHECK(report.standing == (first_batch && !repaired ? Standing::EpochDoubt : Standing::Gap));
    REQUIRE_FALSE(report.missing.empty());
    CHECK(report.missing.front() == Gap{6, 1, 0});
    CHECK(report.missing.size() == (first_batch ? 1 : 2));
    CHECK(report.count(Outcome::WithdrawalHeld) == 1);
    const std::vector<std::uint64_t> doubtful(first_batch && !repaired ? 1 : 0, 7);
    CHECK(deployment.book().devices()->front().doubtful_epochs == doubtful);
    if (before) deployment.import(*before);
    CHECK(deployment.book().devices()->front().missing.front() == Gap{6, 1, 0});
    CHECK(deployment.book().devices()->front().doubtful_epochs.size() == (repaired ? 0 : 1));
    CHECK(deployment.book().held()->size() == 1);
}

// A copy of a device that sends first: what its orders did is put before a person once it is found out, and the
// device's own records come back.
#include "tests/casebook/support.hpp"

using test::Deployment;
using test::Outcome;
using test::Standing;

namespace {

const test::Said in_danger{.danger = "strong"};
const test::Said taken_back{.kind = "withdrawn", .revision = 5};
const test::Said played_down{.revision = 5};

crypto::Bytes sealed_of(const Deployment& deployment, const std::string& json) {
    auto sealed = crypto::seal_record(test::ready(), crypto::as_bytes(json), deployment.recipients());
    REQUIRE(sealed);
    return std::move(sealed->bytes);
}

/// A device whose first batch is known to everybody, and a copy of it from then on.
struct Copied {
    Deployment deployment;
    test::Kiosk kiosk = deployment.kiosk();
    std::unique_ptr<app::exchange::VerifiedBatch> first;
    test::Kiosk copy = begin();
    test::Kiosk begin() {
        kiosk.add(1, in_danger);
        kiosk.add(2, in_danger);
        first = std::make_unique<app::exchange::VerifiedBatch>(kiosk.batch(deployment.identities()));
        deployment.import(*first);
        return kiosk;
    }
    [[nodiscard]] std::vector<app::casebook::Held> held() {
        auto all = deployment.book().held();
        REQUIRE(all);
        return *all;
    }
    /// As a person sees it: listed or set beside, with what it says.
    [[nodiscard]] bool shows_urgent(unsigned record) {
        for (const auto& one : deployment.cases())
            if (one.record == test::digits(record) && !one.withdrawn &&
                one.readings[0].level == questionnaires::engine::Level::Strong)
                return true;
        return false;
    }
    [[nodiscard]] bool shows_withdrawn(unsigned record) {
        for (const auto& one : deployment.cases())
            if (one.record == test::digits(record) && one.withdrawn) return true;
        return false;
    }
};

}  // namespace

TEST_CASE("bytes that a copy sent first and took back are stored again when the device itself brings them") {
    const bool in_next_batch = GENERATE(false, true);
    Copied scene;
    auto& [deployment, kiosk, first, copy] = scene;
    const auto waiting = sealed_of(deployment, kiosk.json(5, in_danger));
    copy.add_sealed(waiting);
    if (in_next_batch) deployment.import(copy);
    copy.add(5, taken_back);
    deployment.import(copy);
    REQUIRE(scene.shows_withdrawn(5));
    kiosk.add_sealed(waiting);
    const auto genuine = kiosk.batch(deployment.identities());
    const auto report = deployment.import(genuine);
    CHECK(report.standing == Standing::Forked);
    CHECK(scene.shows_urgent(5));
    CHECK(deployment.book().unseen()->withdrawals == 1);
    deployment.import(genuine);
    CHECK(scene.shows_urgent(5));
    REQUIRE(scene.held().size() == 1);
    CHECK(scene.held().front().withdrawal);
    const bool confirm = GENERATE(false, true);
    REQUIRE(deployment.book().decide(scene.held().front(), confirm));
    deployment.import(genuine);
    CHECK(scene.shows_urgent(5) == !confirm);
}

TEST_CASE("bytes that a copy sent first with a later revision of them are not hidden by it") {
    const bool in_next_batch = GENERATE(false, true);
    const bool confirm = GENERATE(false, true);
    Copied scene;
    auto& [deployment, kiosk, first, copy] = scene;
    const auto waiting = sealed_of(deployment, kiosk.json(5, in_danger));
    copy.add_sealed(waiting);
    if (in_next_batch) deployment.import(copy);
    copy.add(5, played_down);
    deployment.import(copy);
    REQUIRE_FALSE(scene.shows_urgent(5));
    kiosk.add_sealed(waiting);
    const auto genuine = kiosk.batch(deployment.identities());
    CHECK(deployment.import(genuine).standing == Standing::Forked);
    CHECK(scene.shows_urgent(5));
    REQUIRE(scene.held().size() == 1);
    REQUIRE(deployment.book().decide(scene.held().front(), confirm));
    deployment.import(genuine);
    CHECK(scene.shows_urgent(5) == confirm);
    CHECK(scene.held().empty());
}

TEST_CASE("a copy that sends the waiting bytes second, with a later revision, does not hide them either") {
    Copied scene;
    auto& [deployment, kiosk, first, copy] = scene;
    const auto waiting = sealed_of(deployment, kiosk.json(5, in_danger));
    kiosk.add_sealed(waiting);
    deployment.import(kiosk);
    copy.add_sealed(waiting);
    copy.add(5, played_down);
    CHECK(deployment.import(copy).standing == Standing::Forked);
    CHECK(scene.shows_urgent(5));
}

TEST_CASE("a withdrawal that a copy sent is held once the copy is found out, and the case comes back with its batch") {
    const bool reject = GENERATE(false, true);
    Copied scene;
    auto& [deployment, kiosk, first, copy] = scene;
    copy.add(1, taken_back);
    deployment.import(copy);
    REQUIRE_FALSE(scene.shows_urgent(1));
    kiosk.add(6);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::Forked);
    CHECK(report.with(Outcome::WithdrawalHeld).size() == 1);
    REQUIRE(scene.held().size() == 1);
    if (reject) REQUIRE(deployment.book().decide(scene.held().front(), false));
    deployment.import(*scene.first);
    CHECK(scene.shows_urgent(1));
    CHECK_FALSE(scene.shows_withdrawn(1));
    CHECK(scene.held().size() == (reject ? 0U : 1U));
}

TEST_CASE("a withdrawal of a forked device that a person confirms stays carried out") {
    Copied scene;
    auto& [deployment, kiosk, first, copy] = scene;
    copy.add(1, taken_back);
    deployment.import(copy);
    kiosk.add(6);
    deployment.import(kiosk);
    REQUIRE(scene.held().size() == 1);
    REQUIRE(deployment.book().decide(scene.held().front(), true));
    deployment.import(*scene.first);
    CHECK_FALSE(scene.shows_urgent(1));
    CHECK(scene.shows_withdrawn(1));
    CHECK(scene.held().empty());
}

TEST_CASE("what a copy's revision took the place of is set beside it once the copy is found out") {
    Copied scene;
    auto& [deployment, kiosk, first, copy] = scene;
    copy.add(1, played_down);
    deployment.import(copy);
    REQUIRE_FALSE(scene.shows_urgent(1));
    kiosk.add(6);
    CHECK(deployment.import(kiosk).standing == Standing::Forked);
    CHECK(scene.shows_urgent(1));
    CHECK(scene.held().size() == 1);
}

TEST_CASE("a second withdrawal in the batch that brings bytes back does not take them away again") {
    Copied scene;
    auto& [deployment, kiosk, first, copy] = scene;
    const auto waiting = sealed_of(deployment, kiosk.json(5, in_danger));
    const auto order = sealed_of(deployment, kiosk.json(5, taken_back));
    copy.add_sealed_as(std::string(32, 'a'), order);
    copy.add_sealed_as(std::string(32, 'b'), waiting);
    deployment.import(copy);
    auto other = taken_back;
    other.revision = 9;
    copy.add(5, other);
    deployment.import(copy);
    kiosk.add_sealed(waiting);
    kiosk.add_sealed(order);
    kiosk.add(5, {.kind = "withdrawn", .revision = 7});
    CHECK(deployment.import(kiosk).standing == Standing::Forked);
    CHECK(scene.shows_urgent(5));
}

TEST_CASE("revisions and withdrawals from before a device was copied are not put before a person") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, in_danger);
    kiosk.add(2, in_danger);
    deployment.import(kiosk);
    kiosk.add(1, {.revision = 2});
    kiosk.add(2, taken_back);
    deployment.import(kiosk);
    auto copy = kiosk;
    copy.add(8);
    deployment.import(copy);
    kiosk.add(9);
    CHECK(deployment.import(kiosk).standing == Standing::Forked);
    CHECK(deployment.book().held()->empty());
}

// What may be kept, changed, frozen and erased, apart from any database.
#include "app/store/keeping_rules.hpp"

#include <array>
#include <catch2/catch_all.hpp>
#include <vector>

using namespace app::store;

namespace {

constexpr Worker lead{{1}, Role::ShiftLead};
constexpr Worker shelter{{2}, Role::Shelter};
constexpr Worker other_lead{{3}, Role::ShiftLead};

Enrolment enrolment(std::uint64_t epoch) {
    return {std::string(32, 'd'), "key", epoch, Bytes(1), Bytes(1)};
}

Digest digest(unsigned char first) {
    return {std::byte{first}};
}

}  // namespace

TEST_CASE("a number that was removed is not given again") {
    const std::vector<WorkerNumber> removed{{7}, {9}};
    CHECK(rules::may_add({8}, removed));
    CHECK(rules::may_add({7}, {}));
    CHECK(rules::may_add({9}, removed).error() == Error::Refused);
}

TEST_CASE("the last shift lead stays, everybody else may go") {
    const std::array both{lead, shelter, other_lead};
    const std::array one{lead, shelter};
    CHECK(rules::may_remove(lead.number, both));
    CHECK(rules::may_remove(shelter.number, one));
    CHECK(rules::may_remove(lead.number, one).error() == Error::Refused);
    CHECK(rules::may_remove({4}, both).error() == Error::NotFound);
    CHECK(rules::may_remove(lead.number, {}).error() == Error::NotFound);
}

TEST_CASE("a device is enrolled again only as itself, in its deployment and in a higher epoch") {
    const auto before = enrolment(3);
    CHECK(rules::may_enrol(enrolment(1), std::nullopt));
    CHECK(rules::may_enrol(enrolment(4), before));
    CHECK(rules::may_enrol(enrolment(3), before).error() == Error::Refused);
    CHECK(rules::may_enrol(enrolment(2), before).error() == Error::Refused);
    auto other = enrolment(4);
    other.device[0] = 'e';
    CHECK(rules::may_enrol(other, before).error() == Error::Refused);
    other = enrolment(4);
    other.deployment_key = "other key";
    CHECK(rules::may_enrol(other, before).error() == Error::Refused);
}

TEST_CASE("a certificate is renewed only for the enrolled device itself, and its epoch never falls") {
    const auto before = enrolment(3);
    CHECK(rules::may_renew(enrolment(3), before));
    CHECK(rules::may_renew(enrolment(4), before));
    CHECK(rules::may_renew(enrolment(2), before).error() == Error::Refused);
    CHECK(rules::may_renew(enrolment(3), std::nullopt).error() == Error::Refused);
    auto other = enrolment(4);
    other.device[0] = 'e';
    CHECK(rules::may_renew(other, before).error() == Error::Refused);
    other = enrolment(4);
    other.deployment_key = "other key";
    CHECK(rules::may_renew(other, before).error() == Error::Refused);
}

TEST_CASE("a bundle never falls back, and the same one again is written only where it was lost") {
    const Bytes one(4, std::byte{1});
    const Bytes two(4, std::byte{2});
    const std::optional<ByteView> kept(one);
    CHECK(rules::writes_bundle(1, one, std::nullopt, std::nullopt) == true);
    CHECK(rules::writes_bundle(6, two, 5, kept) == true);
    CHECK(rules::writes_bundle(4, one, 5, kept).error() == Error::Refused);
    CHECK(rules::writes_bundle(5, one, 5, kept) == false);
    CHECK(rules::writes_bundle(5, two, 5, kept).error() == Error::Refused);
    CHECK(rules::writes_bundle(5, Bytes(5, std::byte{1}), 5, kept).error() == Error::Refused);
    CHECK(rules::writes_bundle(5, two, 5, std::nullopt) == true);
}

TEST_CASE("revisions of a record only rise") {
    CHECK(rules::may_insert(1, 0));
    CHECK(rules::may_insert(9, 3));
    CHECK(rules::may_insert(3, 3).error() == Error::Refused);
    CHECK(rules::may_insert(2, 3).error() == Error::Refused);
}

TEST_CASE("a record is erased only while no row of it is in a batch, whatever became of the batch") {
    const std::array none{RowState::Sealed, RowState::Sealed};
    CHECK(rules::may_erase({}));
    CHECK(rules::may_erase(none));
    for (const auto state : {RowState::Batched, RowState::Receipted, RowState::Held, RowState::Erased}) {
        const std::array rows{RowState::Sealed, state};
        CHECK(rules::may_erase(rows).error() == Error::Refused);
    }
}

TEST_CASE("sequences begin with 1 in each epoch, and the first batch names the last one of the epoch before") {
    const auto first = rules::next_batch(1, std::nullopt);
    CHECK(first.epoch == 1);
    CHECK(first.sequence == 1);
    CHECK(first.previous == Digest{});
    const auto next = rules::next_batch(1, rules::LastBatch{1, 4, digest(4)});
    CHECK(next.sequence == 5);
    CHECK(next.previous == digest(4));
    const auto anew = rules::next_batch(2, rules::LastBatch{1, 4, digest(4)});
    CHECK(anew.epoch == 2);
    CHECK(anew.sequence == 1);
    CHECK(anew.previous == digest(4));
}

TEST_CASE("a plan is frozen only while it is still the next one") {
    const auto plan = rules::next_batch(2, rules::LastBatch{2, 4, digest(4)});
    CHECK(rules::may_freeze(plan, plan));
    for (const auto& last : {rules::LastBatch{2, 5, digest(4)}, rules::LastBatch{2, 4, digest(5)}})
        CHECK(rules::may_freeze(plan, rules::next_batch(2, last)).error() == Error::Refused);
    CHECK(rules::may_freeze(plan, rules::next_batch(3, rules::LastBatch{3, 4, digest(4)})).error() == Error::Refused);
}

TEST_CASE("the numbers of audit entries have no gaps") {
    CHECK(rules::may_append(1, {}));
    CHECK(rules::may_append(8, {7, digest(1)}));
    CHECK(rules::may_append(7, {7, digest(1)}).error() == Error::Refused);
    CHECK(rules::may_append(9, {7, digest(1)}).error() == Error::Refused);
    CHECK(rules::may_append(0, {}).error() == Error::Refused);
}

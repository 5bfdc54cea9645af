// Batches: a set that was frozen never changes, a new number only for a new set.
#include "tests/store/support.hpp"

using app::store::BatchBytes;
using app::store::BatchKey;
using app::store::Error;
using test::record_id;
using test::sealed;

namespace {

BatchBytes batch_bytes(unsigned value) {
    BatchBytes bytes;
    bytes.manifest_sha256.fill(static_cast<std::byte>(value));
    bytes.manifest = crypto::Bytes(50, static_cast<std::byte>(value));
    bytes.signature = crypto::Bytes(60, static_cast<std::byte>(value));
    bytes.certificate = crypto::Bytes(10, std::byte{1});
    bytes.certificate_signature = crypto::Bytes(10, std::byte{2});
    return bytes;
}

/// An enrolled kiosk with so many records waiting.
void fill_kiosk(test::Kiosk& kiosk, unsigned records) {
    REQUIRE(kiosk->device().enrol(test::enrolment()));
    for (unsigned i = 1; i <= records; ++i) REQUIRE(kiosk->records().insert(record_id(i), 1, sealed("{}").bytes));
}

}  // namespace

TEST_CASE("a kiosk that is not enrolled plans no batch") {
    test::Kiosk kiosk;
    CHECK(kiosk->outbox().plan({}).error() == Error::NotFound);
}

TEST_CASE("a plan lists what waits by random name, without the open interview") {
    test::Kiosk kiosk;
    fill_kiosk(kiosk, 20);
    const auto plan = kiosk->outbox().plan(record_id(7));
    REQUIRE(plan);
    CHECK(plan->epoch == 1);
    CHECK(plan->sequence == 1);
    CHECK(plan->previous == crypto::Digest{});
    CHECK(plan->rows.size() == 19);
    bool in_order_of_speaking = true;
    for (std::size_t i = 1; i < plan->rows.size(); ++i) {
        CHECK(plan->rows[i - 1].name < plan->rows[i].name);
        in_order_of_speaking = in_order_of_speaking && plan->rows[i - 1].record < plan->rows[i].record;
    }
    CHECK_FALSE(in_order_of_speaking);
    for (const auto& row : plan->rows) CHECK(row.record != record_id(7));
}

TEST_CASE("a frozen batch is the same at every export, whatever happens meanwhile") {
    test::Kiosk kiosk;
    fill_kiosk(kiosk, 3);
    const auto plan = kiosk->outbox().plan({});
    REQUIRE(kiosk->outbox().freeze(*plan, plan->rows.size(), batch_bytes(1)));
    REQUIRE(kiosk->records().save_revision(record_id(1), 2, sealed("{}")));
    REQUIRE(kiosk->device().enrol(test::enrolment(2)));
    REQUIRE(kiosk.open());
    const auto again = kiosk->outbox().batch(BatchKey{1, 1});
    REQUIRE(again);
    CHECK(again->bytes.manifest == batch_bytes(1).manifest);
    CHECK(again->bytes.signature == batch_bytes(1).signature);
    CHECK(again->bytes.certificate == batch_bytes(1).certificate);
    REQUIRE(again->rows.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(again->rows[i].name == plan->rows[i].name);
        CHECK(again->rows[i].sha256 == plan->rows[i].sha256);
        CHECK(again->rows[i].state == app::store::RowState::Batched);
        CHECK(kiosk->records().read(again->rows[i].name)->size() == plan->rows[i].size);
    }
}

TEST_CASE("a later revision of an exported record is a new row that waits") {
    test::Kiosk kiosk;
    fill_kiosk(kiosk, 1);
    const auto plan = kiosk->outbox().plan({});
    REQUIRE(kiosk->outbox().freeze(*plan, 1, batch_bytes(1)));
    CHECK(*kiosk->records().was_exported(record_id(1)));
    REQUIRE(kiosk->records().save_revision(record_id(1), 2, sealed("{}")));
    CHECK(kiosk->records().counts()->waiting == 1);
    CHECK(kiosk->records().counts()->batched == 1);
    CHECK(kiosk->records().erase(record_id(1)).error() == Error::Refused);
    CHECK(kiosk->records().discard(plan->rows[0].id).error() == Error::Refused);
    CHECK(kiosk->records().counts()->batched == 1);
}

TEST_CASE("numbers rise by one, each batch names the one before, also the first of a new epoch") {
    test::Kiosk kiosk;
    fill_kiosk(kiosk, 5);
    for (unsigned i = 1; i <= 3; ++i) {
        const auto plan = kiosk->outbox().plan({});
        REQUIRE(plan);
        CHECK(plan->sequence == i);
        CHECK(plan->previous == (i == 1 ? crypto::Digest{} : batch_bytes(i - 1).manifest_sha256));
        REQUIRE(kiosk->outbox().freeze(*plan, 1, batch_bytes(i)));
    }
    CHECK(kiosk->outbox().open_batches()->size() == 3);
    CHECK(kiosk->records().counts()->waiting == 2);
    CHECK(kiosk->records().counts()->batches == 3);
    REQUIRE(kiosk->device().enrol(test::enrolment(2)));
    const auto plan = kiosk->outbox().plan({});
    CHECK(plan->epoch == 2);
    CHECK(plan->sequence == 1);
    const auto last = kiosk->outbox().batch({1, 3});
    REQUIRE(last);
    CHECK(plan->previous == last->bytes.manifest_sha256);
}

TEST_CASE("a plan that is no longer the next one freezes nothing") {
    test::Kiosk kiosk;
    fill_kiosk(kiosk, 4);
    const auto old = kiosk->outbox().plan({});
    REQUIRE(kiosk->outbox().freeze(*old, 2, batch_bytes(1)));
    CHECK(kiosk->outbox().freeze(*old, 2, batch_bytes(2)).error() == Error::Refused);
    CHECK(kiosk->records().counts()->waiting == 2);
    CHECK(kiosk->records().counts()->batches == 1);
}

TEST_CASE("a plan with a row that is gone freezes nothing at all") {
    test::Kiosk kiosk;
    fill_kiosk(kiosk, 4);
    const auto plan = kiosk->outbox().plan({});
    REQUIRE(kiosk->records().discard(plan->rows[3].id));
    CHECK(kiosk->outbox().freeze(*plan, 4, batch_bytes(1)).error() == Error::Refused);
    CHECK(kiosk->records().counts()->waiting == 3);
    CHECK(kiosk->records().counts()->batches == 0);
    REQUIRE(kiosk.open());
}

TEST_CASE("no row while one waits, more than the plan has, and an unknown batch are refused") {
    test::Kiosk kiosk;
    fill_kiosk(kiosk, 1);
    const auto plan = kiosk->outbox().plan({});
    CHECK(kiosk->outbox().freeze(*plan, 0, batch_bytes(1)).error() == Error::Input);
    CHECK(kiosk->outbox().freeze(*plan, 2, batch_bytes(1)).error() == Error::Input);
    CHECK(kiosk->outbox().batch(BatchKey{1, 1}).error() == Error::NotFound);
}

TEST_CASE("a batch without a row is known by its RETURN until somebody has confirmed it") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->device().enrol(test::enrolment()));
    const auto plan = kiosk->outbox().plan({});
    REQUIRE((plan && plan->rows.empty()));
    CHECK(kiosk->outbox().freeze(*plan, 0, batch_bytes(1)).error() == Error::Input);
    const crypto::Bytes way_back(32, std::byte{7});
    REQUIRE(kiosk->outbox().freeze(*plan, 0, batch_bytes(1), way_back));
    const BatchKey key{plan->epoch, plan->sequence};
    CHECK(*kiosk->outbox().open_batches() == std::vector{key});
    CHECK(*kiosk->outbox().kept_batches() == std::vector{key});
    CHECK(kiosk->outbox().batch(key)->rows.empty());
    CHECK(kiosk->outbox().plan({})->sequence == plan->sequence + 1);
    const crypto::Bytes signer(42);
    const app::store::Receipt receipt{std::string(32, 'd'),           key.epoch, key.sequence,
                                      batch_bytes(1).manifest_sha256, signer,    {}};
    const app::store::Keeping keeping{1, 7, {signer}};
    REQUIRE(kiosk->receipts().take(receipt, keeping, {})->answer == app::store::ReceiptAnswer::Taken);
    CHECK(kiosk->outbox().open_batches()->empty());
    CHECK(kiosk->outbox().kept_batches()->empty());
    CHECK(kiosk->outbox().answerable()->size() == 1);
    REQUIRE(kiosk->receipts().housekeep(keeping, {}));
    CHECK(kiosk->outbox().answerable()->empty());
}

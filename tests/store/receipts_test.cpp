// Receipts: what a coordinator's word changes about a batch, when what has arrived may go, and whose word it is not.
#include "app/store/receipts.hpp"

#include "tests/store/support.hpp"

using app::store::BatchBytes;
using app::store::BatchKey;
using app::store::Error;
using app::store::Keeping;
using app::store::Now;
using app::store::Receipt;
using app::store::ReceiptAnswer;
using app::store::RowState;
using test::record_id;
using test::sealed;
namespace rules = app::store::rules;

namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr std::chrono::sys_days first_day{std::chrono::year(2026) / 11 / 1};

crypto::Bytes signer(unsigned which) {
    return crypto::Bytes(42, static_cast<std::byte>(which));
}

Keeping policy(std::uint32_t required = 1, std::uint32_t hold_days = 7) {
    return {required, hold_days, {signer(1), signer(2), signer(3)}};
}

/// A moment of a machine that has been running for so long since its start.
Now at(hours wall, hours running = hours(0), std::uint64_t start = 1) {
    return {first_day + wall, running, start};
}

/// An enrolled kiosk that sent so many records in one batch.
struct Sent {
    test::Kiosk kiosk;
    app::store::BatchPlan plan;

    explicit Sent(unsigned records) {
        REQUIRE(kiosk->device().enrol(test::enrolment()));
        for (unsigned i = 1; i <= records; ++i) REQUIRE(kiosk->records().insert(record_id(i), 1, sealed("{}").bytes));
        plan = *kiosk->outbox().plan({});
        freeze(plan, 1);
    }
    void freeze(const app::store::BatchPlan& what, unsigned value) {
        BatchBytes bytes;
        bytes.manifest_sha256.fill(static_cast<std::byte>(value));
        bytes.manifest = bytes.signature = bytes.certificate = bytes.certificate_signature = crypto::Bytes(9);
        REQUIRE(
            kiosk->outbox().freeze(what, what.rows.size(), bytes, crypto::Bytes(32, static_cast<std::byte>(value))));
    }
    [[nodiscard]] Receipt receipt(unsigned by = 1, std::vector<crypto::Digest> refused = {}) const {
        Receipt receipt{std::string(32, 'd'), 1, 1, {}, signer(by), std::move(refused)};
        receipt.manifest.fill(std::byte{1});
        return receipt;
    }
    ReceiptAnswer answer(const Receipt& receipt, const Keeping& keeping = policy(), Now now = at(hours(0))) {
        const auto taken = kiosk->receipts().take(receipt, keeping, now);
        REQUIRE(taken);
        return taken->answer;
    }
    std::uint64_t erase(Now now, const Keeping& keeping = policy()) {
        const auto erased = kiosk->receipts().housekeep(keeping, now);
        REQUIRE(erased);
        return *erased;
    }
    [[nodiscard]] std::vector<RowState> states() {
        std::vector<RowState> found;
        for (const auto& row : kiosk->outbox().batch(BatchKey{1, 1})->rows) found.push_back(row.state);
        return found;
    }
    app::store::Counts counts() { return *kiosk->records().counts(); }
};

}  // namespace

TEST_CASE("a receipt of everything confirms every row, and the same one again says nothing new") {
    Sent sent(3);
    const auto taken = sent.kiosk->receipts().take(sent.receipt(), policy(), at(hours(0)));
    REQUIRE(taken);
    CHECK(taken->answer == ReceiptAnswer::Taken);
    CHECK(taken->confirmed == 3);
    CHECK(taken->again == 0);
    CHECK(sent.states() == std::vector(3, RowState::Held));
    CHECK(sent.counts().confirmed() == 3);
    CHECK(sent.counts().batched == 0);
    CHECK(sent.counts().batches == 0);
    CHECK(sent.kiosk->outbox().open_batches()->empty());
    CHECK(sent.kiosk->outbox().kept_batches()->size() == 1);  // what is held can still be had
    CHECK(sent.answer(sent.receipt()) == ReceiptAnswer::Known);
    REQUIRE(sent.kiosk.open());
    CHECK(sent.answer(sent.receipt()) == ReceiptAnswer::Known);
    CHECK(sent.counts().confirmed() == 3);
}

TEST_CASE("a receipt counts for this device, a batch that it made, its manifest and a pinned signer alone") {
    Sent sent(2);
    const auto refused = [&](ReceiptAnswer why, auto change) {
        auto receipt = sent.receipt();
        change(receipt);
        CHECK(sent.answer(receipt) == why);
        CHECK(sent.states() == std::vector(2, RowState::Batched));
    };
    refused(ReceiptAnswer::OtherDevice, [](Receipt& receipt) { receipt.device[0] = 'e'; });
    refused(ReceiptAnswer::UnknownSigner, [](Receipt& receipt) { receipt.signer = signer(9); });
    refused(ReceiptAnswer::UnknownBatch, [](Receipt& receipt) { receipt.sequence = 2; });
    refused(ReceiptAnswer::UnknownBatch, [](Receipt& receipt) { receipt.epoch = 2; });
    refused(ReceiptAnswer::OtherManifest, [](Receipt& receipt) { receipt.manifest[0] = std::byte{7}; });
    CHECK(sent.kiosk->receipts().take({}, policy(), at(hours(0))).error() == Error::Input);
}

TEST_CASE("as many different signers are needed as the policy says, and those who are removed do not count") {
    Sent sent(2);
    CHECK(sent.answer(sent.receipt(1), policy(2)) == ReceiptAnswer::Taken);
    CHECK(sent.answer(sent.receipt(1), policy(2)) == ReceiptAnswer::Known);
    CHECK(sent.states() == std::vector(2, RowState::Receipted));
    CHECK(sent.counts().confirmed() == 2);
    CHECK(sent.counts().batches == 1);  // it can be brought to another coordinator
    auto removed = policy(2);
    removed.signers.erase(removed.signers.begin());
    CHECK(sent.answer(sent.receipt(2), removed) == ReceiptAnswer::Taken);
    CHECK(sent.states() == std::vector(2, RowState::Receipted));
    CHECK(sent.answer(sent.receipt(3), removed) == ReceiptAnswer::Taken);
    CHECK(sent.states() == std::vector(2, RowState::Held));
    // Held under a policy that counts two; the one that is in force at the erasing asks for a third.
    CHECK(sent.erase(at(hours(24 * 60), hours(24 * 60)), policy(3)) == 2);
}

TEST_CASE("a policy that asks for more receipts than there are erases nothing, one that asks for fewer settles") {
    Sent sent(2);
    CHECK(sent.answer(sent.receipt(1)) == ReceiptAnswer::Taken);
    CHECK(sent.erase(at(hours(24 * 60), hours(24 * 60)), policy(2)) == 0);
    CHECK(sent.erase(at(hours(24 * 60), hours(24 * 60)), policy(1)) == 2);
    Sent other(2);
    CHECK(other.answer(other.receipt(1), policy(2)) == ReceiptAnswer::Taken);
    CHECK(other.erase(at(hours(1), hours(1)), policy(1)) == 0);
    CHECK(other.states() == std::vector(2, RowState::Held));
}

TEST_CASE("rows that were refused travel with the next batch, the others stay confirmed") {
    Sent sent(3);
    const auto refused = sent.plan.rows[1].sha256;
    const auto taken = sent.kiosk->receipts().take(sent.receipt(1, {refused}), policy(), at(hours(0)));
    REQUIRE(taken);
    CHECK(taken->confirmed == 2);
    CHECK(taken->again == 1);
    CHECK(sent.counts().waiting == 1);
    CHECK(sent.kiosk->outbox().kept_batches()->empty());  // it could not be made once more as it was
    const auto next = sent.kiosk->outbox().plan({});
    REQUIRE(next->rows.size() == 1);
    CHECK(next->rows[0].sha256 == refused);
    CHECK(next->sequence == 2);
    sent.freeze(*next, 2);
    auto second = sent.receipt(1);
    second.sequence = 2;
    second.manifest.fill(std::byte{2});
    CHECK(sent.answer(second) == ReceiptAnswer::Taken);
    CHECK(sent.counts().confirmed() == 3);
    CHECK(sent.erase(at(hours(24 * 9), hours(24 * 9))) == 3);
}

TEST_CASE("what a signer once had in custody is not lost by an older receipt") {
    Sent sent(2);
    const auto refused = sent.plan.rows[0].sha256;
    CHECK(sent.answer(sent.receipt(1, {refused}), policy(2)) == ReceiptAnswer::Taken);
    CHECK(sent.counts().confirmed() == 1);
    CHECK(sent.answer(sent.receipt(1), policy(2)) == ReceiptAnswer::Taken);
    CHECK(sent.counts().confirmed() == 2);
    CHECK(sent.answer(sent.receipt(1, {refused}), policy(2)) == ReceiptAnswer::Known);
    CHECK(sent.counts().confirmed() == 2);
}

TEST_CASE("bytes go after the hold and not before, the row stays known, and the file keeps nothing of them") {
    Sent sent(2);
    const auto bytes = *sent.kiosk->records().read(sent.plan.rows[0].id);
    CHECK(sent.answer(sent.receipt()) == ReceiptAnswer::Taken);
    CHECK(sent.erase(at(hours(24 * 7), hours(24 * 7))) == 0);
    CHECK(*sent.kiosk->records().read(sent.plan.rows[0].id) == bytes);
    CHECK(sent.erase(at(hours(24 * 8 - 1), hours(24 * 8 - 1))) == 0);
    CHECK(sent.erase(at(hours(24 * 8), hours(24 * 8))) == 2);
    CHECK(sent.kiosk->records().read(sent.plan.rows[0].id)->empty());
    CHECK(sent.kiosk->records().kept_rows()->rows.empty());
    CHECK(sent.kiosk->outbox().kept_batches()->empty());
    CHECK(sent.counts().erased == 2);
    CHECK(sent.counts().confirmed() == 2);
    CHECK(*sent.kiosk->records().was_exported(record_id(1)));
    CHECK(sent.kiosk->records().erase(record_id(1)).error() == Error::Refused);
    CHECK(sent.erase(at(hours(24 * 90), hours(24 * 90))) == 0);
    REQUIRE(sent.kiosk.open());
    CHECK(sent.counts().erased == 2);
    CHECK(sent.answer(sent.receipt()) == ReceiptAnswer::Known);
}

TEST_CASE(
    "a clock that is set ahead erases nothing early, at whatever moment, and one set back keeps nothing for ever") {
    Sent sent(1);
    CHECK(sent.answer(sent.receipt()) == ReceiptAnswer::Taken);
    constexpr hours years(24 * 3650);
    // Ahead while the machine runs, and over starts that follow each other at once.
    CHECK(sent.erase(at(years, hours(1))) == 0);
    for (std::uint64_t start = 2; start < 30; ++start) CHECK(sent.erase(at(years, hours(0), start)) == 0);
    // Right again, or long ago: what the machine runs counts, a day each day.
    for (std::uint64_t day = 0; day < 6; ++day) {
        CHECK(sent.erase(at(-years, hours(0), 100 + day)) == 0);
        CHECK(sent.erase(at(-years, hours(24), 100 + day)) == 0);
    }
    CHECK(sent.erase(at(-years, hours(0), 200)) == 0);
    CHECK(sent.erase(at(-years, hours(24), 200)) == 1);
}

TEST_CASE("a machine that is switched off at night counts whole days") {
    Sent sent(1);
    CHECK(sent.answer(sent.receipt(), policy(), at(hours(8))) == ReceiptAnswer::Taken);
    for (int day = 0; day < 8; ++day) {
        const auto start = static_cast<std::uint64_t>(day + 1);
        if (day > 0) CHECK(sent.erase(at(hours(24 * day + 8), hours(0), start)) == 0);
        CHECK(sent.erase(at(hours(24 * day + 18), hours(10), start)) == 0);
    }
    CHECK(sent.erase(at(hours(24 * 8 + 8), hours(0), 9)) == 1);
}

TEST_CASE("a machine that was off for months counts one day of them") {
    const rules::HoldClock before{1, seconds(0), seconds(100), first_day};
    const auto after = rules::hold_clock_at(before, at(hours(24 * 100), hours(0), 2));
    CHECK(after.counted == seconds(100) + hours(24));
    CHECK(after.latest == first_day + hours(24 * 100));
    CHECK(rules::hold_clock_at(std::nullopt, at(hours(5))).counted == seconds(0));
    // The same number of a start, with less running: another start all the same.
    const rules::HoldClock ran{1, hours(9), seconds(0), first_day};
    CHECK(rules::hold_clock_at(ran, at(hours(2), hours(1))).counted == hours(2));
}

TEST_CASE("what becomes of a row follows from who has it") {
    CHECK(rules::row_after(0, 0, 1) == RowState::Batched);
    CHECK(rules::row_after(1, 1, 1) == RowState::Held);
    CHECK(rules::row_after(0, 1, 1) == RowState::Sealed);
    CHECK(rules::row_after(1, 1, 2) == RowState::Receipted);
    CHECK(rules::row_after(0, 1, 2) == RowState::Batched);
    CHECK(rules::row_after(1, 2, 2) == RowState::Sealed);
    CHECK(rules::row_after(2, 3, 2) == RowState::Held);
    CHECK(rules::row_after(0, 0, 0) == RowState::Batched);  // no policy erases without a receipt
}

TEST_CASE("receipts and holds are part of what must not go back") {
    for (const auto* sql : {"DELETE FROM receipt", "DELETE FROM held", "UPDATE held SET since = since - 900000",
                            "INSERT INTO receipt(epoch, sequence, signer, refused) VALUES(1, 1, x'02', x'')"}) {
        INFO(sql);
        Sent sent(1);
        CHECK(sent.answer(sent.receipt()) == ReceiptAnswer::Taken);
        sent.kiosk.close();
        {
            auto database = app::database::Database::open_damaged(test::ready(), sent.kiosk.database(), test::key());
            REQUIRE(database);
            REQUIRE(database->run(sql));
        }
        CHECK(sent.kiosk.open().error() == Error::RolledBack);
    }
}

TEST_CASE("RETURN goes with the last row of its batch, and never before it has receipts enough") {
    Sent sent(2);
    const auto kept = [&] { return sent.kiosk->outbox().way_back(BatchKey{1, 1})->has_value(); };
    REQUIRE(kept());
    CHECK((*sent.kiosk->outbox().way_back(BatchKey{1, 1}))->equals(crypto::Bytes(32, std::byte{1})));
    sent.erase(at(hours(24 * 400), hours(24 * 400)));
    CHECK(kept());
    REQUIRE(sent.answer(sent.receipt(1), policy(), at(hours(24 * 400), hours(24 * 400))) == ReceiptAnswer::Taken);
    sent.erase(at(hours(24 * 400 + 1), hours(24 * 400 + 1)));
    CHECK(kept());  // held
    sent.erase(at(hours(24 * 800), hours(24 * 800)));
    CHECK(sent.states() == std::vector(2, RowState::Erased));
    CHECK_FALSE(kept());
    REQUIRE(sent.kiosk.open());
    CHECK_FALSE(kept());
}

TEST_CASE("RETURN of a batch all of which was refused goes when as many receipts say so as are asked for") {
    Sent sent(1);
    const auto row = sent.plan.rows[0].sha256;
    REQUIRE(sent.answer(sent.receipt(1, {row}), policy(2)) == ReceiptAnswer::Taken);
    sent.erase(at(hours(1), hours(1)), policy(2));
    CHECK(sent.kiosk->outbox().answerable()->size() == 1);
    REQUIRE(sent.answer(sent.receipt(2, {row}), policy(2)) == ReceiptAnswer::Taken);
    CHECK(sent.counts().waiting == 1);
    sent.erase(at(hours(2), hours(2)), policy(2));
    CHECK(sent.kiosk->outbox().answerable()->empty());
}

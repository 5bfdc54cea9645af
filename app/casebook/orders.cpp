// What a record orders: to stand in the place of an earlier revision, or to erase what was sealed. rules/orders.hpp
// says what becomes of it; here it is done.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "app/casebook/rules/orders.hpp"
#include "app/casebook/sqlcipher/listing.hpp"
#include "app/record/read.hpp"
#include "app/record/write.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using detail::as_column;
using detail::decided_word;
using detail::digest_of;
using detail::Listed;
using detail::next_row;
using detail::number_in;
using detail::Opened;
using detail::passed_on;
using detail::Unsealed;

namespace {

Result<std::optional<Listed>> listed_of(store::Database& database, const Record& record) {
    auto row = database.prepare(
        "SELECT r.sealed, s.batch, r.revision, r.kind, r.json_sha256, r.case_code, r.day, r.training FROM record r "
        "JOIN sealed s ON s.id = r.sealed WHERE r.device = ?1 AND r.record = ?2");
    if (!row) return passed_on(row.error());
    auto there = next_row(row->bind(1, record.device).bind(2, record.record));
    if (!there) return tl::unexpected(there.error());
    if (!*there) return std::nullopt;
    // What an earlier version listed and this one cannot read says no day and no practice.
    return Listed{row->integer(0),
                  row->integer(1),
                  static_cast<std::uint32_t>(row->integer(2)),
                  row->integer(3) == static_cast<std::int64_t>(Kind::Withdrawn),
                  digest_of(row->bytes(4)),
                  std::string(row->text(5)),
                  std::string(row->text(6)),
                  row->integer(7) == 1};
}

/// A revision that is set beside is not set there again when a batch brings the same once more.
Result<bool> held_already(store::Database& database, const Unsealed& one, const exchange::Digest& digest) {
    auto row = database.prepare("SELECT count(*) FROM held WHERE device = ?1 AND record = ?2 AND json_sha256 = ?3");
    if (!row) return passed_on(row.error());
    row->bind(1, one.record.device).bind(2, one.record.record).bind(3, crypto::ByteView(digest));
    const auto found = number_in(*row);
    if (!found) return tl::unexpected(found.error());
    return *found > 0;
}

struct Waiting {
    std::int64_t sealed = 0;
    std::int64_t batch = 0;
};

/// What is held of a device; with `only`, that one: several rows when several batches brought the same bytes. The
/// latest revision first.
Result<std::vector<Waiting>> held_of(store::Database& database, std::string_view device, const Held* only) {
    auto row = database.prepare(
        "SELECT h.sealed, s.batch FROM held h JOIN sealed s ON s.id = h.sealed WHERE h.device = ?1 "
        "AND (?2 = '' OR (h.record = ?2 AND (h.kind = ?3) = ?4 AND lower(hex(h.json_sha256)) = ?5)) "
        "ORDER BY h.revision DESC, h.id");
    if (!row) return passed_on(row.error());
    row->bind(1, device).bind(2, only == nullptr ? std::string_view() : std::string_view(only->record));
    row->bind(3, static_cast<std::int64_t>(Kind::Withdrawn));
    row->bind(4, std::int64_t{only != nullptr && only->withdrawal ? 1 : 0});
    row->bind(5, only == nullptr ? std::string_view() : std::string_view(only->version));
    std::vector<Waiting> all;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return all;
        all.push_back({row->integer(0), row->integer(1)});
    }
}

/// Nothing when it is not held any more.
Result<std::optional<std::string>> json_of_held(store::Database& database, std::int64_t sealed) {
    auto row = database.prepare("SELECT json FROM held WHERE sealed = ?1");
    if (!row) return passed_on(row.error());
    const auto there = next_row(row->bind(1, sealed));
    if (!there) return tl::unexpected(there.error());
    if (!*there) return std::nullopt;
    return std::string(crypto::as_text(row->bytes(0)));
}

}  // namespace

Result<void> Casebook::Parts::list_record(const Unsealed& one) {
    const auto digest = crypto::sha256(ready, crypto::as_bytes(one.json));
    return sqlcipher::put_listed(database, {one.sealed, one.record, one.json, digest});
}

/// What was sealed of a record goes, except one row; that it was here stays known by its digest. Nothing of it waits
/// for a decision any more. Only rows that still have bytes are looked at: many orders about one record cost no more.
Result<void> Casebook::Parts::erase_sealed(std::string_view device, std::string_view record, std::int64_t but) {
    auto row = database.prepare(
        "UPDATE sealed INDEXED BY sealed_kept SET bytes = x'', outcome = ?1, detail = 'erased' WHERE device = ?2 AND "
        "record = ?3 "
        "AND length(bytes) > 0 AND id <> ?4");
    if (!row) return passed_on(row.error());
    row->bind(1, as_column(Outcome::WasWithdrawn)).bind(2, device).bind(3, record).bind(4, but);
    if (auto done = row->finish(); !done) return passed_on(done.error());
    auto waiting = database.prepare("DELETE FROM held WHERE device = ?1 AND record = ?2");
    if (!waiting) return passed_on(waiting.error());
    if (auto done = waiting->bind(1, device).bind(2, record).finish(); !done) return passed_on(done.error());
    return {};
}

Result<void> Casebook::Parts::release(std::int64_t sealed) {
    auto row = database.prepare("DELETE FROM held WHERE sealed = ?1");
    if (!row) return passed_on(row.error());
    if (auto done = row->bind(1, sealed).finish(); !done) return passed_on(done.error());
    return {};
}

/// What is left of the case in the list is called as the case was, so that nobody looks for it under another name.
Result<Opened> Casebook::Parts::withdraw(const Unsealed& one) {
    const auto& record = one.record;
    const auto listed = listed_of(database, record);
    if (!listed) return tl::unexpected(listed.error());
    if (auto done = erase_sealed(record.device, record.record, one.sealed); !done) return tl::unexpected(done.error());
    if (!*listed) {
        if (auto done = list_record(one); !done) return tl::unexpected(done.error());
        return Opened{Outcome::Withdrawn, {}, std::string(record.case_code), false};
    }
    auto named = record::read(one.json);
    if (named) {
        named->case_code = (*listed)->case_code;
        if (!(*listed)->day.empty()) named->day = (*listed)->day;
        named->training = (*listed)->training;
        named->unknown = 0;  // what a later version adds to a withdrawal is not listed
    }
    // Only what can be read again takes the place of what came.
    const auto json = named ? record::write(*named, std::pmr::get_default_resource()) : std::nullopt;
    const bool readable = json && record::read(*json);
    auto done = readable ? list_record({one.sealed, one.batch, *named, *json}) : list_record(one);
    if (!done) return tl::unexpected(done.error());
    return Opened{Outcome::Withdrawn, {}, (*listed)->case_code, false};
}

Result<Opened> Casebook::Parts::hold(const Unsealed& one, Doubt doubt) {
    const auto& record = one.record;
    const auto digest = crypto::sha256(ready, crypto::as_bytes(one.json));
    const auto already = held_already(database, one, digest);
    if (!already) return tl::unexpected(already.error());
    if (*already) return Opened{Outcome::Older, {}, {}, false};
    if (auto done = sqlcipher::put_held(database, {one.sealed, record, one.json, digest}); !done)
        return tl::unexpected(done.error());
    const auto outcome = record.kind == Kind::Withdrawn ? Outcome::WithdrawalHeld : Outcome::RevisionHeld;
    return Opened{outcome, std::string(to_word(doubt)), std::string(record.case_code), record.kind == Kind::Partial};
}

/// What is listed makes room for a revision that it must not hide, and stays in view beside it. It may wait already.
Result<void> Casebook::Parts::set_beside(const Listed& listed, Doubt doubt) {
    if (auto done = sqlcipher::copy_to_held(database, listed.sealed); !done) return done;
    return mark(listed.sealed, listed.withdrawn ? Outcome::WithdrawalHeld : Outcome::RevisionHeld, to_word(doubt));
}

/// Two revisions of one record with other content.
Result<Opened> Casebook::Parts::file_revision(const Unsealed& one, const Listed& listed) {
    const auto& record = one.record;
    const bool own = one.batch == listed.batch && !contested.contains(one.sealed);
    AMPARO_TRY(const from, source(one.batch));
    AMPARO_TRY(const listed_from, source(listed.batch));
    const auto filed = rules::file_revision({record.revision, record.case_code, record.training, from},
                                            {listed.revision, listed.case_code, listed.training, listed_from}, own);
    const Opened opened{Outcome::Replaced, {}, std::string(record.case_code), record.kind == Kind::Partial};
    switch (filed.filing) {
        case rules::Filing::Older:
            return Opened{Outcome::Older, {}, {}, false};
        case rules::Filing::Conflict:
            return Opened{Outcome::Conflict, "same revision, other content", std::string(record.case_code), false};
        case rules::Filing::Held:
            return hold(one, filed.doubt);
        case rules::Filing::MakesRoom:
            AMPARO_DO(set_beside(listed, filed.doubt));
            AMPARO_DO(list_record(one));
            return opened;
        case rules::Filing::Listed:
            AMPARO_DO(list_record(one));
            return opened;
    }
    return tl::unexpected(Error::Internal);
}

/// Something of a record that was taken back comes after all. Nothing where the withdrawal says nothing about it.
Result<std::optional<Opened>> Casebook::Parts::file_withdrawn(const Unsealed& one, const Listed& listed) {
    const auto& record = one.record;
    auto row = database.prepare("SELECT outcome, detail = ?1 FROM sealed WHERE id = ?2");
    if (!row) return passed_on(row.error());
    AMPARO_DO(next_row(row->bind(1, decided_word).bind(2, listed.sealed)));
    rules::AfterWithdrawal facts;
    facts.rejected = row->integer(0) == as_column(Outcome::WithdrawalRejected);
    facts.confirmed = row->integer(1) == 1 && !facts.rejected;
    row->reset();
    facts.withdrawal = record.kind == Kind::Withdrawn;
    facts.other_case = rules::becomes_other_case(record.case_code, record.training, listed.case_code, listed.training);
    AMPARO_TRY(const reach, reach_to_erase(listed.batch, one.batch));
    facts.reach = reach;
    const auto filed = rules::file_after_withdrawal(facts);
    switch (filed.filing) {
        case rules::LateComing::AsAnyOther:
            return std::nullopt;
        case rules::LateComing::ErasedAll:
            AMPARO_DO(erase_sealed(record.device, record.record, listed.sealed));
            return Opened{Outcome::WasWithdrawn, "erased", listed.case_code, false};
        case rules::LateComing::ErasedAlone:
            AMPARO_DO(empty_sealed(one.sealed));
            return Opened{Outcome::WasWithdrawn, "erased", listed.case_code, false};
        case rules::LateComing::ListedInDoubt:
            AMPARO_DO(set_beside(listed, filed.doubt));
            held_again.push_back(listed.sealed);
            break;
        case rules::LateComing::Listed:
            break;
    }
    AMPARO_DO(list_record(one));
    return Opened{Outcome::New, {}, std::string(record.case_code), record.kind == Kind::Partial};
}

/// Compares with what is listed of the same record.
Result<Opened> Casebook::Parts::file_record(const Unsealed& one) {
    const auto& record = one.record;
    const auto listed = listed_of(database, record);
    if (!listed) return tl::unexpected(listed.error());
    if (*listed && (*listed)->withdrawn) {
        auto filed = file_withdrawn(one, **listed);
        if (!filed) return tl::unexpected(filed.error());
        if (*filed) return std::move(**filed);
    }
    if (record.kind == Kind::Withdrawn) {
        auto stands = may_withdraw(one);
        if (!stands) return tl::unexpected(stands.error());
        if (*stands == Doubt::None && *listed && !(*listed)->withdrawn &&
            rules::becomes_other_case((*listed)->case_code, (*listed)->training, record.case_code, record.training))
            stands = Doubt::OtherCase;
        return *stands == Doubt::None ? withdraw(one) : hold(one, *stands);
    }
    if (!*listed) {
        if (auto done = list_record(one); !done) return tl::unexpected(done.error());
        return Opened{Outcome::New, {}, std::string(record.case_code), record.kind == Kind::Partial};
    }
    const auto digest = crypto::sha256(ready, crypto::as_bytes(one.json));
    if (digest == (*listed)->json_sha256) return Opened{Outcome::Older, {}, {}, false};
    return file_revision(one, **listed);
}

/// Inside a transaction: one of them, when it is still held. Whether it waits no more.
Result<bool> Casebook::Parts::settle_one(std::int64_t sealed, std::int64_t batch) {
    const auto json = json_of_held(database, sealed);
    if (!json) return tl::unexpected(json.error());
    if (!*json) return false;  // erased by an order that was carried out a moment ago
    const auto record = record::read(**json);
    if (!record) return false;  // of an earlier version, and not readable now: it waits for a person
    if (auto done = release(sealed); !done) return tl::unexpected(done.error());
    const Unsealed one{sealed, batch, *record, **json};
    auto erased = file_erased(one);
    if (!erased) return tl::unexpected(erased.error());
    const auto opened = *erased ? Result<Opened>(std::move(**erased)) : file_record(one);
    if (!opened) return tl::unexpected(opened.error());
    if (auto done = mark(sealed, opened->outcome, opened->detail); !done) return tl::unexpected(done.error());
    return !is_held(opened->outcome);
}

/// Carries out what was held of a device as far as the doubt is gone, for instance because a missing batch has come.
Result<void> Casebook::Parts::settle(std::string_view device, std::vector<std::int64_t>& changed) {
    auto waiting = held_of(database, device, nullptr);
    if (!waiting) return tl::unexpected(waiting.error());
    std::vector<Waiting> free;
    for (const auto& one : *waiting) {
        const auto doubt = doubt_of(one.batch);
        if (!doubt) return tl::unexpected(doubt.error());
        if (*doubt == Doubt::None) free.push_back(one);
    }
    for (std::size_t from = 0; from < free.size(); from += detail::rows_at_once) {
        auto transaction = store::Transaction::begin(database);
        if (!transaction) return passed_on(transaction.error());
        for (std::size_t i = from; i < std::min(from + detail::rows_at_once, free.size()); ++i) {
            const auto settled = settle_one(free[i].sealed, free[i].batch);
            if (!settled) return tl::unexpected(settled.error());
            if (*settled) changed.push_back(free[i].sealed);
        }
        if (auto done = transaction->commit(); !done) return passed_on(done.error());
    }
    return {};
}

Result<void> Casebook::decide(const Held& held, bool confirm) {
    auto& parts = *parts_;
    auto transaction = store::Transaction::begin(parts.database);
    if (!transaction) return passed_on(transaction.error());
    const auto waiting = held_of(parts.database, held.device, &held);
    if (!waiting) return tl::unexpected(waiting.error());
    if (waiting->empty()) return tl::unexpected(Error::NotFound);
    const auto json = json_of_held(parts.database, waiting->front().sealed);
    if (!json) return tl::unexpected(json.error());
    if (!*json) return tl::unexpected(Error::NotFound);
    for (const auto& one : *waiting) {
        const auto outcome = held.withdrawal ? Outcome::WithdrawalRejected : Outcome::RevisionRejected;
        if (auto done = parts.release(one.sealed); !done) return done;
        if (auto done = parts.mark(one.sealed, outcome, decided_word); !done) return done;
    }
    if (confirm) {
        const auto& one = waiting->front();
        const auto record = record::read(**json);
        if (!record) return tl::unexpected(Error::NotFound);  // of an earlier version: it can be rejected or erased
        const Unsealed confirmed{one.sealed, one.batch, *record, **json};
        auto done = held.withdrawal ? parts.withdraw(confirmed).map([](const auto&) {}) : parts.list_record(confirmed);
        if (!done) return done;
        const auto outcome = held.withdrawal ? Outcome::Withdrawn : Outcome::Replaced;
        if (auto marked = parts.mark(one.sealed, outcome, decided_word); !marked) return marked;
    }
    if (auto done = transaction->commit(); !done) return passed_on(done.error());
    return {};
}

}  // namespace app::casebook

// Erasing on request or by age: the rows go, a note without content stays, and what still comes is erased as it comes.
#include <algorithm>
#include <filesystem>

#include "app/casebook/parts.hpp"

namespace app::casebook {

using detail::as_column;
using detail::next_row;
using detail::number_in;
using detail::passed_on;

namespace fs = std::filesystem;

std::string_view to_word(ErasedFor cause) noexcept {
    switch (cause) {
        case ErasedFor::Request:
            return "request";
        case ErasedFor::Age:
            return "age";
    }
    return "";
}

Keeping keeping_of(std::string_view day, exchange::Day today, std::uint32_t days) noexcept {
    constexpr exchange::Day earliest{std::chrono::year{2026} / std::chrono::January / 1};
    const auto said = exchange::parse_day(day);
    if (!said || *said < earliest || *said > today) return Keeping::Unbelievable;
    return today - *said > std::chrono::days(days) ? Keeping::Past : Keeping::Within;
}

/// Whether the same sealed bytes were erased as a record of the device that they are of, whoever brings them now. Of
/// what another device brought of them, and was erased there, nothing follows.
Result<bool> Casebook::Parts::same_as_erased(std::int64_t sealed) {
    auto row = database.prepare(
        "SELECT count(*) FROM sealed WHERE device IN (SELECT device FROM device) AND "
        "sha256 = (SELECT sha256 FROM sealed WHERE id = ?1) AND outcome = ?2 AND record <> ''");
    if (!row) return passed_on(row.error());
    const auto found = number_in(row->bind(1, sealed).bind(2, as_column(Outcome::Erased)));
    if (!found) return tl::unexpected(found.error());
    return *found > 0;
}

/// Whether a coordinator erased this record.
Result<bool> Casebook::Parts::was_erased(const Record& record) {
    auto noted = database.prepare("SELECT count(*) FROM erased WHERE device = ?1 AND record = ?2");
    if (!noted) return passed_on(noted.error());
    const auto found = number_in(noted->bind(1, record.device).bind(2, record.record));
    if (!found) return tl::unexpected(found.error());
    return *found > 0;
}

/// Whether it belongs to a visit that a coordinator erased, and nothing of it is listed as another case.
Result<bool> Casebook::Parts::visit_was_erased(const Record& record) {
    auto row = database.prepare(
        "SELECT count(*) FROM erased WHERE device = ?1 AND case_code = ?3 AND whole_visit = 1 "
        "AND NOT EXISTS (SELECT 1 FROM record r WHERE r.device = ?1 AND r.record = ?2)");
    if (!row) return passed_on(row.error());
    const auto found = number_in(row->bind(1, record.device).bind(2, record.record).bind(3, record.case_code));
    if (!found) return tl::unexpected(found.error());
    return *found > 0;
}

/// A record of an erased visit that was not known is erased with it, under the same note.
Result<void> Casebook::Parts::note_with_visit(const Record& record) {
    auto row = database.prepare(
        "INSERT INTO erased(device, record, case_code, day, cause, reason, erased_by, whole_visit) "
        "SELECT device, ?2, case_code, day, cause, reason, erased_by, 1 FROM erased "
        "WHERE device = ?1 AND case_code = ?3 AND whole_visit = 1 ORDER BY id LIMIT 1 "
        "ON CONFLICT(device, record) DO NOTHING");
    if (!row) return passed_on(row.error());
    row->bind(1, record.device).bind(2, record.record).bind(3, record.case_code);
    if (auto done = row->finish(); !done) return passed_on(done.error());
    return {};
}

/// What comes of something that a coordinator erased; nothing when it has nothing to do with it. A source in doubt
/// could name any record and so have it erased before it comes: what it brings of the visit waits for a person.
Result<std::optional<detail::Opened>> Casebook::Parts::file_erased(const detail::Unsealed& one) {
    auto erased = was_erased(one.record);
    if (!erased) return tl::unexpected(erased.error());
    if (!*erased) {
        const auto visit = visit_was_erased(one.record);
        if (!visit) return tl::unexpected(visit.error());
        if (!*visit) return std::nullopt;
        const auto doubt = doubt_of(one.batch);
        if (!doubt) return tl::unexpected(doubt.error());
        if (*doubt != Doubt::None) return hold(one, *doubt);
        if (auto done = note_with_visit(one.record); !done) return tl::unexpected(done.error());
    }
    return erased_as_it_came(one.sealed);
}

namespace {

Result<std::vector<Erasable>> kept_records(app::database::Database& database) {
    // Of what is listed, else of one that is held. What this version cannot read says no form and no day, and is erased
    // by its code or id only.
    auto row = database.prepare(
        "SELECT s.device, s.record, sum(length(s.bytes) > 0), count(h.id), r.kind, e.case_code IS NOT NULL, "
        "coalesce(r.case_code, CASE WHEN k.unreadable = 0 THEN k.case_code END, e.case_code, ''), "
        "coalesce(r.form, k.form, ''), coalesce(r.day, k.day, '') FROM sealed s LEFT JOIN held h ON h.sealed = s.id "
        "LEFT JOIN record r ON r.device = s.device AND r.record = s.record "
        "LEFT JOIN held k ON k.id = (SELECT min(id) FROM held WHERE device = s.device AND record = s.record) "
        "LEFT JOIN erased e ON e.device = s.device AND e.record = s.record "
        "WHERE s.record <> '' GROUP BY s.device, s.record ORDER BY s.device, s.record");
    if (!row) return passed_on(row.error());
    std::vector<Erasable> all;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return all;
        Erasable one;
        one.device = row->text(0);
        one.record = row->text(1);
        one.sealed = static_cast<std::size_t>(row->integer(2));
        one.held = static_cast<std::size_t>(row->integer(3));
        one.withdrawn = !row->is_null(4) && row->integer(4) == static_cast<std::int64_t>(Kind::Withdrawn);
        one.erased = row->integer(5) == 1;
        one.case_code = row->text(6);
        one.form = row->text(7);
        one.day = row->text(8);
        all.push_back(std::move(one));
    }
}

/// What is held of a record counts as well: under which codes it can be found, and its latest day.
Result<bool> look_at_held(app::database::Database& database, Erasable& one, std::string_view name) {
    auto row = database.prepare("SELECT case_code, day FROM held WHERE device = ?1 AND record = ?2");
    if (!row) return passed_on(row.error());
    row->bind(1, one.device).bind(2, one.record);
    bool named = false;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return more;
        if (!*more) return named;
        named = named || row->text(0) == name;
        one.day = std::max(one.day, std::string(row->text(1)));  // days sort as texts
    }
}

Result<void> erase_record(app::database::Database& database, const Erasable& one) {
    for (const auto* const sql : {"DELETE FROM held WHERE device = ?1 AND record = ?2",
                                  "DELETE FROM record WHERE device = ?1 AND record = ?2"}) {
        auto row = database.prepare(sql);
        if (!row) return passed_on(row.error());
        if (auto done = row->bind(1, one.device).bind(2, one.record).finish(); !done) return passed_on(done.error());
    }
    // Whoever else brought the same bytes: they say nothing else, and are no record of those who brought them.
    auto sealed = database.prepare(
        "UPDATE sealed SET bytes = x'', outcome = ?3, detail = 'erased' WHERE device IN (SELECT device FROM device) "
        "AND (device = ?1 OR record = '') AND sha256 IN (SELECT sha256 FROM sealed WHERE device = ?1 AND record = ?2)");
    if (!sealed) return passed_on(sealed.error());
    sealed->bind(1, one.device).bind(2, one.record).bind(3, as_column(Outcome::Erased));
    if (auto done = sealed->finish(); !done) return passed_on(done.error());
    return {};
}

/// Noted once: erasing again says neither another day nor another person. A request for the whole visit counts even
/// when one record of it was erased before.
Result<void> note_erased(app::database::Database& database, const Erasable& one, const Erasure& how,
                         std::string_view by) {
    auto row = database.prepare(
        "INSERT INTO erased(device, record, case_code, day, cause, reason, erased_by, whole_visit) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
        "ON CONFLICT(device, record) DO UPDATE SET whole_visit = max(whole_visit, excluded.whole_visit)");
    if (!row) return passed_on(row.error());
    const auto day = exchange::day_text(how.day);
    const auto reason = std::string_view(how.reason).substr(0, erasure_most_reason);
    row->bind(1, one.device).bind(2, one.record).bind(3, one.case_code).bind(4, day);
    row->bind(5, static_cast<std::int64_t>(how.cause)).bind(6, reason).bind(7, by);
    row->bind(8, std::int64_t{how.whole_visit ? 1 : 0});
    if (auto done = row->finish(); !done) return passed_on(done.error());
    return {};
}

/// First the file, then the note of it: a note without a copy is mended by erasing again, a copy without one by nobody.
Result<void> remove_copies(app::database::Database& database, const fs::path& folder,
                           std::span<const RefusedCopy> copies) {
    for (const auto& copy : copies) {
        std::error_code failure;
        fs::remove(folder / copy.kept_as, failure);
        if (failure) return tl::unexpected(Error::ReadOnly);
        auto row = database.prepare("UPDATE quarantine SET kept = 0 WHERE file_sha256 = ?1");
        if (!row) return passed_on(row.error());
        const auto digest = fs::path(copy.kept_as).stem().string();
        if (auto done = row->bind(1, digest).finish(); !done) return passed_on(done.error());
    }
    return {};
}

}  // namespace

Result<std::vector<Erasable>> Casebook::erasable(std::string_view name,
                                                 std::span<const crypto::open::Identity> identities) {
    if (auto done = open_waiting(identities); !done) return tl::unexpected(done.error());
    auto all = kept_records(parts_->database);
    if (!all) return all;
    std::vector<Erasable> found;
    for (auto& one : *all) {
        const auto held = look_at_held(parts_->database, one, name);
        if (!held) return tl::unexpected(held.error());
        // What an earlier withdrawal or erasure left of a record is not listed and says no code.
        if (name.empty() ? !one.erased : one.case_code == name || one.record == name || *held)
            found.push_back(std::move(one));
    }
    return found;
}

Result<void> Casebook::erase(std::span<const Erasable> records, const Traces& traces, const Erasure& how) {
    auto& database = parts_->database;
    auto transaction = app::database::Transaction::begin(database);
    if (!transaction) return passed_on(transaction.error());
    for (const auto& one : records) {
        if (auto done = erase_record(database, one); !done) return done;
        if (auto done = note_erased(database, one, how, parts_->opened_by); !done) return done;
    }
    for (const auto& stray : traces.strays)
        if (auto done = parts_->ledger.empty(stray.key); !done) return done;
    if (auto done = remove_copies(database, quarantine_of(parts_->file), traces.copies); !done) return done;
    if (auto done = transaction->commit(); !done) return passed_on(done.error());
    return {};
}

Result<void> Casebook::compact() {
    if (auto done = parts_->database.compact(); !done) return passed_on(done.error());
    return {};
}

Result<std::vector<Erased>> Casebook::erased() {
    auto row = parts_->database.prepare(
        "SELECT device, record, case_code, day, cause, reason, erased_by FROM erased ORDER BY day DESC, id DESC");
    if (!row) return passed_on(row.error());
    std::vector<Erased> all;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return all;
        all.push_back({std::string(row->text(0)), std::string(row->text(1)), std::string(row->text(2)),
                       std::string(row->text(3)), static_cast<ErasedFor>(row->integer(4)), std::string(row->text(5)),
                       std::string(row->text(6))});
    }
}

}  // namespace app::casebook

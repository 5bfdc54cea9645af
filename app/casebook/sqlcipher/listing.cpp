#include "app/casebook/sqlcipher/listing.hpp"

#include <charconv>

#include "app/casebook/parts.hpp"
#include "app/casebook/rules/urgency.hpp"
#include "app/record/read.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

using detail::next_row;
using detail::passed_on;

namespace {

/// Of what fills the columns: raised when it reads more or fills them otherwise, and every casebook is filled anew.
constexpr int filled_by = 1;

// What a record says of its case: parameters 1 to 17. Then what it is.
constexpr std::string_view said_columns =
    "urgency, unreadable, training, day, form, form_version, mode, role, follows, danger, harm, risk, worst, raised, "
    "danger_rule, harm_rule, risk_rule";
constexpr std::string_view own_columns = "sealed, device, record, revision, kind, case_code, json_sha256, json";
constexpr int said = 17;

/// A worker may raise a level, never lower one.
std::array<Reading, 3> standing_readings(const Record& record) {
    std::array<Reading, 3> readings;
    for (std::size_t i = 0; i < readings.size(); ++i)
        readings[i] = {record.readings[i].level, std::string(record.readings[i].rule), false};
    if (!record.raised) return readings;
    auto& raised = readings.at(static_cast<std::size_t>(record.raised->reading));
    if (record.raised->level <= raised.level) return readings;
    raised.level = record.raised->level;
    raised.raised = true;
    return readings;
}

/// 0 for none, else one more than the ReadingKind.
std::int64_t raised_of(const Case& one) {
    for (std::size_t i = 0; i < one.readings.size(); ++i)
        if (one.readings[i].raised) return static_cast<std::int64_t>(i) + 1;
    return 0;
}

void bind_said(app::database::Statement& row, const Case& one) {
    const auto level = [&](engine::ReadingKind kind) { return static_cast<std::int64_t>(rules::level_of(one, kind)); };
    row.bind(1, rules::urgency(one)).bind(2, std::int64_t{one.unreadable}).bind(3, std::int64_t{one.training});
    row.bind(4, one.day).bind(5, one.form).bind(6, one.form_version);
    row.bind(7, static_cast<std::int64_t>(one.mode)).bind(8, static_cast<std::int64_t>(one.role)).bind(9, one.follows);
    row.bind(10, level(engine::ReadingKind::Danger)).bind(11, level(engine::ReadingKind::Harm));
    row.bind(12, level(engine::ReadingKind::Risk)).bind(13, static_cast<std::int64_t>(rules::worst_level(one)));
    row.bind(14, raised_of(one));
    for (std::size_t i = 0; i < one.readings.size(); ++i) row.bind(15 + static_cast<int>(i), one.readings[i].rule);
}

std::string marks(int from, int count) {
    std::string text;
    for (int i = from; i < from + count; ++i) text += (text.empty() ? "?" : ", ?") + std::to_string(i);
    return text;
}

std::string insert_into(std::string_view table) {
    return "INSERT INTO " + std::string(table) + "(" + std::string(said_columns) + ", " + std::string(own_columns) +
           ") VALUES(" + marks(1, said + 8) + ")";
}

Result<void> put(app::database::Database& database, const std::string& sql, const Entry& entry,
                 const crypto::Digest& json_sha256) {
    auto row = database.prepare(sql);
    if (!row) return passed_on(row.error());
    const auto& record = entry.record;
    const auto one = case_of(record);
    bind_said(*row, one);
    row->bind(18, entry.sealed).bind(19, record.device).bind(20, record.record);
    row->bind(21, std::int64_t{record.revision}).bind(22, static_cast<std::int64_t>(record.kind));
    row->bind(23, record.case_code).bind(24, crypto::ByteView(json_sha256));
    if (auto done = row->bind(25, crypto::as_bytes(entry.json)).finish(); !done) return passed_on(done.error());
    return {};
}

}  // namespace

Case case_of(const Record& record) {
    Case one;
    one.record = record.record;
    one.follows = record.follows;
    one.case_code = record.case_code;
    one.day = record.day;
    one.device = record.device;
    one.mode = record.mode;
    one.role = record.role;
    one.form = record.form;
    one.form_version = record.form_version;
    one.revision = record.revision;
    one.readings = standing_readings(record);
    one.interrupted = record.kind == Kind::Partial;
    one.withdrawn = record.kind == Kind::Withdrawn;
    one.training = record.training;
    return one;
}

Result<void> put_listed(app::database::Database& database, const Entry& entry, const crypto::Digest& json_sha256) {
    // Whatever is listed of the record makes room: its row says nothing that the new one does not.
    static constexpr std::string_view again =
        " ON CONFLICT(device, record) DO UPDATE SET urgency = excluded.urgency, unreadable = excluded.unreadable, "
        "training = excluded.training, day = excluded.day, form = excluded.form, form_version = excluded.form_version, "
        "mode = excluded.mode, role = excluded.role, follows = excluded.follows, danger = excluded.danger, "
        "harm = excluded.harm, risk = excluded.risk, worst = excluded.worst, raised = excluded.raised, "
        "danger_rule = excluded.danger_rule, harm_rule = excluded.harm_rule, risk_rule = excluded.risk_rule, "
        "sealed = excluded.sealed, revision = excluded.revision, kind = excluded.kind, "
        "case_code = excluded.case_code, json_sha256 = excluded.json_sha256, json = excluded.json";
    return put(database, insert_into("record") + std::string(again), entry, json_sha256);
}

Result<void> put_held(app::database::Database& database, const Entry& entry, const crypto::Digest& json_sha256) {
    return put(database, insert_into("held"), entry, json_sha256);
}

Result<void> copy_to_held(app::database::Database& database, std::int64_t sealed) {
    const auto columns = std::string(said_columns) + ", " + std::string(own_columns);
    auto row = database.prepare("INSERT OR IGNORE INTO held(" + columns + ") SELECT " + columns +
                                " FROM record WHERE sealed = ?1");
    if (!row) return passed_on(row.error());
    if (auto done = row->bind(1, sealed).finish(); !done) return passed_on(done.error());
    return {};
}

namespace {

Result<int> filled_in(app::database::Database& database) {
    auto row = database.prepare("SELECT bytes FROM value WHERE name = 'listed_by'");
    if (!row) return passed_on(row.error());
    AMPARO_TRY(const there, next_row(*row));
    int version = 0;
    if (!there) return version;
    const auto text = crypto::as_text(row->bytes(0));
    const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return tl::unexpected(Error::Damaged);
    return version;
}

/// One record that cannot be read is a case of its own, not the end of the list.
Case unreadable_case(Kind kind) {
    Case one;
    one.interrupted = kind == Kind::Partial;
    one.withdrawn = kind == Kind::Withdrawn;
    one.unreadable = true;
    return one;
}

/// Row by row, so that memory holds one record.
Result<void> fill_table(app::database::Database& database, const std::string& table) {
    auto find = database.prepare("SELECT id, kind, json FROM " + table + " WHERE id > ?1 ORDER BY id LIMIT 1");
    if (!find) return passed_on(find.error());
    auto fill = database.prepare("UPDATE " + table + " SET (" + std::string(said_columns) + ") = (" + marks(1, said) +
                                 ") WHERE id = ?18");
    if (!fill) return passed_on(fill.error());
    for (std::int64_t id = 0;;) {
        AMPARO_TRY(const there, next_row(find->bind(1, id)));
        if (!there) return {};
        id = find->integer(0);
        const auto record = record::read(crypto::as_text(find->bytes(2)));
        const auto one = record ? case_of(*record) : unreadable_case(static_cast<Kind>(find->integer(1)));
        find->reset();
        bind_said(*fill, one);
        if (auto done = fill->bind(18, id).finish(); !done) return passed_on(done.error());
    }
}

}  // namespace

Result<void> note_filled(app::database::Database& database) {
    auto row = database.prepare(
        "INSERT INTO value(name, bytes) VALUES('listed_by', ?1) ON CONFLICT(name) DO UPDATE SET bytes = "
        "excluded.bytes");
    if (!row) return passed_on(row.error());
    const auto text = std::to_string(filled_by);
    if (auto done = row->bind(1, crypto::as_bytes(text)).finish(); !done) return passed_on(done.error());
    return {};
}

Result<void> fill_columns(app::database::Database& database) {
    AMPARO_TRY(const before, filled_in(database));
    if (before >= filled_by) return {};
    auto transaction = app::database::Transaction::begin(database);
    if (!transaction) return passed_on(transaction.error());
    AMPARO_DO(fill_table(database, "record"));
    AMPARO_DO(fill_table(database, "held"));
    AMPARO_DO(note_filled(database));
    if (auto done = transaction->commit(); !done) return passed_on(done.error());
    database.release_memory();
    return {};
}

}  // namespace app::casebook::sqlcipher

#include "app/casebook/sqlcipher/listing.hpp"

#include <charconv>
#include <tuple>

#include "app/casebook/rules/case_of.hpp"
#include "app/casebook/rules/urgency.hpp"
#include "app/casebook/sqlcipher/calls.hpp"
#include "app/casebook/sqlcipher/handled.hpp"
#include "app/record/read.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

namespace {

/// Of what fills the columns: raised when it reads more or fills them otherwise, and every casebook is filled anew.
constexpr int filled_by = 1;

// What a record says of its case: parameters 1 to 17. Then what it is.
constexpr std::string_view said_columns =
    "urgency, unreadable, training, day, form, form_version, mode, role, follows, danger, harm, risk, worst, raised, "
    "danger_rule, harm_rule, risk_rule";
constexpr std::string_view own_columns = "sealed, device, record, revision, kind, case_code, json_sha256, json";
constexpr int said = 17;

/// 0 for none, else one more than the ReadingKind.
std::int64_t raised_of(const Case& one) {
    for (std::size_t i = 0; i < one.readings.size(); ++i)
        if (one.readings[i].raised) return static_cast<std::int64_t>(i) + 1;
    return 0;
}

/// In the order of `said_columns`. Refers to the case.
auto said_by(const Case& one) {
    const auto level = [&](engine::ReadingKind kind) { return rules::level_of(one, kind); };
    const auto rule = [&](std::size_t reading) { return std::string_view(one.readings.at(reading).rule); };
    return std::tuple(rules::urgency(one), one.unreadable, one.training, std::string_view(one.day),
                      std::string_view(one.form), std::string_view(one.form_version), one.mode, one.role,
                      std::string_view(one.follows), level(engine::ReadingKind::Danger),
                      level(engine::ReadingKind::Harm), level(engine::ReadingKind::Risk), rules::worst_level(one),
                      raised_of(one), rule(0), rule(1), rule(2));
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
    const auto& record = entry.record;
    const auto one = rules::case_of(record);
    const auto run = [&](const auto&... said_of_it) {
        return database.run(sql, said_of_it..., entry.sealed, record.device, record.record, record.revision,
                            record.kind, record.case_code, json_sha256, crypto::as_bytes(entry.json));
    };
    return ours(std::apply(run, said_by(one)));
}

}  // namespace

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
    const auto& record = entry.record;
    AMPARO_TRY(const before, listed_code(database, record.device, record.record));
    AMPARO_DO(put(database, insert_into("record") + std::string(again), entry, json_sha256));
    return take_handled(database, record.device, record.record, before);
}

Result<void> put_held(app::database::Database& database, const Entry& entry, const crypto::Digest& json_sha256) {
    AMPARO_DO(put(database, insert_into("held"), entry, json_sha256));
    return take_handled_held(database, entry.sealed);
}

Result<void> copy_to_held(app::database::Database& database, std::int64_t sealed) {
    const auto columns = std::string(said_columns) + ", status, assigned, referred, " + std::string(own_columns);
    return ours(database.run(
        "INSERT OR IGNORE INTO held(" + columns + ") SELECT " + columns + " FROM record WHERE sealed = ?1", sealed));
}

namespace {

Result<int> filled_in(app::database::Database& database) {
    const auto number_in = [](const Row& row) {
        const auto text = crypto::as_text(row.bytes(0));
        int version = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
        const bool good = read.ec == std::errc() && read.ptr == text.data() + text.size();
        return good ? std::optional(version) : std::nullopt;
    };
    AMPARO_TRY(const found, ours(database.one("SELECT bytes FROM value WHERE name = 'listed_by'", number_in)));
    if (!found) return 0;
    if (!*found) return tl::unexpected(Error::Damaged);
    return **found;
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
    const auto next = "SELECT id, kind, json FROM " + table + " WHERE id > ?1 ORDER BY id LIMIT 1";
    const auto fill =
        "UPDATE " + table + " SET (" + std::string(said_columns) + ") = (" + marks(1, said) + ") WHERE id = ?18";
    const auto row_in = [](const Row& row) {
        const auto record = record::read(crypto::as_text(row.bytes(2)));
        return std::pair(row.integer(0), record ? rules::case_of(*record) : unreadable_case(row.number<Kind>(1)));
    };
    for (std::int64_t before = 0;;) {
        AMPARO_TRY(const found, ours(database.one(next, row_in, before)));
        if (!found) return {};
        const auto& [id, one] = *found;
        before = id;
        const auto run = [&, row = id](const auto&... said_of_it) { return database.run(fill, said_of_it..., row); };
        AMPARO_DO(ours(std::apply(run, said_by(one))));
    }
}

}  // namespace

Result<void> note_filled(app::database::Database& database) {
    const auto text = std::to_string(filled_by);
    return ours(
        database.run("INSERT INTO value(name, bytes) VALUES('listed_by', ?1) ON CONFLICT(name) DO UPDATE SET bytes = "
                     "excluded.bytes",
                     crypto::as_bytes(text)));
}

Result<void> fill_columns(app::database::Database& database) {
    AMPARO_TRY(const before, filled_in(database));
    if (before >= filled_by) return {};
    AMPARO_TRY(transaction, ours(app::database::Transaction::begin(database)));
    AMPARO_DO(fill_table(database, "record"));
    AMPARO_DO(fill_table(database, "held"));
    AMPARO_DO(note_filled(database));
    AMPARO_DO(ours(transaction.commit()));
    database.release_memory();
    return {};
}

}  // namespace app::casebook::sqlcipher

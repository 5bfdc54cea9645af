// Questions about cases as statements. The index `record_list` holds what the order and the filters need, so that a
// page costs as many rows as it shows, and a count no row at all but a look at the whole index.
#include "app/casebook/rules/urgency.hpp"
#include "app/casebook/sqlcipher/calls.hpp"
#include "app/casebook/sqlcipher/listing.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

using app::database::Value;

namespace {

static_assert(static_cast<int>(Kind::Withdrawn) == 2, "statements and an index name it by its number");

// Parameters 1 to 12 are filters, 13 and 14 are the most rows of a page and those left out, 15 to 19 its place.
std::string conditions(const CaseQuery& query) {
    std::string text;
    const auto add = [&](bool wanted, std::string_view condition) {
        if (wanted) text.append(" AND ").append(condition);
    };
    add(query.danger.has_value(), "danger >= ?1");
    add(query.worst.has_value(), "worst >= ?2");
    add(!query.first_day.empty(), "(day >= ?3 OR unreadable = 1)");
    add(!query.last_day.empty(), "day <= ?4");
    add(!query.form.empty(), "(form = ?5 OR unreadable = 1)");
    add(!query.device.empty(), "device = ?6");
    add(query.mode.has_value(), "(mode = ?7 OR unreadable = 1)");
    add(query.state.has_value(), "kind = ?8");
    add(!query.name.empty(), "(case_code = ?9 OR record = ?9)");
    add(query.status.has_value(), "(status = ?10 AND kind <> 2)");
    add(query.assigned.has_value(), "(assigned = ?11 AND kind <> 2)");
    add(query.referred.has_value(), "(referred = ?12 AND kind <> 2)");
    add(query.practice == Practice::LeftOut, "training = 0");
    add(query.practice == Practice::Only, "training = 1");
    return text;
}

/// Of the parameters that conditions() names, up to the last of them. Refers to the query.
std::vector<Value> filters(const CaseQuery& query) {
    const auto given = [](const std::string& text) { return text.empty() ? Value(nullptr) : Value(text); };
    std::vector<Value> values{query.danger,
                              query.worst,
                              given(query.first_day),
                              given(query.last_day),
                              given(query.form),
                              given(query.device),
                              query.mode,
                              query.state,
                              given(query.name),
                              query.status,
                              query.assigned ? Value(*query.assigned) : Value(nullptr),
                              query.referred};
    while (!values.empty() && std::holds_alternative<std::monostate>(values.back().held())) values.pop_back();
    return values;
}

/// An order, where a page goes on in it, and the index that has it.
struct Ordered {
    std::string_view by;
    std::string_view place;  ///< what Place holds of a row, of what this order looks at; nothing else is read of it
    std::string_view after;
    std::string_view of_record;
    std::string_view of_held;
};

Ordered ordered(CaseOrder order) {
    switch (order) {
        case CaseOrder::Urgency:
            return {"urgency, case_code, device, record, sealed", "urgency, case_code, device, record, sealed",
                    "(urgency, case_code, device, record, sealed) > (?15, ?16, ?17, ?18, ?19)",
                    " INDEXED BY record_list", " INDEXED BY held_list"};
        case CaseOrder::Newest:
            return {"day DESC, sealed DESC", "NULL, day, NULL, NULL, sealed", "(day, sealed) < (?16, ?19)",
                    " INDEXED BY record_day", ""};
        case CaseOrder::Code:
            return {"case_code, device, record, sealed", "NULL, case_code, device, record, sealed",
                    "(case_code, device, record, sealed) > (?16, ?17, ?18, ?19)", " INDEXED BY record_code", ""};
    }
    return {};
}

/// Which index has the few rows of a name is left to SQLite; they are sorted afterwards.
std::string_view unless_named(const CaseQuery& query, std::string_view index) {
    return query.name.empty() ? index : std::string_view();
}

Place place_of(CaseOrder order, const Case& at) {
    return {rules::urgency(at), order == CaseOrder::Newest ? at.day : at.case_code, at.device, at.record, at.key};
}

/// Parameters 15 to 19.
void add_place(std::vector<Value>& values, const Place& at) {
    values.insert(values.end(), {Value(at.urgency), Value(at.text), Value(at.device), Value(at.record), Value(at.key)});
}

constexpr std::string_view shown_columns =
    "sealed, device, record, revision, kind, case_code, json_sha256, unreadable, training, day, form, form_version, "
    "mode, role, follows, danger, harm, risk, raised, danger_rule, harm_rule, risk_rule, urgency, status, assigned, "
    "referred";

Case case_in(const Row& row) {
    Case one;
    one.key = row.integer(0);
    one.device = row.text(1);
    one.record = row.text(2);
    one.revision = static_cast<std::uint32_t>(row.integer(3));
    const auto kind = static_cast<Kind>(row.integer(4));
    one.interrupted = kind == Kind::Partial;
    one.withdrawn = kind == Kind::Withdrawn;
    one.case_code = row.text(5);
    one.version = crypto::to_hex(row.bytes(6));
    one.status = row.number<CaseStatus>(23);
    one.assigned = row.text(24);
    one.referred = row.number<ReferralState>(25);
    one.doubt = row.text(26);
    one.withdrawal_held = row.integer(27) > 0;
    one.unreadable = row.integer(7) == 1;
    if (one.unreadable) return one;
    one.training = row.integer(8) == 1;
    one.day = row.text(9);
    one.form = row.text(10);
    one.form_version = row.text(11);
    one.mode = static_cast<Mode>(row.integer(12));
    one.role = static_cast<engine::Role>(row.integer(13));
    one.follows = row.text(14);
    for (int i = 0; i < 3; ++i)
        one.readings[static_cast<std::size_t>(i)] = {static_cast<engine::Level>(row.integer(15 + i)),
                                                     std::string(row.text(19 + i)), row.integer(18) == i + 1};
    return one;
}

Result<std::size_t> count(app::database::Database& database, const CaseQuery& query) {
    std::size_t counted = 0;
    const auto asked = count_question(query);
    AMPARO_DO(ours(database.each(
        asked.sql, [&](Row row) { counted = row.number<std::size_t>(0); }, std::span<const Value>(asked.values))));
    return counted;
}

}  // namespace

namespace {

/// `of_record`, `of_held`: what is asked of each table.
Question ordered_question(const CaseQuery& query, std::unique_ptr<const Place> after, std::string_view of_record,
                          std::string_view of_held) {
    const auto order = ordered(query.order);
    auto where = conditions(query);
    if (after) where.append(" AND ").append(order.after);
    std::string sql = "SELECT ";
    sql.append(of_record).append(" FROM record").append(unless_named(query, order.of_record));
    sql.append(" WHERE 1").append(where).append(" UNION ALL SELECT ").append(of_held).append(" FROM held");
    sql.append(unless_named(query, order.of_held)).append(" WHERE kind <> 2").append(where);
    sql.append(" ORDER BY ").append(order.by).append(" LIMIT ?13 OFFSET ?14");
    auto values = filters(query);
    values.resize(14, nullptr);
    if (after) add_place(values, *after);
    return {std::move(sql), std::move(values), std::move(after)};
}

std::unique_ptr<const Place> place_after(const CaseQuery& query) {
    if (!query.after) return nullptr;
    return std::make_unique<const Place>(place_of(query.order, *query.after));
}

/// The last of the rows that a page leaves out; nothing where there are fewer.
Result<std::unique_ptr<const Place>> last_skipped(app::database::Database& database, const CaseQuery& query) {
    const auto columns = ordered(query.order).place;
    auto asked = ordered_question(query, place_after(query), columns, columns);
    asked.values[12] = 1;
    asked.values[13] = static_cast<std::int64_t>(query.skip) - 1;
    std::unique_ptr<const Place> last;
    const auto keep = [&](Row row) {
        last = std::make_unique<const Place>(Place{row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                                                   std::string(row.text(3)), row.integer(4)});
    };
    AMPARO_DO(ours(database.each(asked.sql, keep, std::span<const Value>(asked.values))));
    return last;
}

Question page_from(const CaseQuery& query, std::unique_ptr<const Place> after) {
    std::string of_record(shown_columns);
    of_record.append(", '', (SELECT count(*) FROM held h WHERE h.device = record.device AND h.record = record.record ");
    of_record.append("AND h.kind = 2)");
    std::string of_held(shown_columns);
    of_held.append(", (SELECT detail FROM sealed WHERE id = held.sealed), 0");
    auto asked = ordered_question(query, std::move(after), of_record, of_held);
    asked.values[12] = query.most == 0 ? -1 : static_cast<std::int64_t>(query.most) + 1;  // one more: there are more
    asked.values[13] = 0;
    return asked;
}

}  // namespace

Question page_question(const CaseQuery& query) {
    return page_from(query, place_after(query));
}

Question count_question(const CaseQuery& query) {
    const auto where = conditions(query);
    std::string sql = "SELECT (SELECT count(*) FROM record";
    sql.append(unless_named(query, " INDEXED BY record_list")).append(" WHERE 1").append(where);
    sql.append(") + (SELECT count(*) FROM held");
    sql.append(unless_named(query, " INDEXED BY held_list")).append(" WHERE kind <> 2").append(where).append(")");
    return {std::move(sql), filters(query), nullptr};
}

Result<CasePage> page(app::database::Database& database, const CaseQuery& query) {
    CasePage page;
    auto after = place_after(query);
    if (query.skip > 0) {
        AMPARO_TRY(last, last_skipped(database, query));
        after = std::move(last);
    }
    const bool beyond = query.skip > 0 && !after;
    const auto add = [&](Row row) -> app::database::Result<bool> {
        page.more = query.most > 0 && page.cases.size() == query.most;
        if (!page.more) page.cases.push_back(case_in(row));
        return !page.more;
    };
    if (!beyond) {
        const auto asked = page_from(query, std::move(after));
        AMPARO_DO(ours(database.each(asked.sql, add, std::span<const Value>(asked.values))));
    }
    if (!query.counted) return page;
    const bool whole = !query.after && query.skip == 0 && !page.more;
    AMPARO_TRY(const total, whole ? Result<std::size_t>(page.cases.size()) : count(database, query));
    page.total = total;
    return page;
}

}  // namespace app::casebook::sqlcipher

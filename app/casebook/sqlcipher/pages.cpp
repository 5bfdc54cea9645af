// Questions about cases as statements. The index of an order holds what the order needs, and `record_list` what the
// filters need as well, so that a page costs as many rows as it shows, and a count no row at all but a look at the
// whole index. Where a filter lets few pass, those are read and sorted instead (filters.hpp): the index of an order
// would be looked through to its end for them.
#include "app/casebook/rules/urgency.hpp"
#include "app/casebook/sqlcipher/calls.hpp"
#include "app/casebook/sqlcipher/filters.hpp"
#include "app/casebook/sqlcipher/listing.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

using app::database::Value;

namespace {

// After the filters' parameters, 13 and 14 are the most rows of a page and those left out, 15 to 19 its place.

/// An order, where a page goes on in it, and the index that has it.
struct Ordered {
    std::string_view by;
    std::string_view backwards;
    std::string_view place;  ///< what Place holds of a row, of what this order looks at; nothing else is read of it
    std::string_view after;
    std::string_view of_record;
    std::string_view of_held;
};

Ordered ordered(CaseOrder order) {
    switch (order) {
        case CaseOrder::Urgency:
            return {"urgency, case_code, device, record, sealed",
                    "urgency DESC, case_code DESC, device DESC, record DESC, sealed DESC",
                    "urgency, case_code, device, record, sealed",
                    "(urgency, case_code, device, record, sealed) > (?15, ?16, ?17, ?18, ?19)",
                    " INDEXED BY record_list",
                    " INDEXED BY held_list"};
        case CaseOrder::Newest:
            return {"day DESC, sealed DESC",         "day, sealed",
                    "NULL, day, NULL, NULL, sealed", "(day, sealed) < (?16, ?19)",
                    " INDEXED BY record_day",        ""};
        case CaseOrder::Code:
            return {"case_code, device, record, sealed",
                    "case_code DESC, device DESC, record DESC, sealed DESC",
                    "NULL, case_code, device, record, sealed",
                    "(case_code, device, record, sealed) > (?16, ?17, ?18, ?19)",
                    " INDEXED BY record_code",
                    ""};
    }
    return {};
}

/// Which index has the few rows of a name is left to SQLite; they are sorted afterwards.
std::string_view unless_named(const CaseQuery& query, std::string_view index) {
    return query.name.empty() ? index : std::string_view();
}

/// What is read of `record`: those rows, or all in the order of an index.
std::string records(const CaseQuery& query, const Rows& few, std::string_view index) {
    std::string text = " FROM record";
    if (few.empty()) return text.append(unless_named(query, index)).append(" WHERE 1");
    return text.append(" NOT INDEXED WHERE id IN (").append(few).append(")");
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

Result<std::size_t> count(app::database::Database& database, const CaseQuery& query, const Rows& few) {
    std::size_t counted = 0;
    const auto asked = count_question(query, few);
    AMPARO_DO(ours(database.each(
        asked.sql, [&](Row row) { counted = row.number<std::size_t>(0); }, std::span<const Value>(asked.values))));
    return counted;
}

}  // namespace

namespace {

/// `of_record`, `of_held`: what is asked of each table.
Question ordered_question(const CaseQuery& query, const Rows& few, std::unique_ptr<const Place> after,
                          std::string_view of_record, std::string_view of_held, bool backwards = false) {
    const auto order = ordered(query.order);
    auto where = conditions(query);
    if (after) where.append(" AND ").append(order.after);
    std::string sql = "SELECT ";
    sql.append(of_record).append(records(query, few, order.of_record)).append(where);
    sql.append(" UNION ALL SELECT ").append(of_held).append(" FROM held");
    sql.append(unless_named(query, order.of_held)).append(" WHERE kind <> 2").append(where);
    sql.append(" ORDER BY ").append(backwards ? order.backwards : order.by).append(" LIMIT ?13 OFFSET ?14");
    auto values = filters(query);
    values.resize(filter_parameters + 2, nullptr);
    if (after) add_place(values, *after);
    return {std::move(sql), std::move(values), std::move(after)};
}

std::unique_ptr<const Place> place_after(const CaseQuery& query) {
    if (!query.after) return nullptr;
    return std::make_unique<const Place>(place_of(query.order, *query.after));
}

/// Nothing where to count costs as much as to skip.
Result<std::optional<std::size_t>> quick_total(app::database::Database& database, const CaseQuery& query) {
    if (query.after || !only_practice(query)) return std::nullopt;
    AMPARO_TRY(const total, count(database, query, {}));
    return total;
}

/// The last of the rows that a page leaves out; nothing where there are fewer.
Result<std::unique_ptr<const Place>> last_skipped(app::database::Database& database, const CaseQuery& query,
                                                  const Rows& few) {
    AMPARO_TRY(const total, quick_total(database, query));
    if (total && query.skip > *total) return nullptr;
    const auto asked = skip_question(query, few, query.skip, total);
    std::unique_ptr<const Place> last;
    const auto keep = [&](Row row) {
        last = std::make_unique<const Place>(Place{row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                                                   std::string(row.text(3)), row.integer(4)});
    };
    AMPARO_DO(ours(database.each(asked.sql, keep, std::span<const Value>(asked.values))));
    return last;
}

Question page_from(const CaseQuery& query, const Rows& few, std::unique_ptr<const Place> after) {
    std::string of_record(shown_columns);
    of_record.append(", '', (SELECT count(*) FROM held h WHERE h.device = record.device AND h.record = record.record ");
    of_record.append("AND h.kind = 2)");
    std::string of_held(shown_columns);
    of_held.append(", (SELECT detail FROM sealed WHERE id = held.sealed), 0");
    auto asked = ordered_question(query, few, std::move(after), of_record, of_held);
    asked.values[12] = query.most == 0 ? -1 : static_cast<std::int64_t>(query.most) + 1;  // one more: there are more
    asked.values[13] = 0;
    return asked;
}

}  // namespace

Question page_question(const CaseQuery& query, const Rows& few) {
    return page_from(query, few, place_after(query));
}

Question skip_question(const CaseQuery& query, const Rows& few, std::size_t skip, std::optional<std::size_t> total) {
    const auto columns = ordered(query.order).place;
    const bool backwards = total && skip > *total / 2;
    auto asked = ordered_question(query, few, place_after(query), columns, columns, backwards);
    asked.values[12] = 1;
    asked.values[13] = static_cast<std::int64_t>(backwards ? *total - skip : skip - 1);
    return asked;
}

Question count_question(const CaseQuery& query, const Rows& few) {
    const auto where = conditions(query);
    std::string sql = "SELECT (SELECT count(*)";
    // Practice is a range of the narrowest index.
    if (const auto practice = only_practice(query))
        sql.append(" FROM record INDEXED BY record_urgency WHERE ").append(*practice);
    else
        sql.append(records(query, few, " INDEXED BY record_list")).append(where);
    sql.append(") + (SELECT count(*) FROM held");
    sql.append(unless_named(query, " INDEXED BY held_list")).append(" WHERE kind <> 2").append(where).append(")");
    return {std::move(sql), filters(query), nullptr};
}

Result<CasePage> page(app::database::Database& database, const CaseQuery& query) {
    CasePage page;
    AMPARO_TRY(const few, few_rows(database, query));
    auto after = place_after(query);
    if (query.skip > 0) {
        AMPARO_TRY(last, last_skipped(database, query, few));
        after = std::move(last);
    }
    const bool beyond = query.skip > 0 && !after;
    const auto add = [&](Row row) -> app::database::Result<bool> {
        page.more = query.most > 0 && page.cases.size() == query.most;
        if (!page.more) page.cases.push_back(case_in(row));
        return !page.more;
    };
    if (!beyond) {
        const auto asked = page_from(query, few, std::move(after));
        AMPARO_DO(ours(database.each(asked.sql, add, std::span<const Value>(asked.values))));
    }
    if (!query.counted) return page;
    const bool whole = !query.after && query.skip == 0 && !page.more;
    AMPARO_TRY(const total, whole ? Result<std::size_t>(page.cases.size()) : count(database, query, few));
    page.total = total;
    return page;
}

}  // namespace app::casebook::sqlcipher

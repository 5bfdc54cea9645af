#include "app/exports/statistics.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace app::exports {
namespace {

using engine::AnswerState;
using engine::ReadingKind;

constexpr std::array kinds{ReadingKind::Danger, ReadingKind::Harm, ReadingKind::Risk};
constexpr std::array levels{engine::Level::Strong, engine::Level::Some, engine::Level::NoneReported};
constexpr std::array answer_states{AnswerState::Answered, AnswerState::Skipped, AnswerState::Refused,
                                   AnswerState::Unknown, AnswerState::NotAsked};

/// As it stands: what the form gave, or what a worker raised it to.
engine::Level level_of(const record::Record& said, ReadingKind kind) {
    const auto given = said.reading(kind).level;
    return said.raised && said.raised->reading == kind ? std::max(given, said.raised->level) : given;
}

std::string table_of(ReadingKind kind) {
    return std::string(engine::to_word(kind)) + "_month";
}

/// Rows in this order, which are there whether or not anybody is counted in them.
std::vector<std::string> fixed_rows(const std::string& table) {
    std::vector<std::string> rows;
    if (table == "kind_month") return {"final", "partial"};
    for (const auto kind : kinds)
        if (table == table_of(kind))
            for (const auto level : levels) rows.emplace_back(engine::to_word(level));
    return rows;
}

std::optional<std::uint64_t> shown(bool hidden, std::uint64_t count) {
    return hidden ? std::nullopt : std::optional(count);
}

template <class Key>
std::vector<std::string> keys_of(const std::map<std::string, Key>& map) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : map) keys.push_back(key);
    return keys;
}

StatTable said_table(std::string name, std::vector<std::string> rows, std::vector<std::string> columns,
                     const Counts& counts, std::uint64_t least) {
    const auto hidden = hide(counts, least);
    StatTable table{std::move(name), std::move(rows), std::move(columns), {}, {}, {}};
    const auto row_totals = counts.row_totals();
    const auto column_totals = counts.column_totals();
    for (std::size_t i = 0; i < counts.cells.size(); ++i)
        table.cells.push_back(shown(hidden.cells[i], counts.cells[i]));
    for (std::size_t i = 0; i < row_totals.size(); ++i)
        table.row_totals.push_back(shown(hidden.rows[i], row_totals[i]));
    for (std::size_t i = 0; i < column_totals.size(); ++i)
        table.column_totals.push_back(shown(hidden.columns[i], column_totals[i]));
    return table;
}

}  // namespace

void Statistics::add(const Screening& screening) {
    const auto& said = screening.said;
    const std::string month(said.day.substr(0, 7));
    const std::string form(said.form);
    ++all_;
    ++months_[month];
    ++forms_[form];
    ++by_month_["site_month"][{std::string(said.device), month}];
    ++by_month_["form_month"][{form, month}];
    ++by_month_["kind_month"][{std::string(record::to_word(said.kind)), month}];
    for (const auto kind : kinds)
        ++by_month_[table_of(kind)][{std::string(engine::to_word(level_of(said, kind))), month}];
    // All that the form could have given: one that never fired is counted as nought.
    for (const auto& indicator : screening.form.indicators()) fired_.try_emplace({form, indicator.id}, 0);
    // Each once, whatever a record repeats.
    std::set<std::string> fired;
    for (const auto& indicator : said.indicators)
        if (const auto found = fired_.find({form, std::string(indicator.id)});
            found != fired_.end() && fired.insert(found->first.second).second)
            ++found->second;
    std::set<std::string> asked;
    for (const auto& line : said_in(screening, false).lines) {
        const std::string question(screening.form.name(line.question));
        if (line.address != question || !asked.insert(question).second) continue;  // not what is asked in a repeat
        ++states_[form][{question, std::string(engine::to_word(line.state))}];
    }
}

StatReport Statistics::report(std::uint64_t least) const {
    StatReport report;
    const auto count_hidden = [&](const std::vector<std::optional<std::uint64_t>>& cells) {
        report.hidden += static_cast<std::size_t>(std::count(cells.begin(), cells.end(), std::nullopt));
    };
    if (all_ < least) {
        report.hidden = all_ > 0 ? 1 : 0;
        return report;
    }
    report.screenings = all_;
    const auto months = keys_of(months_);
    for (const auto& [name, cells] : by_month_) {
        auto rows = fixed_rows(name);
        for (const auto& [key, count] : cells)
            if (std::find(rows.begin(), rows.end(), key.first) == rows.end()) rows.push_back(key.first);
        Counts counts{rows.size(), months.size(), {}};
        for (const auto& row : rows)
            for (const auto& month : months) {
                const auto found = cells.find({row, month});
                counts.cells.push_back(found == cells.end() ? 0 : found->second);
            }
        report.tables.push_back(said_table(name, std::move(rows), months, counts, least));
    }
    std::vector<std::uint64_t> of_forms;
    for (const auto& [form, count] : forms_) of_forms.push_back(count);
    const auto hidden_forms = hide(of_forms, least);
    StatTable indicators{"indicators", {}, {"fired"}, {}, {}, {}};
    StatTable questions{"questions", {}, {}, {}, {}, {}};
    for (const auto state : answer_states) questions.columns.emplace_back(engine::to_word(state));
    std::size_t place = 0;
    for (const auto& [form, total] : forms_) {
        const bool hidden_form = hidden_forms[place++];
        for (const auto& [key, count] : fired_) {
            if (key.first != form) continue;
            const std::array both{count, total - count};
            indicators.rows.push_back(form + "/" + key.second);
            indicators.cells.push_back(shown(hidden_form || hide(both, least).front(), count));
            indicators.row_totals.push_back(shown(hidden_form, total));
        }
        const auto asked = states_.find(form);
        if (asked == states_.end()) continue;
        std::map<std::string, std::vector<std::uint64_t>> rows;
        for (const auto& [key, count] : asked->second) {
            auto& row = rows[key.first];
            row.resize(answer_states.size());
            const auto at = std::find(questions.columns.begin(), questions.columns.end(), key.second);
            row[static_cast<std::size_t>(at - questions.columns.begin())] += count;
        }
        for (auto& [question, row] : rows) {
            std::uint64_t said = 0;
            for (const auto one : row) said += one;
            row.back() += total - std::min(total, said);  // of a record that does not name it
            const auto hidden = hide(row, least);
            questions.rows.push_back(form + "/" + question);
            questions.row_totals.push_back(shown(hidden_form, total));
            for (std::size_t i = 0; i < row.size(); ++i)
                questions.cells.push_back(shown(hidden_form || hidden[i], row[i]));
        }
    }
    report.tables.push_back(std::move(indicators));
    report.tables.push_back(std::move(questions));
    for (const auto& table : report.tables) {
        count_hidden(table.cells);
        count_hidden(table.row_totals);
        count_hidden(table.column_totals);
    }
    return report;
}

}  // namespace app::exports

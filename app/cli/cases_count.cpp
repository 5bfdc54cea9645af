// amparo cases count: how many screenings, by site, month, level, indicator and completeness, without small numbers.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/cases_reading.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/table.hpp"
#include "app/exports/statistics.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using exports::StatReport;
using exports::StatTable;
using nlohmann::json;

struct CountOptions {
    ReadingOptions reading;
    bool as_json = false;
};

using MaybeCount = std::optional<std::uint64_t>;

std::string count_text(const MaybeCount& count) {
    return count ? std::to_string(*count) : "*";
}

const char* title_of(const std::string& table) {
    constexpr std::pair<std::string_view, const char*> titles[] = {
        {"site_month", "cli.export.statistics.site_month"}, {"form_month", "cli.export.statistics.form_month"},
        {"kind_month", "cli.export.statistics.kind_month"}, {"danger_month", "cli.export.statistics.danger_month"},
        {"harm_month", "cli.export.statistics.harm_month"}, {"risk_month", "cli.export.statistics.risk_month"},
        {"indicators", "cli.export.statistics.indicators"}, {"questions", "cli.export.statistics.questions"}};
    for (const auto& [name, key] : titles)
        if (name == table) return key;
    return "cli.failed";
}

std::string table_lines(const Context& context, const StatTable& one) {
    if (one.rows.empty()) return {};
    std::vector<Row> rows{Row{""}};
    for (const auto& column : one.columns) rows.front().push_back(column);
    const auto total = context.text("cli.cases.count.total");
    rows.front().push_back(total);
    for (std::size_t row = 0; row < one.rows.size(); ++row) {
        rows.push_back({one.rows[row]});
        for (std::size_t column = 0; column < one.columns.size(); ++column)
            rows.back().push_back(count_text(one.cells[row * one.columns.size() + column]));
        rows.back().push_back(count_text(one.row_totals[row]));
    }
    if (!one.column_totals.empty()) {
        rows.push_back({total});
        for (const auto& count : one.column_totals) rows.back().push_back(count_text(count));
        rows.back().emplace_back();
    }
    return context.text(title_of(one.name)) + "\n" + table(std::move(rows)) + "\n";
}

json json_of(const std::vector<MaybeCount>& counts) {
    auto all = json::array();
    for (const auto& count : counts) all.push_back(count ? json(*count) : json());
    return all;
}

json json_of(const StatReport& report) {
    json tables = json::object();
    for (const auto& one : report.tables)
        tables[one.name] = {{"rows", one.rows},
                            {"columns", one.columns},
                            {"cells", json_of(one.cells)},
                            {"row_totals", json_of(one.row_totals)},
                            {"column_totals", json_of(one.column_totals)}};
    return {{"screenings", report.screenings ? json(*report.screenings) : json()},
            {"tables", tables},
            {"hidden", report.hidden},
            {"least", exports::least_said}};
}

std::string count_lines(const Context& context, const StatReport& report) {
    if (!report.screenings)
        return context.text("cli.cases.count.few", {{"least", std::to_string(exports::least_said)}}) + "\n";
    auto text = context.counted("cli.cases.count.all", *report.screenings) + "\n\n";
    for (const auto& one : report.tables) text += table_lines(context, one);
    if (report.hidden > 0)
        text += context.text("cli.cases.count.hidden", {{"least", std::to_string(exports::least_said)}}) + "\n";
    return text;
}

Outcome<void> count_cases(const Context& context, const CountOptions& options) {
    AMPARO_TRY(open, open_casebook(context, options.reading.casebook));
    exports::Statistics statistics;
    const auto use = [&](const exports::Screening& screening,
                         const auto& /*sheets*/) -> Outcome<std::optional<exports::LeftOut>> {
        statistics.add(screening);
        return std::nullopt;
    };
    AMPARO_TRY(const tally, read_cases(context, open, options.reading, exports::Reader::Own, {}, use));
    const auto report = statistics.report();
    const bool written = options.as_json
                             ? print_json(json_of(report).dump(2, ' ', false, json::error_handler_t::replace))
                             : print(count_lines(context, report));
    if (!written) return stop(context, "cli.file.output_closed");
    if (options.as_json) return {};
    AMPARO_TRY(const left, left_out_lines(context, open, options.reading, tally, exports::least_said));
    if (!left.empty() && !print(left)) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_cases_count(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<CountOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("count", context.text("cli.cases.count.help"));
    add_reading_options(*command, context, options->reading);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(count_cases(run.context, *options)); });
}

}  // namespace app::cli

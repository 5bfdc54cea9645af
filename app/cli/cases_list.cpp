// amparo cases list: what a coordinator has, the urgent ones first.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "locales/visible.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct ListOptions {
    CasebookOptions casebook;
    bool training = false;
    bool as_json = false;
};

std::string state_word(const casebook::Case& one) {
    if (one.withdrawn) return "withdrawn";
    return one.interrupted ? "interrupted" : "complete";
}

json json_of(const casebook::Case& one) {
    json readings;
    for (const auto dimension : {casebook::Dimension::Danger, casebook::Dimension::Harm, casebook::Dimension::Risk}) {
        const auto& reading = one.readings[static_cast<std::size_t>(dimension)];
        readings[std::string(casebook::word(dimension))] = {
            {"level", casebook::word(reading.level)}, {"rule", reading.rule}, {"raised", reading.raised}};
    }
    return {{"record", one.record},  {"case_code", one.case_code},       {"day", one.day},
            {"device", one.device},  {"mode", casebook::word(one.mode)}, {"role", casebook::word(one.role)},
            {"form", one.form},      {"form_version", one.form_version}, {"revision", one.revision},
            {"readings", readings},  {"state", state_word(one)},         {"training", one.training},
            {"follows", one.follows}};
}

std::string_view level_key(casebook::Level level) {
    switch (level) {
        case casebook::Level::NoneReported:
            return "cli.level.none_reported";
        case casebook::Level::Some:
            return "cli.level.some";
        case casebook::Level::Strong:
            return "cli.level.strong";
    }
    return "cli.failed";
}

std::string_view state_key(const casebook::Case& one) {
    if (one.withdrawn) return "cli.state.withdrawn";
    return one.interrupted ? "cli.state.interrupted" : "cli.state.complete";
}

using Row = std::vector<std::string>;

/// Columns a terminal shows for UTF-8 text of Latin script: one for each code point.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string table(std::vector<Row> rows) {
    for (auto& row : rows)
        for (auto& cell : row) cell = locales::visible(cell);  // its width is that of what is printed
    std::vector<std::size_t> widths(rows.front().size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += row[i] + std::string(i + 1 < row.size() ? widths[i] - width(row[i]) + 2 : 0, ' ');
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

std::string_view mode_key(casebook::Mode mode) {
    switch (mode) {
        case casebook::Mode::Assisted:
            return "cli.mode.assisted";
        case casebook::Mode::Private:
            return "cli.mode.private";
        case casebook::Mode::Observation:
            return "cli.mode.observation";
    }
    return "cli.failed";
}

/// That it is practice, or which form of the same visit it follows.
std::string note(const Context& context, const std::vector<casebook::Case>& cases, const casebook::Case& one) {
    if (one.training) return context.text("cli.cases.list.practice");
    if (one.follows.empty()) return "";
    const auto before =
        std::find_if(cases.begin(), cases.end(), [&](const auto& other) { return other.record == one.follows; });
    if (before == cases.end()) return context.text("cli.cases.list.follows_missing");
    return context.text("cli.cases.list.follows", {{"form", before->form}});
}

Row row_of(const Context& context, const std::vector<casebook::Case>& cases, const casebook::Case& one) {
    Row row{one.case_code.empty() ? one.record.substr(0, 8) : one.case_code, one.day};
    for (const auto& reading : one.readings)
        row.push_back(one.withdrawn ? "-" : context.text(level_key(reading.level)));
    row.push_back(one.form);
    row.push_back(context.text(mode_key(one.mode)));
    row.push_back(context.text(state_key(one)));
    row.push_back(note(context, cases, one));
    return row;
}

std::string counts(const Context& context, const std::vector<casebook::Case>& cases) {
    const auto practice = static_cast<std::size_t>(
        std::count_if(cases.begin(), cases.end(), [](const auto& one) { return one.training; }));
    auto text = context.counted("cli.cases.list.count", cases.size() - practice) + "\n";
    if (practice > 0) text += context.counted("cli.cases.list.practice_count", practice) + "\n";
    return text;
}

Outcome<void> list(const Context& context, const ListOptions& options) {
    auto open = open_casebook(context, options.casebook);
    if (!open) return tl::make_unexpected(open.error());
    const auto cases = open->book.cases(options.training);
    if (!cases) return stop_casebook(context, cases.error(), options.casebook.file);
    if (options.as_json) {
        auto all = json::array();
        for (const auto& one : *cases) all.push_back(json_of(one));
        if (!print_json(all.dump(2, ' ', false, json::error_handler_t::replace)))
            return stop(context, "cli.file.output_closed");
        return {};
    }
    std::string text;
    if (cases->empty()) {
        text = context.text("cli.cases.list.none") + "\n";
    } else {
        std::vector<Row> rows{Row{}};
        for (const char* column :
             {"cli.column.code", "cli.column.day", "cli.column.danger", "cli.column.harm", "cli.column.risk",
              "cli.column.form", "cli.column.mode", "cli.column.state", "cli.column.note"})
            rows.front().push_back(context.text(column));
        for (const auto& one : *cases) rows.push_back(row_of(context, *cases, one));
        text = table(std::move(rows)) + counts(context, *cases);
    }
    if (!print(text)) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_cases_list(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<ListOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("list", context.text("cli.cases.list.help"));
    add_casebook_options(*command, context, options->casebook);
    command->add_flag("--training", options->training, context.text("cli.cases.list.training"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(list(run.context, *options)); });
}

}  // namespace app::cli

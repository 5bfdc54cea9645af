// amparo cases log: who opened or exported which case, and when.
#include <CLI/CLI.hpp>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/table.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct LogOptions {
    std::string code;
    CasebookOptions casebook;
    std::size_t most = 0;
    bool as_json = false;
};

Outcome<void> list_log(const Context& context, const LogOptions& options) {
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    const auto accesses = open.book.accesses(options.code, options.most);
    if (!accesses) return stop_casebook(context, accesses.error(), options.casebook.file);
    auto all = json::array();
    std::vector<Row> rows{Row{}};
    for (const char* column : {"cli.column.day", "cli.column.code", "cli.column.record", "cli.column.device",
                               "cli.column.how", "cli.column.by"})
        rows.front().push_back(context.text(column));
    for (const auto& one : *accesses) {
        all.push_back({{"day", one.day},
                       {"case_code", one.case_code},
                       {"record", one.record},
                       {"device", one.device},
                       {"exported", one.exported.empty() ? json() : json(one.exported)},
                       {"by", one.by}});
        rows.push_back({one.day, one.case_code, one.record, one.device,
                        one.exported.empty() ? context.text("cli.cases.log.opened")
                                             : context.text("cli.cases.log.exported", {{"format", one.exported}}),
                        one.by});
    }
    std::string text;
    if (options.as_json)
        text = all.dump(2, ' ', false, json::error_handler_t::replace);
    else
        text = rows.size() > 1 ? table(std::move(rows)) : context.text("cli.cases.log.none") + "\n";
    if (!(options.as_json ? print_json(text) : print(text))) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_cases_log(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<LogOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("log", context.text("cli.cases.log.help"));
    command->add_option("CODE", options->code, context.text("cli.cases.show.code"))->transform(lower_case);
    add_casebook_options(*command, context, options->casebook);
    command->add_option("--limit", options->most, context.text("cli.cases.log.limit"))
        ->check(CLI::Range(std::uint32_t{1}, std::numeric_limits<std::uint32_t>::max()));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(list_log(run.context, *options)); });
}

}  // namespace app::cli

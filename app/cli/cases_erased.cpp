// amparo cases erased: what was erased, when, why, and by whom.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/erase_steps.hpp"
#include "app/cli/table.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct ErasedOptions {
    CasebookOptions casebook;
    bool as_json = false;
};

Outcome<void> list_erased(const Context& context, const ErasedOptions& options) {
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    const auto erased = open.book.erased();
    if (!erased) return stop_casebook(context, erased.error(), options.casebook.file);
    auto all = json::array();
    std::vector<Row> rows{Row{}};
    for (const char* column : {"cli.column.day", "cli.column.code", "cli.column.record", "cli.column.device",
                               "cli.column.reason", "cli.column.note", "cli.column.by"})
        rows.front().push_back(context.text(column));
    for (const auto& one : *erased) {
        all.push_back({{"day", one.day},
                       {"case_code", one.case_code},
                       {"record", one.record},
                       {"device", one.device},
                       {"cause", casebook::to_word(one.cause)},
                       {"reason", one.reason},
                       {"by", one.by}});
        rows.push_back(
            {one.day, one.case_code, one.record, one.device, cause_text(context, one.cause), one.reason, one.by});
    }
    std::string text;
    if (options.as_json)
        text = all.dump(2, ' ', false, json::error_handler_t::replace);
    else
        text = rows.size() > 1 ? table(std::move(rows)) : context.text("cli.cases.erased.none") + "\n";
    if (!(options.as_json ? print_json(text) : print(text))) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_cases_erased(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<ErasedOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("erased", context.text("cli.cases.erased.help"));
    add_casebook_options(*command, context, options->casebook);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(list_erased(run.context, *options)); });
}

}  // namespace app::cli

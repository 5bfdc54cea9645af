// amparo cases unlisted and quarantine: records that could not be listed, and files that were refused.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/reasons.hpp"
#include "app/cli/table.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct RefusedOptions {
    CasebookOptions casebook;
    bool as_json = false;
};

Outcome<void> give(const Context& context, const RefusedOptions& options, const json& all, std::vector<Row> rows,
                   const char* none) {
    std::string text;
    if (options.as_json)
        text = all.dump(2, ' ', false, json::error_handler_t::replace);
    else
        text = rows.size() > 1 ? table(rows) : context.text(none) + "\n";
    if (!(options.as_json ? print_json(text) : print(text))) return stop(context, "cli.file.output_closed");
    return {};
}

Row heading(const Context& context, std::initializer_list<const char*> columns) {
    Row row;
    for (const char* column : columns) row.push_back(context.text(column));
    return row;
}

Outcome<void> unlisted(const Context& context, const RefusedOptions& options) {
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    const auto found = open.book.unlisted();
    if (!found) return stop_casebook(context, found.error(), options.casebook.file);
    auto all = json::array();
    std::vector<Row> rows{heading(context, {"cli.column.device", "cli.column.record", "cli.column.reason"})};
    for (const auto& one : *found) {
        const std::string outcome(casebook::to_word(one.outcome));
        all.push_back({{"device", one.device}, {"name", one.name}, {"outcome", outcome}, {"detail", one.detail}});
        rows.push_back({one.device, one.name, record_words(context, one.outcome, one.detail)});
    }
    return give(context, options, all, std::move(rows), "cli.cases.unlisted.none");
}

Outcome<void> quarantine(const Context& context, const RefusedOptions& options) {
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    const auto found = open.book.quarantined();
    if (!found) return stop_casebook(context, found.error(), options.casebook.file);
    auto all = json::array();
    std::vector<Row> rows{heading(
        context, {"cli.column.file", "cli.column.bytes", "cli.column.kept", "cli.column.reason", "cli.column.note"})};
    for (const auto& one : *found) {
        const auto file = shown(one.file);
        all.push_back({{"file", file},
                       {"sha256", one.file_sha256},
                       {"bytes", one.bytes},
                       {"kept", one.kept},
                       {"reason", one.reason},
                       {"detail", one.detail}});
        rows.push_back({file, std::to_string(one.bytes),
                        one.kept ? one.file_sha256 + ".age" : context.text("cli.cases.quarantine.noted"), one.reason,
                        kept_reason_words(context, one.detail)});
    }
    return give(context, options, all, std::move(rows), "cli.cases.quarantine.none");
}

template <class Command>
void add(CLI::App& parent, Run& run, const char* name, const char* help, Command command) {
    const auto options = std::make_shared<RefusedOptions>();
    const auto& context = run.context;
    auto* added = parent.add_subcommand(name, context.text(help));
    add_casebook_options(*added, context, options->casebook);
    added->add_flag("--json", options->as_json, context.text("cli.option.json"));
    added->callback([options, command, &run] { run.exit = exit_of(command(run.context, *options)); });
}

}  // namespace

void add_cases_refused(CLI::App& parent, Run& run) {
    add(parent, run, "unlisted", "cli.cases.unlisted.help", unlisted);
    add(parent, run, "quarantine", "cli.cases.quarantine.help", quarantine);
}

}  // namespace app::cli

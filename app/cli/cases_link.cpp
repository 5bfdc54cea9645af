// amparo cases link, unlink: two cases belong together because a coordinator says so.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/cases_work.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct LinkOptions {
    std::string code;
    std::string other;
    CasebookOptions casebook;
};

Outcome<void> change_link(const Context& context, bool linked, const LinkOptions& options) {
    if (options.code.empty() || options.other.empty()) return stop(context, "cli.cases.link.usage", {}, Exit::Usage);
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    const auto which = [&](const std::string& code) {
        return which_case(context, open, {code, {}, options.casebook.file, "cli.cases.link.several"});
    };
    AMPARO_TRY(const one, which(options.code));
    AMPARO_TRY(const other, which(options.other));
    if (one.device == other.device && one.record == other.record) return stop(context, "cli.cases.link.same");
    const auto changed = open.book.change_link(one, other, linked, utc_today());
    if (!changed) return stop_casebook(context, changed.error(), options.casebook.file);
    if (!*changed) return stop(context, linked ? "cli.cases.link.before" : "cli.cases.link.never");
    context.say(linked ? "cli.cases.link.done" : "cli.cases.link.undone",
                {{"code", one.case_code}, {"other", other.case_code}});
    return {};
}

void add_link_command(CLI::App& parent, Run& run, const char* name, const char* help, bool linked) {
    const auto options = std::make_shared<LinkOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand(name, context.text(help));
    command->add_option("CODE", options->code, context.text("cli.cases.show.code"))->transform(lower_case);
    command->add_option("OTHER", options->other, context.text("cli.cases.link.other"))->transform(lower_case);
    add_casebook_options(*command, context, options->casebook);
    command->callback([options, linked, &run] { run.exit = exit_of(change_link(run.context, linked, *options)); });
}

}  // namespace

void add_cases_link(CLI::App& parent, Run& run) {
    add_link_command(parent, run, "link", "cli.cases.link.help", true);
    add_link_command(parent, run, "unlink", "cli.cases.unlink.help", false);
}

}  // namespace app::cli

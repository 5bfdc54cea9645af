// amparo deployment intake add and remove: the machine that takes deliveries in and reads nothing of them.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/programme_folder.hpp"
#include "app/deployment/coordinators.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct IntakeOptions {
    std::string folder;
    std::string label;
    std::string recipient;
    bool yes = false;
};

Outcome<void> add_intake(const Context& context, const IntakeOptions& options) {
    if (options.folder.empty() || options.label.empty() || options.recipient.empty())
        return stop(context, "cli.intake.add.usage", {}, Exit::Usage);
    AMPARO_TRY(const programme, programme_folder(context, options.folder));
    auto edit = deployment::PeopleEdit::begin(context.ready(), programme.root, programme.key);
    if (!edit) return stop_deployment(context, edit.error());
    auto next = deployment::with_intake(edit->people(), options.label, options.recipient);
    if (!next) return stop_deployment(context, next.error());
    context.note("cli.intake.add.can", {{"label", options.label}});
    if (!options.yes) AMPARO_DO(confirm(context, "cli.intake.add.question"));
    if (const auto done = edit->write(std::move(*next)); !done) return stop_deployment(context, done.error());
    context.say("cli.intake.add.done", {{"label", options.label}});
    return {};
}

Outcome<void> remove_intake(const Context& context, const IntakeOptions& options) {
    if (options.folder.empty()) return stop(context, "cli.intake.remove.usage", {}, Exit::Usage);
    AMPARO_TRY(const programme, programme_folder(context, options.folder));
    auto edit = deployment::PeopleEdit::begin(context.ready(), programme.root, programme.key);
    if (!edit) return stop_deployment(context, edit.error());
    auto next = deployment::without_intake(edit->people());
    if (!next) return stop_deployment(context, next.error());
    const auto label = edit->people().intake->label;
    context.note("cli.intake.remove.still", {{"label", label}});
    if (!options.yes) AMPARO_DO(confirm(context, "cli.intake.remove.question"));
    if (const auto done = edit->write(std::move(*next)); !done) return stop_deployment(context, done.error());
    context.say("cli.intake.remove.done", {{"label", label}});
    return {};
}

}  // namespace

void add_intake_add(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<IntakeOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("add", context.text("cli.intake.add.help"));
    command->add_option("DIR", options->folder, context.text("cli.programme.folder"));
    command->add_option("LABEL", options->label, context.text("cli.intake.add.label"));
    command->add_option("RECIPIENT", options->recipient, context.text("cli.intake.add.recipient"));
    command->add_flag("--yes", options->yes, context.text("cli.coordinator.remove.yes"));
    command->callback([options, &run] { run.exit = exit_of(add_intake(run.context, *options)); });
}

void add_intake_remove(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<IntakeOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("remove", context.text("cli.intake.remove.help"));
    command->add_option("DIR", options->folder, context.text("cli.programme.folder"));
    command->add_flag("--yes", options->yes, context.text("cli.coordinator.remove.yes"));
    command->callback([options, &run] { run.exit = exit_of(remove_intake(run.context, *options)); });
}

}  // namespace app::cli

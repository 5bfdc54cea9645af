// amparo deployment device revoke: a device that was lost or stolen is refused from now on, or taken in again.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/cli/asking.hpp"
#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/device_words.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct RevokeOptions {
    OwnCasebook own;
    std::string device;
    bool undo = false;
    bool yes = false;
};

Outcome<void> revoke(const Context& context, const RevokeOptions& options) {
    if (options.own.folder.empty()) return stop(context, "cli.devices.revoke.usage", {}, Exit::Usage);
    AMPARO_TRY(const typed,
               given_or_asked(context, options.device, "cli.devices.revoke.ask", "cli.devices.revoke.usage"));
    AMPARO_TRY(open, open_own_casebook(context, options.own));
    const auto devices = open.book.devices();
    if (!devices) return stop_casebook(context, devices.error(), options.own.file());
    AMPARO_TRY(const device, which_device(context, *devices, lower_case(typed)));
    const bool arrived = std::any_of(devices->begin(), devices->end(), [&](const casebook::Device& one) {
        return one.device == device && one.last_sequence > 0;
    });
    context.note(options.undo ? "cli.devices.revoke.undo_means"
                 : arrived    ? "cli.devices.revoke.means"
                              : "cli.devices.revoke.means_unknown",
                 {{"device", device}});
    if (!options.yes)
        AMPARO_DO(confirm(context, options.undo ? "cli.devices.revoke.undo_question" : "cli.devices.revoke.question"));
    if (const auto done = open.book.revoke(device, !options.undo); !done)
        return stop_casebook(context, done.error(), options.own.file());
    context.say(options.undo ? "cli.devices.revoke.undone" : "cli.devices.revoke.done", {{"device", device}});
    return {};
}

}  // namespace

void add_deployment_device_revoke(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<RevokeOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("revoke", context.text("cli.devices.revoke.help"));
    add_own_casebook_options(*command, context, options->own);
    command->add_option("DEVICE", options->device, context.text("cli.devices.revoke.device"));
    command->add_flag("--undo", options->undo, context.text("cli.devices.revoke.undo"));
    command->add_flag("--yes", options->yes, context.text("cli.coordinator.remove.yes"));
    command->callback([options, &run] { run.exit = exit_of(revoke(run.context, *options)); });
}

}  // namespace app::cli

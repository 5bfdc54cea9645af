// amparo deployment device revoke: a device that was lost or stolen is refused from now on, or taken in again: here at
// once, and everywhere with the next bundle of the programme.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/cli/asking.hpp"
#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/device_words.hpp"
#include "app/deployment/bundle_signing.hpp"
#include "app/deployment/revoking.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct RevokeOptions {
    OwnCasebook own;
    std::string device;
    bool undo = false;
    bool yes = false;
};

/// What the programme has to do with it, where it is revoked.
struct Programme {
    std::filesystem::path root;
    bool sources = false;          ///< the next bundle is made here
    std::uint32_t signatures = 1;  ///< of it
    std::uint64_t revokes = 0;     ///< number of the bundle that revokes the device; 0: none does
};

Programme programme_of(const Context& context, const RevokeOptions& options, OpenCasebook& open,
                       const casebook::Device* known) {
    Programme programme;
    programme.root = without_slash(options.own.folder);
    programme.sources = deployment::has_sources(programme.root);
    programme.signatures = deployment::signatures_needed(
        deployment::newest_bundle(context.ready(), programme.root, open.book.deployment()));
    if (known != nullptr) programme.revokes = known->revoked.bundle;
    return programme;
}

void say_meaning(const Context& context, const RevokeOptions& options, const Programme& programme,
                 const std::string& device, const casebook::Device* known) {
    const bool arrived = known != nullptr && known->last_sequence > 0;
    context.note(options.undo
                     ? programme.revokes > 0 ? "cli.devices.revoke.undo_means_own" : "cli.devices.revoke.undo_means"
                 : arrived ? "cli.devices.revoke.means"
                           : "cli.devices.revoke.means_unknown",
                 {{"device", device}, {"number", std::to_string(programme.revokes)}});
    if (!options.undo)
        context.note(programme.sources ? "cli.devices.revoke.means_all" : "cli.devices.revoke.means_own");
}

void say_done(const Context& context, const RevokeOptions& options, const Programme& programme,
              const std::string& device) {
    const bool still = options.undo && programme.revokes > 0;
    const auto number = std::to_string(programme.revokes);
    context.say(still          ? "cli.devices.revoke.still"
                : options.undo ? "cli.devices.revoke.undone"
                               : "cli.devices.revoke.done",
                {{"device", device}, {"number", number}});
    if (programme.sources)
        context.say(options.undo ? "cli.devices.revoke.next_without" : "cli.devices.revoke.next_with",
                    {{"folder", shown(programme.root)}});
    if ((programme.sources || still) && programme.signatures > 1)
        context.say("cli.devices.revoke.signatures", {{"number", std::to_string(programme.signatures)}});
}

/// Both are written in the same order whatever is done, and the same again changes nothing: a command that was cut
/// between them is completed by itself.
Outcome<void> write_down(const Context& context, const RevokeOptions& options, const Programme& programme,
                         OpenCasebook& open, const std::string& device) {
    std::optional<deployment::RevokedEdit> next;
    if (programme.sources) {
        auto held = deployment::RevokedEdit::begin(context.ready(), programme.root, open.book.deployment());
        if (!held) return stop_deployment(context, held.error());
        next.emplace(std::move(*held));
    }
    if (const auto done = open.book.revoke(device, !options.undo); !done)
        return stop_casebook(context, done.error(), options.own.file());
    if (!next) return {};
    if (const auto done = next->write(device, !options.undo); !done) return stop_deployment(context, done.error());
    return {};
}

Outcome<void> revoke(const Context& context, const RevokeOptions& options) {
    if (options.own.folder.empty()) return stop(context, "cli.devices.revoke.usage", {}, Exit::Usage);
    AMPARO_TRY(const typed,
               given_or_asked(context, options.device, "cli.devices.revoke.ask", "cli.devices.revoke.usage"));
    AMPARO_TRY(open, open_own_casebook(context, options.own));
    const auto devices = open.book.devices();
    if (!devices) return stop_casebook(context, devices.error(), options.own.file());
    AMPARO_TRY(const device, which_device(context, *devices, lower_case(typed)));
    const auto found =
        std::find_if(devices->begin(), devices->end(), [&](const auto& one) { return one.device == device; });
    const auto* const known = found == devices->end() ? nullptr : &*found;
    const auto programme = programme_of(context, options, open, known);
    say_meaning(context, options, programme, device, known);
    if (!options.yes)
        AMPARO_DO(confirm(context, options.undo ? "cli.devices.revoke.undo_question" : "cli.devices.revoke.question"));
    AMPARO_DO(write_down(context, options, programme, open, device));
    say_done(context, options, programme, device);
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

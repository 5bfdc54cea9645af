// amparo bundle diff: what differs between two bundles of one programme.
#include "app/deployment/bundle_diff.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/bundle_words.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/deployment/anchor.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct BundleDiffOptions {
    std::string before;
    std::string after;
    std::string programme;
    bool as_json = false;
};

Outcome<void> compare(const Context& context, const BundleDiffOptions& options) {
    if (options.before.empty() || options.after.empty() || options.programme.empty())
        return stop(context, "cli.bundle.diff.usage", {}, Exit::Usage);
    const auto programme = deployment::read_programme_key(options.programme);
    if (!programme) return stop_deployment(context, programme.error());
    const auto before = deployment::read_bundle_file(context.ready(), options.before, {*programme});
    if (!before) return stop_deployment(context, before.error());
    const auto after = deployment::read_bundle_file(context.ready(), options.after, {*programme});
    if (!after) return stop_deployment(context, after.error());
    const auto found = deployment::differences(*before, *after);
    if (options.as_json) {
        if (!print_json(differences_json(found))) return stop(context, "cli.file.output_closed");
        return {};
    }
    if (after->bundle.version.sequence < before->bundle.version.sequence) context.note("cli.bundle.diff.backwards");
    if (!print(difference_lines(context, found))) return stop(context, "cli.file.output_closed");
    if (found.empty()) context.say("cli.bundle.diff.same");
    return {};
}

}  // namespace

void add_bundle_diff(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<BundleDiffOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("diff", context.text("cli.bundle.diff.help"));
    command->add_option("OLD", options->before, context.text("cli.bundle.diff.old"));
    command->add_option("NEW", options->after, context.text("cli.bundle.diff.new"));
    command->add_option("--deployment", options->programme, context.text("cli.bundle.option.deployment"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(compare(run.context, *options)); });
}

}  // namespace app::cli

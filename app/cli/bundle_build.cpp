// amparo bundle build: the next bundle of a programme out of its sources; what changes is shown and asked about before
// anything is signed.
#include "app/deployment/bundle_build.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/bundle_refusals.hpp"
#include "app/cli/bundle_words.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/signing.hpp"
#include "app/deployment/anchor.hpp"
#include "app/deployment/bundle_signing.hpp"

namespace app::cli {
namespace {

struct BundleBuildOptions {
    deployment::BuildOptions build;
    std::string folder;
    std::string key;
    std::string passphrase_file;
    std::string expires;
    std::string minimum_app;
    bool yes = false;
    bool as_json = false;
};

/// The options that are no plain text.
Outcome<deployment::BuildOptions> understood(const Context& context, const BundleBuildOptions& options) {
    auto build = options.build;
    build.programme = without_slash(options.folder);
    if (!options.expires.empty()) {
        const auto day = exchange::parse_day(options.expires);
        if (!day) return stop(context, "cli.bundle.build.day", {{"text", options.expires}}, Exit::Usage);
        build.expires = *day;
    }
    if (!options.minimum_app.empty()) {
        const auto version = exchange::parse_app_version(options.minimum_app);
        if (!version) return stop(context, "cli.bundle.build.version", {{"text", options.minimum_app}}, Exit::Usage);
        build.minimum_app = *version;
    }
    return build;
}

Outcome<void> refuse_build(const Context& context, const BundleBuildOptions& options,
                           const deployment::BuildRefusals& refusals) {
    const bool said =
        options.as_json
            ? print_json(
                  nlohmann::json{{"built", false}, {"faults", nlohmann::json::parse(refusals_json(refusals))}}.dump(
                      2, ' ', false, nlohmann::json::error_handler_t::replace))
            : print(refusal_lines(context, refusals));
    if (!said) return stop(context, "cli.file.output_closed");
    context.fail_counted("cli.bundle.build.faults", count_of(refusals));
    return tl::make_unexpected(Failure{Exit::Failed});
}

/// What is new, before it is signed.
Outcome<void> show_plan(const Context& context, const BundleBuildOptions& options, const deployment::BundlePlan& plan,
                        const std::vector<deployment::Difference>& changes) {
    std::string lines;
    if (plan.previous)
        lines = difference_lines(context, changes);
    else
        lines = one_line(context.text("cli.bundle.build.first"));
    for (const auto& name : plan.left_out)
        lines += one_line(context.text("cli.bundle.build.left_out", {{"file", name}}));
    if (options.as_json) {
        if (!options.yes) context.show(lines);
        return {};
    }
    if (!print(lines)) return stop(context, "cli.file.output_closed");
    return {};
}

/// What was made, for programs: `about` says where it is, and whatever else only it has.
Outcome<void> report_made(const Context& context, nlohmann::json about, const deployment::BundlePlan& plan,
                          const std::vector<deployment::Difference>& changes) {
    about["sequence"] = plan.contents.version.sequence;
    about["left_out"] = plan.left_out;
    about["differences"] = nlohmann::json::parse(differences_json(changes));
    if (!print_json(about.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)))
        return stop(context, "cli.file.output_closed");
    return {};
}

/// The policy in force asks for several people: nobody signs yet.
Outcome<void> leave_draft(const Context& context, const BundleBuildOptions& options, const deployment::BundlePlan& plan,
                          const std::vector<deployment::Difference>& changes) {
    const auto draft = deployment::write_draft(context.ready(), plan, without_slash(options.folder));
    if (!draft) return stop_deployment(context, draft.error());
    const auto needed = deployment::signatures_needed(plan.previous);
    if (options.as_json)
        return report_made(context, {{"built", false}, {"draft", shown(*draft)}, {"signatures_required", needed}}, plan,
                           changes);
    context.say("cli.bundle.build.draft", {{"file", shown(*draft)}, {"number", std::to_string(needed)}});
    return {};
}

Outcome<void> build(const Context& context, const BundleBuildOptions& options) {
    if (options.folder.empty()) return stop(context, "cli.bundle.build.usage", {}, Exit::Usage);
    AMPARO_TRY(const build_options, understood(context, options));
    const auto programme = deployment::read_programme_key(build_options.programme / "keys" / "deployment.pub");
    if (!programme) return stop_deployment(context, programme.error());
    const auto planned = deployment::plan_bundle(context.ready(), build_options, *programme, utc_today());
    if (const auto* const refusals = std::get_if<deployment::BuildRefusals>(&planned))
        return refuse_build(context, options, *refusals);
    const auto& plan = std::get<deployment::BundlePlan>(planned);
    const auto changes =
        plan.previous ? deployment::differences(*plan.previous, plan.next) : std::vector<deployment::Difference>{};
    AMPARO_DO(show_plan(context, options, plan, changes));
    if (!options.yes) AMPARO_DO(confirm(context, "cli.bundle.build.question"));
    if (deployment::signatures_needed(plan.previous) > 1) return leave_draft(context, options, plan, changes);
    const auto key_file =
        options.key.empty() ? (build_options.programme / "keys" / "deployment.key").string() : options.key;
    AMPARO_TRY(const key, read_signing_key<crypto::Purpose::Deployment>(context, key_file, options.passphrase_file));
    if (stop_requested()) return stop(context, "cli.stopped");
    if (!(key.public_key() == *programme))
        return stop(context, "cli.bundle.build.other_key", {{"file", shown(key_file)}});
    const auto file = deployment::sign_bundle(context.ready(), plan, build_options.programme, key);
    if (!file) return stop_deployment(context, file.error());
    if (options.as_json) return report_made(context, {{"built", true}, {"file", shown(*file)}}, plan, changes);
    context.say("cli.bundle.build.done", {{"file", shown(*file)}});
    return {};
}

}  // namespace

void add_bundle_build(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<BundleBuildOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("build", context.text("cli.bundle.build.help"));
    command->add_option("DIR", options->folder, context.text("cli.bundle.build.folder"));
    command->add_option("--name", options->build.name, context.text("cli.bundle.build.name"));
    command->add_option("--above", options->build.above, context.text("cli.bundle.build.above"))
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{9'223'372'036'854'775'806U}));
    command->add_option("--expires", options->expires, context.text("cli.bundle.build.expires"));
    command->add_option("--minimum-app", options->minimum_app, context.text("cli.bundle.build.minimum_app"));
    command->add_flag("--single-coordinator", options->build.single_coordinator,
                      context.text("cli.bundle.build.single"));
    command->add_flag("--unproven-recovery", options->build.unproven_recovery,
                      context.text("cli.bundle.build.unproven"));
    command->add_flag("--leave-out", options->build.leave_out, context.text("cli.bundle.build.leave_out"));
    command->add_option("--secret-key", options->key, context.text("cli.bundle.build.key"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_flag("--yes", options->yes, context.text("cli.bundle.build.yes"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(build(run.context, *options)); });
}

}  // namespace app::cli

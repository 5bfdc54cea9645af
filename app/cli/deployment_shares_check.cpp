// amparo deployment shares check: reads sheets back. A set counts as made when enough of them gave the recovery key.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/share_reading.hpp"
#include "app/files/system.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct SharesCheckOptions {
    SharesProgramme programme;
    std::vector<std::string> files;
    bool as_json = false;
};

Outcome<void> take(const Context& context, deployment::GatheredShares& gathered, crypto::ByteView typed,
                   const std::string& file) {
    const auto taken = gathered.take(context.ready(), typed);
    if (!taken) return tl::make_unexpected(Failure{say_refused(context, taken.error(), file)});
    return {};
}

Outcome<void> take_files(const Context& context, deployment::GatheredShares& gathered,
                         const std::vector<std::string>& files) {
    for (const auto& file : files) {
        AMPARO_TRY(const typed, read_secret_file(context, file));
        warn_when_open(context, file);
        AMPARO_DO(take(context, gathered, typed.view(), shown(file)));
    }
    return {};
}

/// A sheet that is refused as a whole is said, and another is asked for.
Outcome<void> ask_for_sheets(const Context& context, deployment::GatheredShares& gathered) {
    if (files::open_terminal().get() < 0) return stop(context, "cli.shares.no_terminal", {}, Exit::Usage);
    while (gathered.missing() != std::optional<std::size_t>(0)) {
        AMPARO_TRY(const typed, ask_sheet(context, gathered.taken() + 1));
        if (!take(context, gathered, typed.view(), context.text("cli.shares.typed")) && stop_requested())
            return stop(context, "cli.stopped");
    }
    return {};
}

std::string list_of(const std::vector<std::uint8_t>& numbers) {
    std::string text;
    for (const auto number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

Outcome<void> report(const Context& context, const crypto::ShareHead& set, const deployment::JoinedShares& joined,
                     bool as_json) {
    if (as_json) {
        const nlohmann::json all{{"set", crypto::set_words(set)}, {"needed", set.threshold},
                                 {"sheets", set.total},           {"verified", joined.verified},
                                 {"wrong", joined.wrong},         {"complete", joined.wrong.empty()}};
        if (!print_json(all.dump(2))) return stop(context, "cli.file.output_closed");
    }
    if (!joined.wrong.empty()) return stop(context, "cli.shares.wrong_named", {{"numbers", list_of(joined.wrong)}});
    if (!as_json)
        context.say("cli.shares.verified", {{"set", crypto::set_words(set)}, {"numbers", list_of(joined.verified)}});
    return {};
}

Outcome<void> check_shares(const Context& context, const SharesCheckOptions& options) {
    if (options.programme.bundle.empty() || options.programme.deployment.empty())
        return stop(context, "cli.shares.check.usage", {}, Exit::Usage);
    AMPARO_TRY(const bundle, bundle_of(context, options.programme));
    deployment::GatheredShares gathered({bundle.version.deployment, recovery_of(bundle), std::nullopt});
    if (options.files.empty())
        AMPARO_DO(ask_for_sheets(context, gathered));
    else
        AMPARO_DO(take_files(context, gathered, options.files));
    const auto joined = gathered.join(context.ready());
    if (joined) return report(context, *gathered.set(), *joined, options.as_json);
    switch (joined.error()) {
        case deployment::JoinError::TooFew:
            return tl::make_unexpected(Failure{context.fail_counted("cli.shares.missing", *gathered.missing())});
        case deployment::JoinError::Wrong:
            return stop(context, "cli.shares.wrong");
        case deployment::JoinError::LockedMemory:
            return stop_crypto(context, crypto::Error::LockedMemory);
    }
    return stop(context, "cli.failed");
}

}  // namespace

void add_deployment_shares_check(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<SharesCheckOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("check", context.text("cli.shares.check.help"));
    add_shares_programme(*command, context, options->programme);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->add_option("FILE", options->files, context.text("cli.shares.files"));
    command->callback([options, &run] { run.exit = exit_of(check_shares(run.context, *options)); });
}

}  // namespace app::cli

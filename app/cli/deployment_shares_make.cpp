// amparo deployment shares make: a sheet of paper for each person who keeps a part of the recovery key.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/asking.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/share_reading.hpp"
#include "app/deployment/keys.hpp"
#include "app/deployment/recovery_sheets.hpp"
#include "crypto/shamir.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct SharesMakeOptions {
    std::string programme;
    std::string identity;
    std::string passphrase_file;
    std::string needed;
    std::string sheets;
    std::string folder;
};

/// One or two digits; 0, which is out of every range here, for anything else.
unsigned small_number(const std::string& typed) {
    unsigned number = 0;
    if (typed.size() > 2) return 0;
    for (const char c : typed) {
        if (c < '0' || c > '9') return 0;
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    return number;
}

/// The one of the file that the bundle names for recovery: no other is split.
Outcome<crypto::open::Identity> recovery_identity(const Context& context, const SharesMakeOptions& options,
                                                  const SharesProgramme& programme) {
    const auto file = options.identity.empty() ? programme.folder.root / "keys" / deployment::recovery_file
                                               : std::filesystem::path(options.identity);
    AMPARO_TRY(identities, read_identities(context, {file}, passphrase_file_of(options.passphrase_file)));
    for (auto& identity : identities)
        if (identity.recipient() == programme.recovery()) return std::move(identity);
    return stop(context, "cli.shares.not_recovery", {{"file", shown(file)}}, Exit::NoMatch);
}

Outcome<void> split_and_write(const Context& context, const SharesMakeOptions& options) {
    if (options.programme.empty() || options.folder.empty())
        return stop(context, "cli.shares.make.usage", {}, Exit::Usage);
    AMPARO_TRY(const most, given_or_asked_or(context, options.sheets, "cli.shares.ask_sheets", "3"));
    AMPARO_TRY(const least, given_or_asked_or(context, options.needed, "cli.shares.ask_needed", "2"));
    const auto needed = small_number(least);
    const auto sheets = small_number(most);
    if (needed < crypto::shamir::least_threshold || needed > sheets || sheets > crypto::shamir::most_shares)
        return stop(context, "cli.shares.numbers", {}, Exit::Usage);
    const auto destination = without_slash(options.folder);
    std::error_code error;
    if (std::filesystem::exists(destination, error))
        return stop(context, "cli.file.exists", {{"file", shown(destination)}});
    AMPARO_TRY(const programme, shares_programme(context, options.programme));
    AMPARO_TRY(const identity, recovery_identity(context, options, programme));
    const auto& bundle = programme.bundle;
    const auto shares = deployment::make_shares(context.ready(), identity, needed, sheets, bundle.version.deployment);
    if (!shares) return stop_deployment(context, shares.error());
    AMPARO_TRY(draft, draft_folder(context, destination));
    const auto written = deployment::write_sheets(context.ready(), draft.path(), *shares, context.translator(),
                                                  {bundle.version.name, local_today()});
    if (!written) return stop_deployment(context, written.error());
    AMPARO_DO(publish(context, draft));
    const bool kept = note_sheets(context, programme, shares->front().head, identity, {});
    context.say("cli.shares.made", {{"set", crypto::set_words(shares->front().head)},
                                    {"folder", shown(destination)},
                                    {"needed", std::to_string(needed)}});
    if (!kept) return tl::make_unexpected(Failure{Exit::Failed});
    return {};
}

}  // namespace

void add_deployment_shares_make(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<SharesMakeOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("make", context.text("cli.shares.make.help"));
    command->add_option("DIR", options->programme, context.text("cli.programme.folder"));
    command->add_option("OUT", options->folder, context.text("cli.shares.folder"));
    command->add_option("-i,--identity", options->identity, context.text("cli.shares.identity"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_option("--needed", options->needed, context.text("cli.shares.needed"));
    command->add_option("--sheets", options->sheets, context.text("cli.shares.sheets"));
    command->callback([options, &run] { run.exit = exit_of(split_and_write(run.context, *options)); });
}

}  // namespace app::cli

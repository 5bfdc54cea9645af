// amparo deployment shares check: reads sheets back. A set counts as made when enough of them gave the recovery key.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/share_reading.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct SharesCheckOptions {
    std::string folder;
    std::vector<std::string> files;
    bool as_json = false;
};

Outcome<void> report(const Context& context, const ReadSheets& read, bool kept, bool as_json) {
    const auto& [set, joined] = read;
    if (as_json) {
        const nlohmann::json all{{"set", crypto::set_words(set)},
                                 {"needed", set.threshold},
                                 {"sheets", set.total},
                                 {"verified", joined.verified},
                                 {"wrong", joined.wrong},
                                 {"complete", joined.wrong.empty()},
                                 {"kept", kept}};
        if (!print_json(all.dump(2))) return stop(context, "cli.file.output_closed");
    }
    if (!joined.wrong.empty())
        return stop(context, "cli.shares.wrong_named", {{"numbers", numbers_text(joined.wrong)}});
    if (!as_json)
        context.say("cli.shares.verified",
                    {{"set", crypto::set_words(set)}, {"numbers", numbers_text(joined.verified)}});
    if (!kept) return tl::make_unexpected(Failure{Exit::Failed});
    return {};
}

Outcome<void> check_shares(const Context& context, const SharesCheckOptions& options) {
    if (options.folder.empty()) return stop(context, "cli.shares.check.usage", {}, Exit::Usage);
    AMPARO_TRY(const programme, shares_programme(context, options.folder));
    AMPARO_TRY(const read, read_sheets(context, programme, options.files));
    // With a false sheet among them the set is not as it was made: it does not count.
    const bool kept = read.joined.wrong.empty() &&
                      note_sheets(context, programme, read.set, read.joined.identity, read.joined.verified);
    return report(context, read, kept, options.as_json);
}

}  // namespace

void add_deployment_shares_check(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<SharesCheckOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("check", context.text("cli.shares.check.help"));
    command->add_option("DIR", options->folder, context.text("cli.programme.folder"));
    command->add_option("FILE", options->files, context.text("cli.shares.files"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(check_shares(run.context, *options)); });
}

}  // namespace app::cli

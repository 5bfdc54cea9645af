// amparo form check: every fault of a questionnaire with sheet, row and column, or with its cell.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/files.hpp"
#include "app/cli/form_faults.hpp"

namespace app::cli {
namespace {

struct CheckOptions {
    std::string path;
    std::string media;
    bool as_json = false;
};

Outcome<void> check(const Context& context, const CheckOptions& options) {
    std::error_code error;
    if (options.path.empty() || !std::filesystem::exists(options.path, error))
        return stop(context, "cli.form.check.not_there", {{"file", shown(options.path)}},
                    options.path.empty() ? Exit::Usage : Exit::Failed);
    if (!options.media.empty() && !std::filesystem::is_directory(options.media, error))
        return stop(context, "cli.form.media.not_folder", {{"file", shown(options.media)}});
    auto source = read_form(options.path, options.media);
    const auto faults = check_form(source);
    if (!(options.as_json ? print_json(fault_list(source, faults)) : print(fault_lines(context, source, faults))))
        return stop(context, "cli.file.output_closed");
    if (const auto errors = count_errors(faults); errors > 0) {
        context.fail_counted("cli.form.check.faults", errors);
        return tl::make_unexpected(Failure{Exit::Failed});
    }
    if (!options.as_json) context.say("cli.form.check.good");
    return {};
}

}  // namespace

void add_form_check(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<CheckOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("check", context.text("cli.form.check.help"));
    command->add_option("PATH", options->path, context.text("cli.form.check.path"));
    command->add_option("--media", options->media, context.text("cli.form.option.media"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(check(run.context, *options)); });
}

}  // namespace app::cli

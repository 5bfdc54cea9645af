// amparo form check: every fault of a questionnaire with sheet, row and column.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/files.hpp"
#include "questionnaires/engine/form.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;
using nlohmann::json;

struct Options {
    std::string path;
    bool as_json = false;
};

engine::Diagnostics check_folder(const std::string& path) {
    const auto workbook = questionnaires::workbook::read_folder(path);
    if (!workbook) return workbook.error();
    const auto form = engine::load(*workbook);
    return form ? (*form)->warnings() : form.error();
}

std::string json_text(const engine::Diagnostics& faults) {
    auto list = json::array();
    for (const auto& fault : faults)
        list.push_back({{"severity", fault.severity == engine::Severity::Error ? "error" : "warning"},
                        {"fault", engine::name_of(fault.fault)},
                        {"sheet", fault.sheet},
                        {"row", fault.row},
                        {"column", fault.column},
                        {"message", fault.message},
                        {"suggestion", fault.suggestion}});
    return list.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Outcome<void> check(const Context& context, const Options& options) {
    std::error_code error;
    if (options.path.empty() || !std::filesystem::is_directory(options.path, error))
        return stop(context, "cli.form.check.not_folder", {{"file", shown(options.path)}},
                    options.path.empty() ? Exit::Usage : Exit::Failed);
    const auto faults = check_folder(options.path);
    std::string text = options.as_json ? json_text(faults) : "";
    if (!options.as_json)
        for (const auto& fault : faults)
            text += context.text(fault.severity == engine::Severity::Error ? "cli.form.check.error"
                                                                           : "cli.form.check.warning") +
                    ": " + to_text(fault) + "\n";
    if (!print(text)) return stop(context, "cli.file.output_closed");
    const auto errors = static_cast<std::uint64_t>(std::count_if(
        faults.begin(), faults.end(), [](const auto& fault) { return fault.severity == engine::Severity::Error; }));
    if (errors > 0) {
        context.fail_counted("cli.form.check.faults", errors);
        return tl::make_unexpected(Said{Exit::Failed});
    }
    if (!options.as_json) context.say("cli.form.check.good");
    return {};
}

}  // namespace

void add_form_check(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<Options>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("check", context.text("cli.form.check.help"));
    command->add_option("PATH", options->path, context.text("cli.form.check.path"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(check(run.context, *options)); });
}

}  // namespace app::cli

// amparo form export: a folder of CSV files becomes a spreadsheet, complete or not at all.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/files.hpp"
#include "app/cli/form_faults.hpp"
#include "crypto/try.hpp"
#include "questionnaires/workbook/xlsx.hpp"

namespace app::cli {
namespace {

namespace fs = std::filesystem;
namespace workbook = questionnaires::workbook;

struct FormExport {
    std::string folder;
    std::string file;
};

Outcome<void> stop_at_faults(const Context& context, const FormSource& source,
                             const questionnaires::engine::Diagnostics& faults) {
    if (!print(fault_lines(context, source, faults))) return stop(context, "cli.file.output_closed");
    context.fail_counted("cli.form.export.faults", faults.size());
    return tl::make_unexpected(Failure{Exit::Failed});
}

Outcome<void> send_out(const Context& context, const FormExport& options) {
    if (options.file.empty() || options.folder.empty()) return stop(context, "cli.form.export.usage", {}, Exit::Usage);
    std::error_code error;
    if (!fs::is_directory(options.folder, error))
        return stop(context, "cli.form.check.not_folder", {{"file", shown(options.folder)}});
    if (fs::exists(options.file, error)) return stop(context, "cli.file.exists", {{"file", shown(options.file)}});
    const auto source = read_form(options.folder);
    if (source.incomplete || count_errors(source.faults) > 0) return stop_at_faults(context, source, source.faults);
    const auto bytes = workbook::write_xlsx(source.workbook);
    if (!bytes) return stop_at_faults(context, source, bytes.error());
    AMPARO_DO(write_file(context, options.file, *bytes));
    context.say("cli.form.export.done", {{"file", shown(options.file)}});
    return {};
}

}  // namespace

void add_form_export(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<FormExport>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("export", context.text("cli.form.export.help"));
    command->add_option("DIR", options->folder, context.text("cli.form.export.folder"));
    command->add_option("FILE", options->file, context.text("cli.form.export.file"));
    command->callback([options, &run] { run.exit = exit_of(send_out(run.context, *options)); });
}

}  // namespace app::cli

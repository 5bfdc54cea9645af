// amparo form import: a spreadsheet becomes a folder of CSV files, complete or not at all.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/files.hpp"
#include "app/cli/form_faults.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/writer.hpp"

namespace app::cli {
namespace {

namespace fs = std::filesystem;
namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;

struct FormImportOptions {
    std::string file;
    std::string folder;
    std::string media;
};

using Texts = std::map<std::string, std::string>;

Texts csv_files(const engine::Workbook& sheets) {
    Texts files;
    for (const auto& sheet : sheets.sheets) files[std::string(sheet.name()) + ".csv"] = workbook::write_csv(sheet);
    return files;
}

/// Whether the files say what the spreadsheet says.
bool reads_back(const Texts& files, const engine::Workbook& sheets) {
    workbook::Members members;
    for (const auto& [name, text] : files) members.emplace(name, crypto::as_bytes(text));
    const auto again = workbook::read_memory(members);
    return again && workbook::same_sheets(*again, sheets);
}

Outcome<void> write_folder(const Context& context, const fs::path& destination, const Texts& files) {
    DraftFolder draft(context, destination);
    if (auto done = make_folder(context, draft.path()); !done) return done;
    for (const auto& [name, text] : files)
        if (auto done = write_file(context, draft.path() / name, crypto::as_bytes(text)); !done) return done;
    if (stop_requested()) return stop(context, "cli.stopped");
    if (!draft.publish()) return stop(context, "cli.file.exists", {{"file", shown(destination)}});
    return {};
}

Outcome<void> bring_in(const Context& context, const FormImportOptions& options) {
    if (options.file.empty() || options.folder.empty()) return stop(context, "cli.form.import.usage", {}, Exit::Usage);
    std::error_code error;
    if (!options.media.empty() && !fs::is_directory(options.media, error))
        return stop(context, "cli.form.media.not_folder", {{"file", shown(options.media)}});
    const auto destination = without_slash(options.folder);
    if (!fs::is_regular_file(options.file, error))
        return stop(context, "cli.file.unreadable", {{"file", shown(options.file)}});
    if (fs::exists(destination, error)) return stop(context, "cli.file.exists", {{"file", shown(destination)}});
    auto source = read_form(options.file, options.media);
    auto offered = workbook::without_refused(std::move(source.workbook));
    source.workbook = offered.workbook;
    const auto faults = check_form(source);
    if (!print(fault_lines(context, source, offered.left_out) + fault_lines(context, source, faults)))
        return stop(context, "cli.file.output_closed");
    if (const auto errors = count_errors(faults); errors > 0) {
        context.fail_counted("cli.form.import.faults", errors);
        return tl::make_unexpected(Said{Exit::Failed});
    }
    const auto sheets = workbook::compact(offered);
    const auto files = csv_files(sheets);
    if (!reads_back(files, sheets)) return stop(context, "cli.file.too_large", {{"file", shown(options.file)}});
    if (auto done = write_folder(context, destination, files); !done) return done;
    context.say("cli.form.import.done", {{"folder", shown(destination)}});
    return {};
}

}  // namespace

void add_form_import(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<FormImportOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("import", context.text("cli.form.import.help"));
    command->add_option("FILE", options->file, context.text("cli.form.import.file"));
    command->add_option("DIR", options->folder, context.text("cli.form.import.folder"));
    command->add_option("--media", options->media, context.text("cli.form.option.media"));
    command->callback([options, &run] { run.exit = exit_of(bring_in(run.context, *options)); });
}

}  // namespace app::cli

// amparo form import: whatever can be read as a spreadsheet becomes a folder of CSV files, and what it takes to finish
// it is named.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/files.hpp"
#include "app/cli/form_faults.hpp"
#include "app/files/system.hpp"
#include "crypto/try.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/workbook/offer.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/writer.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

namespace fs = std::filesystem;
namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;

struct FormImportOptions {
    std::string file;
    std::string folder;
    std::string media;
    std::string id;
    std::string default_language;
    std::string languages;  ///< separated by commas
    bool replace = false;   ///< the folder that is there goes
    bool as_json = false;
};

using Texts = std::map<std::string, std::string>;

Texts csv_files(const engine::Workbook& sheets) {
    Texts files;
    for (const auto& sheet : sheets.sheets) files[std::string(sheet.name()) + ".csv"] = workbook::write_csv(sheet);
    return files;
}

/// Whether the files say what the spreadsheet says. One that is larger than a form may be is still to be cut down.
bool reads_back(const Texts& files, const engine::Workbook& sheets) {
    return std::all_of(sheets.sheets.begin(), sheets.sheets.end(), [&](const engine::Sheet& sheet) {
        const auto name = std::string(sheet.name());
        const auto again = workbook::read_csv(name, crypto::as_bytes(files.at(name + ".csv")));
        if (again) return workbook::same_sheets({{*again}}, {{sheet}});
        return std::all_of(again.error().begin(), again.error().end(),
                           [](const auto& fault) { return fault.fault == engine::Fault::Limit; });
    });
}

/// Whether the folder holds a questionnaire as an import or a person makes it, and nothing else that would go with it.
bool holds_a_form(const fs::path& folder) {
    std::error_code error;
    if (fs::symlink_status(folder, error).type() != fs::file_type::directory) return false;
    bool survey = false;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const auto plain = fs::symlink_status(at->path(), error).type() == fs::file_type::regular;
        if (!plain || at->path().extension() != ".csv") return false;
        survey = survey || at->path().filename() == "survey.csv";
    }
    return survey && !error;
}

/// A questionnaire that is there may have been worked on: it goes only when somebody says so.
Outcome<void> may_replace(const Context& context, const FormImportOptions& options, const fs::path& destination) {
    if (options.replace) return {};
    if (app::files::open_terminal().get() < 0)
        return stop(context, "cli.form.import.there", {{"folder", shown(destination)}});
    return confirm(context, "cli.form.import.question");
}

/// `there`: it takes the place of a questionnaire, as somebody said.
Outcome<void> write_folder(const Context& context, const fs::path& destination, const Texts& files, bool there) {
    AMPARO_TRY(draft, draft_folder(context, destination));
    for (const auto& [name, text] : files) AMPARO_DO(write_file(context, draft.path() / name, crypto::as_bytes(text)));
    return publish(context, draft, there);
}

/// Cells that a spreadsheet program takes for a formula and may carry out when it opens the CSV file. Here they are
/// text.
std::size_t formula_cells(const engine::Workbook& sheets) {
    const auto starts = [](std::string_view text) {
        if (text.empty()) return false;
        if (std::string_view("=@\t\r").find(text.front()) != text.npos) return true;
        return (text.front() == '+' || text.front() == '-') &&
               text.find_first_not_of("0123456789.", 1) != text.npos;  // a number is a number
    };
    std::size_t count = 0;
    for (const auto& sheet : sheets.sheets)
        for (std::size_t row = 0; row < sheet.rows(); ++row)
            for (std::size_t column = 0; column < sheet.width(row); ++column) count += starts(sheet.cell(row, column));
    return count;
}

/// What is said of an import, apart: what went, what is read differently, what is to finish.
struct Report {
    engine::Diagnostics left_out;
    engine::Diagnostics notes;
    engine::Diagnostics to_finish;
    std::size_t formulas = 0;  ///< cells that a spreadsheet program would carry out
};

/// What `amparo form check` says of the form as it is offered, by the cells of the spreadsheet; once where a loop was
/// written out. `rows` is Offered::survey_rows.
void judge(FormSource& source, const std::vector<std::uint32_t>& rows, Report& report) {
    for (auto& fault : check_form(source)) {
        if (fault.sheet == "survey" && fault.row != 0 && fault.row <= rows.size()) fault.row = rows[fault.row - 1] + 1;
        auto& part = fault.severity == engine::Severity::Error ? report.to_finish : report.notes;
        const bool said = !rows.empty() && std::any_of(part.begin(), part.end(), [&](const auto& other) {
            return other.sheet == fault.sheet && other.row == fault.row && other.column == fault.column &&
                   other.message == fault.message;
        });
        if (!said) part.push_back(std::move(fault));
    }
}

/// "es, English" as its words.
std::vector<std::string> words_of(std::string_view list) {
    std::vector<std::string> words;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        if (const auto word = engine::trim(list.substr(0, comma)); !word.empty()) words.emplace_back(word);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return words;
}

Outcome<workbook::Offered> offer(const Context& context, const FormImportOptions& options, FormSource& source) {
    workbook::Offered offered{std::move(source.workbook), {}, {}};
    workbook::clean_cells(offered);
    workbook::write_settings(offered, {source.name, options.id, options.default_language});
    const auto languages = words_of(options.languages);
    if (!languages.empty() && !workbook::choose_languages(offered, languages)) {
        std::string names;
        for (const auto& language : workbook::languages_of(offered.workbook))
            names += (names.empty() ? "" : ", ") + language.code;
        return stop(context, "cli.form.import.language", {{"languages", names}}, Exit::Usage);
    }
    workbook::leave_out_refused(offered);
    workbook::write_out_loops(offered);
    workbook::tell_names_apart(offered);
    return offered;
}

Outcome<void> say(const Context& context, const FormImportOptions& options, const FormSource& source,
                  const Report& report) {
    const auto destination = shown(without_slash(options.folder));
    if (options.as_json) {
        const json all{{"folder", destination},
                       {"ready", report.to_finish.empty()},
                       {"left_out", json::parse(fault_list(source, report.left_out))},
                       {"notes", json::parse(fault_list(source, report.notes))},
                       {"to_finish", json::parse(fault_list(source, report.to_finish))},
                       {"formula_cells", report.formulas}};
        if (!print_json(all.dump(2) + "\n")) return stop(context, "cli.file.output_closed");
        return {};
    }
    if (!print(said_lines(context, source, report.left_out, "cli.form.import.left_out") +
               said_lines(context, source, report.notes, "cli.form.import.note") +
               said_lines(context, source, report.to_finish, "cli.form.import.to_finish")))
        return stop(context, "cli.file.output_closed");
    if (report.formulas > 0 && !print(one_line(context.counted("cli.form.import.formulas", report.formulas))))
        return stop(context, "cli.file.output_closed");
    if (report.to_finish.empty()) {
        context.say("cli.form.import.done", {{"folder", destination}});
    } else {
        const auto line =
            context.counted("cli.form.import.unfinished", report.to_finish.size(), {{"folder", destination}});
        if (!print(one_line(line))) return stop(context, "cli.file.output_closed");
    }
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
    const bool there = fs::exists(destination, error);
    if (there && !holds_a_form(destination)) return stop(context, "cli.file.exists", {{"file", shown(destination)}});
    auto source = read_form(options.file, options.media);
    if (source.workbook.sheets.empty()) {
        if (!print(fault_lines(context, source, source.faults))) return stop(context, "cli.file.output_closed");
        return stop(context, "cli.form.import.no_workbook", {{"file", shown(options.file)}});
    }
    AMPARO_TRY(offered, offer(context, options, source));
    source.workbook = offered.workbook;
    Report report{std::move(offered.left_out), std::move(offered.notes), {}, 0};
    judge(source, offered.survey_rows, report);
    offered.left_out = report.left_out;
    const auto sheets = workbook::compact(offered);
    report.formulas = formula_cells(sheets);
    const auto files = csv_files(sheets);
    if (!reads_back(files, sheets)) return stop(context, "cli.file.too_large", {{"file", shown(options.file)}});
    if (there) AMPARO_DO(may_replace(context, options, destination));
    AMPARO_DO(write_folder(context, destination, files, there));
    AMPARO_DO(say(context, options, source, report));
    // It is there, and cannot be signed yet.
    if (!report.to_finish.empty()) return tl::make_unexpected(Failure{Exit::Failed});
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
    command->add_option("--id", options->id, context.text("cli.form.import.id"));
    command->add_option("--default-language", options->default_language,
                        context.text("cli.form.import.default_language"));
    command->add_option("--languages", options->languages, context.text("cli.form.import.languages"));
    command->add_flag("--replace", options->replace, context.text("cli.form.import.replace"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(bring_in(run.context, *options)); });
}

}  // namespace app::cli

#include "app/cli/form_faults.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/cli/form_words.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/workbook/beside.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;
using nlohmann::json;

std::string place(const Context& context, const FormSource& source, const engine::Diagnostic& fault) {
    if (fault.sheet.empty()) return context.text("cli.form.at.form");
    if (fault.row == 0) return fault.sheet;
    if (source.spreadsheet) return workbook::cell_of(source.workbook, fault);
    const auto row = std::to_string(fault.row);
    if (fault.column.empty()) return context.text("cli.form.at.row", {{"sheet", fault.sheet}, {"row", row}});
    return context.text("cli.form.at.column", {{"sheet", fault.sheet}, {"row", row}, {"column", fault.column}});
}

constexpr std::size_t most_lines = 200;
constexpr int most_of_a_kind = 20;

/// Which are shown: all, or when there are many the first of each kind, so that none hides another.
std::vector<const engine::Diagnostic*> chosen(const engine::Diagnostics& faults) {
    std::vector<const engine::Diagnostic*> shown;
    std::map<std::string, int> seen;
    for (const auto& fault : faults) {
        // A sentence up to what it quotes is the kind.
        const auto kind = std::string(engine::to_word(fault.fault)) + "|" + fault.sheet + "|" + fault.column + "|" +
                          fault.message.substr(0, fault.message.find('\''));
        if (faults.size() <= most_lines || ++seen[kind] <= most_of_a_kind) shown.push_back(&fault);
    }
    return shown;
}

std::string lines_of(const Context& context, const FormSource& source, const engine::Diagnostics& faults,
                     std::string_view word) {
    std::string text;
    const auto shown = chosen(faults);
    for (const auto* fault : shown) {
        const bool error = fault->severity == engine::Severity::Error;
        auto line = context.text(!word.empty() ? word : error ? "cli.form.check.error" : "cli.form.check.warning");
        line += ": " + place(context, source, *fault) + ": " + in_words(context, fault->message);
        if (!fault->suggestion.empty()) line += " (" + in_words(context, fault->suggestion) + ")";
        text += one_line(line);
    }
    if (shown.size() < faults.size())
        text += one_line(context.counted("cli.form.check.more", faults.size() - shown.size()));
    return text;
}

void take_tables(FormSource& source, const std::string& path, const std::string& media) {
    const std::filesystem::path file(path);
    std::vector<std::filesystem::path> folders;
    if (!media.empty()) folders.emplace_back(media);
    if (source.spreadsheet) {
        const auto beside = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
        folders.push_back(beside / (file.stem().string() + "-media"));
        folders.push_back(beside);
    }
    auto faults = workbook::take_files(source.workbook, folders);
    source.faults.insert(source.faults.end(), std::make_move_iterator(faults.begin()),
                         std::make_move_iterator(faults.end()));
}

}  // namespace

std::string form_name(const std::string& path) {
    auto file = std::filesystem::path(path).lexically_normal();
    if (!file.has_filename()) file = file.parent_path();  // written with a slash at the end
    const bool spreadsheet = engine::lower(file.extension().string()) == ".xlsx";
    const auto name = (spreadsheet ? file.stem() : file.filename()).string();
    if (name.empty() || name == "." || name == ".." || engine::find_unsafe(name) != std::string_view::npos)
        return "form";
    return name;
}

FormSource read_form(const std::string& path, const std::string& media) {
    FormSource source;
    source.name = form_name(path);
    std::error_code error;
    source.spreadsheet = !std::filesystem::is_directory(path, error);
    auto read = workbook::read_spreadsheet(path);
    if (read) {
        source.workbook = std::move(read->workbook);
        source.faults = std::move(read->warnings);
        take_tables(source, path, media);
        source.incomplete = !source.workbook.unreadable.empty();
        source.faults = workbook::weigh_tables(source.workbook, std::move(source.faults));
    } else {
        source.faults = std::move(read.error());
    }
    return source;
}

engine::Diagnostics check_form(FormSource& source) {
    auto faults = std::move(source.faults);
    source.faults.clear();
    if (source.workbook.sheets.empty()) return faults;
    auto large = workbook::too_large(source.workbook);
    faults.insert(faults.end(), std::make_move_iterator(large.begin()), std::make_move_iterator(large.end()));
    const auto form = engine::load(source.workbook, source.name);
    const auto& found = form ? (*form)->warnings() : form.error();
    faults.insert(faults.end(), found.begin(), found.end());
    return faults;
}

std::string fault_lines(const Context& context, const FormSource& source, const engine::Diagnostics& faults) {
    return lines_of(context, source, faults, {});
}

std::string said_lines(const Context& context, const FormSource& source, const engine::Diagnostics& said,
                       std::string_view word) {
    return lines_of(context, source, said, word);
}

std::string fault_list(const FormSource& source, const engine::Diagnostics& faults) {
    auto list = json::array();
    for (const auto& fault : faults) {
        list.push_back({{"severity", fault.severity == engine::Severity::Error ? "error" : "warning"},
                        {"fault", engine::to_word(fault.fault)},
                        {"sheet", fault.sheet},
                        {"row", fault.row},
                        {"column", fault.column},
                        {"message", fault.message},
                        {"suggestion", fault.suggestion}});
        if (source.spreadsheet) list.back()["cell"] = workbook::cell_of(source.workbook, fault);
    }
    return list.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::uint64_t count_errors(const engine::Diagnostics& faults) {
    return static_cast<std::uint64_t>(std::count_if(
        faults.begin(), faults.end(), [](const auto& fault) { return fault.severity == engine::Severity::Error; }));
}

}  // namespace app::cli

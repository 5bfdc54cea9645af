#include "questionnaires/workbook/judge.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/workbook/beside.hpp"
#include "questionnaires/workbook/xlsx.hpp"

namespace questionnaires::workbook {
namespace {

void take_tables(FormSource& source, const std::string& path, const std::string& media) {
    const std::filesystem::path file(path);
    std::vector<std::filesystem::path> folders;
    if (!media.empty()) folders.emplace_back(media);
    if (source.spreadsheet) {
        const auto beside = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
        folders.push_back(beside / (file.stem().string() + "-media"));
        folders.push_back(beside);
    }
    auto faults = take_files(source.workbook, folders);
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
    auto read = read_spreadsheet(path);
    if (read) {
        source.workbook = std::move(read->workbook);
        source.faults = std::move(read->warnings);
        take_tables(source, path, media);
        source.incomplete = !source.workbook.unreadable.empty();
        source.faults = weigh_tables(source.workbook, std::move(source.faults));
    } else {
        source.faults = std::move(read.error());
    }
    return source;
}

FormSource read_form(const Members& members, const std::string& name) {
    FormSource source;
    source.name = name;
    auto read = read_memory_to_mend(members);
    if (read) {
        source.workbook = std::move(read->workbook);
        source.incomplete = !source.workbook.unreadable.empty();
        source.faults = weigh_tables(source.workbook, std::move(read->faults));
    } else {
        source.faults = std::move(read.error());
    }
    return source;
}

engine::Diagnostics check_form(FormSource& source) {
    auto faults = std::move(source.faults);
    source.faults.clear();
    if (source.workbook.sheets.empty()) return faults;
    auto large = too_large(source.workbook);
    faults.insert(faults.end(), std::make_move_iterator(large.begin()), std::make_move_iterator(large.end()));
    const auto form = engine::load(source.workbook, source.name);
    const auto& found = form ? (*form)->warnings() : form.error();
    faults.insert(faults.end(), found.begin(), found.end());
    return faults;
}

std::uint64_t count_errors(const engine::Diagnostics& faults) {
    return static_cast<std::uint64_t>(std::count_if(
        faults.begin(), faults.end(), [](const auto& fault) { return fault.severity == engine::Severity::Error; }));
}

}  // namespace questionnaires::workbook

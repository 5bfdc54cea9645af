// One form against its next version, sheet by sheet.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "app/deployment/bundle_diff.hpp"
#include "app/deployment/sheet_diff.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace app::deployment {
namespace {

using questionnaires::engine::Sheet;
using questionnaires::engine::Workbook;
using What = Difference::What;

Workbook sheets_of(const std::string& form, const Content& files) {
    const auto folder = "forms/" + form + "/";
    questionnaires::workbook::Members members;
    for (auto at = files.lower_bound(folder); at != files.end() && at->first.starts_with(folder); ++at)
        members.emplace(at->first.substr(folder.size()), at->second);
    auto read = questionnaires::workbook::read_memory(members);
    return read ? std::move(*read) : Workbook{};
}

std::string first_of(const Sheet& sheet, std::size_t row, std::initializer_list<std::string_view> headers) {
    for (const auto header : headers)
        if (auto cell = cell_under(sheet, row, header); !cell.empty()) return cell;
    return {};
}

std::string question_name(const Sheet& sheet, std::size_t row) {
    auto name = first_of(sheet, row, {"name"});
    return name.empty() ? first_of(sheet, row, {"type"}) : name;
}
std::string choice_name(const Sheet& sheet, std::size_t row) {
    return first_of(sheet, row, {"list_name", "list name"}) + " / " + first_of(sheet, row, {"name", "value"});
}
std::string level_name(const Sheet& sheet, std::size_t row) {
    return first_of(sheet, row, {"reading"}) + " / " + first_of(sheet, row, {"level"});
}
std::string first_cell(const Sheet& sheet, std::size_t row) {
    return std::string(sheet.cell(row, 0));
}

struct KnownSheet {
    std::string_view name;
    What what;
    std::string (*row)(const Sheet&, std::size_t);
};
constexpr std::array known_sheets{
    KnownSheet{"survey", What::Question, question_name},
    KnownSheet{"choices", What::Choice, choice_name},
    KnownSheet{"settings", What::Setting, +[](const Sheet&, std::size_t) { return std::string(); }},
    KnownSheet{"indicators", What::Indicator, first_cell},
    KnownSheet{"levels", What::Level, level_name},
    KnownSheet{"actions", What::Action, first_cell},
};

/// "label::Español (es)" is the column `label` in the language `es`.
void split_header(const std::string& header, Difference& to) {
    const auto mark = header.find("::");
    to.column = header.substr(0, mark);
    if (mark == std::string::npos) return;
    to.language = header.substr(mark + 2);
    const auto open = to.language.rfind('(');
    if (open != std::string::npos && to.language.ends_with(')'))
        to.language = to.language.substr(open + 1, to.language.size() - open - 2);
}

Difference::How how_of(CellDifference::How how) {
    switch (how) {
        case CellDifference::How::Added:
            return Difference::How::Added;
        case CellDifference::How::Removed:
            return Difference::How::Removed;
        case CellDifference::How::Changed:
            return Difference::How::Changed;
        case CellDifference::How::Moved:
            return Difference::How::Moved;
    }
    return Difference::How::Changed;
}

}  // namespace

std::vector<Difference> form_differences(const std::string& form, const Content& before, const Content& after) {
    const auto old_sheets = sheets_of(form, before);
    const auto new_sheets = sheets_of(form, after);
    std::vector<Difference> found;
    const auto compare = [&](const std::string& sheet, What what, const RowName& name) {
        for (auto& one : sheet_differences(old_sheets.find(sheet), new_sheets.find(sheet), name)) {
            Difference difference{what, how_of(one.how)};
            difference.form = form;
            difference.name = std::move(one.row);
            difference.sheet = sheet;
            split_header(one.header, difference);
            difference.before = std::move(one.before);
            difference.after = std::move(one.after);
            found.push_back(std::move(difference));
        }
    };
    for (const auto& known : known_sheets) compare(std::string(known.name), known.what, known.row);
    std::set<std::string> others;
    for (const auto* workbook : {&old_sheets, &new_sheets})
        for (const auto& sheet : workbook->sheets)
            if (std::none_of(known_sheets.begin(), known_sheets.end(),
                             [&sheet](const auto& known) { return known.name == sheet.name(); }))
                others.emplace(sheet.name());
    for (const auto& sheet : others) compare(sheet, What::Table, first_cell);
    return found;
}

}  // namespace app::deployment

#include "questionnaires/workbook/sheet_names.hpp"

#include <algorithm>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::workbook {

std::string usual_name(std::string_view name) {
    std::string folded = engine::lower(engine::trim(name));
    const bool usual = std::find(usual_sheets.begin(), usual_sheets.end(), folded) != usual_sheets.end();
    return usual ? folded : std::string(name);
}

bool is_sheet_name(std::string_view name) noexcept {
    if (name.empty() || engine::find_unsafe(name) != std::string_view::npos) return false;
    if (name.find_first_of("[]:*?/\\\"\n\t") != std::string_view::npos) return false;
    if (engine::trim(name) != name || name.front() == '.' || name.back() == '.') return false;
    if (name.front() == '\'' || name.back() == '\'') return false;
    const auto characters = std::count_if(name.begin(), name.end(),
                                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return characters <= 31;
}

}  // namespace questionnaires::workbook

// Names of sheets: the usual ones, and which can be the name of a file; pure.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace questionnaires::workbook {

/// The sheets of a questionnaire, in the order in which a spreadsheet shows them.
inline constexpr std::array<std::string_view, 7> usual_sheets{"survey",     "choices", "external_choices", "settings",
                                                              "indicators", "levels",  "actions"};

/// "Survey " is survey, as form authors mean it; other names stay as they are.
[[nodiscard]] std::string usual_name(std::string_view name);
/// Whether it can name a sheet of a spreadsheet and a file of a folder alike: clean UTF-8, 1 to 31 characters, none of
/// []:*?/\ or a quotation mark, no full stop or blank at its ends.
[[nodiscard]] bool is_sheet_name(std::string_view name) noexcept;

}  // namespace questionnaires::workbook

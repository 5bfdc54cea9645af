// Faults of a questionnaire in the words and the language of the program; where they are as the file's own program
// shows it.
#pragma once

#include <string>
#include <string_view>

#include "app/cli/context.hpp"
#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/workbook/xlsx.hpp"

namespace app::cli {

/// A questionnaire that was read, or why not.
struct FormSource {
    questionnaires::engine::Workbook workbook;
    std::string name;                            ///< of the file or folder: the id of a form that has none
    bool incomplete = false;                     ///< there are tables that cannot be read
    bool spreadsheet = false;                    ///< an .xlsx and not a folder: faults name cells
    questionnaires::engine::Diagnostics faults;  ///< of reading; when there are no sheets, why
};

/// The name of a file or folder, as a form without an id is called: clean, and never empty.
[[nodiscard]] std::string form_name(const std::string& path);
/// Reads a folder of CSV files or an .xlsx file. Tables that a spreadsheet speaks of are taken from `media` (unless it
/// is empty), from the folder "<name>-media" beside it, or from where it is.
[[nodiscard]] FormSource read_form(const std::string& path, const std::string& media = {});

/// Everything that is wrong or strange, in the order of the sheets: of reading, then of the form.
[[nodiscard]] questionnaires::engine::Diagnostics check_form(FormSource& source);

/// One line for each: "fault: survey!C12: …", or "fault: survey row 12, column relevant: …" for a folder. Of many, the
/// first of each kind, and how many more there are.
[[nodiscard]] std::string fault_lines(const Context& context, const FormSource& source,
                                      const questionnaires::engine::Diagnostics& faults);
/// The same, each line beginning with that word of the catalogue instead.
[[nodiscard]] std::string said_lines(const Context& context, const FormSource& source,
                                     const questionnaires::engine::Diagnostics& said, std::string_view word);
/// All of them for programs, a JSON list; always English, and text that is no UTF-8 is replaced.
[[nodiscard]] std::string fault_list(const FormSource& source, const questionnaires::engine::Diagnostics& faults);

[[nodiscard]] std::uint64_t count_errors(const questionnaires::engine::Diagnostics& faults);

}  // namespace app::cli

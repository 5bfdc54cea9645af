// A questionnaire as it lies somewhere, and everything that is wrong with it: the one judge, whoever asks. Knows no
// words.
#pragma once

#include <cstdint>
#include <string>

#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/engine/form/workbook.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace questionnaires::workbook {

/// A questionnaire that was read, or why not.
struct FormSource {
    engine::Workbook workbook;
    std::string name;            ///< of the file or folder: the id of a form that has none
    bool incomplete = false;     ///< there are tables that cannot be read
    bool spreadsheet = false;    ///< an .xlsx and not a folder: faults name cells
    engine::Diagnostics faults;  ///< of reading; when there are no sheets, why
};

/// The name of a file or folder, as a form without an id is called: clean, and never empty.
[[nodiscard]] std::string form_name(const std::string& path);
/// Reads a folder of CSV files or an .xlsx file. Tables that a spreadsheet speaks of are taken from `media` (unless it
/// is empty), from the folder "<name>-media" beside it, or from where it is.
[[nodiscard]] FormSource read_form(const std::string& path, const std::string& media = {});
/// The members of a form in a bundle, by file name: a kiosk has nothing beside them.
[[nodiscard]] FormSource read_form(const Members& members, const std::string& name);

/// Everything that is wrong or strange, in the order of the sheets: of reading, then of the form.
[[nodiscard]] engine::Diagnostics check_form(FormSource& source);

[[nodiscard]] std::uint64_t count_errors(const engine::Diagnostics& faults);

}  // namespace questionnaires::workbook

// Tables beside a spreadsheet that its survey speaks of: select_one_from_file, csv-external, pulldata(), instance().
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::workbook {

/// Names of files without ".csv" that the survey sheet speaks of and that are neither a sheet nor a list of the
/// workbook; each once, in the order of the rows. What is no plain file name is left out.
[[nodiscard]] std::vector<std::string> files_wanted(const engine::Workbook& workbook);

/// Takes those files from the first of the folders that has them, as sheets named like them. A file whose name differs
/// in capitals only is taken too, with a warning. What is in no folder stays missing: the form says so. Errors: a
/// symbolic link, a file above Limits::file_bytes, faults of read_csv(), the name of a sheet of questionnaires.
/// What has a fault is in Workbook::unreadable.
[[nodiscard]] engine::Diagnostics take_files(engine::Workbook& workbook,
                                             std::span<const std::filesystem::path> folders);

/// Faults of tables that cannot be read (Workbook::unreadable): errors when the survey asks for the table, else one
/// warning for each, and the table is as if it were not there. Call after take_files().
[[nodiscard]] engine::Diagnostics weigh_tables(engine::Workbook& workbook, engine::Diagnostics found);

/// A fault for each sheet of the form whose file would be larger than Limits::file_bytes.
[[nodiscard]] engine::Diagnostics too_large(const engine::Workbook& workbook);

}  // namespace questionnaires::workbook

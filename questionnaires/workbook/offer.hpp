// What an import offers of a workbook that another tool made: the same form without what is refused on purpose, each
// change named; knows nothing about files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::workbook {

/// A form as an import offers it.
struct Offered {
    engine::Workbook workbook;     ///< rows that went are blank, so that all others keep their numbers
    engine::Diagnostics left_out;  ///< one warning for each row, word or sheet that was taken out, with the reason, and
                                   ///< for each cell that speaks of one
    engine::Diagnostics notes;     ///< what is read differently from how it is written
    std::vector<std::uint32_t> survey_rows = {};  ///< of each row of the survey where it was, from 0, once a loop is
                                                  ///< written out; empty before
};

/// Takes out survey rows of a refused type, appearances that start another program, and the entities sheet. A row that
/// something else speaks of stays as a `hidden` row without a value, which reads as a question that nobody answered.
void leave_out_refused(Offered& offered);

/// `begin loop over LIST` becomes a group with a group for each choice of the list, each with its copy of the rows;
/// "%(name)s" and "%(label)s" become those of the choice, as in pyxform. One whose list is not there stays.
void write_out_loops(Offered& offered);

/// Questions and groups that have the name of an earlier one in another group are called by their group as well
/// ("home_age"), and paths to them with them. Those that ${name} speaks of stay: which is meant is not known.
void tell_names_apart(Offered& offered);

/// Invisible characters that no form may hold go; a vertical tab, as word processors put it between lines, is a line
/// end.
void clean_cells(Offered& offered);

/// Settings that a person gives, or that follow from the name of the file: written where the sheet has none, or over
/// what it has. An empty `id` keeps that of the sheet, and takes `name` where there is none; an empty
/// `default_language` keeps what is there.
struct Names {
    std::string name;
    std::string id;
    std::string default_language;
};
void write_settings(Offered& offered, const Names& names);

/// Every language that headers name, in order, the default one as "default" when it has no name.
[[nodiscard]] std::vector<engine::Language> languages_of(const engine::Workbook& workbook);
/// Keeps the texts of these languages only (by code or name); the first of them is the default when the one that was
/// is not among them. False when the form has no such language: then nothing has changed.
[[nodiscard]] bool choose_languages(Offered& offered, const std::vector<std::string>& wanted);

/// The workbook without the rows that were made blank.
[[nodiscard]] engine::Workbook compact(const Offered& offered);

}  // namespace questionnaires::workbook

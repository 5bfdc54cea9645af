// Faults of a questionnaire in the words and the language of the program; where they are as the file's own program
// shows it.
#pragma once

#include <string>
#include <string_view>

#include "app/cli/context.hpp"
#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/workbook/judge.hpp"

namespace app::cli {

using questionnaires::workbook::check_form;
using questionnaires::workbook::count_errors;
using questionnaires::workbook::form_name;
using questionnaires::workbook::FormSource;
using questionnaires::workbook::read_form;

/// "survey row 12, column relevant: …": where it is, what is wrong, and what to write instead.
[[nodiscard]] std::string fault_sentence(const Context& context, const FormSource& source,
                                         const questionnaires::engine::Diagnostic& fault);
/// One line for each: "fault: survey!C12: …", or "fault: survey row 12, column relevant: …" for a folder. Of many, the
/// first of each kind, and how many more there are.
[[nodiscard]] std::string fault_lines(const Context& context, const FormSource& source,
                                      const questionnaires::engine::Diagnostics& faults);
/// The same, each line beginning with that word of the catalogue instead.
[[nodiscard]] std::string said_lines(const Context& context, const FormSource& source,
                                     const questionnaires::engine::Diagnostics& said, std::string_view word);
/// All of them for programs, a JSON list; always English, and text that is no UTF-8 is replaced.
[[nodiscard]] std::string fault_list(const FormSource& source, const questionnaires::engine::Diagnostics& faults);

}  // namespace app::cli

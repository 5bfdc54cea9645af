// What is wrong with a form and where, in words a form author can act on; knows nothing about how forms are read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "questionnaires/engine/expression/sentence.hpp"

namespace questionnaires::engine {

/// Warning: the form works and something in it is probably not meant. Error: the form is refused.
enum class Severity : std::uint8_t { Error, Warning };

/// Kind of fault, stable for tests and programs; the English text beside it is for people.
enum class Fault : std::uint8_t {
    Encoding,       ///< not UTF-8, or a control or bidirectional character
    Structure,      ///< not a table: broken quoting, missing sheet, missing column, unbalanced groups
    Limit,          ///< larger, longer or deeper than engine::Limits allows
    UnknownColumn,  ///< column that is ignored
    UnknownType,    ///< type, appearance or setting that does not exist here
    Refused,        ///< exists in ODK and is refused on purpose: it identifies people or places
    Name,           ///< missing, malformed or duplicate name
    Reference,      ///< ${name}, list, dimension or language that does not exist
    Expression,     ///< expression that cannot be read, or a function used wrongly
    Cycle,          ///< values that depend on themselves
    Translation,    ///< text missing in a language, or placeholders that differ between languages
    Value,          ///< cell whose content is not one of those allowed
};

/// One fault. Rows count as a spreadsheet shows them: 1 is the header row; 0 means the whole sheet or workbook.
struct Diagnostic {
    Severity severity = Severity::Error;
    Fault fault = Fault::Structure;
    std::string sheet;        ///< "survey"; empty for the workbook
    std::uint32_t row = 0;    ///< 1-based; 0 when the fault has no row
    std::string column;       ///< header text of the column; empty when the fault has none
    Sentence message;         ///< one sentence; cell text in it is cut to 60 bytes
    Sentence suggestion;      ///< "did you mean …", what to write instead, or empty
    std::uint32_t place = 0;  ///< of the column, from 1, where another one has the same header; 0 otherwise
};

using Diagnostics = std::vector<Diagnostic>;

/// Stable lower-case name of a fault, as printed by `amparo form check --json`.
[[nodiscard]] std::string_view to_word(Fault fault) noexcept;
/// "survey row 12, column relevant: … (did you mean …)" on one line.
[[nodiscard]] std::string to_text(const Diagnostic& diagnostic);
/// True when any of them is an error.
[[nodiscard]] bool has_errors(const Diagnostics& diagnostics) noexcept;

}  // namespace questionnaires::engine

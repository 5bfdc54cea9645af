// The type column of the survey sheet: which types there are, their aliases, and which are refused and why.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "questionnaires/engine/expression/sentence.hpp"
#include "questionnaires/engine/form/form.hpp"

namespace questionnaires::engine {

/// What the type cell of a row says.
struct TypeCell {
    enum class Row : std::uint8_t { Question, Begin, EndGroup, EndRepeat, File, Bad };
    Row row = Row::Bad;
    Kind kind = Kind::Text;  ///< Bad: Group when it begins something all the same
    std::string list;        ///< of a select; with `from_file` the name of a file
    std::string answers;     ///< of a select: the question whose answers are the choices
    bool from_file = false;
    bool external = false;    ///< of a select: its list is in the sheet external_choices
    bool or_other = false;    ///< a choice "other" and a text question for it
    bool range = false;       ///< the parameters say from where to where, and whether integer or decimal
    std::string calculation;  ///< of a type that says itself what its value is
    bool refused = false;     ///< Bad: exists in ODK and is refused on purpose
    Sentence message;         ///< Bad: why
    Sentence suggestion;      ///< Bad
};

/// Reads a type as pyxform does: spaces and underscores alike, the usual aliases, `select_one list`.
[[nodiscard]] TypeCell parse_type(std::string_view cell);

}  // namespace questionnaires::engine

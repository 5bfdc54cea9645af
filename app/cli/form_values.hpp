// Answers as JSON writes them, in the form in which ODK keeps them; knows no form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "questionnaires/engine/interview/interview.hpp"

namespace app::cli {

/// Whether nothing is nested deeper than any answer or step is: JSON of others is written again by recursion.
[[nodiscard]] bool is_shallow(std::string_view json) noexcept;

/// The text of one JSON value: a string as it is, a number as XPath writes it, true or false, the strings of an array
/// separated by spaces. Empty for anything else.
[[nodiscard]] std::optional<std::string> answer_text(std::string_view json_value);

/// "skipped", "refused", "unknown": what may be said instead of an answer.
[[nodiscard]] std::optional<questionnaires::engine::AnswerState> state_named(std::string_view word) noexcept;

}  // namespace app::cli

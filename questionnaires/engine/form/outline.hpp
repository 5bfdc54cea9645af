// How the questions of a form lie in its groups and what can be chosen, for lists away from an interview; knows no
// answers.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "questionnaires/engine/form/form.hpp"

namespace questionnaires::engine {

/// The group or repeat around it; nothing at the top of the form.
[[nodiscard]] std::optional<QuestionId> group_around(const Form& form, QuestionId question);
/// What can be chosen, by name and in order. Empty for a question that is no choice, and for one whose choices are the
/// answers of another question.
[[nodiscard]] std::vector<std::string_view> choice_names(const Form& form, QuestionId question);
/// Its label as the author wrote it; empty when there is no such choice.
[[nodiscard]] std::string_view choice_label(const Form& form, QuestionId question, std::string_view choice,
                                            LanguageId language);
/// Whether it is of a kind that somebody answers; computed or not.
[[nodiscard]] bool takes_answer(const Form& form, QuestionId question);
/// Whether its value comes from the form alone.
[[nodiscard]] bool is_computed(const Form& form, QuestionId question);

}  // namespace questionnaires::engine

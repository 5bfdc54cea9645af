#include "questionnaires/engine/form/outline.hpp"

#include "questionnaires/engine/form/data.hpp"

namespace questionnaires::engine {
namespace {

/// Null where the choices are in no list.
const ChoiceList* list_of(const Form& form, QuestionId question) {
    const auto& asked = form.data().questions[question];
    if (asked.answers_of != no_index || asked.list == no_index) return nullptr;
    return &form.data().lists[asked.list];
}

}  // namespace

std::optional<QuestionId> group_around(const Form& form, QuestionId question) {
    const auto parent = form.data().questions[question].parent;
    if (parent == no_index) return std::nullopt;
    return parent;
}

std::vector<std::string_view> choice_names(const Form& form, QuestionId question) {
    std::vector<std::string_view> names;
    if (const auto* const list = list_of(form, question))
        for (const auto& choice : list->choices) names.emplace_back(choice.name);
    return names;
}

std::string_view choice_label(const Form& form, QuestionId question, std::string_view choice, LanguageId language) {
    const auto* const list = list_of(form, question);
    if (list == nullptr) return {};
    const auto found = list->by_name.find(choice);
    return found == list->by_name.end() ? std::string_view() : list->choices[found->second].label.text.in(language);
}

bool takes_answer(const Form& form, QuestionId question) {
    return takes_answer(form.kind(question));
}

bool is_computed(const Form& form, QuestionId question) {
    return is_computed(form.data().questions[question]);
}

}  // namespace questionnaires::engine

// The names of a form, as expressions ask for them.
#include <algorithm>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {

std::optional<QuestionId> FormScope::question(std::string_view name) const {
    const auto found = form_.by_name.find(name);
    if (found == form_.by_name.end()) return std::nullopt;
    return found->second;
}

bool FormScope::is_group(QuestionId question) const {
    return !has_value(form_.questions[question].kind);
}

bool FormScope::is_repeat(QuestionId question) const {
    return form_.questions[question].kind == Kind::Repeat;
}

bool FormScope::is_select(QuestionId question) const {
    return form_.questions[question].list != no_index || !form_.questions[question].answers_named.empty();
}

QuestionId FormScope::parent(QuestionId question) const {
    return form_.questions[question].parent;
}

QuestionId FormScope::repeat(QuestionId question) const {
    return form_.questions[question].repeat;
}

QuestionId FormScope::end(QuestionId question) const {
    return form_.questions[question].end;
}

QuestionId FormScope::end() const {
    return form_.questions.end_id();
}

/// pyxform calls the root element "data"; other tools call it like the form.
bool FormScope::is_root(std::string_view name) const {
    return name == "data" || name == form_.id;
}

std::optional<ListId> FormScope::list(std::string_view name) const {
    const auto found = form_.list_by_name.find(name);
    if (found == form_.list_by_name.end()) return std::nullopt;
    return found->second;
}

bool FormScope::is_unreadable(std::string_view list) const {
    return std::find(form_.unreadable.begin(), form_.unreadable.end(), list) != form_.unreadable.end();
}

const Columns& FormScope::columns(ListId list) const {
    return form_.column_sets[form_.lists[list].columns];
}

std::optional<DimensionId> FormScope::dimension(std::string_view name) const {
    const auto found = std::find(form_.dimensions.begin(), form_.dimensions.end(), name);
    if (found == form_.dimensions.end()) return std::nullopt;
    return DimensionId(static_cast<std::uint32_t>(found - form_.dimensions.begin()));
}

Sentence FormScope::suggest(std::string_view name) const {
    if (!reporter_.wants_suggestions()) return {};
    std::vector<std::string_view> names;
    names.reserve(form_.questions.size());
    for (const Question& question : form_.questions) {
        if (has_value(question.kind)) names.push_back(question.name);
    }
    return did_you_mean(name, names);
}

Sentence FormScope::suggest_list(std::string_view name) const {
    if (!reporter_.wants_suggestions()) return {};
    std::vector<std::string_view> names;
    for (const ChoiceList& list : form_.lists) names.push_back(list.name);
    return did_you_mean(name, names);
}

}  // namespace questionnaires::engine

// Choices as they are named, shown and recorded: those of a list, and answers that are choices of another question.
#include <algorithm>
#include <set>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {
namespace {

/// Between the words of one choice where several are recorded with spaces between them.
constexpr std::string_view inner_space = "\u00A0";

/// Whether `word` is `answer` with its spaces as inner ones.
bool is_word_of(std::string_view word, std::string_view answer) noexcept {
    for (const char c : answer) {
        const std::string_view wanted = is_space(c) ? inner_space : std::string_view(&c, 1);
        if (word.substr(0, wanted.size()) != wanted) return false;
        word.remove_prefix(wanted.size());
    }
    return word.empty();
}

}  // namespace

/// The answers are the choices: each once, by the node of the first that says it.
void Interview::State::offer_answers(NodeId node, std::pmr::vector<ChoiceId>& into) {
    scratch.release();
    if (spent > Limits::change_steps) {
        over_budget = true;
        return;
    }
    const Surroundings around{node, no_index, no_index, question(node).filter, spoken, &environment, &chance};
    Evaluator evaluator(*data, data->expressions, *this, around, scratch);
    const Nodes found = evaluator.nodes_of(question(node).choice_filter);
    spent += evaluator.steps();
    over_budget = over_budget || evaluator.over_budget();
    std::pmr::set<std::string_view> said(resource);
    for (const Ref& ref : found.refs) {
        if (ref.list != no_index || ref.is_root() || trim(nodes[ref.node()].value).empty()) continue;
        if (said.insert(nodes[ref.node()].value).second) into.push_back(ChoiceId(ref.node().index));
    }
}

bool Interview::State::is_choice(NodeId node, ChoiceId choice) const noexcept {
    const Question& q = question(node);
    if (q.answers_of != no_index) return has(answer_of(choice)) && nodes[answer_of(choice)].question == q.answers_of;
    return q.list != no_index && choice < data->lists[q.list].choices.end_id();
}

bool Interview::State::is_named(NodeId node, ChoiceId choice, std::string_view name) const noexcept {
    const Question& q = question(node);
    if (q.answers_of == no_index) return data->lists[q.list].choices[choice].name == name;
    const std::string_view answer = nodes[answer_of(choice)].value;
    return q.kind == Kind::SelectOne ? answer == name : is_word_of(name, answer);
}

void Interview::State::append_name(NodeId node, ChoiceId choice, std::pmr::string& into) const {
    const Question& q = question(node);
    if (q.answers_of == no_index) {
        into += data->lists[q.list].choices[choice].name;
        return;
    }
    for (const char c : nodes[answer_of(choice)].value) {
        if (q.kind != Kind::SelectOne && is_space(c)) {
            into += inner_space;
        } else {
            into += c;
        }
    }
}

bool Interview::State::is_selected(NodeId node, ChoiceId choice) const noexcept {
    const std::string_view value = nodes[node].relevant ? std::string_view(nodes[node].value) : std::string_view();
    if (value.empty() || !is_choice(node, choice)) return false;
    if (question(node).kind == Kind::SelectOne) return is_named(node, choice, value);
    std::string_view rest = value;
    for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
        if (is_named(node, choice, word)) return true;
    }
    return false;
}

/// Of an answer its own text, or what its choice is called.
std::string_view Interview::State::label_of(NodeId node, ChoiceId choice, LanguageId language) {
    const Question& q = question(node);
    if (q.answers_of == no_index) return render(data->lists[q.list].choices[choice].label, node, language);
    const std::string_view answer = nodes[answer_of(choice)].value;
    const ListId list = data->questions[q.answers_of].list;
    if (list == no_index) return answer;
    const auto found = data->lists[list].by_name.find(answer);
    if (found == data->lists[list].by_name.end()) return answer;
    return render(data->lists[list].choices[found->second].label, answer_of(choice), language);
}

/// The name as views need it: one that has to be made lives until the interview changes.
std::string_view Interview::State::name_of(NodeId node, ChoiceId choice) {
    const Question& q = question(node);
    if (q.answers_of == no_index) return data->lists[q.list].choices[choice].name;
    const std::string_view answer = nodes[answer_of(choice)].value;
    if (q.kind == Kind::SelectOne || std::none_of(answer.begin(), answer.end(), is_space)) return answer;
    std::pmr::string name(resource);
    append_name(node, choice, name);
    const auto key = std::make_tuple(static_cast<const Template*>(nullptr), answer_of(choice), no_language);
    return rendered.emplace(key, std::move(name)).first->second;
}

std::string_view Interview::choice_name(NodeId node, ChoiceId choice) const noexcept {
    if (!state_->is_choice(node, choice)) return {};
    try {
        return state_->name_of(node, choice);
    } catch (...) {
        state_->exhausted = true;
        return {};
    }
}

std::string_view Interview::choice_label(NodeId node, ChoiceId choice, LanguageId language) const noexcept {
    if (!state_->is_choice(node, choice)) return {};
    try {
        return state_->label_of(node, choice, language);
    } catch (...) {  // a text that cannot be filled in for want of memory
        state_->exhausted = true;
        return {};
    }
}

bool Interview::selected(NodeId node, ChoiceId choice) const noexcept {
    return state_->is_selected(node, choice);
}

bool Interview::offers_answers(NodeId node) const noexcept {
    return state_->question(node).answers_of != no_index;
}

}  // namespace questionnaires::engine

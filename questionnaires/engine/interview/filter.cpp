// Which choices a question offers: what its filter leaves, shuffled when the form says so.
#include <algorithm>

#include "questionnaires/engine/expression/shuffle.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {

void Interview::State::run_filter(NodeId node) {
    const Question& q = question(node);
    std::pmr::vector<ChoiceId>& left = offers[nodes[node].offer];
    left.clear();
    const ChoiceId listed_choices = q.list == no_index ? ChoiceId() : data->lists[q.list].choices.end_id();
    if (q.answers_of != no_index) offer_answers(node, left);
    for (ChoiceId i; i < listed_choices; ++i) {
        if (!q.choice_filter.exists()) {
            left.push_back(i);
            continue;
        }
        const Surroundings around{node, q.list, i, q.filter, spoken, &environment, &chance};
        if (to_boolean(draw(q.choice_filter, around))) left.push_back(i);
    }
    if (q.randomize) {
        ParkMiller generator(q.seed.exists() ? shuffle_seed(compute(q.seed, node, q.filter)) : seed_of(node));
        shuffle(std::span(left), generator);
    }
    if (!nodes[node].value.empty()) overhangs(node);
}

/// A seed of the question's own that stays the same through the interview.
std::int64_t Interview::State::seed_of(NodeId node) const noexcept {
    std::uint64_t place = nodes[node].question.index;
    for (InstanceId i = nodes[node].instance; i != whole_form; i = instances[i].parent)
        place = place * 65'537 + instances[i].place + 1;
    return static_cast<std::int64_t>((environment.random_seed ^ (place * 0x9e3779b97f4a7c15U)) % 2'147'483'646U + 1);
}

bool Interview::State::is_offered(NodeId node, std::string_view name) const noexcept {
    const std::span<const ChoiceId> offered = choices(node);
    return std::any_of(offered.begin(), offered.end(), [&](ChoiceId choice) { return is_named(node, choice, name); });
}

/// A selection that the filter no longer offers goes when its question is shown without it (JavaRosa,
/// ItemsetBinding.getChoices), and not while the question is irrelevant.
void Interview::State::drop_filtered_choices(NodeId node) {
    NodeState& state = nodes[node];
    if (state.value.empty()) return;
    const bool one = question(node).kind == Kind::SelectOne;
    if (one && is_offered(node, state.value)) return;
    std::pmr::string left_over(resource);
    std::string_view rest = one ? std::string_view() : std::string_view(state.value);
    for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
        if (!is_offered(node, word)) continue;
        if (!left_over.empty()) left_over += ' ';
        left_over += word;
    }
    if (left_over == state.value) return;
    kept.push_back(keep(node));
    set_value(node, left_over);
    if (left_over.empty()) {
        state.state = AnswerState::NotAsked;
        state.language = no_language;
        state.proposed = false;
    }
    value_changed(node);
}

}  // namespace questionnaires::engine

// Rows with a trigger: their calculation runs when the answer they wait for changes, and only then.
#include <algorithm>

#include "questionnaires/engine/interview_state.hpp"

namespace questionnaires::engine {

/// ODK XForms, events: xforms-value-changed. Runs what waits for `node`, then what waits for that, each row once.
void Interview::State::run_triggers(std::uint32_t node, std::pmr::vector<Kept>& kept) {
    if (data->triggers.empty()) return;
    std::pmr::vector<std::uint32_t> changed({node}, resource);
    std::pmr::vector<std::uint8_t> ran(data->questions.size(), 0, resource);
    for (std::size_t i = 0; i < changed.size(); ++i) {
        const std::uint32_t trigger = changed[i];
        auto at = std::lower_bound(data->triggers.begin(), data->triggers.end(), std::make_pair(trigger, 0U));
        for (; at != data->triggers.end() && at->first == trigger; ++at) {
            if (ran[at->second] != 0) continue;
            ran[at->second] = 1;
            if (set_by_trigger(at->second, kept)) changed.push_back(at->second);
        }
    }
}

bool Interview::State::set_by_trigger(std::uint32_t node, std::pmr::vector<Kept>& kept) {
    const Value value = compute(question(node).calculation, node);
    NodeState& state = nodes[node];
    kept.push_back(keep(node));
    const bool differs = store(node, value);
    if (!differs) return false;
    if (!computed(node)) {
        // As a default: nobody has confirmed it yet.
        state.state = AnswerState::NotAsked;
        state.language = no_language;
        state.proposed = !state.value.empty();
    }
    value_changed(node);
    recompute();
    return true;
}

Interview::State::Kept Interview::State::keep(std::uint32_t node) const {
    const NodeState& state = nodes[node];
    return {node, std::pmr::string(state.value, resource), state.state, state.language, state.proposed, state.known};
}

void Interview::State::put_back(const Kept& kept) {
    NodeState& state = nodes[kept.node];
    set_value(kept.node, kept.value);
    state.state = kept.state;
    state.language = kept.language;
    state.proposed = kept.proposed;
    state.known = kept.known;
    value_changed(kept.node);
}

}  // namespace questionnaires::engine

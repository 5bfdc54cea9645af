// Rows with a trigger: their calculation runs when the answer they wait for changes, and only then.
#include <algorithm>
#include <unordered_set>

#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {

/// Whether `repeat` is `inner` or a repeat around it.
bool Interview::State::is_around(QuestionId repeat, QuestionId inner) const noexcept {
    while (inner != no_index && inner != repeat) inner = data->questions[inner].repeat;
    return inner == repeat;
}

/// ODK XForms, events: xforms-value-changed. Runs what waits for `node`, then what waits for that, each row once.
void Interview::State::run_triggers(NodeId node) {
    if (data->triggers.empty()) return;
    std::pmr::vector<NodeId> changed({node}, resource);
    std::pmr::unordered_set<NodeId, IndexHash> ran(resource);
    const NodeId before = nodes.end_id();
    for (std::size_t i = 0; i < changed.size(); ++i) {
        const NodeId from = changed[i];
        const QuestionId trigger = nodes[from].question;
        auto at = std::lower_bound(data->triggers.begin(), data->triggers.end(), std::make_pair(trigger, QuestionId()));
        for (; at != data->triggers.end() && at->first == trigger; ++at) {
            // In a repeat that both are in, the row of the same instance; else the rows of all instances.
            InstanceId around = nodes[from].instance;
            const QuestionId repeat = data->questions[at->second].repeat;
            while (around != whole_form && !is_around(instances[around].repeat, repeat))
                around = instances[around].parent;
            std::pmr::vector<NodeId> waiting(resource);
            for_each_node(around, at->second, [&](NodeId target) { waiting.push_back(target); });
            for (const NodeId target : waiting) {
                if (target >= before || !ran.insert(target).second) continue;
                if (set_by_trigger(target)) changed.push_back(target);
            }
        }
    }
}

/// Whether the value is another one now: only then the rows that wait for it run (JavaRosa, FormDef.setValue).
bool Interview::State::set_by_trigger(NodeId node) {
    const Value value = compute(question(node).calculation, node);
    NodeState& state = nodes[node];
    kept.push_back(keep(node));
    if (!store(node, value)) return false;
    const bool differs = kept.back().value != state.value;
    if (!computed(node)) {
        // As a default: nobody has confirmed it yet.
        state.state = AnswerState::NotAsked;
        state.language = no_language;
        state.proposed = !state.value.empty();
    }
    value_changed(node);
    settle();
    return differs;
}

Interview::State::Kept Interview::State::keep(NodeId node) const {
    const NodeState& state = nodes[node];
    return {
        node,       std::pmr::string(state.value, resource), state.state, state.language, state.proposed, state.known,
        state.typed};
}

void Interview::State::put_back(const Kept& before) {
    NodeState& state = nodes[before.node];
    if (!state.exists) return;
    set_value(before.node, before.value);
    set_typed(before.node, before.typed);
    state.state = before.state;
    state.language = before.language;
    state.proposed = before.proposed;
    state.known = before.known;
    value_changed(before.node);
}

}  // namespace questionnaires::engine

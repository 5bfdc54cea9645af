// Repeat instances: where nodes are, and how instances come and go (ODK XForms, "Repeats").
#include <algorithm>
#include <cmath>

#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {

NodeId Interview::State::node_of(NodeId from, QuestionId wanted) const noexcept {
    const Question& q = data->questions[wanted];
    if (q.repeat == no_index) return node_at(whole_form, q.slot);
    if (from == no_index) return no_index;
    for (InstanceId i = nodes[from].instance; i != whole_form; i = instances[i].parent) {
        if (instances[i].repeat == q.repeat) return node_at(i, q.slot);
    }
    return no_index;
}

NodeId Interview::State::parent_of(NodeId node) const noexcept {
    const Instance& around = instances[nodes[node].instance];
    const QuestionId above = question(node).parent;
    if (is_root(node)) {  // what is around the repeat
        if (above == no_index) return no_index;
        const Instance& outer = instances[around.parent];
        return above == outer.repeat ? outer.first : node_in(around.parent, above);
    }
    if (above == no_index) return no_index;
    return above == around.repeat ? around.first : node_in(nodes[node].instance, above);
}

std::span<const NodeId> Interview::State::instances_of(NodeId repeat) const noexcept {
    if (nodes[repeat].series == no_index) return {};
    return series[nodes[repeat].series].roots;
}

std::uint32_t Interview::State::place_of(NodeId node) const noexcept {
    return is_root(node) ? instances[nodes[node].instance].place + 1 : 1;
}

bool Interview::State::is_certain(NodeId node) const noexcept {
    const NodeState& state = nodes[node];
    return state.relevance_known && (state.series == no_index || series[state.series].known);
}

std::uint32_t Interview::State::order_of(NodeId node) const {
    list_nodes();
    return orders[node];
}

void Interview::State::list_nodes() const {
    if (!listed_stale) return;
    listed.clear();
    list_nodes(whole_form, QuestionId(), data->questions.end_id());
    orders.assign(nodes.size(), 0);
    for (std::uint32_t i = 0; i < listed.size(); ++i) orders[listed[i]] = i;
    listed_stale = false;
}

/// Recursion is as deep as repeats are nested.
void Interview::State::list_nodes(InstanceId instance, QuestionId from, QuestionId to) const {
    for (QuestionId q = from; q < to;) {
        const NodeId node = node_in(instance, q);
        listed.push_back(node);
        if (data->questions[q].kind != Kind::Repeat) {
            ++q;
            continue;
        }
        for (const NodeId root : instances_of(node)) {
            listed.push_back(root);
            list_nodes(nodes[root].instance, q + 1, data->questions[q].end);
        }
        q = data->questions[q].end;
    }
}

/// Whether the form itself has the first instance of that repeat: all instances around it are first ones too.
bool Interview::State::is_written(NodeId repeat) const noexcept {
    for (InstanceId i = nodes[repeat].instance; i != whole_form; i = instances[i].parent) {
        if (instances[i].place != 0) return false;
    }
    return true;
}

/// A block of nodes for one instance, used again when there is one.
InstanceId Interview::State::take_block(QuestionId repeat, NodeId node) {
    const Block& block = data->blocks[data->questions[repeat].block];
    const auto again = std::find_if(free_instances.rbegin(), free_instances.rend(),
                                    [&](InstanceId i) { return instances[i].repeat == repeat; });
    InstanceId instance = instances.end_id();
    if (again != free_instances.rend()) {
        instance = *again;
        free_instances.erase(std::next(again).base());
    } else {
        if (nodes.size() + block.size() > Limits::nodes) return no_index;
        const auto first_tally = static_cast<std::uint32_t>(tally_slots.size());
        instances.push_back({repeat, whole_form, nodes.end_id(), node, 0, first_tally, true});
        tally_slots.resize(tally_slots.size() + data->questions[repeat].tallies, no_index);
        for (const QuestionId q : block) nodes.emplace_back(q, instance);
    }
    instances[instance].parent = nodes[node].instance;
    instances[instance].node = node;
    return instance;
}

NodeId Interview::State::create(NodeId repeat, bool written) {
    if (instance_count >= Limits::instances) {
        too_many = true;
        return no_index;
    }
    const InstanceId instance = take_block(nodes[repeat].question, repeat);
    if (instance == no_index) {
        too_many = true;
        return no_index;
    }
    std::pmr::vector<NodeId>& roots = series[nodes[repeat].series].roots;
    const NodeId root = instances[instance].first;
    instances[instance].place = static_cast<std::uint32_t>(roots.size());
    roots.push_back(root);
    set_existence(instance, true);
    nodes[root].relevant = nodes[repeat].relevant;
    nodes[root].relevance_known = nodes[repeat].relevance_known;
    created.push_back(instance);
    fill_block(instance, written);
    return root;
}

/// Static defaults, everything to be computed, and instances: pyxform writes one of each repeat into the form, and into
/// the template of an outer one only where a group is between (section.py, xml_instance_template; JavaRosa,
/// TreeElement.deepCopy).
void Interview::State::fill_block(InstanceId instance, bool written) {
    const QuestionId repeat = instances[instance].repeat;
    const Block& block = block_of(instance);
    if (!restoring) fresh.push_back(instance);  // before those inside it: their defaults may ask its own
    for (Slot slot(repeat == no_index ? 0U : 1U); slot < block.end_id(); ++slot) {
        const NodeId node = node_at(instance, slot);
        const Question& q = data->questions[block[slot]];
        if (q.kind == Kind::Repeat && nodes[node].series == no_index) {
            nodes[node].series = series.end_id();
            series.emplace_back();
        }
        if (q.filter != no_index && nodes[node].offer == no_index) {
            nodes[node].offer = offers.end_id();
            offers.emplace_back();
        }
        if (restoring) continue;
        if (!q.default_text.empty()) {
            set_value(node, q.default_text);
            nodes[node].known = q.kind == Kind::Calculate;
        }
        propose(node);
        for (const Rank rank : {q.relevance, q.computation, q.filter, q.count}) mark(rank, node);
        if (q.kind != Kind::Repeat || q.repeat_count.exists()) continue;
        if (written || q.parent != repeat) create(node, true);
    }
    flow_stale = listed_stale = true;
}

/// Of the instance and all instances in it.
void Interview::State::set_existence(InstanceId instance, bool exists) {
    if (instances[instance].exists && instance_count > 0 && !exists) --instance_count;
    if (exists) ++instance_count;
    instances[instance].exists = exists;
    const Question& repeat = data->questions[instances[instance].repeat];
    for (std::uint32_t slot = 0; slot < repeat.tallies; ++slot) {  // they miss what changes while it is detached
        const TallyId index = tally_slots[instances[instance].first_tally + slot];
        if (index != no_index) tallies[index].forget();
    }
    for (const Slot slot : block_of(instance).ids()) {
        const NodeId node = node_at(instance, slot);
        nodes[node].exists = exists;
        for (const NodeId root : instances_of(node)) set_existence(nodes[root].instance, exists);
    }
    flow_stale = listed_stale = true;
}

void Interview::State::attach(InstanceId instance) {
    std::pmr::vector<NodeId>& roots = series[nodes[instances[instance].node].series].roots;
    const auto at = static_cast<std::ptrdiff_t>(std::min<std::size_t>(instances[instance].place, roots.size()));
    roots.insert(roots.begin() + at, instances[instance].first);
    for (std::uint32_t i = 0; i < roots.size(); ++i) instances[nodes[roots[i]].instance].place = i;
    set_existence(instance, true);
}

void Interview::State::detach(InstanceId instance) {
    std::pmr::vector<NodeId>& roots = series[nodes[instances[instance].node].series].roots;
    const std::uint32_t place = instances[instance].place;
    roots.erase(roots.begin() + static_cast<std::ptrdiff_t>(place));
    for (std::uint32_t i = place; i < roots.size(); ++i) instances[nodes[roots[i]].instance].place = i;
    set_existence(instance, false);
}

/// Forgets what a detached instance holds; its block is used again.
void Interview::State::release(InstanceId instance) {
    for (const Slot slot : block_of(instance).ids()) {
        NodeState& state = nodes[node_at(instance, slot)];
        if (state.series != no_index) {
            Series& inside = series[state.series];
            for (const NodeId root : inside.roots) release(nodes[root].instance);
            inside.roots.clear();
            inside.known = true;
        }
        std::fill(state.value.begin(), state.value.end(), '\0');  // what was taken back is not kept till the end
        state.value.clear();
        if (state.offer != no_index) offers[state.offer].clear();
        state.number = 0;
        state.state = AnswerState::NotAsked;
        state.language = no_language;
        state.relevant = state.relevance_known = true;
        state.known = state.proposed = state.typed = false;
    }
    free_instances.push_back(instance);
}

/// As many instances as repeat_count says; what is too many goes from the end.
void Interview::State::run_count(NodeId node) {
    const Value value = wanted_count(node);
    const double number = to_number(value, environment.zone);
    Series& own = series[nodes[node].series];
    own.wanted = number >= 1 ? std::trunc(number) : 0;
    if (own.known != value.known) {
        own.known = value.known;
        value_changed(node);
    }
    fit_instances(node, false);
}

/// JavaRosa, FormEntryModel.createModelIfNecessary: of a question alone its value, relevant or not.
Value Interview::State::wanted_count(NodeId node) {
    const ExpressionNode& root = data->expressions.node(question(node).repeat_count);
    if (root.op == Op::Question) {
        const NodeId asked = node_of(node, root.question());
        if (!nodes[asked].relevant) return Value::of(std::string_view(nodes[asked].value), false);
    }
    return compute(question(node).repeat_count, node, question(node).count);
}

/// Nothing comes or goes while the repeat is irrelevant: JavaRosa looks at the count when the repeat is shown.
void Interview::State::fit_instances(NodeId node, bool fewer) {
    if (!nodes[node].relevant) return;
    Series& own = series[nodes[node].series];
    const std::size_t before = own.roots.size();
    if (failed() || own.wanted > static_cast<double>(Limits::instances)) {
        too_many = too_many || !failed();
        return;
    }
    if (static_cast<double>(before) > own.wanted && !fewer) return overhangs(node);
    while (static_cast<double>(own.roots.size()) > own.wanted) {
        const InstanceId last = nodes[own.roots.back()].instance;
        detach(last);
        parked.push_back(last);
        if (parked.size() > 4 * Limits::instances) over_budget = true;
    }
    while (static_cast<double>(own.roots.size()) < own.wanted &&
           create(node, own.roots.empty() && is_written(node)) != no_index) {
    }
    if (own.roots.size() != before) value_changed(node);
}

void Interview::State::begin() noexcept {
    created.clear();
    parked.clear();
    kept.clear();
}

void Interview::State::commit() {
    for (const InstanceId instance : parked) release(instance);
    begin();
}

/// What an instance missed while it was detached; what only chance decides stays as it was drawn.
void Interview::State::mark_inside(InstanceId instance) {
    const Block& block = block_of(instance);
    for (const Slot slot : block.ids()) {
        const NodeId node = node_at(instance, slot);
        const Question& q = data->questions[block[slot]];
        for (const NodeId root : instances_of(node)) mark_inside(nodes[root].instance);
        if (slot == Slot()) continue;  // the repeat's own items are on its node outside
        for (const Rank rank : {q.relevance, q.computation, q.filter, q.count}) {
            if (rank != no_index && !is_chance(*data, data->graph.items[rank])) mark(rank, node);
        }
    }
}

/// Instances and values as they were before the change.
void Interview::State::roll_back() {
    for (auto made = created.rbegin(); made != created.rend(); ++made) {
        if (!instances[*made].exists) continue;
        detach(*made);
        release(*made);
        value_changed(instances[*made].node);
    }
    for (auto gone = parked.rbegin(); gone != parked.rend(); ++gone) {
        const bool made_now = std::find(created.begin(), created.end(), *gone) != created.end();
        if (made_now) {
            release(*gone);
        } else {
            attach(*gone);
            mark_inside(*gone);
        }
        value_changed(instances[*gone].node);
    }
    for (auto set = kept.rbegin(); set != kept.rend(); ++set) put_back(*set);
    fresh.clear();
    begin();
    over_budget = too_many = false;
    spent = 0;
}

/// Computes what follows from more or fewer instances; when that is refused, everything is as it was.
std::optional<RefusalKind> Interview::State::settle_instances(NodeId repeat) {
    std::optional<RefusalKind> refused;
    value_changed(repeat);
    settle();
    cut_overhangs();
    if (failed()) {
        refused = failure();
        roll_back();
        value_changed(repeat);
        settle();
        cut_overhangs();
    }
    commit();
    refresh_page();
    return refused;
}

tl::expected<NodeId, Refusal> Interview::State::add_instance(NodeId repeat) {
    const auto refuse = [&](RefusalKind kind) { return tl::unexpected(Refusal{kind, repeat, {}}); };
    if (!has(repeat) || nodes[repeat].series == no_index) return refuse(RefusalKind::NoValue);
    if (counted(repeat)) return refuse(RefusalKind::ReadOnly);
    if (!nodes[repeat].relevant) return refuse(RefusalKind::NotRelevant);
    begin();
    const NodeId root = create(repeat, false);
    if (const auto refused = settle_instances(repeat)) return refuse(*refused);
    return root;
}

tl::expected<void, Refusal> Interview::State::remove_instance(NodeId root) {
    const auto refuse = [&](RefusalKind kind) { return tl::unexpected(Refusal{kind, root, {}}); };
    if (!has(root) || !is_root(root)) return refuse(RefusalKind::NoValue);
    const InstanceId instance = nodes[root].instance;
    const NodeId repeat = instances[instance].node;
    if (counted(repeat)) return refuse(RefusalKind::ReadOnly);
    begin();
    detach(instance);
    parked.push_back(instance);
    if (const auto refused = settle_instances(repeat)) return refuse(*refused);
    return {};
}

}  // namespace questionnaires::engine

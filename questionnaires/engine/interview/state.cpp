#include "questionnaires/engine/interview/state.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"

namespace questionnaires::engine {

namespace {
constexpr std::size_t scratch_bytes = 16'384;
constexpr std::size_t most_tallies = 256;
}  // namespace

Interview::State::State(std::shared_ptr<const Form> form_in, std::pmr::memory_resource* memory,
                        const Environment& environment_in, bool empty)
    : form(std::move(form_in)),
      data(&form->data()),
      resource(memory),
      environment(environment_in),
      spoken{data->default_language},
      chance(environment_in.random_seed),
      nodes(memory),
      instances(memory),
      series(memory),
      offers(memory),
      tallies(memory),
      tally_slots(data->graph.tallies, no_index, memory),
      free_instances(memory),
      fresh(memory),
      created(memory),
      parked(memory),
      kept(memory),
      overhanging(memory),
      dirty((data->graph.items.size() + 63) / 64, 0, memory),
      queues(data->graph.queues, memory),
      page_nodes(memory),
      flow(memory),
      listed(memory),
      orders(memory),
      rendered(memory),
      fired_now(data->indicators.size(), 0, memory),
      scratch_room(scratch_bytes, std::byte{0}, memory),
      scratch(scratch_room.data(), scratch_room.size(), memory) {
    instances.emplace_back();
    for (const QuestionId q : data->blocks.front()) nodes.emplace_back(q, whole_form);
    restoring = empty;
    fill_block(whole_form, true);
    if (empty) return;
    settle();
    cut_overhangs();
    commit();
    stand_on(0);
}

bool Interview::State::computed(NodeId node) const noexcept {
    return is_computed(question(node));
}

std::span<const ChoiceId> Interview::State::choices(NodeId node) const noexcept {
    const Question& q = question(node);
    if (q.list == no_index && q.answers_of == no_index) return {};
    if (q.filter != no_index) return offers[nodes[node].offer];
    return std::span(data->all_choices).first(data->lists[q.list].choices.size());
}

Value Interview::State::evaluate(ExpressionId expression, NodeId self, LanguageId language) {
    const std::uint64_t before = chance;
    spent = 0;  // asking costs nobody else anything
    const Value value = draw(expression, {self, no_index, no_index, no_index, language, &environment, &chance});
    chance = before;
    spent = 0;
    return value;
}

Value Interview::State::compute(ExpressionId expression, NodeId self, Rank rank) {
    return draw(expression, {self, no_index, no_index, rank, spoken, &environment, &chance});
}

Value Interview::State::draw(ExpressionId expression, const Surroundings& around) {
    scratch.release();
    if (spent > Limits::change_steps) {
        over_budget = true;
        return Value::of(std::string_view(), false);
    }
    Evaluator evaluator(*data, data->expressions, *this, around, scratch);
    const Value value = evaluator.evaluate(expression);
    spent += evaluator.steps();
    over_budget = over_budget || evaluator.over_budget();
    return value;
}

bool Interview::State::holds(ExpressionId expression, NodeId self, LanguageId language) {
    return !expression.exists() || to_boolean(evaluate(expression, self, language));
}

void Interview::State::mark(Rank rank) noexcept {
    const std::size_t word = rank.index / 64;
    dirty[word] |= 1ULL << (rank.index % 64);
    if (dirty_first == dirty_last) {
        dirty_first = word;
        dirty_last = word + 1;
        return;
    }
    dirty_first = std::min(dirty_first, word);
    dirty_last = std::max(dirty_last, word + 1);
}

/// An item of one node; outside repeats the item says which.
void Interview::State::mark(Rank rank, NodeId node) {
    if (rank == no_index) return;
    const Item& item = data->graph.items[rank];
    if (item.queue != no_index) {
        const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(item.kind));
        if ((nodes[node].queued & bit) != 0) return;
        queues[item.queue].push_back(node);
        nodes[node].queued |= bit;
    }
    mark(rank);
}

void Interview::State::mark_within(InstanceId instance, Rank rank) {
    for_each_node(instance, data->graph.items[rank].question, [&](NodeId node) { mark(rank, node); });
}

void Interview::State::mark(const Dependent& dependent, NodeId self, NodeId node) {
    mark(dependent.rank, self);
    if (dependent.tally == no_index) return;
    if (Tally* const running = tally(self, dependent.tally)) running->touch(dependent.term, node);
}

/// Items in repeats are computed only in the instance that reader and read have in common.
void Interview::State::value_changed(NodeId node) {
    const Graph& graph = data->graph;
    const QuestionId q = nodes[node].question;
    for (std::uint32_t i = graph.first[q]; i < graph.first[q + 1]; ++i) {
        const Dependent& dependent = graph.dependents[i];
        const Item& item = graph.items[dependent.rank];
        if (item.queue == no_index) {
            mark(dependent, node_in(whole_form, item.question), node);
            continue;
        }
        InstanceId around = nodes[node].instance;
        while (around != whole_form && instances[around].repeat != dependent.meet) around = instances[around].parent;
        if (around == whole_form && dependent.meet != no_index) around = nodes[node].instance;
        for_each_node(around, item.question, [&](NodeId self) { mark(dependent, self, node); });
    }
}

Tally* Interview::State::tally(NodeId self, TallySlot slot) const noexcept {
    const Instance& around = instances[is_root(self) ? instances[nodes[self].instance].parent : nodes[self].instance];
    const TallyId index = tally_slots[around.first_tally + slot.index];
    return index != no_index && tallies[index].is_kept() ? &tallies[index] : nullptr;
}

Tally* Interview::State::start_tally(NodeId self, TallySlot slot, const TallyStart& start) const {
    const Instance& around = instances[is_root(self) ? instances[nodes[self].instance].parent : nodes[self].instance];
    TallyId& index = tally_slots[around.first_tally + slot.index];
    if (index == no_index) {
        if (tallies.size() == most_tallies) return nullptr;
        tallies.emplace_back();
        index = TallyId::at(tallies.size() - 1);
    }
    return start(tallies[index], tally_room) ? &tallies[index] : nullptr;
}

/// The relevance of what is inside a group, a repeat or an instance.
void Interview::State::mark_children(NodeId node) {
    const Graph& graph = data->graph;
    const QuestionId q = nodes[node].question;
    const InstanceId instance = nodes[node].instance;
    const auto mark_in = [&](InstanceId inside) {
        for (std::uint32_t i = graph.first_child[q]; i < graph.first_child[q + 1]; ++i) {
            const Rank rank = graph.children[i];
            mark(rank, node_in(inside, graph.items[rank].question));
        }
    };
    if (nodes[node].series == no_index) return mark_in(instance);
    for (const NodeId root : series[nodes[node].series].roots) {
        nodes[root].relevant = nodes[node].relevant;
        nodes[root].relevance_known = nodes[node].relevance_known;
        mark_in(nodes[root].instance);
    }
}

/// Items mark items of higher rank, so one pass upwards is enough; a count that asks its own instances goes back.
void Interview::State::recompute() {
    std::pmr::vector<NodeId> queue(resource);
    while (dirty_first < dirty_last) {
        if (dirty[dirty_first] == 0) {
            ++dirty_first;
            continue;
        }
        const auto bit = static_cast<unsigned>(std::countr_zero(dirty[dirty_first]));
        dirty[dirty_first] &= dirty[dirty_first] - 1;
        const Item& item = data->graph.items[Rank::at(dirty_first * 64 + bit)];
        if (item.queue == no_index) {
            run(item, node_in(whole_form, item.question));
        } else {
            queue.clear();
            queue.swap(queues[item.queue]);
            const auto mask = static_cast<std::uint8_t>(~(1U << static_cast<unsigned>(item.kind)));
            for (const NodeId node : queue) nodes[node].queued &= mask;
            for (const NodeId node : queue) {
                if (nodes[node].exists && nodes[node].question == item.question) run(item, node);
            }
        }
    }
    dirty_first = dirty_last = 0;
}

void Interview::State::overhangs(NodeId node) {
    if ((nodes[node].queued & overhangs_bit) != 0) return;
    nodes[node].queued |= overhangs_bit;
    overhanging.push_back(node);
}

void Interview::State::cut_overhangs() {
    const auto rank = [&](NodeId node) {
        const Question& q = question(node);
        return q.kind == Kind::Repeat ? q.count : q.filter;
    };
    while (!overhanging.empty()) {
        // What others rest on first: what is cut there may leave them whole.
        const auto first = std::min_element(overhanging.begin(), overhanging.end(),
                                            [&](NodeId a, NodeId b) { return rank(a) < rank(b); });
        const NodeId node = *first;
        *first = overhanging.back();
        overhanging.pop_back();
        nodes[node].queued &= static_cast<std::uint8_t>(~overhangs_bit);
        if (!nodes[node].exists || !nodes[node].relevant || failed()) continue;
        if (question(node).kind == Kind::Repeat) {
            fit_instances(node, true);
        } else {
            drop_filtered_choices(node);
        }
        settle();
    }
}

void Interview::State::settle() {
    recompute();
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        if (instances[fresh[i]].exists) dynamic_defaults(fresh[i]);
    }
    fresh.clear();
}

void Interview::State::run(const Item& item, NodeId node) {
    switch (item.kind) {
        case Item::Kind::Relevance:
            return run_relevance(node);
        case Item::Kind::Computation:
            return run_computation(node);
        case Item::Kind::Filter:
            return run_filter(node);
        case Item::Kind::Count:
            return run_count(node);
    }
}

void Interview::State::run_relevance(NodeId node) {
    const Question& q = question(node);
    NodeState& state = nodes[node];
    const NodeId above = parent_of(node);
    bool relevant = above == no_index || nodes[above].relevant;
    bool known = above == no_index || nodes[above].relevance_known;
    if (relevant && q.relevant.exists()) {
        const Value value = compute(q.relevant, node, q.relevance);
        relevant = to_boolean(value);
        known = known && value.known;
    }
    if (relevant == state.relevant && known == state.relevance_known) return;
    if (relevant && !state.relevant) {
        mark(q.count, node);
        if (q.filter != no_index) overhangs(node);
    }
    state.relevant = relevant;
    state.relevance_known = known;
    mark_children(node);
    value_changed(node);
}

void Interview::State::run_computation(NodeId node) {
    const Value value = compute(question(node).calculation, node, question(node).computation);
    if (store(node, value)) value_changed(node);
}

void Interview::State::propose(NodeId node) noexcept {
    NodeState& state = nodes[node];
    state.proposed = !state.value.empty() && !computed(node);
    state.known = state.known || question(node).kind == Kind::Hidden;
}

/// ODK XForms, events: odk-instance-first-load and odk-new-repeat. Calculations are up to date before each.
void Interview::State::dynamic_defaults(InstanceId instance) {
    const Block& block = block_of(instance);
    for (const Slot slot : block.ids()) {
        const Question& q = data->questions[block[slot]];
        if (!q.default_value.exists() || (q.calculation.exists() && !q.triggered)) continue;
        const NodeId node = node_at(instance, slot);
        const Value value = compute(q.default_value, node);
        if (!store(node, value)) continue;
        propose(node);
        value_changed(node);
        recompute();
    }
}

/// Only what quotes labels is computed again (Graph::spoken).
void Interview::State::speak(LanguageId language) {
    if (language.index == spoken.index || language.index >= data->languages.size()) return;
    const LanguageId before = std::exchange(spoken, language);
    if (data->graph.spoken.empty()) return;
    const auto compute_labels = [&] {
        for (const Rank rank : data->graph.spoken) mark_within(whole_form, rank);
        settle();
        cut_overhangs();
    };
    begin();
    compute_labels();
    if (failed()) {
        spoken = before;
        roll_back();
        compute_labels();
    }
    commit();
    refresh_page();
}

void Interview::State::changing() noexcept {
    rendered.clear();
    fired_valid = false;
    over_budget = too_many = false;
    spent = 0;
}

std::string_view Interview::State::render(const Template& text, NodeId node, LanguageId language) {
    const std::string_view source = text.text.in(language);
    if (!text.dynamic) return source;
    const auto key = std::make_tuple(&text, node, language.index);
    const auto found = rendered.find(key);
    if (found != rendered.end()) return found->second;
    std::pmr::string result(resource);
    for_each_piece(
        source, [&](std::string_view words) { result += words; },
        [&](std::string_view name) {
            const auto named = data->by_name.find(name);
            const NodeId quoted =
                named == data->by_name.end() ? NodeId(no_index) : nearest_node(*data, *this, node, named->second);
            if (quoted != no_index && nodes[quoted].relevant) result += nodes[quoted].value;
        });
    return rendered.emplace(key, std::move(result)).first->second;
}

}  // namespace questionnaires::engine

#include "questionnaires/engine/interview_state.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "questionnaires/engine/shuffle.hpp"
#include "questionnaires/engine/text.hpp"

namespace questionnaires::engine {

namespace {
constexpr std::size_t scratch_bytes = 16'384;
}

Interview::State::State(std::shared_ptr<const Form> form_in, std::pmr::memory_resource* memory,
                        const Environment& environment_in)
    : form(std::move(form_in)),
      data(&form->data()),
      resource(memory),
      environment(environment_in),
      chance(environment_in.random_seed),
      nodes(data->questions.size(), memory),
      dirty((data->graph.items.size() + 63) / 64, 0, memory),
      page_nodes(memory),
      rendered(memory),
      fired_now(data->indicators.size(), 0, memory),
      scratch_room(scratch_bytes, std::byte{0}, memory),
      scratch(scratch_room.data(), scratch_room.size(), memory) {
    for (std::uint32_t rank = 0; rank < data->graph.items.size(); ++rank) mark(rank);
    apply_defaults();
    stand_on(0);
}

bool Interview::State::computed(std::uint32_t node) const noexcept {
    return is_computed(question(node));
}

std::span<const ChoiceId> Interview::State::choices(std::uint32_t node) const noexcept {
    const Question& q = question(node);
    if (q.list == no_index) return {};
    if (q.filter != no_index) return nodes[node].choices;
    return std::span(data->all_choices).first(data->lists[q.list].choices.size());
}

Value Interview::State::value_of(std::uint32_t node) const noexcept {
    const NodeState& state = nodes[node];
    if (!state.relevant) return Value::of(std::string_view(), false);
    const bool known = computed(node) ? state.known && state.relevance_known : state.state == AnswerState::Answered;
    if (state.value.empty()) return Value::of(std::string_view(), known);
    switch (question(node).kind) {
        case Kind::Integer:
        case Kind::Decimal:
            return Value::of(state.number, known);
        case Kind::Date:
            return Value::date(state.number, state.value, known);
        case Kind::Group:
        case Kind::Text:
        case Kind::SelectOne:
        case Kind::SelectMultiple:
        case Kind::Acknowledge:
        case Kind::Note:
        case Kind::Calculate:
        case Kind::Hidden:
            break;
    }
    return Value::of(std::string_view(state.value), known);
}

AnswerState Interview::State::state_of(std::uint32_t node) const noexcept {
    const NodeState& state = nodes[node];
    if (!state.relevant) return AnswerState::NotAsked;
    if (computed(node)) return state.value.empty() ? AnswerState::NotAsked : AnswerState::Answered;
    return state.state;
}

Value Interview::State::evaluate(ExpressionId expression, std::uint32_t self, LanguageId language) {
    const std::uint64_t before = chance;
    const Value value = draw(expression, {self, nullptr, language, &environment, &chance});
    chance = before;
    return value;
}

Value Interview::State::compute(ExpressionId expression, std::uint32_t self) {
    return draw(expression, {self, nullptr, {data->default_language}, &environment, &chance});
}

Value Interview::State::draw(ExpressionId expression, const Surroundings& around) {
    scratch.release();
    Evaluator evaluator(*data, data->expressions, *this, around, scratch);
    const Value value = evaluator.evaluate(expression);
    over_budget = over_budget || evaluator.over_budget();
    return value;
}

bool Interview::State::holds(ExpressionId expression, std::uint32_t self, LanguageId language) {
    return !expression.exists() || to_boolean(evaluate(expression, self, language));
}

void Interview::State::mark(std::uint32_t rank) noexcept {
    const std::size_t word = rank / 64;
    dirty[word] |= 1ULL << (rank % 64);
    if (dirty_first == dirty_last) {
        dirty_first = word;
        dirty_last = word + 1;
        return;
    }
    dirty_first = std::min(dirty_first, word);
    dirty_last = std::max(dirty_last, word + 1);
}

void Interview::State::value_changed(std::uint32_t node) noexcept {
    const Graph& graph = data->graph;
    for (std::uint32_t i = graph.first[node]; i < graph.first[node + 1]; ++i) mark(graph.dependents[i]);
}

/// Items only mark items of higher rank, so one pass upwards is enough.
void Interview::State::recompute() {
    while (dirty_first < dirty_last) {
        if (dirty[dirty_first] == 0) {
            ++dirty_first;
            continue;
        }
        const auto bit = static_cast<unsigned>(std::countr_zero(dirty[dirty_first]));
        dirty[dirty_first] &= dirty[dirty_first] - 1;
        run(data->graph.items[dirty_first * 64 + bit]);
    }
    dirty_first = dirty_last = 0;
}

void Interview::State::run(const Item& item) {
    switch (item.kind) {
        case Item::Kind::Relevance:
            run_relevance(item.question);
            return;
        case Item::Kind::Computation:
            run_computation(item.question);
            return;
        case Item::Kind::Filter:
            run_filter(item.question);
            return;
    }
}

void Interview::State::run_relevance(std::uint32_t node) {
    const Question& q = question(node);
    NodeState& state = nodes[node];
    bool relevant = q.parent == no_index || nodes[q.parent].relevant;
    bool known = q.parent == no_index || nodes[q.parent].relevance_known;
    if (relevant && q.relevant.exists()) {
        const Value value = compute(q.relevant, node);
        relevant = to_boolean(value);
        known = known && value.known;
    }
    if (relevant == state.relevant && known == state.relevance_known) return;
    state.relevant = relevant;
    state.relevance_known = known;
    const Graph& graph = data->graph;
    for (std::uint32_t i = graph.first_child[node]; i < graph.first_child[node + 1]; ++i) mark(graph.children[i]);
    value_changed(node);
}

void Interview::State::run_computation(std::uint32_t node) {
    const Value value = compute(question(node).calculation, node);
    if (store(node, value)) value_changed(node);
}

bool Interview::State::store(std::uint32_t node, const Value& value) {
    // JavaRosa, Recalculate.wrapData: empty text and NaN are no value.
    NodeState& state = nodes[node];
    NumberText room;
    std::string_view text = value.text;
    if (value.type == Value::Type::Boolean) text = value.boolean ? "true" : "false";
    if (value.type == Value::Type::Number) {
        const double number = question(node).kind == Kind::Integer ? std::trunc(value.number) : value.number;
        text = std::isnan(number) ? std::string_view() : format_number(number, room);
    }
    // A moment kept by a date question is its day.
    if (value.type == Value::Type::Date && question(node).kind == Kind::Date) text = text.substr(0, 10);
    if (text.size() > Limits::answer_bytes) {
        over_budget = true;
        text = {};
    }
    if (state.known == value.known && state.value == text) return false;
    state.known = value.known;
    set_value(node, text);
    return true;
}

void Interview::State::set_value(std::uint32_t node, std::string_view text) {
    NodeState& state = nodes[node];
    state.value.assign(text);
    const Kind kind = question(node).kind;
    if (kind == Kind::Integer || kind == Kind::Decimal) state.number = parse_number(text);
    if (kind == Kind::Date) {
        const std::optional<Date> date = parse_date(text);
        state.number = date ? static_cast<double>(to_days(*date)) : std::nan("");
    }
}

void Interview::State::run_filter(std::uint32_t node) {
    const Question& q = question(node);
    const ChoiceList& list = data->lists[q.list];
    std::pmr::vector<ChoiceId>& left = nodes[node].choices;
    left.clear();
    for (std::uint32_t i = 0; i < list.choices.size(); ++i) {
        if (!q.choice_filter.exists()) {
            left.push_back({i});
            continue;
        }
        const Surroundings around{node, &list.choices[i], {data->default_language}, &environment, &chance};
        if (to_boolean(draw(q.choice_filter, around))) left.push_back({i});
    }
    if (q.randomize) {
        const double seed = q.seed.exists() ? to_number(compute(q.seed, node), environment.zone) : seed_of(node);
        ParkMiller generator(seed);
        shuffle(left, generator);
    }
    drop_filtered_choices(node);
}

/// A seed of the question's own that stays the same through the interview.
double Interview::State::seed_of(std::uint32_t node) const noexcept {
    return static_cast<double>((environment.random_seed ^ (node * 0x9e3779b97f4a7c15U)) % 2'147'483'646U + 1);
}

/// A selection that the filter no longer offers goes, as in JavaRosa.
void Interview::State::drop_filtered_choices(std::uint32_t node) {
    NodeState& state = nodes[node];
    if (state.value.empty()) return;
    const ChoiceList& list = data->lists[question(node).list];
    std::pmr::string kept(resource);
    std::string_view rest = state.value;
    for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
        const auto offered = std::any_of(state.choices.begin(), state.choices.end(),
                                         [&](ChoiceId choice) { return list.choices[choice.index].name == word; });
        if (!offered) continue;
        if (!kept.empty()) kept += ' ';
        kept += word;
    }
    if (kept == state.value) return;
    set_value(node, kept);
    if (kept.empty()) {
        state.state = AnswerState::NotAsked;
        state.language = no_language;
        state.proposed = false;
    }
    value_changed(node);
}

/// Static defaults first, then calculations, then dynamic defaults in form order.
void Interview::State::apply_defaults() {
    const auto propose = [&](std::uint32_t i) {
        NodeState& state = nodes[i];
        state.proposed = !state.value.empty() && !computed(i);
        state.known = state.known || question(i).kind == Kind::Hidden;
    };
    for (std::uint32_t i = 0; i < data->questions.size(); ++i) {
        if (!question(i).default_text.empty()) set_value(i, question(i).default_text);
        propose(i);
    }
    recompute();
    for (std::uint32_t i = 0; i < data->questions.size(); ++i) {
        if (!question(i).default_value.exists()) continue;
        if (question(i).calculation.exists() && !question(i).triggered) continue;
        const Value value = compute(question(i).default_value, i);
        if (!store(i, value)) continue;
        propose(i);
        value_changed(i);
        recompute();
    }
}

bool Interview::State::shown(std::uint32_t node) const noexcept {
    return is_visible(question(node).kind) && nodes[node].relevant;
}

bool Interview::State::live(std::uint32_t page) const noexcept {
    const PageRange& range = data->pages[page];
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        if (shown(i)) return true;
    }
    return false;
}

/// The first live page from `page` on.
void Interview::State::stand_on(std::uint32_t page) {
    while (page < data->pages.size() && !live(page)) ++page;
    position = page;
    refresh_page();
}

void Interview::State::refresh_page() {
    page_nodes.clear();
    if (position >= data->pages.size()) return;
    const PageRange& range = data->pages[position];
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        if (shown(i)) page_nodes.push_back({i});
    }
}

void Interview::State::changing() noexcept {
    rendered.clear();
    fired_valid = false;
    over_budget = false;
}

std::string_view Interview::State::render(const Template& text, LanguageId language) {
    const std::string_view source = text.text.in(language);
    if (!text.dynamic) return source;
    const auto key = std::make_pair(&text, language.index);
    const auto found = rendered.find(key);
    if (found != rendered.end()) return found->second;
    std::pmr::string result(resource);
    std::size_t at = 0;
    while (at < source.size()) {
        const std::size_t open = source.find("${", at);
        const std::size_t close = open == std::string_view::npos ? open : source.find('}', open);
        if (close == std::string_view::npos) break;
        result += source.substr(at, open - at);
        const auto node = data->by_name.find(trim(source.substr(open + 2, close - open - 2)));
        if (node != data->by_name.end() && nodes[node->second].relevant) result += nodes[node->second].value;
        at = close + 1;
    }
    result += source.substr(at);
    return rendered.emplace(key, std::move(result)).first->second;
}

}  // namespace questionnaires::engine

// Taking answers and states, moving between pages.
#include <algorithm>
#include <cmath>

#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {

std::optional<RefusalKind> Interview::State::why_not(NodeId node) noexcept {
    if (!has(node) || !has_value(question(node).kind)) return RefusalKind::NoValue;
    if (computed(node)) return RefusalKind::ReadOnly;
    if (!nodes[node].relevant) return RefusalKind::NotRelevant;
    return std::nullopt;
}

/// The value as it is stored: choices in the order of the list, everything else as given.
std::optional<RefusalKind> Interview::State::normalize(NodeId node, std::string_view value, std::pmr::string& into) {
    if (value.size() > Limits::answer_bytes) return RefusalKind::TooLong;
    if (find_unsafe(value) != std::string_view::npos) return RefusalKind::UnsafeText;
    into.assign(value);
    const Question& q = question(node);
    switch (q.kind) {
        case Kind::Integer:
            if (!parse_integer(value)) return RefusalKind::NotANumber;
            return in_range(q.range, parse_number(value)) ? std::nullopt : std::optional(RefusalKind::NotAChoice);
        case Kind::Decimal:
            if (!std::isfinite(parse_number(value))) return RefusalKind::NotANumber;
            return in_range(q.range, parse_number(value)) ? std::nullopt : std::optional(RefusalKind::NotAChoice);
        case Kind::Date:
            return parse_date(value) ? std::nullopt : std::optional(RefusalKind::NotADate);
        case Kind::Time:
            return parse_time(value) ? std::nullopt : std::optional(RefusalKind::NotADate);
        case Kind::DateTime: {
            const bool moment = value.size() > 10 && parse_days(value, environment.zone);
            return moment ? std::nullopt : std::optional(RefusalKind::NotADate);
        }
        case Kind::Acknowledge:
            return value == "OK" ? std::nullopt : std::optional(RefusalKind::NotAChoice);
        case Kind::Text:
            return std::nullopt;
        case Kind::SelectOne:
        case Kind::SelectMultiple:
        case Kind::Rank:
            break;
        case Kind::Group:
        case Kind::Repeat:
        case Kind::Note:
        case Kind::Calculate:
        case Kind::Hidden:
            return RefusalKind::NoValue;
    }
    // Of a draft: what is hidden keeps choices that are not offered.
    const bool hidden = !nodes[node].relevant;
    if (hidden && q.answers_of != no_index) return std::nullopt;
    if (q.kind == Kind::SelectOne) {
        if (!is_offered(node, into)) into.assign(trim(value));
        const bool known = hidden ? data->lists[q.list].by_name.count(into) != 0 : is_offered(node, into);
        return known ? std::nullopt : std::optional(RefusalKind::NotAChoice);
    }
    const std::size_t words = count_words(value);
    std::size_t matched = 0;
    into.clear();
    std::span<const ChoiceId> offered = choices(node);
    if (hidden) offered = std::span(data->all_choices).first(data->lists[q.list].choices.size());
    std::pmr::vector<ChoiceId> sorted(resource);
    if (q.randomize) {
        sorted.assign(offered.begin(), offered.end());
        const bool answers = q.answers_of != no_index;
        if (answers) list_nodes();
        std::sort(sorted.begin(), sorted.end(), [&](ChoiceId a, ChoiceId b) {
            return answers ? orders[answer_of(a)] < orders[answer_of(b)] : a.index < b.index;
        });
        offered = sorted;
    }
    for (const ChoiceId choice : offered) {
        bool there = false;
        std::string_view rest = value;
        for (std::string_view word = take_word(rest); !there && !word.empty(); word = take_word(rest)) {
            there = is_named(node, choice, word);
        }
        if (!there) continue;
        if (matched++ != 0) into += ' ';
        append_name(node, choice, into);
    }
    if (q.kind == Kind::Rank) into.assign(trim(value));  // the order is the answer
    // Fewer matches than words: one is not offered, or stands there twice.
    return matched == words ? std::nullopt : std::optional(RefusalKind::NotAChoice);
}

std::optional<Refusal> Interview::State::violation(NodeId node, LanguageId language) {
    const Question& q = question(node);
    if (!q.constraint.exists() || nodes[node].value.empty()) return std::nullopt;
    if (holds(q.constraint, node, language)) return std::nullopt;
    return Refusal{RefusalKind::Constraint, node, render(q.constraint_message, node, language)};
}

std::optional<Refusal> Interview::State::unanswered(NodeId node, LanguageId language) {
    const Question& q = question(node);
    const NodeState& state = nodes[node];
    const bool open =
        has_value(q.kind) && !computed(node) && state.state == AnswerState::NotAsked && state.value.empty();
    if (!open || !is_true(q.required, node) || is_true(q.read_only, node)) return std::nullopt;
    return Refusal{RefusalKind::Required, node, render(q.required_message, node, language)};
}

/// Stores and computes again; everything is put back when that needs more than the budget.
tl::expected<void, Refusal> Interview::State::put(NodeId node, std::string_view value, AnswerState state,
                                                  std::uint8_t language) {
    NodeState& target = nodes[node];
    begin();
    kept.push_back(keep(node));
    const bool differs = target.value != value;
    set_value(node, value);
    target.state = state;
    target.language = language;
    target.proposed = false;
    value_changed(node);
    settle();
    if (differs) run_triggers(node);
    cut_overhangs();
    std::optional<RefusalKind> refused;
    if (failed()) {
        refused = failure();
        roll_back();
        settle();
        cut_overhangs();
    }
    commit();
    refresh_page();
    if (refused) return tl::unexpected(Refusal{*refused, node, {}});
    return {};
}

tl::expected<void, Refusal> Interview::State::answer(NodeId node, std::string_view value, LanguageId language) {
    const auto refuse = [&](RefusalKind kind) { return tl::unexpected(Refusal{kind, node, {}}); };
    if (const auto kind = why_not(node)) return refuse(*kind);
    if (is_true(question(node).read_only, node)) return refuse(RefusalKind::ReadOnly);
    std::pmr::string wanted(resource);
    const auto kind = value.empty() ? std::nullopt : normalize(node, value, wanted);
    if (kind) return refuse(*kind);
    if (wanted.empty()) return put(node, {}, AnswerState::NotAsked, no_language);
    // The constraint sees the new value; what was there comes back before the refusal is worded.
    std::pmr::string old(nodes[node].value, resource);
    const bool typed = nodes[node].typed;
    set_value(node, wanted);
    const bool allowed = holds(question(node).constraint, node, language);
    set_value(node, old);
    set_typed(node, typed);
    if (over_budget) return refuse(RefusalKind::Budget);
    if (!allowed) {
        return tl::unexpected(
            Refusal{RefusalKind::Constraint, node, render(question(node).constraint_message, node, language)});
    }
    return put(node, wanted, AnswerState::Answered, language.index);
}

tl::expected<bool, Refusal> Interview::State::next(LanguageId language) {
    for (const NodeId node : page_nodes) {
        if (auto refusal = unanswered(node, language)) return tl::unexpected(*refusal);
        if (computed(node)) continue;
        if (auto refusal = violation(node, language)) return tl::unexpected(*refusal);
    }
    for (const NodeId node : page_nodes) {
        NodeState& state = nodes[node];
        const bool open = has_value(question(node).kind) && !computed(node) && state.state == AnswerState::NotAsked;
        if (!open) continue;
        state.state = state.value.empty() ? AnswerState::Skipped : AnswerState::Answered;
        state.language = language.index;
        state.proposed = false;
        value_changed(node);  // what rests on it is certain now
    }
    begin();
    settle();
    cut_overhangs();
    commit();
    refresh_flow();
    if (position < flow.size()) stand_on(position + 1);
    return position < flow.size();
}

// The public side: every exception of the memory resource ends here.

namespace {

template <typename Call>
auto guarded(bool& exhausted, NodeId node, const Call& call) noexcept -> decltype(call()) {
    if (exhausted) return tl::unexpected(Refusal{RefusalKind::Memory, node, {}});
    try {
        return call();
    } catch (...) {
        exhausted = true;
        return tl::unexpected(Refusal{RefusalKind::Memory, node, {}});
    }
}

}  // namespace

tl::expected<void, Refusal> Interview::answer(NodeId node, std::string_view value, LanguageId language) noexcept {
    return guarded(state_->exhausted, node, [&] {
        state_->changing();
        state_->speak(language);
        return state_->answer(node, value, language);
    });
}

tl::expected<void, Refusal> Interview::toggle(NodeId node, ChoiceId choice, LanguageId language) noexcept {
    return guarded(state_->exhausted, node, [&]() -> tl::expected<void, Refusal> {
        state_->changing();
        state_->speak(language);
        if (const auto kind = state_->why_not(node)) return tl::unexpected(Refusal{*kind, node, {}});
        const Question& question = state_->question(node);
        if (!state_->is_choice(node, choice)) return tl::unexpected(Refusal{RefusalKind::NotAChoice, node, {}});
        std::pmr::string name(state_->resource);
        state_->append_name(node, choice, name);
        if (question.kind == Kind::SelectOne) return state_->answer(node, name, language);
        std::pmr::string wanted(state_->resource);
        bool was = false;
        std::string_view rest = state_->nodes[node].value;
        for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
            was = was || word == name;
            if (word == name) continue;
            wanted += word;
            wanted += ' ';
        }
        if (!was) wanted += name;
        return state_->answer(node, trim(wanted), language);
    });
}

tl::expected<void, Refusal> Interview::set_state(NodeId node, AnswerState state, LanguageId language) noexcept {
    return guarded(state_->exhausted, node, [&]() -> tl::expected<void, Refusal> {
        state_->changing();
        if (state != AnswerState::NotAsked) state_->speak(language);
        if (const auto kind = state_->why_not(node)) return tl::unexpected(Refusal{*kind, node, {}});
        if (state == AnswerState::Answered) return tl::unexpected(Refusal{RefusalKind::NoValue, node, {}});
        if (state_->is_true(state_->question(node).read_only, node)) {
            return tl::unexpected(Refusal{RefusalKind::ReadOnly, node, {}});
        }
        const bool taken_back = state == AnswerState::NotAsked;
        return state_->put(node, {}, state, taken_back ? no_language : language.index);
    });
}

tl::expected<void, Refusal> Interview::preset(NodeId hidden, std::string_view value) noexcept {
    return guarded(state_->exhausted, hidden, [&]() -> tl::expected<void, Refusal> {
        state_->changing();
        const auto refuse = [&](RefusalKind kind) { return tl::unexpected(Refusal{kind, hidden, {}}); };
        if (!state_->has(hidden) || state_->question(hidden).kind != Kind::Hidden) {
            return refuse(RefusalKind::NoValue);
        }
        if (state_->question(hidden).calculation.exists()) return refuse(RefusalKind::ReadOnly);
        if (value.size() > Limits::answer_bytes) return refuse(RefusalKind::TooLong);
        if (find_unsafe(value) != std::string_view::npos) return refuse(RefusalKind::UnsafeText);
        return state_->put(hidden, value, AnswerState::NotAsked, no_language);
    });
}

tl::expected<void, Refusal> Interview::clear(NodeId node) noexcept {
    return set_state(node, AnswerState::NotAsked, {});
}

tl::expected<bool, Refusal> Interview::next(LanguageId language) noexcept {
    return guarded(state_->exhausted, NodeId{}, [&] {
        state_->changing();
        state_->speak(language);
        return state_->next(language);
    });
}

tl::expected<NodeId, Refusal> Interview::add(NodeId repeat) noexcept {
    return guarded(state_->exhausted, repeat, [&] {
        state_->changing();
        return state_->add_instance(repeat);
    });
}

tl::expected<void, Refusal> Interview::remove(NodeId instance) noexcept {
    return guarded(state_->exhausted, instance, [&] {
        state_->changing();
        return state_->remove_instance(instance);
    });
}

std::pmr::vector<Refusal> Interview::check(LanguageId language) const noexcept {
    std::pmr::vector<Refusal> faults(state_->resource);
    try {
        state_->list_nodes();
        for (const NodeId i : state_->listed) {
            if (!state_->shown(i)) continue;
            if (const auto refusal = state_->unanswered(i, language)) {
                faults.push_back(*refusal);
            } else if (const auto broken = state_->computed(i) ? std::nullopt : state_->violation(i, language)) {
                faults.push_back(*broken);
            }
        }
    } catch (...) {
        state_->exhausted = true;
    }
    return faults;
}

}  // namespace questionnaires::engine

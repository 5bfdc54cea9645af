// What stands in a node: how a computed value is stored in the type of its question, and read again.
#include <array>
#include <cmath>

#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {
namespace {

/// A computed number as it is stored: what is within a thousand-millionth above a whole number is that number.
double stored_number(Kind kind, double number) noexcept {
    const double whole = std::trunc(number);
    return kind == Kind::Integer || std::abs(number - whole) < 1e-9 ? whole : number;
}

/// Of a day, of a day with a time, or of text in the form of one: the part that a question of that kind holds.
class Clock {
  public:
    std::string_view part(Kind kind, const Value& value, std::int32_t zone) noexcept {
        if (value.type != Value::Type::Date && value.text.size() < 10) return value.text;
        const bool whole_day = value.text.size() == 10;
        if (whole_day && kind == Kind::Date) return value.text;
        const std::optional<double> days =
            value.type == Value::Type::Date ? value.number : parse_days(trim(value.text), zone);
        const std::optional<Moment> moment = days ? moment_of(*days) : std::nullopt;
        if (!moment) return value.text;
        const std::string_view text(text_.data(), write_moment(*moment, zone, text_.data()));
        if (kind == Kind::Date) return text.substr(0, 10);
        return kind == Kind::Time ? text.substr(11) : text;
    }

  private:
    std::array<char, moment_bytes> text_{};
};

}  // namespace

Value Interview::State::value_of(NodeId node) const noexcept {
    const NodeState& state = nodes[node];
    if (!state.relevant) return Value::of(std::string_view(), false);
    const bool known = computed(node) ? state.known && state.relevance_known : state.state == AnswerState::Answered;
    if (state.value.empty()) return Value::of(std::string_view(), known);
    if (state.typed && std::isnan(state.number)) return Value::of(state.value == "true", known);
    if (state.typed) return Value::of(state.number, known);
    switch (question(node).kind) {
        case Kind::Integer:
        case Kind::Decimal:
            if (!std::isnan(state.number)) return Value::of(state.number, known);
            break;
        case Kind::Date:
        case Kind::DateTime:
            return Value::date(state.number, state.value, known);
        case Kind::Group:
        case Kind::Repeat:
        case Kind::Text:
        case Kind::SelectOne:
        case Kind::SelectMultiple:
        case Kind::Rank:
        case Kind::Time:
        case Kind::Acknowledge:
        case Kind::Note:
        case Kind::Calculate:
        case Kind::Hidden:
            break;
    }
    return Value::of(std::string_view(state.value), known);
}

AnswerState Interview::State::state_of(NodeId node) const noexcept {
    const NodeState& state = nodes[node];
    if (!state.relevant) return AnswerState::NotAsked;
    if (computed(node)) return state.value.empty() ? AnswerState::NotAsked : AnswerState::Answered;
    return state.state;
}

/// JavaRosa, IAnswerData.wrapData: empty text and NaN are no value, an integer has no fraction, and what was computed
/// as a number or as true or false is that for whoever reads it.
bool Interview::State::store(NodeId node, const Value& value) {
    NodeState& state = nodes[node];
    const Kind kind = question(node).kind;
    NumberText digits;
    Clock clock;
    std::string_view text = value.text;
    double number = value.type == Value::Type::Number ? value.number : std::nan("");
    if (value.type == Value::Type::Boolean) text = value.boolean ? "true" : "false";
    if (value.type == Value::Type::String && kind == Kind::Integer) number = parse_number(value.text);
    const bool of_text = value.type == Value::Type::String && !std::isfinite(number);
    if (value.type == Value::Type::Number || (value.type == Value::Type::String && !of_text)) {
        text = std::isnan(number) ? std::string_view() : format_number(stored_number(kind, number), digits);
    }
    const bool has_clock = kind == Kind::Date || kind == Kind::Time || kind == Kind::DateTime;
    if (has_clock && (of_text || value.type == Value::Type::Date)) text = clock.part(kind, value, environment.zone);
    if (text.size() > Limits::answer_bytes) {
        over_budget = true;
        text = {};
    }
    const bool typed = (value.type == Value::Type::Boolean || value.type == Value::Type::Number) && !text.empty();
    if (state.known == value.known && state.value == text && state.typed == typed) return false;
    state.known = value.known;
    set_value(node, text);
    set_typed(node, typed);
    return true;
}

void Interview::State::set_value(NodeId node, std::string_view text) {
    NodeState& state = nodes[node];
    state.value.assign(text);
    state.typed = false;
    const Kind kind = question(node).kind;
    if (kind == Kind::Integer || kind == Kind::Decimal) state.number = parse_number(text);
    if (kind == Kind::DateTime) state.number = parse_days(text, environment.zone).value_or(std::nan(""));
    if (kind == Kind::Date) {
        const std::optional<Date> date = parse_date(text);
        state.number = date ? static_cast<double>(to_days(*date)) : std::nan("");
    }
}

void Interview::State::set_typed(NodeId node, bool typed) noexcept {
    NodeState& state = nodes[node];
    state.typed = typed;
    if (typed) state.number = parse_number(state.value);
}

}  // namespace questionnaires::engine

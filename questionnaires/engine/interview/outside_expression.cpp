// An expression from outside the form over the answers of an interview: `amparo form eval`, tests.
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {
namespace {

Type type_of(const Value& value) noexcept {
    switch (value.type) {
        case Value::Type::Boolean:
            return Type::Boolean;
        case Value::Type::Number:
            return Type::Number;
        case Value::Type::String:
            return Type::String;
        case Value::Type::Date:
            return Type::Date;
    }
    return Type::String;
}

}  // namespace

tl::expected<Evaluated, ExpressionFailure> Interview::State::evaluate_text(std::string_view expression,
                                                                           std::optional<NodeId> self,
                                                                           LanguageId language) {
    const Reporter reporter;
    const FormScope scope(*data, reporter);
    Place place;
    place.self = place.once = self.has_value();
    if (self) place.question = question_of(*self);
    place.states = place.strengths = true;
    Expressions own;
    const auto parsed = parse(expression, scope, place, own);
    if (!parsed) return tl::unexpected(parsed.error());
    fire_indicators();
    scratch.release();
    std::uint64_t drawn = chance;
    const Surroundings around{self.value_or(no_index), no_index, no_index, no_index, language, &environment, &drawn};
    Evaluator evaluator(*data, own, *this, around, scratch);
    const Value value = evaluator.evaluate(*parsed);
    Evaluated result{type_of(value), value.known, std::pmr::string(evaluator.to_text(value), resource)};
    if (evaluator.over_budget()) {
        return tl::unexpected(ExpressionFailure{false, 0, "the expression needs more steps than the limit", {}});
    }
    return result;
}

tl::expected<Evaluated, ExpressionFailure> Interview::evaluate(std::string_view expression, std::optional<NodeId> self,
                                                               LanguageId language) const noexcept {
    try {
        if (find_unsafe(expression) != std::string_view::npos) {
            return tl::unexpected(ExpressionFailure{
                false, find_unsafe(expression), "invalid UTF-8, or an invisible control or direction character", {}});
        }
        if (self && (!state_->has(*self) || !has_value(kind(*self)))) {
            return tl::unexpected(ExpressionFailure{true, 0, "'.' stands on a question, not on a group or a note", {}});
        }
        return state_->evaluate_text(expression, self, language);
    } catch (...) {
        state_->exhausted = true;
        return tl::unexpected(ExpressionFailure{});
    }
}

}  // namespace questionnaires::engine

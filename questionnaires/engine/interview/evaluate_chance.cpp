// random(), uuid() and once(): drawn from the seed of the interview, so that the same answers give the same interview.
// Nothing here is fit for keys.
#include <cmath>

#include "questionnaires/engine/form/workbook.hpp"
#include "questionnaires/engine/interview/evaluate.hpp"

namespace questionnaires::engine {

/// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t Evaluator::draw() const noexcept {
    std::uint64_t mixed = *around_.chance += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
}

Value Evaluator::call_chance(const ExpressionNode& node, Arguments arguments) {
    if (node.function == Function::Random) {
        return Value::of(static_cast<double>(draw() >> 11U) / 9007199254740992.0, true);  // 53 bits below 1
    }
    if (node.function == Function::Uuid) return uuid(arguments);
    // ODK once(): what is there stays; the argument counts while there is nothing.
    const Value kept = values_.value_of(around_.self);
    if (kept.type != Value::Type::String || !kept.text.empty()) return kept;
    return evaluate(arguments[0].node);
}

/// RFC 9562 section 5.4 (version 4); with an argument that many characters 0-9 A-Z, as in JavaRosa.
Value Evaluator::uuid(Arguments arguments) {
    if (!arguments.empty()) {
        const Value wanted = evaluate(arguments[0].node);
        const double length = std::trunc(number_of(wanted));
        if (!(length >= 1)) return Value::of(std::string_view(), wanted.known);
        if (length > static_cast<double>(Limits::answer_bytes)) {
            count(Limits::evaluation_steps);
            return Value::of(std::string_view(), wanted.known);
        }
        const auto size = static_cast<std::size_t>(length);
        char* const text = room(size);
        for (std::size_t i = 0; i < size; ++i) text[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[draw() % 36];
        return Value::of(std::string_view(text, size), wanted.known);
    }
    constexpr std::string_view shape = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    char* const text = room(shape.size());
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (i % 12 == 0) bits = draw();
        const auto digit = static_cast<std::size_t>(bits & 15U);
        bits >>= 4U;
        text[i] = shape[i];
        if (shape[i] == 'x') text[i] = "0123456789abcdef"[digit];
        if (shape[i] == 'y') text[i] = "89ab"[digit % 4];
    }
    return Value::of(std::string_view(text, shape.size()), true);
}

}  // namespace questionnaires::engine

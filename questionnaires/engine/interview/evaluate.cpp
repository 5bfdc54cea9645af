#include "questionnaires/engine/interview/evaluate.hpp"

#include <cmath>
#include <limits>

#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {

char* Evaluator::room(std::size_t size) {
    count(size);
    return static_cast<char*>(scratch_.allocate(size == 0 ? 1 : size, 1));
}

std::string_view Evaluator::keep(std::string_view text) {
    char* const copy = room(text.size());
    text.copy(copy, text.size());
    return {copy, text.size()};
}

std::string_view Evaluator::to_text(const Value& value) {
    switch (value.type) {
        case Value::Type::Boolean:
            return value.boolean ? "true" : "false";
        case Value::Type::String:
        case Value::Type::Date:
            return value.text;
        case Value::Type::Number:
            break;
    }
    NumberText digits;
    return keep(format_number(value.number, digits));
}

Value Evaluator::evaluate(ExpressionId expression) {
    count(1);
    if (over_budget()) return Value::of(std::string_view(), false);
    const ExpressionNode& node = expressions_.node(expression);
    if (node.tally != no_index) {
        if (const std::optional<Value> value = running(node)) return *value;
    }
    switch (node.op) {
        case Op::Literal:
            return Value::of(expressions_.text_of(node), true);
        case Op::Constant:
            return Value::of(node.number, true);
        case Op::Question:
            return values_.value_of(values_.node_of(around_.self, node.question()));
        case Op::Self:
            return values_.value_of(around_.self);
        case Op::Column:
            if (around_.list == no_index) return Value::of(std::string_view(), true);
            return Value::of(cell(around_.list, around_.row, node.column()), true);
        case Op::Cell:
            return Value::of(cell(looked_at_.ref.list, looked_at_.ref.row(), node.column()), true);
        case Op::Path:
        case Op::Union: {  // XPath 1.0 section 4.2: the first in the order of the form
            const Nodes nodes = nodes_of(expression);
            if (nodes.refs.empty()) return Value::of(std::string_view(), nodes.sure);
            Value value = value_of(nodes.refs.front());
            value.known = value.known && nodes.sure;
            return value;
        }
        case Op::Or:
        case Op::And:
            return connect(node);
        case Op::Equal:
        case Op::NotEqual:
        case Op::Less:
        case Op::LessEqual:
        case Op::Greater:
        case Op::GreaterEqual:
            return compare(node);
        case Op::Sum:
        case Op::Product:
            return arithmetic(node);
        case Op::Negate: {
            const Value value = evaluate(expressions_.operands_of(node)[0].node);
            return Value::of(-number_of(value), value.known);
        }
        case Op::Call:
            return call(node);
    }
    return {};
}

/// Three-valued (Kleene): one known true operand decides `or`, one known false operand decides `and`, whatever the
/// others are; so a skipped question neither raises nor lowers what another one says.
Value Evaluator::connect(const ExpressionNode& node) {
    const bool deciding = node.op == Op::Or;
    bool result = !deciding;
    bool known = true;
    for (const Operand& operand : expressions_.operands_of(node)) {
        bool operand_known = true;
        const bool operand_true = truth(operand.node, operand_known);
        if (operand_true == deciding && operand_known) return Value::of(deciding, true);
        if (operand_true == deciding) result = deciding;
        known = known && operand_known;
    }
    return Value::of(result, known);
}

/// XPath 1.0 section 3.4, questions taken by the type of their value as ODK does.
bool Evaluator::related(Op op, const Value& left, const Value& right) {
    using T = Value::Type;
    if (op == Op::Equal || op == Op::NotEqual) {
        const auto either = [&](T type) { return left.type == type || right.type == type; };
        bool equal = false;
        if (either(T::Boolean)) {
            equal = to_boolean(left) == to_boolean(right);
        } else if (either(T::Number) || (left.type == T::Date && right.type == T::Date)) {
            equal = number_of(left) == number_of(right);
        } else {
            count((left.text.size() + right.text.size()) / 16);
            equal = left.text == right.text;
        }
        return equal == (op == Op::Equal);
    }
    const double a = number_of(left);
    const double b = number_of(right);
    if (op == Op::Less) return a < b;
    if (op == Op::LessEqual) return a <= b;
    if (op == Op::Greater) return a > b;
    return a >= b;
}

Value Evaluator::compare(const ExpressionNode& node) {
    const auto operands = expressions_.operands_of(node);
    if (is_nodes(operands[0].node) || is_nodes(operands[1].node)) return compare_nodes(node, operands);
    const Value left = evaluate(operands[0].node);
    const Value right = evaluate(operands[1].node);
    return Value::of(related(node.op, left, right), left.known && right.known);
}

/// XPath 1.0 section 3.5: IEEE 754; mod takes the sign of the dividend.
Value Evaluator::arithmetic(const ExpressionNode& node) {
    double total = node.op == Op::Sum ? 0 : 1;
    bool known = true;
    for (const Operand& operand : expressions_.operands_of(node)) {
        const Value value = evaluate(operand.node);
        const double number = number_of(value);
        known = known && value.known;
        switch (operand.join) {
            case Join::Plus:
                total += number;
                break;
            case Join::Minus:
                total -= number;
                break;
            case Join::Times:
                total *= number;
                break;
            case Join::Div:
                total /= number;
                break;
            case Join::Mod:
                total = std::fmod(total, number);
                break;
        }
    }
    return Value::of(total, known);
}

Value Evaluator::conditional(Arguments arguments) {
    bool known = true;
    const bool condition = truth(arguments[0].node, known);
    Value result = evaluate(arguments[condition ? 1 : 2].node);
    result.known = result.known && known;
    return result;
}

/// The first that is not empty. An unknown first one could still be anything, so the result is unknown with it.
Value Evaluator::coalesce(Arguments arguments) {
    const Value first = evaluate(arguments[0].node);
    const bool empty = first.type == Value::Type::String
                           ? first.text.empty()
                           : first.type == Value::Type::Number && std::isnan(first.number);
    if (!empty) return first;
    Value second = evaluate(arguments[1].node);
    second.known = second.known && first.known;
    return second;
}

}  // namespace questionnaires::engine

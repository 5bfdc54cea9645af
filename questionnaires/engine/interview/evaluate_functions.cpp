// The functions, in the groups of the specifications: XPath 1.0 section 4; ODK XForms "XPath functions"; our own.
#include <algorithm>
#include <cmath>
#include <limits>

#include "questionnaires/engine/expression/rounding.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/interview/evaluate.hpp"

namespace questionnaires::engine {
namespace {

constexpr double nan_number = std::numeric_limits<double>::quiet_NaN();

/// JavaRosa, round(): decimals that are no number are none, more than thirty give NaN.
double round_places(double number, double places) noexcept {
    if (std::isnan(places)) places = 0;
    if (!(std::abs(std::trunc(places)) <= 30)) return std::isfinite(number) ? nan_number : number;
    return round_decimal(number, static_cast<int>(places));
}

std::size_t indicators_of(const FormData& form, const Values& values, DimensionId dimension, Strength strength) {
    std::size_t count = 0;
    for (const IndicatorId i : form.indicators.ids()) {
        const bool here =
            form.indicator_conditions[i].dimension == dimension && form.indicators[i].strength == strength;
        if (here && values.fired(i)) ++count;
    }
    return count;
}

}  // namespace

Value Evaluator::call(const ExpressionNode& node) {
    const Arguments arguments = expressions_.operands_of(node);
    using F = Function;
    switch (node.function) {
        case F::String:
        case F::Concat:
        case F::StartsWith:
        case F::Contains:
        case F::EndsWith:
        case F::SubstringBefore:
        case F::SubstringAfter:
        case F::Substring:
        case F::Substr:
        case F::StringLength:
        case F::NormalizeSpace:
        case F::Translate:
        case F::Regex:
        case F::Join:
        case F::Digest:
        case F::Base64Decode:
            return call_text(node, arguments);
        case F::Boolean:
        case F::Not:
        case F::True:
        case F::False:
        case F::BooleanFromString:
        case F::If:
        case F::Coalesce:
        case F::Selected:
        case F::SelectedAt:
        case F::CountSelected:
        case F::ChoiceName:
        case F::Checklist:
        case F::WeightedChecklist:
        case F::CountNonEmpty:
            return call_choice(node, arguments);
        case F::Today:
        case F::Now:
        case F::Date:
        case F::DateTime:
        case F::DecimalDateTime:
        case F::DecimalTime:
        case F::FormatDate:
        case F::FormatDateTime:
            return call_date(node, arguments);
        case F::Random:
        case F::Uuid:
        case F::Once:
            return call_chance(node, arguments);
        case F::Number:
        case F::Floor:
        case F::Ceiling:
        case F::Round:
        case F::Int:
        case F::Min:
        case F::Max:
        case F::Sum:
        case F::Pow:
        case F::Log:
        case F::Log10:
        case F::Abs:
        case F::Sqrt:
        case F::Exp:
        case F::Exp10:
        case F::Pi:
        case F::Sin:
        case F::Cos:
        case F::Tan:
        case F::Asin:
        case F::Acos:
        case F::Atan:
        case F::Atan2:
            return call_number(node, arguments);
        case F::Count:
        case F::Position:
        case F::Last:
        case F::Name:
        case F::LocalName:
        case F::NamespaceUri:
        case F::Id:
        case F::Lang:
        case F::Instance:
        case F::Current:
        case F::Randomize:
        case F::IndexedRepeat:
        case F::PullData:
        case F::Itext:
            return call_nodes(node, arguments);
        case F::State:
        case F::Strong:
        case F::Medium:
        case F::Weak:
        case F::Positive:
            return call_outcome(node, arguments);
    }
    return {};
}

Value Evaluator::call_number(const ExpressionNode& node, Arguments arguments) {
    using F = Function;
    if (node.function == F::Pi) return Value::of(3.14159265358979323846, true);
    if (node.function == F::Min || node.function == F::Max) return extreme(arguments, node.function == F::Max);
    if (node.function == F::Sum) return sum(arguments);
    const Value first = evaluate(arguments[0].node);
    const double x = number_of(first);
    bool known = first.known;
    double y = 0;
    if (arguments.size() > 1) {
        const Value second = evaluate(arguments[1].node);
        y = number_of(second);
        known = known && second.known;
    }
    double result = x;
    if (node.function == F::Floor) result = std::floor(x);
    if (node.function == F::Ceiling) result = std::ceil(x);
    if (node.function == F::Round) result = round_places(x, y);
    if (node.function == F::Int) result = std::trunc(x);
    if (node.function == F::Pow) result = std::pow(x, y);
    if (node.function == F::Log) result = std::log(x);
    if (node.function == F::Log10) result = std::log10(x);
    if (node.function == F::Abs) result = std::abs(x);
    if (node.function == F::Sqrt) result = std::sqrt(x);
    if (node.function == F::Exp) result = std::exp(x);
    if (node.function == F::Exp10) result = std::pow(10.0, x);
    if (node.function == F::Sin) result = std::sin(x);
    if (node.function == F::Cos) result = std::cos(x);
    if (node.function == F::Tan) result = std::tan(x);
    if (node.function == F::Asin) result = std::asin(x);
    if (node.function == F::Acos) result = std::acos(x);
    if (node.function == F::Atan) result = std::atan(x);
    if (node.function == F::Atan2) result = std::atan2(x, y);
    return Value::of(result, known);
}

/// XPath 1.0 section 4.4; nodes without a value are left out, as in JavaRosa.
Value Evaluator::sum(Arguments arguments) {
    double total = 0;
    bool known = true;
    const bool sure = for_each_value(arguments, false, [&](const Value& value) {
        total += number_of(value);
        known = known && value.known;
    });
    return Value::of(total, known && sure);
}

Value Evaluator::extreme(Arguments arguments, bool greatest) {
    double result = nan_number;
    bool known = true;
    bool first = true;
    const bool sure = for_each_value(arguments, false, [&](const Value& value) {
        const double number = number_of(value);
        known = known && value.known;
        const bool better = std::isnan(number) || (greatest ? number > result : number < result);
        if (first || (!std::isnan(result) && better)) result = number;
        first = false;
    });
    return Value::of(result, known && sure);
}

Value Evaluator::call_choice(const ExpressionNode& node, Arguments arguments) {
    using F = Function;
    if (node.function == F::True) return Value::of(true, true);
    if (node.function == F::False) return Value::of(false, true);
    if (node.function == F::If) return conditional(arguments);
    if (node.function == F::Coalesce) return coalesce(arguments);
    if (node.function == F::Selected) return selected(arguments);
    if (node.function == F::ChoiceName) return choice_name(arguments);
    if (node.function == F::Checklist || node.function == F::WeightedChecklist) return checklist(node, arguments);
    if (node.function == F::CountNonEmpty) return count_non_empty(arguments);
    if (node.function == F::Not || node.function == F::Boolean) {
        bool known = true;
        const bool is_true = truth(arguments[0].node, known);
        return Value::of(is_true == (node.function == F::Boolean), known);
    }
    const Value value = evaluate(arguments[0].node);
    const std::string_view text = to_text(value);
    count(text.size() / 16);
    if (node.function == F::BooleanFromString) return Value::of(text == "true" || text == "1", value.known);
    if (node.function == F::CountSelected) return Value::of(static_cast<double>(count_words(text)), value.known);
    const Value position = evaluate(arguments[1].node);  // selected-at: the first is 0
    const double number = std::trunc(number_of(position));
    const double wanted = std::isnan(number) ? 0 : number;  // JavaRosa, toInt().intValue()
    std::string_view rest = text;
    std::string_view word = take_word(rest);
    for (double i = 0; i < wanted && !word.empty(); ++i) word = take_word(rest);
    const bool inside = wanted >= 0;
    return Value::of(inside ? word : std::string_view(), value.known && position.known);
}

/// JavaRosa, XPathNodeset.getNonEmptySize: groups and instances, which hold other nodes, are not empty.
Value Evaluator::count_non_empty(Arguments arguments) {
    double filled = 0;
    bool known = true;
    const auto look = [&](const Value& value) {
        known = known && value.known;
        if (!to_text(value).empty()) ++filled;
    };
    for (const Operand& operand : arguments) {
        if (!is_nodes(operand.node)) {
            look(evaluate(operand.node));
            continue;
        }
        const Nodes nodes = nodes_of(operand.node);
        known = known && nodes.sure;
        for (const Ref& ref : nodes.refs) {
            const bool root = ref.is_root();
            const bool in_form = ref.list == no_index && !root;
            const Kind kind = in_form ? form_.questions[values_.question_of(ref.node())].kind : Kind::Text;
            if (root || kind == Kind::Group || kind == Kind::Repeat) {
                ++filled;
            } else {
                look(value_of(ref));
            }
        }
    }
    return Value::of(filled, known);
}

Value Evaluator::selected(Arguments arguments) {
    const Value list = evaluate(arguments[0].node);
    const Value wanted = evaluate(arguments[1].node);
    const std::string_view text = to_text(list);
    count(text.size() / 16);
    const std::string_view name = trim(to_text(wanted));
    bool there = has_words(text, name);
    if (!there && name.find(' ') != std::string_view::npos) {  // an answer among several is one word
        count(text.size() / 16 + name.size());
        std::pmr::string word(&scratch_);
        for (const char c : name) {
            if (c == ' ') {
                word += "\u00A0";
            } else {
                word += c;
            }
        }
        there = has_word(text, word);
    }
    return Value::of(there, list.known && wanted.known);
}

Value Evaluator::choice_name(Arguments arguments) {
    const Value value = evaluate(arguments[0].node);
    const Question& question = form_.questions[expressions_.node(arguments[1].node).question()];
    if (question.list == no_index) return Value::of(to_text(value), value.known);  // an answer is called as it is
    const ChoiceList& list = form_.lists[question.list];
    const auto found = list.by_name.find(to_text(value));
    if (found == list.by_name.end()) return Value::of(std::string_view(), value.known);
    // JavaRosa, ChoiceNameFunctionHandler: what the label quotes is filled in where that question stands.
    const NodeId node = nearest_node(form_, values_, around_.self, expressions_.node(arguments[1].node).question());
    return Value::of(filled(list.choices[found->second].label, node), value.known);
}

/// ODK checklist(min, max, v …) and weighted-checklist(min, max, v, w …): -1 means no bound. Node-sets count node by
/// node; of a pair of them, as many as the shorter one has.
Value Evaluator::checklist(const ExpressionNode& node, Arguments arguments) {
    const Value least = evaluate(arguments[0].node);
    const Value most = evaluate(arguments[1].node);
    bool known = true;
    double total = 0;
    if (node.function == Function::Checklist) {
        const bool sure = for_each_value(arguments.subspan(2), true, [&](const Value& value) {
            known = known && value.known;
            if (to_boolean(value)) ++total;
        });
        known = known && sure;
    }
    for (std::size_t i = 2; node.function == Function::WeightedChecklist && i + 2 <= arguments.size(); i += 2) {
        std::pmr::vector<Value> weights(&scratch_);
        bool sure =
            for_each_value(arguments.subspan(i + 1, 1), true, [&](const Value& value) { weights.push_back(value); });
        std::size_t at = 0;
        sure = for_each_value(arguments.subspan(i, 1), true,
                              [&](const Value& value) {
                                  if (at == weights.size()) return;
                                  known = known && value.known && weights[at].known;
                                  if (to_boolean(value)) total += number_of(weights[at]);
                                  ++at;
                              }) &&
               sure;
        known = known && sure;
    }
    return inside(total, known, least, most);
}

Value Evaluator::inside(double total, bool known, const Value& least, const Value& most) const noexcept {
    const double low = number_of(least);
    const double high = number_of(most);
    return Value::of((low == -1 || total >= low) && (high == -1 || total <= high), known && least.known && most.known);
}

Value Evaluator::call_outcome(const ExpressionNode& node, Arguments arguments) {
    if (node.function == Function::State) {
        const QuestionId question = expressions_.node(arguments[0].node).question();
        return Value::of(to_word(values_.state_of(values_.node_of(around_.self, question))), true);
    }
    count(form_.indicators.size() / 4);
    const auto fired = [&](Strength strength) { return indicators_of(form_, values_, node.dimension(), strength); };
    if (node.function == Function::Strong) return Value::of(static_cast<double>(fired(Strength::Strong)), true);
    if (node.function == Function::Medium) return Value::of(static_cast<double>(fired(Strength::Medium)), true);
    if (node.function == Function::Weak) return Value::of(static_cast<double>(fired(Strength::Weak)), true);
    // ILO/EC operational indicators (2009): two strong; one strong and one other; three medium; two medium and one
    // weak.
    const std::size_t strong = fired(Strength::Strong);
    const std::size_t medium = fired(Strength::Medium);
    const std::size_t weak = fired(Strength::Weak);
    const bool positive =
        strong >= 2 || (strong >= 1 && strong + medium + weak >= 2) || medium >= 3 || (medium >= 2 && weak >= 1);
    return Value::of(positive, true);
}

}  // namespace questionnaires::engine

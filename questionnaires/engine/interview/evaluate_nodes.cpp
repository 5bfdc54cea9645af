// Functions over nodes (XPath 1.0 section 4.1; ODK XForms, node-set, repeat, select and translation functions), and
// what stands in nodes and cells.
#include <algorithm>
#include <array>

#include "questionnaires/engine/expression/shuffle.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/interview/evaluate.hpp"

namespace questionnaires::engine {

Value Evaluator::call_nodes(const ExpressionNode& node, Arguments arguments) {
    using F = Function;
    if (node.function == F::Last) return Value::of(static_cast<double>(looked_at_.last), true);
    if (node.function == F::Lang) return Value::of(false, evaluate(arguments[0].node).known);  // no xml:lang anywhere
    if (node.function == F::Position && arguments.empty()) {
        return Value::of(static_cast<double>(looked_at_.place), true);
    }
    if (node.function == F::Itext) {
        const Value id = evaluate(arguments[0].node);
        const Template* const text = itext(to_text(id));
        return Value::of(text == nullptr ? std::string_view() : filled(*text, around_.self), id.known);
    }
    if (node.function == F::Id) return Value::of(std::string_view(), evaluate(arguments[0].node).known);
    const Nodes nodes = node.function == F::Randomize ? shuffled(arguments) : nodes_of(arguments[0].node);
    if (node.function == F::Count) return Value::of(static_cast<double>(nodes.refs.size()), nodes.sure);
    if (node.function == F::Position) {
        if (nodes.refs.empty()) return Value::of(0.0, nodes.sure);
        const Ref& first = nodes.refs.front();
        double place = 1;
        if (!first.is_root() && first.list == no_index) place = values_.place_of(first.node());
        if (!first.is_root() && first.list != no_index && first.column == no_index) place = first.index + 1.0;
        return Value::of(place, nodes.sure);
    }
    if (nodes.refs.empty() || node.function == F::NamespaceUri) return Value::of(std::string_view(), nodes.sure);
    if (node.function == F::Name || node.function == F::LocalName) {
        return Value::of(name_of_node(nodes.refs.front()), nodes.sure);
    }
    Value value = value_of(nodes.refs.front());
    value.known = value.known && nodes.sure;
    return value;
}

std::string_view Evaluator::name_of_node(const Ref& ref) const noexcept {
    if (ref.is_root()) {
        if (ref.column == Ref::document) return {};
        return ref.list == no_index ? "data" : "root";
    }
    if (ref.list == no_index) return form_.questions[values_.question_of(ref.node())].name;
    if (ref.column == no_index) return "item";
    return form_.column_sets[form_.lists[ref.list].columns][ref.column];
}

Value Evaluator::value_of(const Ref& ref) {
    if (ref.is_root()) return Value::of(std::string_view(), true);
    if (ref.list != no_index) {
        return Value::of(ref.column == no_index ? std::string_view() : cell(ref.list, ref.row(), ref.column), true);
    }
    if (!has_value(form_.questions[values_.question_of(ref.node())].kind)) {
        return Value::of(std::string_view(), values_.is_certain(ref.node()));
    }
    return values_.value_of(ref.node());
}

/// Columns 0 to 2 of a list of the choices sheet are name, label and pyxform's itextId; the others stand in the choice.
std::string_view Evaluator::cell(ListId list, ChoiceId row, ColumnId column) {
    const Choice& choice = form_.lists[list].choices[row];
    if (column == choice_name_column) return choice.name;
    if (column == choice_label_column) return choice.label.text.in(around_.language);
    if (column == choice_text_column) {
        NumberText digits;
        const std::string_view number = format_number(row.index, digits);
        const std::string_view name = form_.lists[list].name;
        char* const text = room(name.size() + 1 + number.size());
        name.copy(text, name.size());
        text[name.size()] = '-';
        number.copy(text + name.size() + 1, number.size());
        return {text, name.size() + 1 + number.size()};
    }
    const std::size_t further = column.index - choice_columns_from;
    return further < choice.columns.size() ? std::string_view(choice.columns[further]) : std::string_view();
}

/// The ids that pyxform gives: "/data/group/name:label", ":hint", ":jr:constraintMsg" …, and "list-0" for choices.
const Template* Evaluator::itext(std::string_view id) const {
    const std::size_t colon = id.find(':');
    if (colon != std::string_view::npos) {
        const std::size_t slash = id.substr(0, colon).rfind('/');
        const auto found = form_.by_name.find(id.substr(slash + 1, colon - slash - 1));
        if (slash == std::string_view::npos || found == form_.by_name.end()) return nullptr;
        const Question& question = form_.questions[found->second];
        const std::string_view what = id.substr(colon + 1);
        if (what == "label") return &question.label;
        if (what == "hint") return &question.hint;
        if (what == "jr:constraintMsg") return &question.constraint_message;
        if (what == "jr:requiredMsg") return &question.required_message;
        return nullptr;
    }
    const std::size_t dash = id.rfind('-');
    if (dash == std::string_view::npos) return nullptr;
    const auto list = form_.list_by_name.find(id.substr(0, dash));
    const auto row = parse_integer(id.substr(dash + 1));
    if (list == form_.list_by_name.end() || !row || !(*row >= 0)) return nullptr;
    const auto& choices = form_.lists[list->second].choices;
    if (!(*row < static_cast<double>(choices.size()))) return nullptr;
    return &choices[ChoiceId::at(static_cast<std::size_t>(*row))].label;
}

NodeId nearest_node(const FormData& form, const Values& values, NodeId from, QuestionId question) noexcept {
    std::array<QuestionId, Limits::nesting + 2> below{};
    std::size_t depth = 0;
    while (values.node_of(from, question) == no_index) {
        below[depth++] = question;
        question = form.questions[question].repeat;
    }
    NodeId node = values.node_of(from, question);
    while (depth > 0) {
        const auto roots = values.instances_of(node);
        if (roots.empty()) return no_index;
        node = values.node_of(roots.front(), below[--depth]);
    }
    return node;
}

std::string_view Evaluator::filled(const Template& text, NodeId near) {
    const std::string_view source = text.text.in(around_.language);
    if (!text.dynamic) return source;
    std::pmr::vector<std::string_view> pieces(&scratch_);
    std::size_t size = 0;
    const auto add_piece = [&](std::string_view piece) {
        pieces.push_back(piece);
        size += piece.size();
    };
    for_each_piece(source, add_piece, [&](std::string_view name) {
        const auto found = form_.by_name.find(name);
        if (found == form_.by_name.end() || !form_.questions[found->second].is_before(around_.rank)) return;
        const NodeId node = nearest_node(form_, values_, near, found->second);
        if (node != no_index) add_piece(to_text(values_.value_of(node)));
    });
    char* const written = room(size);
    std::size_t at = 0;
    for (const std::string_view piece : pieces) at += piece.copy(written + at, piece.size());
    return {written, size};
}

/// ODK XForms, randomize(): without a seed another order each time.
Nodes Evaluator::shuffled(Arguments arguments) {
    Nodes nodes = nodes_of(arguments[0].node);
    std::int64_t seed = 0;
    if (arguments.size() > 1) {
        const Value given = evaluate(arguments[1].node);
        nodes.sure = nodes.sure && given.known;
        seed = shuffle_seed(given);
        count(given.text.size() / 16);
    } else {
        seed = static_cast<std::int64_t>(draw() % 2'147'483'646U + 1);
    }
    count(nodes.refs.size());
    ParkMiller generator(seed);
    shuffle(std::span(nodes.refs), generator);
    return nodes;
}

}  // namespace questionnaires::engine

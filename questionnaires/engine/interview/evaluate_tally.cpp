// Sums, counts, extremes, `or` and `and` whose terms are kept between evaluations.
#include "questionnaires/engine/expression/tally_terms.hpp"
#include "questionnaires/engine/interview/evaluate.hpp"

namespace questionnaires::engine {

/// What the operand means to the whole: as connect(), arithmetic(), sum() and their kin take it.
Term Evaluator::term_of(const ExpressionNode& node, const Operand& operand) {
    Term term;
    if (node.op == Op::Or || node.op == Op::And) {
        term.there = truth(operand.node, term.known);
        return term;
    }
    const Value value = evaluate(operand.node);
    term.known = value.known;
    if (node.op == Op::Sum) {
        term.there = true;
        term.number = operand.join == Join::Minus ? -number_of(value) : number_of(value);
    } else if (node.function == Function::CountNonEmpty) {
        term.there = !to_text(value).empty();
    } else if (node.function == Function::Checklist) {
        term.there = to_boolean(value);
    } else {
        const Op op = expressions_.node(operand.node).op;
        term.there = (op != Op::Question && op != Op::Self) || !is_empty(value);
        term.number = term.there ? number_of(value) : 0;
    }
    return term;
}

/// What the node of a node-set means to the whole: as add() and for_each_value() take it.
Term Evaluator::term_of(const ExpressionNode& node, NodeId found) {
    count(1);
    Term term;
    if (!values_.is_relevant(found)) {
        term.known = values_.is_certain(found);
        return term;
    }
    term.there = true;
    if (node.function == Function::Count) return term;
    const Value value = values_.value_of(found);
    term.known = value.known;
    if (node.function == Function::CountNonEmpty) {
        term.there = !to_text(value).empty();
    } else {
        term.there = !is_empty(value);
        term.number = term.there ? number_of(value) : 0;
    }
    return term;
}

/// The running value of the expression, all of its terms to be looked at; nullptr when it is better not kept.
Tally* Evaluator::start_tally(const ExpressionNode& node) {
    const bool greatest = node.op == Op::Call && node.function == Function::Max;
    const auto terms = terms_of_tally(expressions_, node);
    if (!is_node_set_tally(expressions_, node)) {
        return values_.start_tally(around_.self, node.tally, [&](Tally& tally, std::size_t& room) {
            return tally.start(terms.size(), greatest, room);
        });
    }
    with_hidden_ = expressions_.path_of(expressions_.node(terms[0].node)).target;
    const Nodes found = nodes_of(terms[0].node);
    with_hidden_ = no_index;
    if (over_budget() || found.refs.size() < Tally::least_terms) return nullptr;
    std::pmr::vector<NodeId> nodes(&scratch_);
    nodes.reserve(found.refs.size());
    for (const Ref& ref : found.refs) nodes.push_back(ref.node());
    return values_.start_tally(around_.self, node.tally, [&](Tally& tally, std::size_t& room) {
        return tally.start(nodes, found.sure, greatest, room);
    });
}

/// The same as adding everything up again, which is what happens in expressions that nobody keeps.
std::optional<Value> Evaluator::running(const ExpressionNode& node) {
    Tally* tally = values_.tally(around_.self, node.tally);
    if (tally == nullptr) tally = start_tally(node);
    if (tally == nullptr) return std::nullopt;
    if (is_node_set_tally(expressions_, node)) {
        tally->refresh([&](std::uint32_t term) { return term_of(node, tally->node(term)); });
    } else {
        const auto terms = terms_of_tally(expressions_, node);
        tally->refresh([&](std::uint32_t term) { return term_of(node, terms[term]); });
    }
    if (tally->adds_up()) count(tally->size() / 4);
    if (over_budget()) {
        tally->forget();
        return Value::of(std::string_view(), false);
    }
    return value_of(node, *tally);
}

Value Evaluator::value_of(const ExpressionNode& node, Tally& tally) {
    const bool known = tally.all_known();
    const auto there = static_cast<double>(tally.there());
    if (node.op == Op::Or) return Value::of(tally.there() > 0, known || tally.known_there() > 0);
    if (node.op == Op::And) {
        const bool known_false = tally.known() > tally.known_there();
        return Value::of(tally.there() == tally.size(), known || known_false);
    }
    if (node.op == Op::Sum || node.function == Function::Sum) return Value::of(tally.sum(), known);
    if (node.function == Function::Min || node.function == Function::Max) return Value::of(tally.extreme(), known);
    if (node.function != Function::Checklist) return Value::of(there, known);
    const auto bounds = expressions_.operands_of(node).first(2);
    return inside(there, known, evaluate(bounds[0].node), evaluate(bounds[1].node));
}

}  // namespace questionnaires::engine

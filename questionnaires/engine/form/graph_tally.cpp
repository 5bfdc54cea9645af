// Which sums, counts, extremes, `or` and `and` keep running values, and which of their terms read what.
#include <algorithm>
#include <initializer_list>

#include "questionnaires/engine/expression/tally.hpp"
#include "questionnaires/engine/expression/tally_terms.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {
namespace {

bool is_call(const ExpressionNode& node, std::initializer_list<Function> functions) {
    return node.op == Op::Call && std::find(functions.begin(), functions.end(), node.function) != functions.end();
}

/// Whether the value follows from many terms, each by itself.
bool is_list(const Expressions& all, const ExpressionNode& node) {
    const bool connects = node.op == Op::Or || node.op == Op::And || node.op == Op::Sum;
    if (!connects &&
        !is_call(node, {Function::Sum, Function::Min, Function::Max, Function::CountNonEmpty, Function::Checklist}))
        return false;
    const auto terms = terms_of_tally(all, node);
    return terms.size() >= Tally::least_terms &&
           (connects || std::none_of(terms.begin(), terms.end(),
                                     [&](const Operand& term) { return all.node(term.node).type == Type::Nodes; }));
}

/// Whether the terms are the nodes of one question, whatever is in them, that are inside `repeat` like the expression:
/// sums of each instance over all instances would be too many to keep.
bool is_node_set(const FormData& form, const ExpressionNode& node, QuestionId repeat) {
    const Expressions& all = form.expressions;
    if (!is_call(node, {Function::Sum, Function::Min, Function::Max, Function::Count, Function::CountNonEmpty}) ||
        node.operand_count != 1)
        return false;
    const ExpressionNode& operand = all.node(all.operands_of(node)[0].node);
    if (operand.op != Op::Path || operand.operand_count != 0) return false;
    const Path& path = all.path_of(operand);
    if (path.target == no_index || !has_value(form.questions[path.target].kind)) return false;
    const auto steps = all.steps_of(path);
    const auto reads = all.reads_of(path);
    return std::all_of(steps.begin(), steps.end(),
                       [](const PathStep& step) { return step.kind != PathStep::Kind::Descend; }) &&
           std::all_of(reads.begin(), reads.end(), [&](const Read& read) { return read.meet == repeat; });
}

/// Whether it changes with something that is not read: chance, or the language spoken.
bool is_fickle(const Expressions& all, ExpressionId root) {
    return any_node(all, root, [](const ExpressionNode& node) {
        return is_call(node, {Function::Random, Function::Uuid, Function::Once, Function::Randomize,
                              Function::ChoiceName, Function::Itext});
    });
}

}  // namespace

void make_tallies(FormData& form, ExpressionId root, QuestionId repeat) {
    Expressions& all = form.expressions;
    std::uint32_t& slots = repeat == no_index ? form.graph.tallies : form.questions[repeat].tallies;
    std::vector<ExpressionId> open{root};
    while (!open.empty()) {
        const ExpressionId index = open.back();
        open.pop_back();
        if (all.node(index).op == Op::Path) continue;  // a predicate is evaluated for many nodes
        for (const Operand& operand : all.operands_of(all.node(index))) open.push_back(operand.node);
        if (!is_list(all, all.node(index)) && !is_node_set(form, all.node(index), repeat)) continue;
        if (!is_fickle(all, index)) all.nodes[index].tally = TallySlot(slots++);
    }
}

void for_each_term_read(const FormData& form, ExpressionId root, QuestionId self,
                        const std::function<void(const Read&, TallySlot, std::uint32_t)>& visit) {
    const Expressions& all = form.expressions;
    std::vector<ExpressionId> open{root};
    while (!open.empty()) {
        const ExpressionNode& node = all.node(open.back());
        open.pop_back();
        if (node.op == Op::Path) continue;
        for (const Operand& operand : all.operands_of(node)) open.push_back(operand.node);
        if (node.tally == no_index) continue;
        const auto terms = terms_of_tally(all, node);
        const bool nodes = is_node_set_tally(all, node);
        const QuestionId target = nodes ? all.path_of(all.node(terms[0].node)).target : QuestionId(no_index);
        for (std::uint32_t term = 0; term < terms.size(); ++term) {
            for_each_read(
                all, terms[term].node, self, [&](QuestionId question) { return form.questions[question].repeat; },
                [&](const Read& read) {
                    const std::uint32_t place = read.question == target ? Tally::node_term : Tally::all_terms;
                    visit(read, node.tally, nodes ? place : term);
                });
        }
    }
}

}  // namespace questionnaires::engine

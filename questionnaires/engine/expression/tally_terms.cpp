#include "questionnaires/engine/expression/tally_terms.hpp"

namespace questionnaires::engine {

std::span<const Operand> terms_of_tally(const Expressions& all, const ExpressionNode& node) noexcept {
    return all.operands_of(node).subspan(node.op == Op::Call && node.function == Function::Checklist ? 2 : 0);
}

bool is_node_set_tally(const Expressions& all, const ExpressionNode& node) noexcept {
    return node.operand_count == 1 && all.node(all.operands_of(node)[0].node).op == Op::Path;
}

}  // namespace questionnaires::engine

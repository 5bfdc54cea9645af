// Which parts of a tree are the terms of its running value (tally.hpp).
#pragma once

#include <span>

#include "questionnaires/engine/expression/expression.hpp"

namespace questionnaires::engine {

/// The operands that are terms of a running value; of checklist() not its bounds.
[[nodiscard]] std::span<const Operand> terms_of_tally(const Expressions& all, const ExpressionNode& node) noexcept;
/// Whether its terms are the nodes of the one path in it.
[[nodiscard]] bool is_node_set_tally(const Expressions& all, const ExpressionNode& node) noexcept;

}  // namespace questionnaires::engine

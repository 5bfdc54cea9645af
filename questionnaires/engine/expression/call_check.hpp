// What single functions ask of their arguments when a form is loaded; knows nothing of grammar or evaluation.
#pragma once

#include <optional>
#include <span>

#include "questionnaires/engine/expression/expression.hpp"

namespace questionnaires::engine {

/// Checks a call whose number of arguments is right, and fills in what it refers to: the compiled pattern of regex(),
/// the dimension of strong() and its kin.
[[nodiscard]] std::optional<ExpressionFailure> check_call(ExpressionNode& call, std::span<const Operand> arguments,
                                                          const Scope& scope, const Place& place, Expressions& into);

}  // namespace questionnaires::engine

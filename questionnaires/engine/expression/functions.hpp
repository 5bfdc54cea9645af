// The table of functions: names, how many arguments, what they give; knows nothing of evaluation.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "questionnaires/engine/expression/expression.hpp"
#include "questionnaires/engine/expression/sentence.hpp"

namespace questionnaires::engine {

/// Any number of arguments from `least` on.
inline constexpr std::uint8_t unbounded = 255;

struct FunctionInfo {
    std::string_view name;
    Function function = Function::String;
    std::uint8_t least = 0;
    std::uint8_t most = 0;
    Type result = Type::String;
};

/// Sorted by name.
[[nodiscard]] std::span<const FunctionInfo> functions() noexcept;
/// Null when there is no such function.
[[nodiscard]] const FunctionInfo* find_function(std::string_view name) noexcept;
/// Why a function of ODK is not here, or empty for a name that ODK does not have either.
[[nodiscard]] Sentence why_absent(std::string_view name);
/// "did you mean x?" or empty.
[[nodiscard]] Sentence suggest_function(std::string_view name);

}  // namespace questionnaires::engine

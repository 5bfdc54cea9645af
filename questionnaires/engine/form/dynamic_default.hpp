// Which defaults are computed and which are the value itself, as pyxform decides it; knows no names and no grammar.
#pragma once

#include <cstdint>
#include <string_view>

#include "questionnaires/engine/form/form.hpp"

namespace questionnaires::engine {

enum class DefaultForm : std::uint8_t {
    Value,       ///< the value itself: "yes", "2026-11-29", "a-b", "https://example.org"
    Operators,   ///< computed on account of an operator alone: "7 - 4", "a - b"
    Expression,  ///< computed: a call or a reference
};

/// pyxform's default_is_dynamic(): its lexer splits the text, and an operator, a call, a predicate or a reference makes
/// it an expression. With dates a hyphen before any of them makes it a value.
[[nodiscard]] DefaultForm form_of_default(std::string_view text, Kind kind) noexcept;

}  // namespace questionnaires::engine

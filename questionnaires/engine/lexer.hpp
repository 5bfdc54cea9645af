// Splits an expression into tokens by XPath 1.0 section 3.7; knows nothing of names or functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "questionnaires/engine/expression.hpp"

namespace questionnaires::engine {

enum class TokenKind : std::uint8_t {
    Number,
    Literal,
    Name,
    Reference,
    Open,
    Close,
    Comma,
    Dot,
    Parent,        ///< ..
    Slash,         ///< /
    Descend,       ///< //
    OpenBracket,   ///< [
    CloseBracket,  ///< ]
    Union,         ///< |
    Star,          ///< * as a name
    Axis,          ///< name::, without the colons
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Plus,
    Minus,
    Times,
    Div,
    Mod,
    End,
};

/// `text` is the number, the literal without quotes, the name, or the name inside ${ }.
struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text;
    std::uint32_t position = 0;
};

/// All tokens, End last. The views point into `source`.
[[nodiscard]] tl::expected<std::vector<Token>, ExpressionFault> tokenize(std::string_view source);

}  // namespace questionnaires::engine

// Splits an expression into tokens by XPath 1.0 section 3.7; knows nothing of names or functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "questionnaires/engine/expression/expression.hpp"

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

/// What is read otherwise than it is written: `size` bytes at `position` count as `plain`.
struct Slip {
    enum class Kind : std::uint8_t { Quote, Space, Dash, Word };
    Kind kind = Kind::Quote;
    std::uint32_t position = 0;
    std::uint32_t size = 0;
    std::string plain;
};

struct Tokens {
    std::vector<Token> all;   ///< End last; the views point into the source
    std::vector<Slip> slips;  ///< in order
};

/// Quotes of any form enclose text: “yes”, ‘yes’, „yes“, «yes». Straight ones close where the next straight one is;
/// when that leaves no expression, every single or double mark counts as straight, as pyxform reads them.
[[nodiscard]] tl::expected<Tokens, ExpressionFailure> tokenize(std::string_view source);

/// The expression with everything as it is read, for other programs; what cannot be read stays as it is.
[[nodiscard]] std::string plain_expression(std::string_view source);

}  // namespace questionnaires::engine

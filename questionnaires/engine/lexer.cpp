#include "questionnaires/engine/lexer.hpp"

#include "questionnaires/engine/text.hpp"

namespace questionnaires::engine {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool starts_name(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool continues_name(char c) noexcept {
    return starts_name(c) || is_digit(c) || c == '-' || c == '.';
}

class Lexer {
  public:
    explicit Lexer(std::string_view source) : source_(source) {}

    tl::expected<std::vector<Token>, ExpressionFault> run() {
        while (true) {
            while (at_ < source_.size() && is_space(source_[at_])) ++at_;
            if (at_ == source_.size()) break;
            if (!step()) return tl::unexpected(std::move(fault_));
        }
        add(TokenKind::End, 0);
        return std::move(tokens_);
    }

  private:
    char peek(std::size_t ahead) const noexcept { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

    bool add(TokenKind kind, std::size_t length) {
        tokens_.push_back({kind, source_.substr(at_, length), static_cast<std::uint32_t>(at_)});
        at_ += length;
        return true;
    }

    bool fail(std::string message, std::string suggestion = {}) {
        fault_ = {false, at_, std::move(message), std::move(suggestion)};
        return false;
    }

    /// XPath 1.0 section 3.7: after an operand, a name or '*' is an operator.
    bool after_operand() const noexcept {
        if (tokens_.empty()) return false;
        switch (tokens_.back().kind) {
            case TokenKind::Number:
            case TokenKind::Literal:
            case TokenKind::Name:
            case TokenKind::Reference:
            case TokenKind::Close:
            case TokenKind::CloseBracket:
            case TokenKind::Dot:
            case TokenKind::Parent:
            case TokenKind::Star:
                return true;
            case TokenKind::Open:
            case TokenKind::OpenBracket:
            case TokenKind::Slash:
            case TokenKind::Descend:
            case TokenKind::Union:
            case TokenKind::Axis:
            case TokenKind::Comma:
            case TokenKind::Or:
            case TokenKind::And:
            case TokenKind::Equal:
            case TokenKind::NotEqual:
            case TokenKind::Less:
            case TokenKind::LessEqual:
            case TokenKind::Greater:
            case TokenKind::GreaterEqual:
            case TokenKind::Plus:
            case TokenKind::Minus:
            case TokenKind::Times:
            case TokenKind::Div:
            case TokenKind::Mod:
            case TokenKind::End:
                return false;
        }
        return false;
    }

    bool step() {
        const char c = source_[at_];
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
        if (c == '\'' || c == '"') return literal(c);
        if (c == '$') return reference();
        if (source_.substr(at_, 3) == "“" || source_.substr(at_, 3) == "”" || source_.substr(at_, 3) == "‘" ||
            source_.substr(at_, 3) == "’") {
            return fail("curly quotes cannot enclose text", "write straight quotes: 'yes'");
        }
        if (starts_name(c)) return name();
        return symbol(c);
    }

    bool symbol(char c) {
        const bool equals_follows = peek(1) == '=';
        switch (c) {
            case '(':
                return add(TokenKind::Open, 1);
            case ')':
                return add(TokenKind::Close, 1);
            case ',':
                return add(TokenKind::Comma, 1);
            case '+':
                return add(TokenKind::Plus, 1);
            case '-':
                return add(TokenKind::Minus, 1);
            case '=':
                if (equals_follows) return fail("'==' is not an operator", "write = once");
                return add(TokenKind::Equal, 1);
            case '<':
                return equals_follows ? add(TokenKind::LessEqual, 2) : add(TokenKind::Less, 1);
            case '>':
                return equals_follows ? add(TokenKind::GreaterEqual, 2) : add(TokenKind::Greater, 1);
            case '!':
                if (!equals_follows) return fail("'!' is not an operator", "write not(…) or !=");
                return add(TokenKind::NotEqual, 2);
            case '*':
                return add(after_operand() ? TokenKind::Times : TokenKind::Star, 1);
            case '.':
                return peek(1) == '.' ? add(TokenKind::Parent, 2) : add(TokenKind::Dot, 1);
            case '/':
                return peek(1) == '/' ? add(TokenKind::Descend, 2) : add(TokenKind::Slash, 1);
            case '[':
                return add(TokenKind::OpenBracket, 1);
            case ']':
                return add(TokenKind::CloseBracket, 1);
            case '|':
                return add(TokenKind::Union, 1);
            case '@':
                return fail("there are no attributes here", "paths lead to questions, groups and columns");
            case '&':
                return fail("'&' is not an operator", "write and, or concat(…)");
            default:
                break;
        }
        return fail("unexpected character " + quote(source_.substr(at_, 1)));
    }

    bool number() {
        std::size_t length = 0;
        while (is_digit(peek(length))) ++length;
        if (peek(length) == '.') {
            ++length;
            while (is_digit(peek(length))) ++length;
        }
        if (starts_name(peek(length))) return fail("a number cannot be followed by a letter");
        return add(TokenKind::Number, length);
    }

    bool literal(char mark) {
        const std::size_t end = source_.find(mark, at_ + 1);
        if (end == std::string_view::npos) return fail("text is opened with a quote and never closed");
        tokens_.push_back(
            {TokenKind::Literal, source_.substr(at_ + 1, end - at_ - 1), static_cast<std::uint32_t>(at_)});
        at_ = end + 1;
        return true;
    }

    bool reference() {
        if (peek(1) != '{') return fail("'$' is only used in ${name}", "write ${name}");
        const std::size_t end = source_.find('}', at_);
        if (end == std::string_view::npos) return fail("${ is never closed", "write ${name}");
        const std::string_view inside = trim(source_.substr(at_ + 2, end - at_ - 2));
        if (!is_name(inside)) return fail(quote(inside) + " is not a name", "write ${name}");
        tokens_.push_back({TokenKind::Reference, inside, static_cast<std::uint32_t>(at_)});
        at_ = end + 1;
        return true;
    }

    bool name() {
        std::size_t length = 1;
        while (continues_name(peek(length))) ++length;
        if (peek(length) == ':' && peek(length + 1) == ':' && !after_operand()) {
            add(TokenKind::Axis, length);
            at_ += 2;
            return true;
        }
        if (peek(length) == ':' && starts_name(peek(length + 1))) {  // prefix:name
            ++length;
            while (continues_name(peek(length))) ++length;
        }
        const std::string_view text = source_.substr(at_, length);
        if (after_operand()) {
            if (text == "or") return add(TokenKind::Or, length);
            if (text == "and") return add(TokenKind::And, length);
            if (text == "div") return add(TokenKind::Div, length);
            if (text == "mod") return add(TokenKind::Mod, length);
            const std::string_view lowered[] = {"and", "or", "div", "mod"};
            return fail("an operator is missing before " + quote(text), did_you_mean(text, lowered));
        }
        return add(TokenKind::Name, length);
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
    ExpressionFault fault_;
};

}  // namespace

tl::expected<std::vector<Token>, ExpressionFault> tokenize(std::string_view source) {
    return Lexer(source).run();
}

}  // namespace questionnaires::engine

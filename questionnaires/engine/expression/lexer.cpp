#include "questionnaires/engine/expression/lexer.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"

namespace questionnaires::engine {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

struct Keyword {
    std::string_view word;
    TokenKind kind;
};

constexpr std::array keywords{Keyword{"and", TokenKind::And}, Keyword{"or", TokenKind::Or},
                              Keyword{"div", TokenKind::Div}, Keyword{"mod", TokenKind::Mod}};

/// XPath 1.0 section 3.7: what a name or '*' after it makes an operator.
bool is_operand_end(TokenKind kind) noexcept {
    switch (kind) {
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

/// How marks that are not straight find their partner.
enum class Quotes : std::uint8_t { Paired, AllStraight };

class Lexer {
  public:
    Lexer(std::string_view source, Quotes quotes) : source_(source), quotes_(quotes) {}

    tl::expected<Tokens, ExpressionFailure> run() {
        while (skip_spaces()) {
            if (!step()) return tl::unexpected(std::move(fault_));
        }
        add(TokenKind::End, 0);
        return Tokens{std::move(tokens_), std::move(slips_)};
    }

  private:
    /// False at the end.
    bool skip_spaces() {
        while (at_ < source_.size()) {
            const Typed typed = typed_at(source_, at_);
            const bool odd = typed.kind == Typed::Kind::Space || typed.kind == Typed::Kind::Nothing ||
                             typed.kind == Typed::Kind::Joiner;
            if (odd) {
                slip(Slip::Kind::Space, at_, typed.size, " ");
                at_ += typed.size;
            } else if (is_space(source_[at_])) {
                ++at_;
            } else {
                return true;
            }
        }
        return false;
    }

    char peek(std::size_t ahead) const noexcept { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

    bool starts_name(std::size_t ahead) const noexcept {
        const char c = peek(ahead);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return true;
        return static_cast<unsigned char>(c) >= 0x80 && typed_at(source_, at_ + ahead).kind == Typed::Kind::Plain;
    }

    bool continues_name(std::size_t ahead) const noexcept {
        const char c = peek(ahead);
        return starts_name(ahead) || is_digit(c) || c == '-' || c == '.' ||
               typed_at(source_, at_ + ahead).kind == Typed::Kind::Joiner;
    }

    void slip(Slip::Kind kind, std::size_t at, std::size_t size, std::string plain) {
        slips_.push_back({kind, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(size), std::move(plain)});
    }

    bool add(TokenKind kind, std::size_t length) {
        tokens_.push_back({kind, source_.substr(at_, length), static_cast<std::uint32_t>(at_)});
        at_ += length;
        return true;
    }

    bool fail(Sentence message, Sentence suggestion = {}) {
        fault_ = {false, at_, std::move(message), std::move(suggestion)};
        return false;
    }

    bool after_operand() const noexcept { return !tokens_.empty() && is_operand_end(tokens_.back().kind); }

    bool step() {
        const char c = source_[at_];
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
        if (c == '\'' || c == '"') return literal(Typed::Kind::Plain, 1, c);
        if (c == '$') return reference();
        const Typed typed = typed_at(source_, at_);
        if (typed.kind == Typed::Kind::SingleQuote) return literal(typed.kind, typed.size, '\'');
        if (typed.kind == Typed::Kind::DoubleQuote) return literal(typed.kind, typed.size, '"');
        if (typed.kind == Typed::Kind::Dash) {
            slip(Slip::Kind::Dash, at_, typed.size, "-");
            return add(TokenKind::Minus, typed.size);
        }
        if (typed.kind == Typed::Kind::Symbol) {
            return fail(said("unexpected character {}", quote(source_.substr(at_, typed.size))),
                        said("write {}", typed.meant));
        }
        if (starts_name(0)) return name();
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
                if (equals_follows) return fail(said("{} is not an operator", "'=='"), "write = once");
                if (peek(1) == '>') return fail(said("{} is not an operator", "'=>'"), said("write {}", ">="));
                if (peek(1) == '<') return fail(said("{} is not an operator", "'=<'"), said("write {}", "<="));
                return add(TokenKind::Equal, 1);
            case '<':
                if (peek(1) == '>') return fail(said("{} is not an operator", "'<>'"), said("write {}", "!="));
                return equals_follows ? add(TokenKind::LessEqual, 2) : add(TokenKind::Less, 1);
            case '>':
                return equals_follows ? add(TokenKind::GreaterEqual, 2) : add(TokenKind::Greater, 1);
            case '!':
                if (!equals_follows) return fail(said("{} is not an operator", "'!'"), "write not(…) or !=");
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
                if (peek(1) == '|')
                    return fail(said("{} is not an operator", "'||'"), said("write {}, or concat(…)", "or"));
                return add(TokenKind::Union, 1);
            case '`':
                return literal(Typed::Kind::SingleQuote, 1, '\'');
            case '@':
                return fail("there are no attributes here", "paths lead to questions, groups and columns");
            case '&':
                return fail(said("{} is not an operator", "'&'"), said("write {}, or concat(…)", "and"));
            default:
                break;
        }
        return fail(said("unexpected character {}", quote(source_.substr(at_, 1))));
    }

    bool number() {
        std::size_t length = 0;
        while (is_digit(peek(length))) ++length;
        if (peek(length) == '.') {
            ++length;
            while (is_digit(peek(length))) ++length;
        }
        const bool operator_follows = keyword_at(at_ + length).has_value();  // "1div 2" is XPath
        if (starts_name(length) && !operator_follows) return fail("a number cannot be followed by a letter");
        return add(TokenKind::Number, length);
    }

    /// An operator with which the text goes on, in capitals or not.
    std::optional<Keyword> keyword_at(std::size_t at) const {
        for (const Keyword& keyword : keywords) {
            if (lower(source_.substr(at, keyword.word.size())) == keyword.word) return keyword;
        }
        return std::nullopt;
    }

    /// Text in quotes: `mark` is the straight form of the opening one, `kind` Plain when it is straight itself.
    bool literal(Typed::Kind kind, std::size_t size, char mark) {
        const std::size_t begin = at_ + size;
        const auto [end, close_size] = closing(begin, mark, kind == Typed::Kind::Plain);
        if (end == std::string_view::npos) {
            if (kind == Typed::Kind::Plain) return fail("text is opened with a quote and never closed");
            return fail("the quotes around text do not pair", said("write straight quotes: {}", "'yes'"));
        }
        const std::string_view text = source_.substr(begin, end - begin);
        const bool odd_close = source_.substr(end, close_size) != std::string_view(&mark, 1);
        // Inside curly marks may stand a straight one: the plain expression then needs the other kind.
        char plain = mark;
        if (text.find(mark) != std::string_view::npos) plain = mark == '"' ? '\'' : '"';
        if (text.find(plain) != std::string_view::npos) {
            return fail("the quotes around text do not pair", said("write straight quotes: {}", "'yes'"));
        }
        if (kind != Typed::Kind::Plain || plain != mark) slip(Slip::Kind::Quote, at_, size, std::string(1, plain));
        if (odd_close || plain != mark) slip(Slip::Kind::Quote, end, close_size, std::string(1, plain));
        tokens_.push_back({TokenKind::Literal, text, static_cast<std::uint32_t>(at_)});
        at_ = end + close_size;
        return true;
    }

    struct Mark {
        std::size_t at = std::string_view::npos;
        std::size_t size = 0;
    };

    /// The next mark of the same group, straight or not, whichever `straight` asks for first.
    Mark closing(std::size_t from, char mark, bool straight) const {
        const Typed::Kind group = mark == '"' ? Typed::Kind::DoubleQuote : Typed::Kind::SingleQuote;
        const Mark plain{source_.find(mark, from), 1};
        Mark curly;
        for (std::size_t at = from; at < source_.size() && curly.size == 0; ++at) {
            const bool slanted = mark == '\'' && source_[at] == '`';
            const Typed typed = typed_at(source_, at);
            if (slanted || typed.kind == group) curly = {at, slanted ? 1 : typed.size};
        }
        if (quotes_ == Quotes::AllStraight) return plain.at < curly.at ? plain : curly;
        const Mark& first = straight ? plain : curly;
        return first.at != std::string_view::npos ? first : straight ? curly : plain;
    }

    bool reference() {
        if (peek(1) != '{') return fail(said("'$' is only used in {}", "${name}"), said("write {}", "${name}"));
        const std::size_t end = source_.find('}', at_);
        if (end == std::string_view::npos) return fail(said("{} is never closed", "${"), said("write {}", "${name}"));
        const std::string_view inside = trim_spaces(source_.substr(at_ + 2, end - at_ - 2));
        if (!is_name(inside)) return fail(said("{} is not a name", quote(inside)), said("write {}", "${name}"));
        tokens_.push_back({TokenKind::Reference, inside, static_cast<std::uint32_t>(at_)});
        at_ = end + 1;
        return true;
    }

    bool name() {
        std::size_t length = 1;
        while (continues_name(length)) ++length;
        if (peek(length) == ':' && peek(length + 1) == ':' && !after_operand()) {
            add(TokenKind::Axis, length);
            at_ += 2;
            return true;
        }
        if (peek(length) == ':' && starts_name(length + 1)) {  // prefix:name
            ++length;
            while (continues_name(length)) ++length;
        }
        const std::string_view text = source_.substr(at_, length);
        return after_operand() ? operator_name(text) : add(TokenKind::Name, length);
    }

    /// JavaRosa takes these in capitals too, and "div2" as div 2: a name cannot stand here.
    bool operator_name(std::string_view text) {
        if (const auto keyword = keyword_at(at_)) {
            const std::size_t size = keyword->word.size();
            const bool alone = text.size() == size;
            if (alone || !starts_name(size)) {
                const std::string plain = std::string(keyword->word) + (alone ? "" : " ");
                if (text != keyword->word) slip(Slip::Kind::Word, at_, size, plain);
                return add(keyword->kind, size);
            }
        }
        std::vector<std::string_view> words;
        for (const Keyword& keyword : keywords) words.push_back(keyword.word);
        const bool quoted = !slips_.empty() && slips_.back().kind == Slip::Kind::Quote;
        return fail(said("an operator is missing before {}", quote(text)),
                    quoted ? said("write straight quotes: {}", "'yes'") : did_you_mean(text, words));
    }

    std::string_view source_;
    Quotes quotes_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
    std::vector<Slip> slips_;
    ExpressionFailure fault_;
};

bool has_curly_quotes(std::string_view source) noexcept {
    for (std::size_t at = 0; at < source.size(); ++at) {
        if (source[at] == '`') return true;
        const Typed::Kind kind = typed_at(source, at).kind;
        if (kind == Typed::Kind::SingleQuote || kind == Typed::Kind::DoubleQuote) return true;
    }
    return false;
}

/// Whether a value follows a literal at once: then its quotes are not where they were meant.
bool has_neighbours(const std::vector<Token>& tokens) noexcept {
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const TokenKind kind = tokens[i].kind;
        const bool value = kind == TokenKind::Number || kind == TokenKind::Literal || kind == TokenKind::Reference;
        if (value && tokens[i - 1].kind == TokenKind::Literal) return true;
    }
    return false;
}

}  // namespace

tl::expected<Tokens, ExpressionFailure> tokenize(std::string_view source) {
    auto tokens = Lexer(source, Quotes::Paired).run();
    if (!has_curly_quotes(source) || (tokens && !has_neighbours(tokens->all))) return tokens;
    auto other = Lexer(source, Quotes::AllStraight).run();
    return other && !has_neighbours(other->all) ? other : tokens;
}

std::string plain_expression(std::string_view source) {
    const auto tokens = tokenize(source);
    if (!tokens || tokens->slips.empty()) return std::string(source);
    std::vector<Slip> slips = tokens->slips;
    std::sort(slips.begin(), slips.end(), [](const Slip& a, const Slip& b) { return a.position < b.position; });
    std::string result;
    std::size_t at = 0;
    for (const Slip& slip : slips) {
        result += source.substr(at, slip.position - at);
        result += slip.plain;
        at = slip.position + slip.size;
    }
    result += source.substr(at);
    return result;
}

}  // namespace questionnaires::engine

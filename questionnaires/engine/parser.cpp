#include <algorithm>

#include "questionnaires/engine/call_check.hpp"
#include "questionnaires/engine/expression.hpp"
#include "questionnaires/engine/functions.hpp"
#include "questionnaires/engine/lexer.hpp"
#include "questionnaires/engine/text.hpp"
#include "questionnaires/engine/workbook.hpp"

namespace questionnaires::engine {
namespace {

constexpr std::uint32_t failed = ExpressionId::none;

class Parser {
  public:
    Parser(std::vector<Token> tokens, const Scope& scope, const Place& place, Expressions& into)
        : tokens_(std::move(tokens)), scope_(scope), place_(place), into_(into) {}

    tl::expected<ExpressionId, ExpressionFault> run() {
        const std::uint32_t root = expression();
        if (root != failed && token().kind != TokenKind::End) {
            fail(token().kind == TokenKind::Close ? "')' closes nothing" : "an operator is missing here");
        }
        if (fault_) return tl::unexpected(std::move(*fault_));
        return ExpressionId{root};
    }

  private:
    const Token& token() const noexcept { return tokens_[at_]; }
    TokenKind take() noexcept {
        const TokenKind kind = token().kind;
        if (kind != TokenKind::End) ++at_;
        return kind;
    }

    std::uint32_t fail(std::string message, std::string suggestion = {}, bool reference = false) {
        return fail_at(token().position, std::move(message), std::move(suggestion), reference);
    }
    std::uint32_t fail_at(std::uint32_t position, std::string message, std::string suggestion = {},
                          bool reference = false) {
        if (!fault_) fault_ = ExpressionFault{reference, position, std::move(message), std::move(suggestion)};
        return failed;
    }

    /// Adds a node over `operands`; its depth is what evaluation will need of the stack.
    std::uint32_t add(ExpressionNode node, const std::vector<Operand>& operands) {
        std::size_t depth = 0;
        for (const Operand& operand : operands) {
            if (operand.node == failed) return failed;
            depth = std::max<std::size_t>(depth, into_.node(operand.node).depth);
        }
        if (depth + 1 > Limits::expression_depth) return too_deep(node.position);
        node.depth = static_cast<std::uint8_t>(depth + 1);
        node.first_operand = static_cast<std::uint32_t>(into_.operands.size());
        node.operand_count = static_cast<std::uint32_t>(operands.size());
        into_.operands.insert(into_.operands.end(), operands.begin(), operands.end());
        into_.nodes.push_back(node);
        return static_cast<std::uint32_t>(into_.nodes.size() - 1);
    }
    std::uint32_t add(Op op, Type type, std::uint32_t position, const std::vector<Operand>& operands) {
        ExpressionNode node;
        node.op = op;
        node.type = type;
        node.position = position;
        return add(node, operands);
    }
    std::uint32_t too_deep(std::uint32_t position) {
        return fail_at(position, "nested deeper than " + std::to_string(Limits::expression_depth) + " levels",
                       "use calculate rows for the parts");
    }

    /// One nesting level of the source; every way down passes here.
    std::uint32_t expression() {
        if (nesting_ >= Limits::expression_depth) return too_deep(token().position);
        ++nesting_;
        const std::uint32_t node = chain(Op::Or, TokenKind::Or, &Parser::conjunction);
        --nesting_;
        return node;
    }
    std::uint32_t conjunction() { return chain(Op::And, TokenKind::And, &Parser::equality); }

    /// `or` and `and`: all operands in one node, so that a long chain is not a deep tree.
    std::uint32_t chain(Op op, TokenKind separator, std::uint32_t (Parser::*next)()) {
        const std::uint32_t first = (this->*next)();
        if (first == failed || token().kind != separator) return first;
        const std::uint32_t position = token().position;
        std::vector<Operand> operands{{first, Join::Plus}};
        while (token().kind == separator) {
            take();
            const std::uint32_t operand = (this->*next)();
            if (operand == failed) return failed;
            operands.push_back({operand, Join::Plus});
        }
        return add(op, Type::Boolean, position, operands);
    }

    std::uint32_t equality() {
        std::uint32_t left = relational();
        while (left != failed && (token().kind == TokenKind::Equal || token().kind == TokenKind::NotEqual)) {
            const std::uint32_t position = token().position;
            const Op op = take() == TokenKind::Equal ? Op::Equal : Op::NotEqual;
            const std::uint32_t right = relational();
            left = add(op, Type::Boolean, position, {{left, Join::Plus}, {right, Join::Plus}});
        }
        return left;
    }

    static std::optional<Op> relation(TokenKind kind) noexcept {
        if (kind == TokenKind::Less) return Op::Less;
        if (kind == TokenKind::LessEqual) return Op::LessEqual;
        if (kind == TokenKind::Greater) return Op::Greater;
        if (kind == TokenKind::GreaterEqual) return Op::GreaterEqual;
        return std::nullopt;
    }
    std::uint32_t relational() {
        std::uint32_t left = additive();
        while (left != failed) {
            const std::optional<Op> op = relation(token().kind);
            if (!op) break;
            const std::uint32_t position = token().position;
            take();
            const std::uint32_t right = additive();
            left = add(*op, Type::Boolean, position, {{left, Join::Plus}, {right, Join::Plus}});
        }
        return left;
    }

    static std::optional<Join> sum_join(TokenKind kind) noexcept {
        if (kind == TokenKind::Plus) return Join::Plus;
        if (kind == TokenKind::Minus) return Join::Minus;
        return std::nullopt;
    }
    static std::optional<Join> product_join(TokenKind kind) noexcept {
        if (kind == TokenKind::Times) return Join::Times;
        if (kind == TokenKind::Div) return Join::Div;
        if (kind == TokenKind::Mod) return Join::Mod;
        return std::nullopt;
    }
    std::uint32_t additive() { return arithmetic(Op::Sum, Join::Plus, &Parser::sum_join, &Parser::multiplicative); }
    std::uint32_t multiplicative() {
        return arithmetic(Op::Product, Join::Times, &Parser::product_join, &Parser::unary);
    }
    std::uint32_t arithmetic(Op op, Join first_join, std::optional<Join> (*join_of)(TokenKind) noexcept,
                             std::uint32_t (Parser::*next)()) {
        const std::uint32_t first = (this->*next)();
        if (first == failed || !join_of(token().kind)) return first;
        const std::uint32_t position = token().position;
        std::vector<Operand> operands{{first, first_join}};
        while (const std::optional<Join> join = join_of(token().kind)) {
            take();
            const std::uint32_t operand = (this->*next)();
            if (operand == failed) return failed;
            operands.push_back({operand, *join});
        }
        return add(op, Type::Number, position, operands);
    }

    std::uint32_t unary() {
        const std::uint32_t position = token().position;
        std::size_t minuses = 0;
        while (token().kind == TokenKind::Minus) {
            take();
            ++minuses;
        }
        std::uint32_t operand = primary();
        if (minuses == 0) return operand;
        // --x is number(x): negate twice at most, however long the row of minus signs.
        for (std::size_t i = 0; i < (minuses % 2 == 1 ? 1U : 2U) && operand != failed; ++i) {
            operand = add(Op::Negate, Type::Number, position, {{operand, Join::Plus}});
        }
        return operand;
    }

    std::uint32_t primary() {
        const Token here = token();
        ExpressionNode node;
        node.position = here.position;
        switch (here.kind) {
            case TokenKind::Number:
                take();
                node.op = Op::Constant;
                node.type = Type::Number;
                node.number = parse_number(here.text);
                return add(node, {});
            case TokenKind::Literal:
                take();
                return literal(here);
            case TokenKind::Reference:
                take();
                return reference(here);
            case TokenKind::Dot:
                if (!place_.self) return fail("'.' has no question here", "write ${name}");
                take();
                return add(Op::Self, Type::Any, here.position, {});
            case TokenKind::Open: {
                take();
                const std::uint32_t inside = expression();
                if (inside == failed) return failed;
                if (token().kind != TokenKind::Close) return fail("')' is missing");
                take();
                return inside;
            }
            case TokenKind::Name:
                take();
                return token().kind == TokenKind::Open ? call(here) : column(here);
            case TokenKind::End:
                return fail("the expression ends where a value is expected");
            case TokenKind::Close:
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
                break;
        }
        return fail("a value is missing before this operator");
    }

    std::uint32_t literal(const Token& here) {
        if (here.text.find("${") != std::string_view::npos) {
            return fail_at(here.position, "${…} inside quotes is plain text", "take it out of the quotes");
        }
        ExpressionNode node;
        node.op = Op::Literal;
        node.type = Type::String;
        node.position = here.position;
        node.text_begin = static_cast<std::uint32_t>(into_.texts.size());
        node.text_size = static_cast<std::uint32_t>(here.text.size());
        into_.texts += here.text;
        return add(node, {});
    }

    std::uint32_t reference(const Token& here) { return reference(here.text, here.position); }
    std::uint32_t reference(std::string_view name, std::uint32_t position) {
        const std::optional<std::uint32_t> question = scope_.question(name);
        if (!question) {
            return fail_at(position, "there is no question named " + quote(name), scope_.suggest(name), true);
        }
        if (scope_.is_group(*question)) {
            return fail_at(position, quote(name) + " is a group or a note and has no value", {}, true);
        }
        ExpressionNode node;
        node.op = Op::Question;
        node.type = Type::Any;
        node.position = position;
        node.index = *question;
        return add(node, {});
    }

    std::uint32_t column(const Token& here) {
        if (place_.columns != nullptr) {
            const auto& columns = *place_.columns;
            const auto found = std::find(columns.begin(), columns.end(), here.text);
            if (found != columns.end()) {
                ExpressionNode node;
                node.op = Op::Column;
                node.type = Type::Any;
                node.position = here.position;
                node.index = static_cast<std::uint32_t>(found - columns.begin());
                return add(node, {});
            }
            const std::vector<std::string_view> names(columns.begin(), columns.end());
            return fail_at(here.position, "the choices have no column " + quote(here.text),
                           did_you_mean(here.text, names), true);
        }
        const bool known = scope_.question(here.text).has_value();
        return fail_at(here.position, "a name alone means nothing here: " + quote(here.text),
                       known ? "write ${" + std::string(here.text) + "}" : "write '…' around text", true);
    }

    std::uint32_t call(const Token& name) {
        const FunctionInfo* const info = find_function(name.text);
        if (info == nullptr) {
            const std::string_view why = why_absent(name.text);
            return fail_at(name.position,
                           "there is no function " + quote(name.text) + (why.empty() ? "" : ": " + std::string(why)),
                           why.empty() ? suggest_function(name.text) : std::string());
        }
        take();  // '('
        std::vector<Operand> arguments;
        if (token().kind != TokenKind::Close) {
            while (true) {
                if (arguments.size() == 1 && info->function == Function::ChoiceName &&
                    token().kind == TokenKind::Literal) {
                    arguments.push_back({choice_question(), Join::Plus});
                } else {
                    arguments.push_back({expression(), Join::Plus});
                }
                if (arguments.back().node == failed) return failed;
                if (token().kind != TokenKind::Comma) break;
                take();
            }
        }
        if (token().kind != TokenKind::Close) return fail("an operator, ',' or ')' is missing");
        take();
        return checked_call(name, *info, std::move(arguments));
    }

    /// ODK: the second argument of jr:choice-name is the question in quotes.
    std::uint32_t choice_question() {
        const Token here = token();
        take();
        const std::string_view text = trim(here.text);
        if (text.size() < 4 || text.substr(0, 2) != "${" || text.back() != '}') {
            return fail_at(here.position, "the second argument is the question in quotes", "write '${name}'");
        }
        return reference(trim(text.substr(2, text.size() - 3)), here.position);
    }

    std::uint32_t checked_call(const Token& name, const FunctionInfo& info, std::vector<Operand> arguments) {
        const std::size_t count = arguments.size();
        if (count < info.least || (info.most != unbounded && count > info.most)) {
            std::string wanted = std::to_string(info.least);
            if (info.most == unbounded) {
                wanted += " or more";
            } else if (info.most != info.least) {
                wanted += " to " + std::to_string(info.most);
            }
            return fail_at(name.position,
                           std::string(info.name) + "() takes " + wanted + " arguments, not " + std::to_string(count));
        }
        ExpressionNode node;
        node.op = Op::Call;
        node.type = info.result;
        node.function = info.function;
        node.position = name.position;
        const bool of_self = info.least == 0 && info.most == 1 && info.function != Function::Uuid;
        if (count == 0 && of_self) {  // string(), number(): of the question itself
            if (!place_.self) return fail_at(name.position, std::string(info.name) + "() needs an argument here");
            arguments.push_back({add(Op::Self, Type::Any, name.position, {}), Join::Plus});
        }
        if (auto found = check_call(node, arguments, scope_, place_, into_)) {
            if (!fault_) fault_ = std::move(*found);
            return failed;
        }
        return add(node, arguments);
    }

    std::vector<Token> tokens_;
    const Scope& scope_;
    const Place& place_;
    Expressions& into_;
    std::size_t at_ = 0;
    std::size_t nesting_ = 0;
    std::optional<ExpressionFault> fault_;
};

}  // namespace

tl::expected<ExpressionId, ExpressionFault> parse(std::string_view source, const Scope& scope, const Place& place,
                                                  Expressions& into) {
    if (source.size() > Limits::expression_bytes) {
        return tl::unexpected(
            ExpressionFault{false, 0, "longer than " + std::to_string(Limits::expression_bytes) + " bytes", {}});
    }
    auto tokens = tokenize(source);
    if (!tokens) return tl::unexpected(std::move(tokens.error()));
    return Parser(std::move(*tokens), scope, place, into).run();
}

}  // namespace questionnaires::engine

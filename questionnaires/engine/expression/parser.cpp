#include "questionnaires/engine/expression/parser.hpp"

#include <algorithm>

namespace questionnaires::engine {

Parser::Parser(std::vector<Token> tokens, const Scope& scope, const Place& place, Expressions& into,
               std::vector<ExpressionNote>* notes)
    : tokens_(std::move(tokens)), scope_(scope), place_(place), into_(into), notes_(notes) {}

tl::expected<ExpressionId, ExpressionFailure> Parser::run() {
    const ExpressionId root = expression();
    if (root != failed && token().kind != TokenKind::End) {
        if (token().kind == TokenKind::Close) {
            fail("')' closes nothing");
        } else {
            fail(token().kind == TokenKind::CloseBracket ? Sentence("']' closes nothing")
                                                         : "an operator is missing here");
        }
    }
    if (fault_) return tl::unexpected(std::move(*fault_));
    return root;
}

ExpressionId Parser::add(ExpressionNode node, const std::vector<Operand>& operands) {
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
    return ExpressionId::at(into_.nodes.size() - 1);
}

ExpressionId Parser::add(Op op, Type type, std::uint32_t position, const std::vector<Operand>& operands) {
    ExpressionNode node;
    node.op = op;
    node.type = type;
    node.position = position;
    return add(node, operands);
}

ExpressionId Parser::too_deep(std::uint32_t position) {
    return fail_at(position, said("nested deeper than {} levels", std::to_string(Limits::expression_depth)),
                   "use calculate rows for the parts");
}

/// One nesting level of the source; every way down passes here.
ExpressionId Parser::expression() {
    if (nesting_ >= Limits::expression_depth) return too_deep(token().position);
    ++nesting_;
    const ExpressionId node = chain(Op::Or, TokenKind::Or, &Parser::conjunction);
    --nesting_;
    return node;
}

ExpressionId Parser::conjunction() {
    return chain(Op::And, TokenKind::And, &Parser::equality);
}

/// `or` and `and`: all operands in one node, so that a long chain is not a deep tree.
ExpressionId Parser::chain(Op op, TokenKind separator, ExpressionId (Parser::*next)()) {
    const ExpressionId first = (this->*next)();
    if (first == failed || token().kind != separator) return first;
    const std::uint32_t position = token().position;
    std::vector<Operand> operands{{first, Join::Plus}};
    while (token().kind == separator) {
        take();
        const ExpressionId operand = (this->*next)();
        if (operand == failed) return failed;
        operands.push_back({operand, Join::Plus});
    }
    return add(op, Type::Boolean, position, operands);
}

ExpressionId Parser::equality() {
    ExpressionId left = relational();
    while (left != failed && (token().kind == TokenKind::Equal || token().kind == TokenKind::NotEqual)) {
        const std::uint32_t position = token().position;
        const Op op = take() == TokenKind::Equal ? Op::Equal : Op::NotEqual;
        const ExpressionId right = relational();
        left = add(op, Type::Boolean, position, {{left, Join::Plus}, {right, Join::Plus}});
    }
    return left;
}

namespace {

std::optional<Op> relation(TokenKind kind) noexcept {
    if (kind == TokenKind::Less) return Op::Less;
    if (kind == TokenKind::LessEqual) return Op::LessEqual;
    if (kind == TokenKind::Greater) return Op::Greater;
    if (kind == TokenKind::GreaterEqual) return Op::GreaterEqual;
    return std::nullopt;
}

std::optional<Join> sum_join(TokenKind kind) noexcept {
    if (kind == TokenKind::Plus) return Join::Plus;
    if (kind == TokenKind::Minus) return Join::Minus;
    return std::nullopt;
}
std::optional<Join> product_join(TokenKind kind) noexcept {
    if (kind == TokenKind::Times) return Join::Times;
    if (kind == TokenKind::Div) return Join::Div;
    if (kind == TokenKind::Mod) return Join::Mod;
    return std::nullopt;
}

}  // namespace

ExpressionId Parser::relational() {
    ExpressionId left = additive();
    while (left != failed) {
        const std::optional<Op> op = relation(token().kind);
        if (!op) break;
        const std::uint32_t position = token().position;
        take();
        const ExpressionId right = additive();
        left = add(*op, Type::Boolean, position, {{left, Join::Plus}, {right, Join::Plus}});
    }
    return left;
}

ExpressionId Parser::additive() {
    return arithmetic(Op::Sum, Join::Plus, &sum_join, &Parser::multiplicative);
}

ExpressionId Parser::multiplicative() {
    return arithmetic(Op::Product, Join::Times, &product_join, &Parser::unary);
}

ExpressionId Parser::arithmetic(Op op, Join first_join, std::optional<Join> (*join_of)(TokenKind) noexcept,
                                ExpressionId (Parser::*next)()) {
    const ExpressionId first = (this->*next)();
    if (first == failed || !join_of(token().kind)) return first;
    const std::uint32_t position = token().position;
    std::vector<Operand> operands{{first, first_join}};
    while (const std::optional<Join> join = join_of(token().kind)) {
        take();
        const ExpressionId operand = (this->*next)();
        if (operand == failed) return failed;
        operands.push_back({operand, *join});
    }
    return add(op, Type::Number, position, operands);
}

ExpressionId Parser::unary() {
    const std::uint32_t position = token().position;
    std::size_t minuses = 0;
    while (token().kind == TokenKind::Minus) {
        take();
        ++minuses;
    }
    ExpressionId operand = united();
    if (minuses == 0) return operand;
    // --x is number(x): negate twice at most, however long the row of minus signs.
    for (std::size_t i = 0; i < (minuses % 2 == 1 ? 1U : 2U) && operand != failed; ++i) {
        operand = add(Op::Negate, Type::Number, position, {{operand, Join::Plus}});
    }
    return operand;
}

/// XPath 1.0 section 3.3: node-sets joined by '|'.
ExpressionId Parser::united() {
    const ExpressionId first = filtered();
    if (first == failed || token().kind != TokenKind::Union) return first;
    const std::uint32_t position = token().position;
    std::vector<Operand> operands{{first, Join::Plus}};
    Sites sites = sites_;
    if (!is_nodes(first)) return fail("'|' joins paths", "write or between conditions");
    while (token().kind == TokenKind::Union) {
        take();
        const ExpressionId operand = filtered();
        if (operand == failed) return failed;
        if (!is_nodes(operand)) return fail_at(position, "'|' joins paths", "write or between conditions");
        operands.push_back({operand, Join::Plus});
        if (sites_.list != sites.list) return fail_at(position, "'|' joins nodes of the form or of one list");
        sites.meet = common(sites.meet, sites_.meet);
        sites.all.insert(sites.all.end(), sites_.all.begin(), sites_.all.end());
        if (sites.all.size() > most_reads) return fail_at(position, "these paths lead to too many nodes");
    }
    sites.single = false;
    sites_ = std::move(sites);
    return add(Op::Union, Type::Nodes, position, operands);
}

/// A value, then what may follow a node-set: predicates and further steps.
ExpressionId Parser::filtered() {
    const ExpressionId start = primary();
    if (start == failed || !continues_path()) return start;
    return after(start);
}

ExpressionId Parser::primary() {
    const Token here = token();
    switch (here.kind) {
        case TokenKind::Number: {
            take();
            ExpressionNode node;
            node.position = here.position;
            node.op = Op::Constant;
            node.type = Type::Number;
            node.number = parse_number(here.text);
            return add(node, {});
        }
        case TokenKind::Literal:
            take();
            return literal(here);
        case TokenKind::Reference:
            take();
            return reference(here);
        case TokenKind::Slash:
        case TokenKind::Descend:
            return absolute();
        case TokenKind::Dot:
        case TokenKind::Parent:
        case TokenKind::Star:
        case TokenKind::Axis:
            return relative();
        case TokenKind::Open: {
            take();
            const ExpressionId inside = expression();
            if (inside == failed) return failed;
            if (token().kind != TokenKind::Close) return fail("')' is missing");
            take();
            return inside;
        }
        case TokenKind::Name:
            if (token_after().kind != TokenKind::Open) return column(here);
            take();
            return call(here);
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
        case TokenKind::Union:
        case TokenKind::OpenBracket:
        case TokenKind::CloseBracket:
            break;
    }
    return fail("a value is missing before this operator");
}

ExpressionId Parser::literal(const Token& here) {
    if (here.text.find("${") != std::string_view::npos) {
        return fail_at(here.position, said("{} inside quotes is plain text", "${…}"), "take it out of the quotes");
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

namespace {

/// One for each kind of slip; spaces go without saying.
std::vector<ExpressionNote> notes_of(std::string_view source, const std::vector<Slip>& slips) {
    std::vector<ExpressionNote> notes;
    bool quote_said = false;
    bool dash_said = false;
    for (const Slip& slip : slips) {
        const std::string_view written = source.substr(slip.position, slip.size);
        switch (slip.kind) {
            case Slip::Kind::Space:
                break;
            case Slip::Kind::Quote:
                if (!quote_said) notes.push_back({slip.position, "these quotes are read as straight ones"});
                quote_said = true;
                break;
            case Slip::Kind::Dash:
                if (!dash_said) notes.push_back({slip.position, "this dash is read as a minus sign"});
                dash_said = true;
                break;
            case Slip::Kind::Word:
                notes.push_back({slip.position,
                                 written == trim(slip.plain)
                                     ? said("{} is read as an operator, though no space is around it", quote(written))
                                     : said("{} is read as the operator {}", quote(written), quote(trim(slip.plain)))});
                break;
        }
    }
    return notes;
}

}  // namespace

tl::expected<ExpressionId, ExpressionFailure> parse(std::string_view source, const Scope& scope, const Place& place,
                                                    Expressions& into, std::vector<ExpressionNote>* notes) {
    if (source.size() > Limits::expression_bytes) {
        return tl::unexpected(
            ExpressionFailure{false, 0, said("longer than {} bytes", std::to_string(Limits::expression_bytes)), {}});
    }
    auto tokens = tokenize(source);
    if (!tokens) return tl::unexpected(std::move(tokens.error()));
    if (notes != nullptr) *notes = notes_of(source, tokens->slips);
    return Parser(std::move(tokens->all), scope, place, into, notes).run();
}

}  // namespace questionnaires::engine

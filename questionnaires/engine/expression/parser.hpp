// The parser of expressions: operators in parser.cpp, paths in parser_path.cpp, calls in parser_call.cpp; only these
// include it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "questionnaires/engine/expression/expression.hpp"
#include "questionnaires/engine/expression/functions.hpp"
#include "questionnaires/engine/expression/lexer.hpp"
#include "questionnaires/engine/expression/limits.hpp"
#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {

/// Where nodes of a node-set can be, as far as the form alone tells.
struct Site {
    enum class Kind : std::uint8_t { Document, Node, ListDocument, ListRoot, Row, Cell };
    Kind kind = Kind::Node;
    std::uint32_t name = no_question;  ///< Node: the question, no_question for the root element; Cell: the column
    friend bool operator==(const Site&, const Site&) = default;
};

struct Sites {
    std::vector<Site> all;
    std::uint32_t list = no_question;   ///< of which the sites are, unless they are of the form
    std::uint32_t scope = no_question;  ///< the innermost repeat whose one instance holds them
    std::uint32_t meet = no_question;   ///< the same for everything on the way to them
    bool single = true;                 ///< one node at most, the same that ${name} gives
    [[nodiscard]] bool in_form() const noexcept {
        return !all.empty() && (all[0].kind == Site::Kind::Document || all[0].kind == Site::Kind::Node);
    }
};

class Parser {
  public:
    Parser(std::vector<Token> tokens, const Scope& scope, const Place& place, Expressions& into,
           std::vector<ExpressionNote>* notes);
    tl::expected<ExpressionId, ExpressionFault> run();

  private:
    static constexpr std::uint32_t failed = ExpressionId::none;
    /// More would make a form of wild cards slow to load.
    static constexpr std::size_t most_steps = 64;
    static constexpr std::size_t most_reads = 400'000;

    const Token& token() const noexcept { return tokens_[at_]; }
    const Token& token_after() const noexcept { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
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
    std::uint32_t too_deep(std::uint32_t position);

    /// Adds a node over `operands`; its depth is what evaluation will need of the stack.
    std::uint32_t add(ExpressionNode node, const std::vector<Operand>& operands);
    std::uint32_t add(Op op, Type type, std::uint32_t position, const std::vector<Operand>& operands);

    // Operators
    std::uint32_t expression();
    std::uint32_t conjunction();
    std::uint32_t chain(Op op, TokenKind separator, std::uint32_t (Parser::*next)());
    std::uint32_t equality();
    std::uint32_t relational();
    std::uint32_t additive();
    std::uint32_t multiplicative();
    std::uint32_t arithmetic(Op op, Join first_join, std::optional<Join> (*join_of)(TokenKind) noexcept,
                             std::uint32_t (Parser::*next)());
    std::uint32_t unary();
    std::uint32_t united();
    std::uint32_t filtered();
    std::uint32_t primary();
    std::uint32_t literal(const Token& here);

    // Paths
    /// A path while it is read.
    struct Draft {
        Path path;
        std::uint32_t position = 0;
        std::vector<PathStep> steps;
        std::vector<Operand> operands;
        std::vector<std::uint32_t> crossed;  ///< repeats gone down into
        Sites sites;
        bool filtered = false;  ///< has predicates
    };
    [[nodiscard]] bool continues_path() const noexcept;
    [[nodiscard]] Sites context() const;
    [[nodiscard]] Sites current() const;
    [[nodiscard]] std::uint32_t scope_of(const Site& site) const;
    [[nodiscard]] std::size_t depth_of(std::uint32_t repeat) const;
    [[nodiscard]] std::uint32_t common(std::uint32_t one, std::uint32_t other) const;
    /// Follows the sites that a step led to.
    void arrive(Draft& draft, std::vector<Site> sites) const;

    std::uint32_t reference(const Token& here);
    std::uint32_t absolute();
    std::uint32_t relative();
    std::uint32_t no_self(std::uint32_t position);
    std::uint32_t after(std::uint32_t start);
    [[nodiscard]] std::optional<std::uint32_t> question_named(const Token& here);
    [[nodiscard]] Draft start(Path::Start start, std::uint32_t position) const;
    [[nodiscard]] Draft start_near(std::uint32_t question, std::uint32_t position) const;
    void reach(Draft& draft, std::uint32_t question) const;
    bool step(Draft& draft);
    bool axis(Draft& draft);
    bool steps(Draft& draft);
    bool child(Draft& draft, const Token& name);
    [[nodiscard]] std::uint32_t child_name(const Draft& draft, const Token& name) const;
    [[nodiscard]] std::vector<Site> children(const Sites& sites, std::uint32_t name) const;
    void parent(Draft& draft) const;
    void descend(Draft& draft) const;
    bool predicates(Draft& draft);
    std::uint32_t finish(Draft& draft);
    std::uint32_t complete(Draft& draft);
    [[nodiscard]] bool is_one_question(const Draft& draft) const;
    [[nodiscard]] bool is_one_cell(const Draft& draft) const;
    [[nodiscard]] bool is_nodes(std::uint32_t node) const noexcept;
    [[nodiscard]] std::uint32_t target_of(std::uint32_t node) const noexcept;

    // Names and calls
    std::uint32_t column(const Token& here);
    std::uint32_t call(const Token& name);
    bool arguments_of(const FunctionInfo& info, std::vector<Operand>& arguments);
    std::uint32_t of_context(const Token& name);
    std::uint32_t choice_question();
    std::uint32_t checked_call(const Token& name, const FunctionInfo& info, std::vector<Operand> arguments);
    std::uint32_t wrong_count(const Token& name, const FunctionInfo& info, std::size_t count);
    std::uint32_t instance(const Token& name, std::uint32_t argument);
    std::uint32_t pull_data(const Token& name, const std::vector<Operand>& arguments);
    std::uint32_t indexed_repeat(const Token& name, const std::vector<Operand>& arguments);
    [[nodiscard]] std::optional<std::uint32_t> list_named(std::uint32_t argument);
    [[nodiscard]] std::optional<std::uint32_t> column_named(std::uint32_t list, std::uint32_t argument);

    std::vector<Token> tokens_;
    const Scope& scope_;
    const Place& place_;
    Expressions& into_;
    std::vector<ExpressionNote>* notes_;  ///< null when nobody reads them
    std::size_t at_ = 0;
    std::size_t nesting_ = 0;
    std::vector<const Sites*> looked_at_;  ///< of the predicates around, innermost last
    Sites sites_;                          ///< of the node-set added last
    std::optional<ExpressionFault> fault_;
};

}  // namespace questionnaires::engine

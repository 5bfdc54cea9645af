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
#include "questionnaires/engine/expression/sentence.hpp"
#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {

/// Where nodes of a node-set can be, as far as the form alone tells.
struct Site {
    enum class Kind : std::uint8_t { Document, Node, ListDocument, ListRoot, Row, Cell };
    Kind kind = Kind::Node;
    QuestionId question = no_index;  ///< Node: the question, none for the root element
    ColumnId column = no_index;      ///< Cell: the column
    [[nodiscard]] static Site node(QuestionId question) noexcept { return {Kind::Node, question, no_index}; }
    [[nodiscard]] static Site cell(ColumnId column) noexcept { return {Kind::Cell, no_index, column}; }
    friend bool operator==(const Site&, const Site&) = default;
};

struct Sites {
    std::vector<Site> all;
    ListId list = no_index;       ///< of which the sites are, unless they are of the form
    QuestionId scope = no_index;  ///< the innermost repeat whose one instance holds them
    QuestionId meet = no_index;   ///< the same for everything on the way to them
    bool single = true;           ///< one node at most, the same that ${name} gives
    [[nodiscard]] bool in_form() const noexcept {
        return !all.empty() && (all[0].kind == Site::Kind::Document || all[0].kind == Site::Kind::Node);
    }
};

class Parser {
  public:
    Parser(std::vector<Token> tokens, const Scope& scope, const Place& place, Expressions& into,
           std::vector<ExpressionNote>* notes);
    tl::expected<ExpressionId, ExpressionFailure> run();

  private:
    static constexpr ExpressionId failed = no_index;
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

    ExpressionId fail(Sentence message, Sentence suggestion = {}, bool reference = false) {
        return fail_at(token().position, std::move(message), std::move(suggestion), reference);
    }
    ExpressionId fail_at(std::uint32_t position, Sentence message, Sentence suggestion = {}, bool reference = false) {
        if (!fault_) fault_ = ExpressionFailure{reference, position, std::move(message), std::move(suggestion)};
        return failed;
    }
    ExpressionId too_deep(std::uint32_t position);

    /// Adds a node over `operands`; its depth is what evaluation will need of the stack.
    ExpressionId add(ExpressionNode node, const std::vector<Operand>& operands);
    ExpressionId add(Op op, Type type, std::uint32_t position, const std::vector<Operand>& operands);

    // Operators
    ExpressionId expression();
    ExpressionId conjunction();
    ExpressionId chain(Op op, TokenKind separator, ExpressionId (Parser::*next)());
    ExpressionId equality();
    ExpressionId relational();
    ExpressionId additive();
    ExpressionId multiplicative();
    ExpressionId arithmetic(Op op, Join first_join, std::optional<Join> (*join_of)(TokenKind) noexcept,
                            ExpressionId (Parser::*next)());
    ExpressionId unary();
    ExpressionId united();
    ExpressionId filtered();
    ExpressionId primary();
    ExpressionId literal(const Token& here);

    // Paths
    /// A path while it is read.
    struct Draft {
        Path path;
        std::uint32_t position = 0;
        std::vector<PathStep> steps;
        std::vector<Operand> operands;
        std::vector<QuestionId> crossed;  ///< repeats gone down into
        Sites sites;
        bool filtered = false;  ///< has predicates
    };
    [[nodiscard]] bool continues_path() const noexcept;
    [[nodiscard]] Sites context() const;
    [[nodiscard]] Sites current() const;
    [[nodiscard]] QuestionId scope_of(const Site& site) const;
    [[nodiscard]] std::size_t depth_of(QuestionId repeat) const;
    [[nodiscard]] QuestionId common(QuestionId one, QuestionId other) const;
    /// Follows the sites that a step led to.
    void arrive(Draft& draft, std::vector<Site> sites) const;

    ExpressionId reference(const Token& here);
    ExpressionId absolute();
    ExpressionId relative();
    ExpressionId no_self(std::uint32_t position);
    ExpressionId after(ExpressionId start);
    [[nodiscard]] std::optional<QuestionId> question_named(const Token& here);
    [[nodiscard]] Draft start(Path::Start start, std::uint32_t position) const;
    [[nodiscard]] Draft start_near(QuestionId question, std::uint32_t position) const;
    void reach(Draft& draft, QuestionId question) const;
    bool step(Draft& draft);
    bool axis(Draft& draft);
    bool steps(Draft& draft);
    bool child(Draft& draft, const Token& name);
    [[nodiscard]] std::uint32_t child_name(const Draft& draft, const Token& name) const;
    [[nodiscard]] std::vector<Site> children(const Sites& sites, std::uint32_t name) const;
    void parent(Draft& draft) const;
    void descend(Draft& draft) const;
    bool predicates(Draft& draft);
    ExpressionId finish(Draft& draft);
    ExpressionId complete(Draft& draft);
    [[nodiscard]] bool is_one_question(const Draft& draft) const;
    [[nodiscard]] bool is_one_cell(const Draft& draft) const;
    [[nodiscard]] bool is_nodes(ExpressionId node) const noexcept;
    [[nodiscard]] QuestionId target_of(ExpressionId node) const noexcept;

    // Names and calls
    ExpressionId column(const Token& here);
    ExpressionId call(const Token& name);
    bool arguments_of(const FunctionInfo& info, std::vector<Operand>& arguments);
    ExpressionId of_context(const Token& name);
    ExpressionId choice_question();
    ExpressionId checked_call(const Token& name, const FunctionInfo& info, std::vector<Operand> arguments);
    ExpressionId wrong_count(const Token& name, const FunctionInfo& info, std::size_t count);
    ExpressionId instance(const Token& name, ExpressionId argument);
    ExpressionId pull_data(const Token& name, const std::vector<Operand>& arguments);
    ExpressionId indexed_repeat(const Token& name, const std::vector<Operand>& arguments);
    [[nodiscard]] std::optional<ListId> list_named(ExpressionId argument);
    [[nodiscard]] std::optional<ColumnId> column_named(ListId list, ExpressionId argument);

    std::vector<Token> tokens_;
    const Scope& scope_;
    const Place& place_;
    Expressions& into_;
    std::vector<ExpressionNote>* notes_;  ///< null when nobody reads them
    std::size_t at_ = 0;
    std::size_t nesting_ = 0;
    std::vector<const Sites*> looked_at_;  ///< of the predicates around, innermost last
    Sites sites_;                          ///< of the node-set added last
    std::optional<ExpressionFailure> fault_;
};

}  // namespace questionnaires::engine

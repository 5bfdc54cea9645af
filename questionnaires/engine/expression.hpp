// Expressions of a form as typed trees, parsed once; knows names and choice columns only through Scope, and no answers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace re2 {
class RE2;
}

namespace questionnaires::engine {

/// The functions of the form language; the table in functions.cpp gives names, arity and types.
enum class Function : std::uint8_t {
    // XPath 1.0 section 4
    String,
    Concat,
    StartsWith,
    Contains,
    SubstringBefore,
    SubstringAfter,
    Substring,
    StringLength,
    NormalizeSpace,
    Translate,
    Join,
    Digest,
    Base64Decode,
    Boolean,
    Not,
    True,
    False,
    Number,
    Floor,
    Ceiling,
    Round,
    // ODK XForms specification, section XPath functions
    If,
    Coalesce,
    Selected,
    SelectedAt,
    CountSelected,
    ChoiceName,
    Regex,
    EndsWith,
    Substr,
    BooleanFromString,
    Int,
    Min,
    Max,
    Sum,
    CountNonEmpty,
    Pow,
    Log,
    Log10,
    Abs,
    Sqrt,
    Exp,
    Exp10,
    Pi,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Atan2,
    Today,
    Now,
    Date,
    DateTime,
    DecimalDateTime,
    DecimalTime,
    FormatDate,
    FormatDateTime,
    Random,
    Uuid,
    Once,
    Checklist,
    WeightedChecklist,
    // QUESTIONNAIRES part A
    State,
    Strong,
    Medium,
    Weak,
    Positive,
};

/// Static type of a tree; Any is what a question's value has: known only when it is there.
enum class Type : std::uint8_t { Any, Boolean, Number, String, Date };

enum class Op : std::uint8_t {
    Literal,   ///< text in `text`
    Constant,  ///< `number`
    Question,  ///< ${name}: `index` is the question
    Self,      ///< `.`
    Column,    ///< a column of the choice a choice_filter looks at: `index`
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Sum,      ///< operands added or subtracted, left to right
    Product,  ///< operands multiplied, divided or taken modulo, left to right
    Negate,
    Call,
};

/// How an operand of Sum or Product is joined to what stands left of it.
enum class Join : std::uint8_t { Plus, Minus, Times, Div, Mod };

struct Operand {
    std::uint32_t node = 0;
    Join join = Join::Plus;
};

/// One node of a tree. Operands are `operand_count` entries of Expressions::operands from `first_operand`.
struct ExpressionNode {
    Op op = Op::Literal;
    Type type = Type::Any;
    Function function = Function::String;
    std::uint8_t depth = 1;
    std::uint32_t position = 0;  ///< byte offset in the source
    std::uint32_t index = 0;     ///< question, column, regular expression, dimension or kind of digest
    std::uint32_t first_operand = 0;
    std::uint32_t operand_count = 0;
    std::uint32_t text_begin = 0;
    std::uint32_t text_size = 0;
    double number = 0;
};

/// An expression of a form: the root of its tree.
struct ExpressionId {
    static constexpr std::uint32_t none = 0xFFFFFFFFU;
    std::uint32_t root = none;
    [[nodiscard]] bool exists() const noexcept { return root != none; }
};

/// All trees of a form, in shared tables.
class Expressions {
  public:
    [[nodiscard]] const ExpressionNode& node(std::uint32_t index) const noexcept { return nodes[index]; }
    [[nodiscard]] std::span<const Operand> operands_of(const ExpressionNode& node) const noexcept {
        return std::span(operands).subspan(node.first_operand, node.operand_count);
    }
    [[nodiscard]] std::string_view text_of(const ExpressionNode& node) const noexcept {
        return std::string_view(texts).substr(node.text_begin, node.text_size);
    }

    std::vector<ExpressionNode> nodes;
    std::vector<Operand> operands;
    std::string texts;
    std::vector<std::shared_ptr<const re2::RE2>> patterns;
};

/// What an expression may speak of. Functions return the index of a name, or nothing.
class Scope {
  public:
    Scope() = default;
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    virtual ~Scope() = default;
    [[nodiscard]] virtual std::optional<std::uint32_t> question(std::string_view name) const = 0;
    /// Whether the question is a group, which has no value.
    [[nodiscard]] virtual bool is_group(std::uint32_t question) const = 0;
    /// Whether the question is a select, for jr:choice-name.
    [[nodiscard]] virtual bool is_select(std::uint32_t question) const = 0;
    [[nodiscard]] virtual std::optional<std::uint32_t> dimension(std::string_view name) const = 0;
    /// "did you mean x?" for a question, or empty.
    [[nodiscard]] virtual std::string suggest(std::string_view name) const = 0;
};

/// Where an expression stands, which decides what it may use.
struct Place {
    bool self = false;                                  ///< `.` means the question
    bool once = false;                                  ///< once() means the value there is: calculation, default
    bool states = false;                                ///< state(${q}) is allowed: our own sheets
    bool strengths = false;                             ///< strong(d) and its kin: levels and actions
    const std::vector<std::string>* columns = nullptr;  ///< choice columns, in a choice_filter
};

/// What is wrong with an expression. `position` is the byte offset of the fault.
struct ExpressionFault {
    bool reference = false;  ///< a name that does not exist, rather than a fault of grammar or type
    std::size_t position = 0;
    std::string message;
    std::string suggestion;
};

/// Parses `source` into `into`. XPath 1.0 grammar (sections 3.1 to 3.7) without paths, ${name} for questions. On
/// failure `into` may hold unused nodes.
[[nodiscard]] tl::expected<ExpressionId, ExpressionFault> parse(std::string_view source, const Scope& scope,
                                                                const Place& place, Expressions& into);

/// Calls `visit(question)` for every question a tree refers to, jr:choice-name lists left out, repeats possible.
/// `self` stands for `.`.
template <typename Visit>
void for_each_question(const Expressions& all, std::uint32_t root, std::uint32_t self, const Visit& visit) {
    const ExpressionNode& node = all.node(root);
    if (node.op == Op::Question) visit(node.index);
    if (node.op == Op::Self) visit(self);
    std::size_t left = node.operand_count;
    if (node.op == Op::Call && node.function == Function::ChoiceName) left = 1;
    for (const Operand& operand : all.operands_of(node).first(left)) for_each_question(all, operand.node, self, visit);
}

/// Whether a tree has a node of which `is(node)` holds.
template <typename Predicate>
bool any_node(const Expressions& all, std::uint32_t root, const Predicate& is) {
    const ExpressionNode& node = all.node(root);
    if (is(node)) return true;
    for (const Operand& operand : all.operands_of(node)) {
        if (any_node(all, operand.node, is)) return true;
    }
    return false;
}

}  // namespace questionnaires::engine

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

#include "questionnaires/engine/expression/index.hpp"
#include "questionnaires/engine/expression/sentence.hpp"

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
    // Node-sets: XPath 1.0 section 4.1; ODK XForms, node-set, repeat, select and translation functions
    Count,
    Position,
    Last,
    Name,
    LocalName,
    NamespaceUri,
    Id,
    Lang,
    Instance,
    Current,
    Randomize,
    IndexedRepeat,
    PullData,
    Itext,
    // ours, in no other engine
    State,
    Strong,
    Medium,
    Weak,
    Positive,
};

/// Static type of a tree; Any is what a question's value has: known only when it is there. Nodes is a node-set, which
/// may hold any number of questions, groups, repeat instances or rows of a list.
enum class Type : std::uint8_t { Any, Boolean, Number, String, Date, Nodes };

enum class Op : std::uint8_t {
    Literal,   ///< text in `text`
    Constant,  ///< `number`
    Question,  ///< ${name}, one node wherever the expression stands: `index` is the question
    Self,      ///< `.`
    Column,    ///< a column of the choice a choice_filter looks at: `index`
    Cell,      ///< a column of the row a predicate looks at: `index`
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
    Path,   ///< a node-set: `index` is in Expressions::paths; operands are what the path starts from and predicates
    Union,  ///< node-sets joined by '|'
};

/// How an operand of Sum or Product is joined to what stands left of it.
enum class Join : std::uint8_t { Plus, Minus, Times, Div, Mod };

struct Operand {
    ExpressionId node;
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
    TallySlot tally = no_index;  ///< of its running value, if it keeps one
    double number = 0;

    // What `index` is, by `op` and `function`
    [[nodiscard]] QuestionId question() const noexcept { return QuestionId(index); }
    [[nodiscard]] ColumnId column() const noexcept { return ColumnId(index); }
    [[nodiscard]] DimensionId dimension() const noexcept { return DimensionId(index); }
};

/// One step of a path. `name` is a question, a column of a list, or one of the names below.
struct PathStep {
    enum class Kind : std::uint8_t {
        Reach,    ///< ${name}: the nodes of a question nearest to where the expression stands
        Child,    ///< child axis
        Parent,   ///< parent axis
        Self,     ///< self axis
        Descend,  ///< descendant-or-self::node(), for '//'
        Pick,     ///< indexed-repeat: the node at the place that the operand says
        Match,    ///< pulldata: the rows whose column equals the operand
    };
    static constexpr std::uint32_t any = 0xFFFFFFFFU;    ///< '*'
    static constexpr std::uint32_t root = 0xFFFFFFFEU;   ///< the root element
    static constexpr std::uint32_t item = 0xFFFFFFFDU;   ///< the rows of a list
    static constexpr std::uint32_t never = 0xFFFFFFFCU;  ///< no node has this name

    Kind kind = Kind::Child;
    std::uint32_t name = any;
    std::uint32_t predicates = 0;  ///< how many operands of the path node are this step's

    /// Whether it is the name of one question, or of one column.
    [[nodiscard]] bool is_name() const noexcept { return name < never; }
    [[nodiscard]] QuestionId question() const noexcept { return QuestionId(name); }
    [[nodiscard]] ColumnId column() const noexcept { return ColumnId(name); }
};

/// What an expression reads: the nodes of `question` in the instance of the repeat `meet` around the place where the
/// expression stands; none is the whole form.
struct Read {
    QuestionId question = no_index;
    QuestionId meet = no_index;
    friend bool operator==(const Read&, const Read&) = default;
};

/// A path: where it starts, its steps, and what it reads.
struct Path {
    enum class Start : std::uint8_t {
        Context,   ///< the node the expression or the predicate looks at
        Current,   ///< the node the whole expression stands on
        Document,  ///< '/'
        List,      ///< instance(): `list`
        Operand,   ///< the node-set in the first operand
    };
    Start start = Start::Context;
    ListId list = no_index;
    std::uint32_t first_step = 0;
    std::uint32_t step_count = 0;
    std::uint32_t first_read = 0;
    std::uint32_t read_count = 0;
    QuestionId target = no_index;  ///< the question it always ends on, if it is one
};

/// All trees of a form, in shared tables.
class Expressions {
  public:
    [[nodiscard]] const ExpressionNode& node(ExpressionId expression) const noexcept { return nodes[expression]; }
    [[nodiscard]] std::span<const Operand> operands_of(const ExpressionNode& node) const noexcept {
        return std::span(operands).subspan(node.first_operand, node.operand_count);
    }
    [[nodiscard]] std::string_view text_of(const ExpressionNode& node) const noexcept {
        return std::string_view(texts).substr(node.text_begin, node.text_size);
    }

    [[nodiscard]] const Path& path_of(const ExpressionNode& node) const noexcept { return paths[node.index]; }
    [[nodiscard]] std::span<const PathStep> steps_of(const Path& path) const noexcept {
        return std::span(steps).subspan(path.first_step, path.step_count);
    }
    [[nodiscard]] std::span<const Read> reads_of(const Path& path) const noexcept {
        return std::span(reads).subspan(path.first_read, path.read_count);
    }

    Indexed<ExpressionId, std::vector<ExpressionNode>> nodes;
    std::vector<Operand> operands;
    std::vector<Path> paths;
    std::vector<PathStep> steps;
    std::vector<Read> reads;
    std::string texts;
    std::vector<std::shared_ptr<const re2::RE2>> patterns;
};

/// The names of the columns of a list; some may be empty.
using Columns = Indexed<ColumnId, std::vector<std::string>>;

/// What an expression may speak of. Functions return the index of a name, or nothing.
class Scope {
  public:
    Scope() = default;
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    virtual ~Scope() = default;
    [[nodiscard]] virtual std::optional<QuestionId> question(std::string_view name) const = 0;
    /// Whether the question is a group, a repeat or a note, which have no value.
    [[nodiscard]] virtual bool is_group(QuestionId question) const = 0;
    [[nodiscard]] virtual bool is_repeat(QuestionId question) const = 0;
    /// Whether the question is a select, for jr:choice-name.
    [[nodiscard]] virtual bool is_select(QuestionId question) const = 0;
    /// The group or repeat around it; none at the top.
    [[nodiscard]] virtual QuestionId parent(QuestionId question) const = 0;
    /// The innermost repeat around it, not itself; none outside repeats.
    [[nodiscard]] virtual QuestionId repeat(QuestionId question) const = 0;
    /// One past the last question inside a group; the question after it otherwise.
    [[nodiscard]] virtual QuestionId end(QuestionId question) const = 0;
    /// One past the last question of the form.
    [[nodiscard]] virtual QuestionId end() const = 0;
    /// Whether it is a name of the root element.
    [[nodiscard]] virtual bool is_root(std::string_view name) const = 0;
    /// A secondary instance: a choice list or a file.
    [[nodiscard]] virtual std::optional<ListId> list(std::string_view name) const = 0;
    /// Whether it is there and cannot be read, which was said.
    [[nodiscard]] virtual bool is_unreadable(std::string_view list) const = 0;
    [[nodiscard]] virtual const Columns& columns(ListId list) const = 0;
    [[nodiscard]] virtual std::optional<DimensionId> dimension(std::string_view name) const = 0;
    /// "did you mean x?" for a question, or for a secondary instance; or empty.
    [[nodiscard]] virtual Sentence suggest(std::string_view name) const = 0;
    [[nodiscard]] virtual Sentence suggest_list(std::string_view name) const = 0;
};

/// Where an expression stands, which decides what it may use.
struct Place {
    bool self = false;               ///< `.` means the question
    bool once = false;               ///< once() means the value there is: calculation, default
    bool states = false;             ///< state(${q}) is allowed: our own sheets
    bool strengths = false;          ///< strong(d) and its kin: levels and actions
    Sentence row;                    ///< what has no answer here, so that `.` means nothing: "a note"
    QuestionId question = no_index;  ///< the row that paths start from; the root element when there is none
    ListId list = no_index;          ///< in a choice_filter: the list whose rows are looked at
};

/// What is wrong with an expression. `position` is the byte offset of the fault.
struct ExpressionFailure {
    bool reference = false;  ///< a name that does not exist, rather than a fault of grammar or type
    std::size_t position = 0;
    Sentence message;
    Sentence suggestion;
    bool said = false;  ///< follows from a fault that was said elsewhere
};

/// Something that is read otherwise than it is written, such as curly quotes around text.
struct ExpressionNote {
    std::size_t position = 0;  ///< byte offset
    Sentence message;
};

/// Parses `source` into `into`. XPath 1.0 grammar with the axes child, parent and self and '//' (ODK XForms, XPath
/// axes), ${name} for questions. On failure `into` may hold unused nodes. `notes`, if asked for, are complete on
/// success.
[[nodiscard]] tl::expected<ExpressionId, ExpressionFailure> parse(std::string_view source, const Scope& scope,
                                                                  const Place& place, Expressions& into,
                                                                  std::vector<ExpressionNote>* notes = nullptr);

/// Calls `visit(Read)` for everything a tree reads, jr:choice-name lists left out, repeats possible. `self` stands for
/// `.`; `repeat_of(question)` is the repeat around it.
template <typename RepeatOf, typename Visit>
void for_each_read(const Expressions& all, ExpressionId root, QuestionId self, const RepeatOf& repeat_of,
                   const Visit& visit) {
    const ExpressionNode& node = all.node(root);
    if (node.op == Op::Question) visit(Read{node.question(), repeat_of(node.question())});
    if (node.op == Op::Self) visit(Read{self, repeat_of(self)});
    if (node.op == Op::Path) {
        for (const Read& read : all.reads_of(all.path_of(node))) visit(read);
    }
    std::size_t left = node.operand_count;
    if (node.op == Op::Call && node.function == Function::ChoiceName) left = 1;
    for (const Operand& operand : all.operands_of(node).first(left)) {
        for_each_read(all, operand.node, self, repeat_of, visit);
    }
}

/// Whether a tree has a node of which `is(node)` holds.
template <typename Predicate>
bool any_node(const Expressions& all, ExpressionId root, const Predicate& is) {
    const ExpressionNode& node = all.node(root);
    if (is(node)) return true;
    for (const Operand& operand : all.operands_of(node)) {
        if (any_node(all, operand.node, is)) return true;
    }
    return false;
}

}  // namespace questionnaires::engine

// Evaluates expressions over the values of an interview; knows nothing of pages, files or screens.
#pragma once

#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "questionnaires/engine/expression/tally.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"
#include "questionnaires/engine/expression/value.hpp"
#include "questionnaires/engine/form/data.hpp"
#include "questionnaires/engine/interview/interview.hpp"

namespace questionnaires::engine {

/// What evaluation reads of an interview. Nodes are those of the interview; no_index is the root element.
class Values {
  public:
    Values() = default;
    Values(const Values&) = delete;
    Values& operator=(const Values&) = delete;
    virtual ~Values() = default;
    [[nodiscard]] virtual Value value_of(NodeId node) const noexcept = 0;
    [[nodiscard]] virtual AnswerState state_of(NodeId node) const noexcept = 0;
    /// Indicators that fired, by index; only asked for in levels and actions.
    [[nodiscard]] virtual bool fired(IndicatorId indicator) const noexcept = 0;

    /// The question's node in the instances around `from`; no_index when it is in a repeat that `from` is not in.
    [[nodiscard]] virtual NodeId node_of(NodeId from, QuestionId question) const noexcept = 0;
    [[nodiscard]] virtual QuestionId question_of(NodeId node) const noexcept = 0;
    /// The group or repeat instance around a node.
    [[nodiscard]] virtual NodeId parent_of(NodeId node) const noexcept = 0;
    /// The instances of a repeat, in order, given its node in the instance around it.
    [[nodiscard]] virtual std::span<const NodeId> instances_of(NodeId repeat) const noexcept = 0;
    /// 1-based place of a repeat instance among its siblings; 1 for any other node.
    [[nodiscard]] virtual std::uint32_t place_of(NodeId node) const noexcept = 0;
    /// Where the node stands in the form.
    [[nodiscard]] virtual std::uint32_t order_of(NodeId node) const = 0;
    /// Every node of the question, in every instance.
    virtual void for_all(QuestionId question, const std::function<void(NodeId)>& each) const = 0;
    [[nodiscard]] virtual bool is_relevant(NodeId node) const noexcept = 0;
    /// Whether its relevance, and of a repeat the number of instances, rests on no question without an answer.
    [[nodiscard]] virtual bool is_certain(NodeId node) const noexcept = 0;

    /// Running values, which change what evaluation costs and nothing that anybody sees: the one in that slot
    /// (ExpressionNode::tally) for expressions on the node `self`; nullptr while it is not kept.
    [[nodiscard]] virtual Tally* tally(NodeId self, TallySlot slot) const noexcept = 0;
    /// Starts one: `start(tally, room)` says whether it can be kept. nullptr when not.
    using TallyStart = std::function<bool(Tally&, std::size_t&)>;
    [[nodiscard]] virtual Tally* start_tally(NodeId self, TallySlot slot, const TallyStart& start) const = 0;
};

/// The question's node as ${name} means it at `from`; the first one of a node-set. no_index when there is none.
[[nodiscard]] NodeId nearest_node(const FormData& form, const Values& values, NodeId from,
                                  QuestionId question) noexcept;

/// A text in pieces: `words(text)` for what is written, `name(text)` for what stands in ${ }.
template <typename Words, typename Name>
void for_each_piece(std::string_view source, const Words& words, const Name& name) {
    std::size_t at = 0;
    while (at < source.size()) {
        const std::size_t open = source.find("${", at);
        const std::size_t close = open == std::string_view::npos ? open : source.find('}', open);
        if (close == std::string_view::npos) break;
        words(source.substr(at, open - at));
        name(trim_spaces(source.substr(open + 2, close - open - 2)));
        at = close + 1;
    }
    words(source.substr(at));
}

/// A node of the form or of a list, in a node-set.
struct Ref {
    static constexpr ColumnId document{1U};  ///< `column` of what is above the root element
    ListId list = no_index;                  ///< none: the form
    std::uint32_t index = NoIndex::value;    ///< node(), or row() of the list; none: the root element
    ColumnId column = no_index;              ///< of a list: the cell; none: the row

    [[nodiscard]] static Ref of(NodeId node) noexcept { return {no_index, node.index, no_index}; }
    [[nodiscard]] static Ref of(ListId list, ChoiceId row, ColumnId column = no_index) noexcept {
        return {list, row.index, column};
    }
    /// The root element of the form or of a list.
    [[nodiscard]] static Ref root_of(ListId list) noexcept { return {list, NoIndex::value, no_index}; }
    [[nodiscard]] static Ref document_of(ListId list) noexcept { return {list, NoIndex::value, document}; }

    [[nodiscard]] bool is_root() const noexcept { return index == NoIndex::value; }  ///< or what is above it
    [[nodiscard]] NodeId node() const noexcept { return NodeId(index); }
    [[nodiscard]] ChoiceId row() const noexcept { return ChoiceId(index); }
    friend bool operator==(const Ref&, const Ref&) = default;
};

/// A node-set in the order of the form. `sure`: which nodes are in it rests on no question without an answer.
struct Nodes {
    explicit Nodes(std::pmr::memory_resource* memory) : refs(memory) {}
    std::pmr::vector<Ref> refs;
    bool sure = true;
};

/// Where and for whom an expression is evaluated.
struct Surroundings {
    NodeId self = no_index;  ///< the node it stands on
    ListId list = no_index;  ///< in a choice_filter, with `row`
    ChoiceId row = no_index;
    Rank rank = no_index;  ///< of the item computed: it quotes only what is computed before
    LanguageId language;
    const Environment* environment = nullptr;
    std::uint64_t* chance = nullptr;  ///< state of the generator that random() and its kin draw from
};

/// One evaluation. Temporaries are in `scratch`, which the caller releases. Recursion is at most
/// Limits::expression_depth deep. May throw std::bad_alloc from `scratch`.
class Evaluator {
  public:
    /// `expressions` holds the trees: the form's own ones, or one from outside that speaks of the form.
    Evaluator(const FormData& form, const Expressions& expressions, const Values& values,
              const Surroundings& surroundings, std::pmr::memory_resource& scratch)
        : form_(form),
          expressions_(expressions),
          values_(values),
          around_(surroundings),
          scratch_(scratch),
          looked_at_{
              surroundings.list == no_index ? Ref::of(surroundings.self) : Ref::of(surroundings.list, surroundings.row),
              1, 1} {}

    [[nodiscard]] Value evaluate(ExpressionId expression);
    /// More steps than Limits allow were needed; the value is then empty text and means nothing.
    [[nodiscard]] std::size_t steps() const noexcept { return steps_; }
    [[nodiscard]] bool over_budget() const noexcept { return steps_ > Limits::evaluation_steps; }

    /// XPath 1.0 section 4.2.
    [[nodiscard]] std::string_view to_text(const Value& value);

    /// The node-set an expression gives; of a value that is none, an empty one.
    [[nodiscard]] Nodes nodes_of(ExpressionId expression);

  private:
    using Arguments = std::span<const Operand>;

    /// The node a predicate looks at, and where it stands among its siblings.
    struct Looked {
        Ref ref;
        std::size_t place = 1;
        std::size_t last = 1;
    };

    Value connect(const ExpressionNode& node);
    Value compare(const ExpressionNode& node);
    Value arithmetic(const ExpressionNode& node);
    [[nodiscard]] std::optional<Value> running(const ExpressionNode& node);
    [[nodiscard]] Tally* start_tally(const ExpressionNode& node);
    [[nodiscard]] Term term_of(const ExpressionNode& node, const Operand& operand);
    [[nodiscard]] Term term_of(const ExpressionNode& node, NodeId found);
    [[nodiscard]] Value value_of(const ExpressionNode& node, Tally& tally);
    Value call(const ExpressionNode& node);
    Value call_text(const ExpressionNode& node, Arguments arguments);
    Value call_date(const ExpressionNode& node, Arguments arguments);
    Value call_chance(const ExpressionNode& node, Arguments arguments);
    Value call_number(const ExpressionNode& node, Arguments arguments);
    Value call_choice(const ExpressionNode& node, Arguments arguments);
    Value call_outcome(const ExpressionNode& node, Arguments arguments);
    Value call_nodes(const ExpressionNode& node, Arguments arguments);

    // Node-sets
    [[nodiscard]] bool is_nodes(ExpressionId expression) const noexcept {
        return expressions_.node(expression).type == Type::Nodes;
    }
    [[nodiscard]] bool truth(ExpressionId expression, bool& known);
    Nodes walk(const ExpressionNode& node);
    void reach(const Ref& from, QuestionId question, Nodes& into);
    void children(const Ref& from, const PathStep& step, Nodes& into);
    void children_of_row(const Ref& from, const PathStep& step, Nodes& into);
    void parent(const Ref& from, Nodes& into);
    void descend(const Ref& from, Nodes& into);
    void match(const PathStep& step, const Operand& operand, Nodes& from);
    void pick(const Operand& operand, Nodes& from);
    void filter(std::span<const Operand> predicates, Nodes& candidates);
    void add(NodeId node, Nodes& into);
    void add_named(NodeId node, Nodes& into);
    void arrange(Nodes& nodes);
    Nodes shuffled(Arguments arguments);
    [[nodiscard]] Value value_of(const Ref& ref);
    [[nodiscard]] std::string_view cell(ListId list, ChoiceId row, ColumnId column);
    [[nodiscard]] std::string_view name_of_node(const Ref& ref) const noexcept;
    [[nodiscard]] const Template* itext(std::string_view id) const;
    /// The text in the language spoken, with what questions near that node say in place of ${name}.
    [[nodiscard]] std::string_view filled(const Template& text, NodeId near);
    Value compare_nodes(const ExpressionNode& node, Arguments operands);
    [[nodiscard]] bool related(Op op, const Value& left, const Value& right);
    /// Calls `each(Value)` for every value of the arguments, node-sets node by node; empty nodes of a set only when
    /// `empty`. False when it is not known which nodes there are.
    template <typename Each>
    bool for_each_value(Arguments arguments, bool empty, const Each& each) {
        bool sure = true;
        for (const Operand& operand : arguments) {
            if (!is_nodes(operand.node)) {
                const Op op = expressions_.node(operand.node).op;
                const Value value = evaluate(operand.node);
                if (empty || (op != Op::Question && op != Op::Self) || !is_empty(value)) {
                    each(value);
                } else {
                    sure = sure && value.known;
                }
                continue;
            }
            const Nodes nodes = nodes_of(operand.node);
            sure = sure && nodes.sure;
            for (const Ref& ref : nodes.refs) {
                const Value value = value_of(ref);
                if (empty || !is_empty(value)) {
                    each(value);
                } else {
                    sure = sure && value.known;
                }
            }
        }
        return sure;
    }
    [[nodiscard]] static bool is_empty(const Value& value) noexcept {
        return value.type == Value::Type::String && value.text.empty();
    }

    Value conditional(Arguments arguments);
    Value coalesce(Arguments arguments);
    Value count_non_empty(Arguments arguments);
    Value selected(Arguments arguments);
    Value substring(Arguments arguments, bool from_zero);
    Value translate(Arguments arguments);
    Value normalize(Arguments arguments);
    Value join(std::string_view separator, Arguments arguments);
    Value digest_of(const ExpressionNode& node, Arguments arguments);
    Value decoded(const Value& value);
    Value checklist(const ExpressionNode& node, Arguments arguments);
    /// Whether a checklist's total is within its bounds.
    [[nodiscard]] Value inside(double total, bool known, const Value& least, const Value& most) const noexcept;
    Value choice_name(Arguments arguments);
    Value date_value(const Date& date, bool known);
    Value moment_value(double days, bool known);
    Value format_date(Arguments arguments);
    /// Day number of a date, a number, or text in the form of a date; empty when it is none.
    [[nodiscard]] std::optional<double> days_of(const Value& value) const noexcept;
    Value uuid(Arguments arguments);
    [[nodiscard]] std::uint64_t draw() const noexcept;
    Value extreme(Arguments arguments, bool greatest);
    Value sum(Arguments arguments);

    [[nodiscard]] double number_of(const Value& value) const noexcept {
        return to_number(value, around_.environment->zone);
    }
    /// Room for `size` bytes of text that lives until the scratch memory is released; counts towards the budget.
    char* room(std::size_t size);
    std::string_view keep(std::string_view text);
    void count(std::size_t steps) noexcept { steps_ += steps; }

    const FormData& form_;
    const Expressions& expressions_;
    const Values& values_;
    const Surroundings& around_;
    std::pmr::memory_resource& scratch_;
    Looked looked_at_;
    std::size_t steps_ = 0;
    QuestionId with_hidden_ = no_index;  ///< nodes of this question are in node-sets even when irrelevant
};

}  // namespace questionnaires::engine

// The inside of an interview: values, what has to be computed again, and texts with placeholders filled in.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <memory_resource>
#include <string>
#include <tuple>
#include <vector>

#include "questionnaires/engine/form/data.hpp"
#include "questionnaires/engine/interview/evaluate.hpp"
#include "questionnaires/engine/interview/interview.hpp"

namespace questionnaires::engine {

inline constexpr std::uint8_t no_language = 255;
inline constexpr std::uint8_t overhangs_bit = 128;  ///< of NodeState::queued: in State::overhanging

/// An instance of a repeat, or the form itself, in one interview.
using InstanceId = Index<struct InstanceTag>;
inline constexpr InstanceId whole_form;
/// The instances of one repeat node.
using SeriesId = Index<struct SeriesTag>;
/// What a choice filter leaves of one question.
using OfferId = Index<struct OfferTag>;
/// A running value.
using TallyId = Index<struct TallyTag>;

/// What an interview knows of one node.
struct NodeState {
    using allocator_type = std::pmr::polymorphic_allocator<>;
    NodeState(QuestionId question_in, InstanceId instance_in, const allocator_type& allocator)
        : value(allocator), question(question_in), instance(instance_in) {}
    NodeState(const NodeState&) = delete;
    NodeState& operator=(const NodeState&) = delete;
    ~NodeState() = default;

    std::pmr::string value;
    double number = 0;  ///< of `value`, for numbers and dates
    QuestionId question;
    InstanceId instance;         ///< the repeat instance it is in, or the form itself
    SeriesId series = no_index;  ///< of a repeat: its instances
    OfferId offer = no_index;    ///< with a choice filter: what it leaves, in `offers`
    AnswerState state = AnswerState::NotAsked;
    std::uint8_t language = no_language;
    std::uint8_t queued = 0;  ///< a bit per Item::Kind: in the list of nodes to compute; `overhangs_bit`
    bool exists = true;       ///< false: its instance was removed
    bool relevant = true;
    bool relevance_known = true;  ///< relevance does not rest on an unanswered question
    bool known = false;           ///< of a computed value: it does not rest on an unanswered question
    bool proposed = false;        ///< `value` is a default that nobody has confirmed
    bool typed = false;           ///< `value` was computed as a number (`number`) or as true or false (NaN)
};

/// One instance of a repeat; the first one of all is the form. Its nodes are in one block.
struct Instance {
    QuestionId repeat = no_index;   ///< of the form none
    InstanceId parent = no_index;   ///< the instance around it
    NodeId first;                   ///< of slot 0
    NodeId node = no_index;         ///< the node of the repeat, in the parent
    std::uint32_t place = 0;        ///< 0-based, among its siblings
    std::uint32_t first_tally = 0;  ///< of its slots of running values
    bool exists = true;
};

/// The instances of one repeat node, by their first nodes.
struct Series {
    using allocator_type = std::pmr::polymorphic_allocator<>;
    explicit Series(const allocator_type& allocator) : roots(allocator) {}
    std::pmr::vector<NodeId> roots;
    double wanted = 0;  ///< what repeat_count said when it was computed last
    bool known = true;  ///< the count does not rest on an unanswered question
};

/// Whether the item gives another value each time, or the one it gave first, so that only a draft knows it.
[[nodiscard]] bool is_chance(const FormData& form, const Item& item);

/// A page of one instance.
struct Stop {
    PageId page;
    InstanceId instance;
    friend bool operator==(const Stop&, const Stop&) = default;
};

struct Interview::State final : Values {
    /// `empty`: no defaults and no instances yet, for restore().
    State(std::shared_ptr<const Form> form_in, std::pmr::memory_resource* memory, const Environment& environment_in,
          bool empty);

    // Values
    [[nodiscard]] Value value_of(NodeId node) const noexcept override;
    [[nodiscard]] AnswerState state_of(NodeId node) const noexcept override;
    [[nodiscard]] bool fired(IndicatorId indicator) const noexcept override { return fired_now[indicator] != 0; }
    [[nodiscard]] NodeId node_of(NodeId from, QuestionId question) const noexcept override;
    [[nodiscard]] QuestionId question_of(NodeId node) const noexcept override { return nodes[node].question; }
    [[nodiscard]] NodeId parent_of(NodeId node) const noexcept override;
    [[nodiscard]] std::span<const NodeId> instances_of(NodeId repeat) const noexcept override;
    [[nodiscard]] std::uint32_t place_of(NodeId node) const noexcept override;
    [[nodiscard]] std::uint32_t order_of(NodeId node) const override;
    void for_all(QuestionId question, const std::function<void(NodeId)>& each) const override {
        for_each_node(whole_form, question, each);
    }
    [[nodiscard]] bool is_relevant(NodeId node) const noexcept override { return nodes[node].relevant; }
    [[nodiscard]] bool is_certain(NodeId node) const noexcept override;
    [[nodiscard]] Tally* tally(NodeId self, TallySlot slot) const noexcept override;
    [[nodiscard]] Tally* start_tally(NodeId self, TallySlot slot, const TallyStart& start) const override;

    // Form
    [[nodiscard]] const Question& question(NodeId node) const noexcept { return data->questions[nodes[node].question]; }
    [[nodiscard]] bool has(NodeId node) const noexcept { return node < nodes.end_id() && nodes[node].exists; }
    [[nodiscard]] bool computed(NodeId node) const noexcept;
    [[nodiscard]] std::span<const ChoiceId> choices(NodeId node) const noexcept;

    // Evaluation; the temporaries of one call are gone at the next
    /// Draws no random numbers for good: asking twice gives the same value.
    [[nodiscard]] Value evaluate(ExpressionId expression, NodeId self, LanguageId language);
    /// For values that are stored: the next one draws other random numbers. `rank`: of the item computed, if it is one.
    [[nodiscard]] Value compute(ExpressionId expression, NodeId self, Rank rank = no_index);
    [[nodiscard]] Value draw(ExpressionId expression, const Surroundings& around);
    /// True when there is no expression.
    [[nodiscard]] bool holds(ExpressionId expression, NodeId self, LanguageId language);
    [[nodiscard]] bool is_true(ExpressionId expression, NodeId self) {
        return expression.exists() && holds(expression, self, spoken);
    }

    [[nodiscard]] tl::expected<Evaluated, ExpressionFailure> evaluate_text(std::string_view expression,
                                                                           std::optional<NodeId> self,
                                                                           LanguageId language);

    // Computing again
    void value_changed(NodeId node);
    /// The item on `self` is to be computed again because of `node`.
    void mark(const Dependent& dependent, NodeId self, NodeId node);
    void mark(Rank rank) noexcept;
    void mark(Rank rank, NodeId node);
    void mark_within(InstanceId instance, Rank rank);
    void mark_children(NodeId node);
    void recompute();
    /// As recompute(), then the dynamic defaults of instances that came into being, until nothing changes.
    void settle();
    void run(const Item& item, NodeId node);
    void run_relevance(NodeId node);
    void run_computation(NodeId node);
    void run_filter(NodeId node);
    void run_count(NodeId node);
    [[nodiscard]] Value wanted_count(NodeId node);
    /// Makes instances that are missing; `fewer`: takes away those that are too many.
    void fit_instances(NodeId node, bool fewer);
    /// The node may hold more than the form allows now: choices that are not offered, too many instances.
    void overhangs(NodeId node);
    /// What overhangs goes when all else of a change is computed, and only where it is shown: something else may make
    /// room for it again, and what is hidden comes back as it was.
    void cut_overhangs();
    [[nodiscard]] bool is_offered(NodeId node, std::string_view name) const noexcept;

    // Choices; of a select whose choices are answers, an id is the node of the answer
    [[nodiscard]] static NodeId answer_of(ChoiceId choice) noexcept { return NodeId(choice.index); }
    void offer_answers(NodeId node, std::pmr::vector<ChoiceId>& into);
    [[nodiscard]] bool is_choice(NodeId node, ChoiceId choice) const noexcept;
    [[nodiscard]] bool is_named(NodeId node, ChoiceId choice, std::string_view name) const noexcept;
    void append_name(NodeId node, ChoiceId choice, std::pmr::string& into) const;
    [[nodiscard]] bool is_selected(NodeId node, ChoiceId choice) const noexcept;
    [[nodiscard]] std::string_view label_of(NodeId node, ChoiceId choice, LanguageId language);
    [[nodiscard]] std::string_view name_of(NodeId node, ChoiceId choice);

    [[nodiscard]] std::int64_t seed_of(NodeId node) const noexcept;
    /// Stores a computed value in the form of the node's kind; true when text or certainty changed.
    bool store(NodeId node, const Value& value);
    void set_value(NodeId node, std::string_view text);
    void set_typed(NodeId node, bool typed) noexcept;
    void drop_filtered_choices(NodeId node);
    void propose(NodeId node) noexcept;
    void dynamic_defaults(InstanceId instance);

    // Repeat instances
    [[nodiscard]] NodeId node_at(InstanceId instance, Slot slot) const noexcept {
        return instances[instance].first + slot.index;
    }
    /// Of a question in the repeat of that instance, not in one inside it.
    [[nodiscard]] NodeId node_in(InstanceId instance, QuestionId question) const noexcept {
        return node_at(instance, data->questions[question].slot);
    }
    [[nodiscard]] const Block& block_of(InstanceId instance) const noexcept {
        const QuestionId repeat = instances[instance].repeat;
        return data->blocks[repeat == no_index ? BlockId() : data->questions[repeat].block];
    }
    /// Calls `each(node)` for every node of the question in that instance.
    template <typename Each>
    void for_each_node(InstanceId instance, QuestionId wanted, const Each& each) const {
        const QuestionId around = data->questions[wanted].repeat;
        if (instances[instance].repeat == around) return each(node_in(instance, wanted));
        QuestionId next = around;
        while (data->questions[next].repeat != instances[instance].repeat) next = data->questions[next].repeat;
        for (const NodeId root : instances_of(node_in(instance, next)))
            for_each_node(nodes[root].instance, wanted, each);
    }
    [[nodiscard]] bool is_root(NodeId node) const noexcept {  // of a repeat instance
        const Instance& around = instances[nodes[node].instance];
        return around.repeat != no_index && around.first == node;
    }
    [[nodiscard]] bool counted(NodeId repeat) const noexcept { return question(repeat).repeat_count.exists(); }
    /// Appends an instance; its first node, or no_index when Limits do not allow one more.
    /// `written`: as the form itself has it, with one instance of each repeat inside whose number nobody computes.
    NodeId create(NodeId repeat, bool written);
    InstanceId take_block(QuestionId repeat, NodeId node);
    void fill_block(InstanceId instance, bool written);
    [[nodiscard]] bool is_written(NodeId repeat) const noexcept;
    void attach(InstanceId instance);
    void detach(InstanceId instance);
    void set_existence(InstanceId instance, bool exists);
    void release(InstanceId instance);
    /// Before a change, after one that holds, after one that does not (then settle() computes what follows).
    void begin() noexcept;
    void commit();
    void roll_back();
    void mark_inside(InstanceId instance);
    [[nodiscard]] bool failed() const noexcept { return over_budget || too_many; }
    [[nodiscard]] RefusalKind failure() const noexcept { return too_many ? RefusalKind::TooMany : RefusalKind::Budget; }
    [[nodiscard]] std::optional<RefusalKind> settle_instances(NodeId repeat);
    [[nodiscard]] tl::expected<NodeId, Refusal> add_instance(NodeId repeat);
    [[nodiscard]] tl::expected<void, Refusal> remove_instance(NodeId root);
    void append_address(NodeId node, std::pmr::string& into) const;
    void list_nodes() const;
    void list_nodes(InstanceId instance, QuestionId from, QuestionId to) const;

    // Triggers
    /// What a node was before it was set.
    struct Kept {
        NodeId node;
        std::pmr::string value;
        AnswerState state;
        std::uint8_t language;
        bool proposed;
        bool known;
        bool typed;
    };
    [[nodiscard]] Kept keep(NodeId node) const;
    void put_back(const Kept& before);
    [[nodiscard]] bool is_around(QuestionId repeat, QuestionId inner) const noexcept;
    /// Rows that wait for `node`.
    void run_triggers(NodeId node);
    [[nodiscard]] bool set_by_trigger(NodeId node);

    // Pages
    [[nodiscard]] bool live(const Stop& stop) const noexcept;
    [[nodiscard]] bool shown(NodeId node) const noexcept;
    [[nodiscard]] bool is_inside(const Stop& stop, NodeId node) const noexcept;
    void stand_on(std::size_t stop);
    void refresh_page();
    void refresh_flow();
    void list_stops(InstanceId instance, PageId from, PageId to, std::pmr::vector<Stop>& into) const;
    void show(const Stop& stop, std::pmr::vector<NodeId>& into) const;

    // Saying something
    [[nodiscard]] std::optional<RefusalKind> why_not(NodeId node) noexcept;
    [[nodiscard]] std::optional<RefusalKind> normalize(NodeId node, std::string_view value, std::pmr::string& into);
    [[nodiscard]] std::optional<Refusal> violation(NodeId node, LanguageId language);
    [[nodiscard]] std::optional<Refusal> unanswered(NodeId node, LanguageId language);
    [[nodiscard]] tl::expected<void, Refusal> put(NodeId node, std::string_view value, AnswerState state,
                                                  std::uint8_t language);
    [[nodiscard]] tl::expected<void, Refusal> answer(NodeId node, std::string_view value, LanguageId language);
    [[nodiscard]] tl::expected<bool, Refusal> next(LanguageId language);
    void speak(LanguageId language);
    /// Forgets rendered texts and fired indicators: before every change.
    void changing() noexcept;

    // Drafts
    [[nodiscard]] std::pmr::vector<std::byte> save() const;
    [[nodiscard]] bool restore(std::span<const std::byte> draft, std::size_t nodes_from);
    [[nodiscard]] bool is_plausible(NodeId node);

    // Texts
    [[nodiscard]] std::string_view render(const Template& text, NodeId node, LanguageId language);

    // What follows
    void fire_indicators();
    [[nodiscard]] bool fires(ExpressionId when);
    [[nodiscard]] Names because(ExpressionId when);

    std::shared_ptr<const Form> form;
    const FormData* data;
    std::pmr::memory_resource* resource;
    Environment environment;
    LanguageId spoken;                                  ///< on the screen now: labels that expressions quote are in it
    std::uint64_t chance;                               ///< state of the generator of random numbers
    Indexed<NodeId, std::pmr::deque<NodeState>> nodes;  ///< never moved: views into values stay good
    Indexed<InstanceId, std::pmr::vector<Instance>> instances;
    Indexed<SeriesId, std::pmr::deque<Series>> series;
    Indexed<OfferId, std::pmr::deque<std::pmr::vector<ChoiceId>>> offers;
    mutable Indexed<TallyId, std::pmr::deque<Tally>> tallies;  ///< running values; never moved
    mutable std::pmr::vector<TallyId> tally_slots;             ///< into `tallies`, by Instance::first_tally
    mutable std::size_t tally_room = Tally::most_terms;        ///< terms that may still be kept
    std::pmr::vector<InstanceId> free_instances;               ///< blocks to use again
    std::size_t instance_count = 0;                            ///< that exist
    std::pmr::vector<InstanceId> fresh;                        ///< instances whose dynamic defaults are still to come
    std::pmr::vector<InstanceId> created;                      ///< since the change began
    std::pmr::vector<InstanceId> parked;                       ///< detached since the change began
    std::pmr::vector<Kept> kept;                               ///< what was set since the change began
    std::pmr::vector<NodeId> overhanging;                      ///< nodes for cut_overhangs()
    std::pmr::vector<std::uint64_t> dirty;                     ///< one bit per item of the graph
    Indexed<QueueId, std::pmr::vector<std::pmr::vector<NodeId>>> queues;  ///< nodes to compute, of items in repeats
    std::size_t dirty_first = 0;  ///< words of `dirty` that may hold bits: [first, last)
    std::size_t dirty_last = 0;
    std::pmr::vector<NodeId> page_nodes;
    std::pmr::vector<Stop> flow;  ///< all pages of all instances, in order
    std::size_t position = 0;     ///< in `flow`; its size after the last
    bool flow_stale = true;
    mutable std::pmr::vector<NodeId> listed;                          ///< existing nodes in the order of the form
    mutable Indexed<NodeId, std::pmr::vector<std::uint32_t>> orders;  ///< per node, its place in `listed`
    mutable bool listed_stale = true;
    std::pmr::map<std::tuple<const Template*, NodeId, std::uint8_t>, std::pmr::string> rendered;
    Indexed<IndicatorId, std::pmr::vector<std::uint8_t>> fired_now;
    bool fired_valid = false;
    bool restoring = false;    ///< instances are made without content
    bool over_budget = false;  ///< since the last change began
    std::size_t spent = 0;     ///< steps of all evaluations since then
    bool too_many = false;     ///< the same for Limits::nodes and Limits::instances
    bool exhausted = false;
    std::pmr::vector<std::byte> scratch_room;
    std::pmr::monotonic_buffer_resource scratch;
};

}  // namespace questionnaires::engine

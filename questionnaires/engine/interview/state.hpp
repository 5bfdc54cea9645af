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

/// What an interview knows of one node.
struct NodeState {
    using allocator_type = std::pmr::polymorphic_allocator<>;
    NodeState(std::uint32_t question_in, std::uint32_t instance_in, const allocator_type& allocator)
        : value(allocator), question(question_in), instance(instance_in) {}
    NodeState(const NodeState&) = delete;
    NodeState& operator=(const NodeState&) = delete;
    ~NodeState() = default;

    std::pmr::string value;
    double number = 0;  ///< of `value`, for numbers and dates
    std::uint32_t question = 0;
    std::uint32_t instance = 0;       ///< the repeat instance it is in; 0 is the form itself
    std::uint32_t series = no_index;  ///< of a repeat: its instances
    std::uint32_t offer = no_index;   ///< with a choice filter: what it leaves, in `offers`
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
    std::uint32_t repeat = no_index;  ///< question of the repeat
    std::uint32_t parent = no_index;  ///< the instance around it
    std::uint32_t first = 0;          ///< node of slot 0
    std::uint32_t node = no_index;    ///< the node of the repeat, in the parent
    std::uint32_t place = 0;          ///< 0-based, among its siblings
    std::uint32_t first_tally = 0;    ///< of its slots of running values
    bool exists = true;
};

/// The instances of one repeat node, by their first nodes.
struct Series {
    using allocator_type = std::pmr::polymorphic_allocator<>;
    explicit Series(const allocator_type& allocator) : roots(allocator) {}
    std::pmr::vector<std::uint32_t> roots;
    double wanted = 0;  ///< what repeat_count said when it was computed last
    bool known = true;  ///< the count does not rest on an unanswered question
};

/// Whether the item gives another value each time, or the one it gave first, so that only a draft knows it.
[[nodiscard]] bool is_chance(const FormData& form, const Item& item);

/// A page of one instance.
struct Stop {
    std::uint32_t page = 0;
    std::uint32_t instance = 0;
};

struct Interview::State final : Values {
    /// `empty`: no defaults and no instances yet, for restore().
    State(std::shared_ptr<const Form> form_in, std::pmr::memory_resource* memory, const Environment& environment_in,
          bool empty);

    // Values
    [[nodiscard]] Value value_of(std::uint32_t question) const noexcept override;
    [[nodiscard]] AnswerState state_of(std::uint32_t question) const noexcept override;
    [[nodiscard]] bool fired(std::uint32_t indicator) const noexcept override { return fired_now[indicator] != 0; }
    [[nodiscard]] std::uint32_t node_of(std::uint32_t from, std::uint32_t question) const noexcept override;
    [[nodiscard]] std::uint32_t question_of(std::uint32_t node) const noexcept override { return nodes[node].question; }
    [[nodiscard]] std::uint32_t parent_of(std::uint32_t node) const noexcept override;
    [[nodiscard]] std::span<const std::uint32_t> instances_of(std::uint32_t repeat) const noexcept override;
    [[nodiscard]] std::uint32_t place_of(std::uint32_t node) const noexcept override;
    [[nodiscard]] std::uint32_t order_of(std::uint32_t node) const override;
    void for_all(std::uint32_t question, const std::function<void(std::uint32_t)>& each) const override {
        for_each_node(0, question, each);
    }
    [[nodiscard]] bool is_relevant(std::uint32_t node) const noexcept override { return nodes[node].relevant; }
    [[nodiscard]] bool is_certain(std::uint32_t node) const noexcept override;
    [[nodiscard]] Tally* tally(std::uint32_t self, std::uint32_t slot) const noexcept override;
    [[nodiscard]] Tally* start_tally(std::uint32_t self, std::uint32_t slot, const TallyStart& start) const override;

    // Form
    [[nodiscard]] const Question& question(std::uint32_t node) const noexcept {
        return data->questions[nodes[node].question];
    }
    [[nodiscard]] bool has(NodeId node) const noexcept { return node.index < nodes.size() && nodes[node.index].exists; }
    [[nodiscard]] bool computed(std::uint32_t node) const noexcept;
    [[nodiscard]] std::span<const ChoiceId> choices(std::uint32_t node) const noexcept;

    // Evaluation; the temporaries of one call are gone at the next
    /// Draws no random numbers for good: asking twice gives the same value.
    [[nodiscard]] Value evaluate(ExpressionId expression, std::uint32_t self, LanguageId language);
    /// For values that are stored: the next one draws other random numbers. `rank`: of the item computed, if it is one.
    [[nodiscard]] Value compute(ExpressionId expression, std::uint32_t self, std::uint32_t rank = no_index);
    [[nodiscard]] Value draw(ExpressionId expression, const Surroundings& around);
    /// True when there is no expression.
    [[nodiscard]] bool holds(ExpressionId expression, std::uint32_t self, LanguageId language);
    [[nodiscard]] bool is_true(ExpressionId expression, std::uint32_t self) {
        return expression.exists() && holds(expression, self, spoken);
    }

    [[nodiscard]] tl::expected<Evaluated, ExpressionFault> evaluate_text(std::string_view expression,
                                                                         std::optional<NodeId> self,
                                                                         LanguageId language);

    // Computing again
    void value_changed(std::uint32_t node);
    /// The item on `self` is to be computed again because of `node`.
    void mark(const Dependent& dependent, std::uint32_t self, std::uint32_t node);
    void mark(std::uint32_t rank) noexcept;
    void mark(std::uint32_t rank, std::uint32_t node);
    void mark_within(std::uint32_t instance, std::uint32_t rank);
    void mark_children(std::uint32_t node);
    void recompute();
    /// As recompute(), then the dynamic defaults of instances that came into being, until nothing changes.
    void settle();
    void run(const Item& item, std::uint32_t node);
    void run_relevance(std::uint32_t node);
    void run_computation(std::uint32_t node);
    void run_filter(std::uint32_t node);
    void run_count(std::uint32_t node);
    [[nodiscard]] Value wanted_count(std::uint32_t node);
    /// Makes instances that are missing; `fewer`: takes away those that are too many.
    void fit_instances(std::uint32_t node, bool fewer);
    /// The node may hold more than the form allows now: choices that are not offered, too many instances.
    void overhangs(std::uint32_t node);
    /// What overhangs goes when all else of a change is computed, and only where it is shown: something else may make
    /// room for it again, and what is hidden comes back as it was.
    void cut_overhangs();
    [[nodiscard]] bool is_offered(std::uint32_t node, std::string_view name) const noexcept;

    // Choices; of a select whose choices are answers, an id is the node of the answer
    void offer_answers(std::uint32_t node, std::pmr::vector<ChoiceId>& into);
    [[nodiscard]] bool is_choice(std::uint32_t node, ChoiceId choice) const noexcept;
    [[nodiscard]] bool is_named(std::uint32_t node, ChoiceId choice, std::string_view name) const noexcept;
    void append_name(std::uint32_t node, ChoiceId choice, std::pmr::string& into) const;
    [[nodiscard]] bool is_selected(std::uint32_t node, ChoiceId choice) const noexcept;
    [[nodiscard]] std::string_view label_of(std::uint32_t node, ChoiceId choice, LanguageId language);
    [[nodiscard]] std::string_view name_of(std::uint32_t node, ChoiceId choice);

    [[nodiscard]] std::int64_t seed_of(std::uint32_t node) const noexcept;
    /// Stores a computed value in the form of the node's kind; true when text or certainty changed.
    bool store(std::uint32_t node, const Value& value);
    void set_value(std::uint32_t node, std::string_view text);
    void set_typed(std::uint32_t node, bool typed) noexcept;
    void drop_filtered_choices(std::uint32_t node);
    void propose(std::uint32_t node) noexcept;
    void dynamic_defaults(std::uint32_t instance);

    // Repeat instances
    /// Calls `each(node)` for every node of the question in that instance.
    template <typename Each>
    void for_each_node(std::uint32_t instance, std::uint32_t wanted, const Each& each) const {
        const std::uint32_t around = data->questions[wanted].repeat;
        if (instances[instance].repeat == around) return each(instances[instance].first + data->questions[wanted].slot);
        std::uint32_t next = around;
        while (data->questions[next].repeat != instances[instance].repeat) next = data->questions[next].repeat;
        const std::uint32_t repeat = instances[instance].first + data->questions[next].slot;
        for (const std::uint32_t root : instances_of(repeat)) for_each_node(nodes[root].instance, wanted, each);
    }
    [[nodiscard]] bool is_root(std::uint32_t node) const noexcept {  // of a repeat instance
        const Instance& around = instances[nodes[node].instance];
        return around.repeat != no_index && around.first == node;
    }
    [[nodiscard]] bool counted(std::uint32_t repeat) const noexcept { return question(repeat).repeat_count.exists(); }
    /// Appends an instance; its first node, or no_index when Limits do not allow one more.
    /// `written`: as the form itself has it, with one instance of each repeat inside whose number nobody computes.
    std::uint32_t create(std::uint32_t repeat, bool written);
    std::uint32_t take_block(std::uint32_t repeat_question, std::uint32_t node);
    void fill_block(std::uint32_t instance, bool written);
    [[nodiscard]] bool is_written(std::uint32_t repeat) const noexcept;
    void attach(std::uint32_t instance);
    void detach(std::uint32_t instance);
    void set_existence(std::uint32_t instance, bool exists);
    void release(std::uint32_t instance);
    /// Before a change, after one that holds, after one that does not (then settle() computes what follows).
    void begin() noexcept;
    void commit();
    void roll_back();
    void mark_inside(std::uint32_t instance);
    [[nodiscard]] bool failed() const noexcept { return over_budget || too_many; }
    [[nodiscard]] RefusalKind failure() const noexcept { return too_many ? RefusalKind::TooMany : RefusalKind::Budget; }
    [[nodiscard]] std::optional<RefusalKind> settle_instances(std::uint32_t repeat);
    [[nodiscard]] tl::expected<NodeId, Refusal> add_instance(std::uint32_t repeat);
    [[nodiscard]] tl::expected<void, Refusal> remove_instance(std::uint32_t root);
    void append_address(std::uint32_t node, std::pmr::string& into) const;
    void list_nodes() const;
    void list_nodes(std::uint32_t instance, std::uint32_t from, std::uint32_t to) const;

    // Triggers
    /// What a node was before it was set.
    struct Kept {
        std::uint32_t node;
        std::pmr::string value;
        AnswerState state;
        std::uint8_t language;
        bool proposed;
        bool known;
        bool typed;
    };
    [[nodiscard]] Kept keep(std::uint32_t node) const;
    void put_back(const Kept& before);
    [[nodiscard]] bool is_around(std::uint32_t repeat, std::uint32_t inner) const noexcept;
    /// Rows that wait for `node`.
    void run_triggers(std::uint32_t node);
    [[nodiscard]] bool set_by_trigger(std::uint32_t node);

    // Pages
    [[nodiscard]] bool live(const Stop& stop) const noexcept;
    [[nodiscard]] bool shown(std::uint32_t node) const noexcept;
    [[nodiscard]] bool is_inside(const Stop& stop, std::uint32_t node) const noexcept;
    void stand_on(std::size_t stop);
    void refresh_page();
    void refresh_flow();
    void list_stops(std::uint32_t instance, std::uint32_t from, std::uint32_t to, std::pmr::vector<Stop>& into) const;
    void show(const Stop& stop, std::pmr::vector<NodeId>& into) const;

    // Saying something
    [[nodiscard]] std::optional<RefusalKind> why_not(std::uint32_t node) noexcept;
    [[nodiscard]] std::optional<RefusalKind> normalize(std::uint32_t node, std::string_view value,
                                                       std::pmr::string& into);
    [[nodiscard]] std::optional<Refusal> violation(std::uint32_t node, LanguageId language);
    [[nodiscard]] std::optional<Refusal> unanswered(std::uint32_t node, LanguageId language);
    [[nodiscard]] tl::expected<void, Refusal> put(std::uint32_t node, std::string_view value, AnswerState state,
                                                  std::uint8_t language);
    [[nodiscard]] tl::expected<void, Refusal> answer(std::uint32_t node, std::string_view value, LanguageId language);
    [[nodiscard]] tl::expected<bool, Refusal> next(LanguageId language);
    void speak(LanguageId language);
    /// Forgets rendered texts and fired indicators: before every change.
    void changing() noexcept;

    // Drafts
    [[nodiscard]] std::pmr::vector<std::byte> save() const;
    [[nodiscard]] bool restore(std::span<const std::byte> draft, std::size_t nodes_from);
    [[nodiscard]] bool is_plausible(std::uint32_t node);

    // Texts
    [[nodiscard]] std::string_view render(const Template& text, std::uint32_t node, LanguageId language);

    // What follows
    void fire_indicators();
    [[nodiscard]] bool fires(ExpressionId when);
    [[nodiscard]] Names because(ExpressionId when);

    std::shared_ptr<const Form> form;
    const FormData* data;
    std::pmr::memory_resource* resource;
    Environment environment;
    LanguageId spoken;                 ///< on the screen now: labels that expressions quote are in it
    std::uint64_t chance;              ///< state of the generator of random numbers
    std::pmr::deque<NodeState> nodes;  ///< never moved: views into values stay good
    std::pmr::vector<Instance> instances;
    std::pmr::deque<Series> series;
    std::pmr::deque<std::pmr::vector<ChoiceId>> offers;
    mutable std::pmr::deque<Tally> tallies;                    ///< running values; never moved
    mutable std::pmr::vector<std::uint32_t> tally_slots;       ///< into `tallies`, by Instance::first_tally
    mutable std::size_t tally_room = Tally::most_terms;        ///< terms that may still be kept
    std::pmr::vector<std::uint32_t> free_instances;            ///< blocks to use again
    std::size_t instance_count = 0;                            ///< that exist
    std::pmr::vector<std::uint32_t> fresh;                     ///< instances whose dynamic defaults are still to come
    std::pmr::vector<std::uint32_t> created;                   ///< since the change began
    std::pmr::vector<std::uint32_t> parked;                    ///< detached since the change began
    std::pmr::vector<Kept> kept;                               ///< what was set since the change began
    std::pmr::vector<std::uint32_t> overhanging;               ///< nodes for cut_overhangs()
    std::pmr::vector<std::uint64_t> dirty;                     ///< one bit per item of the graph
    std::pmr::vector<std::pmr::vector<std::uint32_t>> queues;  ///< nodes to compute, of items in repeats
    std::size_t dirty_first = 0;                               ///< words of `dirty` that may hold bits: [first, last)
    std::size_t dirty_last = 0;
    std::pmr::vector<NodeId> page_nodes;
    std::pmr::vector<Stop> flow;  ///< all pages of all instances, in order
    std::size_t position = 0;     ///< in `flow`; its size after the last
    bool flow_stale = true;
    mutable std::pmr::vector<NodeId> listed;         ///< existing nodes in the order of the form
    mutable std::pmr::vector<std::uint32_t> orders;  ///< per node, its place in `listed`
    mutable bool listed_stale = true;
    std::pmr::map<std::tuple<const Template*, std::uint32_t, std::uint8_t>, std::pmr::string> rendered;
    std::pmr::vector<std::uint8_t> fired_now;
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

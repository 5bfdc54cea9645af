// The inside of an interview: values, what has to be computed again, and texts with placeholders filled in.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <memory_resource>
#include <string>
#include <vector>

#include "questionnaires/engine/evaluate.hpp"
#include "questionnaires/engine/form_data.hpp"
#include "questionnaires/engine/interview.hpp"

namespace questionnaires::engine {

inline constexpr std::uint8_t no_language = 255;

/// What an interview knows of one node.
struct NodeState {
    using allocator_type = std::pmr::polymorphic_allocator<>;
    explicit NodeState(const allocator_type& allocator) : value(allocator), choices(allocator) {}
    NodeState(NodeState&& other, const allocator_type& allocator)
        : value(std::move(other.value), allocator), choices(std::move(other.choices), allocator) {
        copy_flags(other);
    }
    NodeState(NodeState&&) noexcept = default;
    NodeState(const NodeState&) = delete;
    NodeState& operator=(const NodeState&) = delete;
    ~NodeState() = default;

    std::pmr::string value;
    std::pmr::vector<ChoiceId> choices;  ///< what the choice filter leaves; unused without a filter
    double number = 0;                   ///< of `value`, for numbers and dates
    AnswerState state = AnswerState::NotAsked;
    std::uint8_t language = no_language;
    bool relevant = true;
    bool relevance_known = true;  ///< relevance does not rest on an unanswered question
    bool known = false;           ///< of a computed value: it does not rest on an unanswered question
    bool proposed = false;        ///< `value` is a default that nobody has confirmed

  private:
    void copy_flags(const NodeState& other) noexcept {
        number = other.number;
        state = other.state;
        language = other.language;
        relevant = other.relevant;
        relevance_known = other.relevance_known;
        known = other.known;
        proposed = other.proposed;
    }
};

struct Interview::State final : Values {
    State(std::shared_ptr<const Form> form_in, std::pmr::memory_resource* memory, const Environment& environment_in);

    // Values
    [[nodiscard]] Value value_of(std::uint32_t question) const noexcept override;
    [[nodiscard]] AnswerState state_of(std::uint32_t question) const noexcept override;
    [[nodiscard]] bool fired(std::uint32_t indicator) const noexcept override { return fired_now[indicator] != 0; }

    // Form
    [[nodiscard]] const Question& question(std::uint32_t node) const noexcept { return data->questions[node]; }
    [[nodiscard]] bool computed(std::uint32_t node) const noexcept;
    [[nodiscard]] std::span<const ChoiceId> choices(std::uint32_t node) const noexcept;

    // Evaluation; the temporaries of one call are gone at the next
    /// Draws no random numbers for good: asking twice gives the same value.
    [[nodiscard]] Value evaluate(ExpressionId expression, std::uint32_t self, LanguageId language);
    /// For values that are stored: the next one draws other random numbers.
    [[nodiscard]] Value compute(ExpressionId expression, std::uint32_t self);
    [[nodiscard]] Value draw(ExpressionId expression, const Surroundings& around);
    /// True when there is no expression.
    [[nodiscard]] bool holds(ExpressionId expression, std::uint32_t self, LanguageId language);
    [[nodiscard]] bool is_true(ExpressionId expression) {
        return expression.exists() && holds(expression, no_index, {data->default_language});
    }

    [[nodiscard]] tl::expected<Evaluated, ExpressionFault> evaluate_text(std::string_view expression,
                                                                         std::optional<NodeId> self,
                                                                         LanguageId language);

    // Computing again
    void value_changed(std::uint32_t node) noexcept;
    void mark(std::uint32_t rank) noexcept;
    void recompute();
    void run(const Item& item);
    void run_relevance(std::uint32_t node);
    void run_computation(std::uint32_t node);
    void run_filter(std::uint32_t node);
    [[nodiscard]] double seed_of(std::uint32_t node) const noexcept;
    /// Stores a computed value in the form of the node's kind; true when text or certainty changed.
    bool store(std::uint32_t node, const Value& value);
    void set_value(std::uint32_t node, std::string_view text);
    void drop_filtered_choices(std::uint32_t node);
    void apply_defaults();

    // Triggers
    /// What a node was before it was set.
    struct Kept {
        std::uint32_t node;
        std::pmr::string value;
        AnswerState state;
        std::uint8_t language;
        bool proposed;
        bool known;
    };
    [[nodiscard]] Kept keep(std::uint32_t node) const;
    void put_back(const Kept& kept);
    /// Rows that wait for `node`; what they were before is added to `kept`.
    void run_triggers(std::uint32_t node, std::pmr::vector<Kept>& kept);
    [[nodiscard]] bool set_by_trigger(std::uint32_t node, std::pmr::vector<Kept>& kept);

    // Pages
    [[nodiscard]] bool live(std::uint32_t page) const noexcept;
    [[nodiscard]] bool shown(std::uint32_t node) const noexcept;
    void stand_on(std::uint32_t page);
    void refresh_page();

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
    /// Forgets rendered texts and fired indicators: before every change.
    void changing() noexcept;

    // Texts
    [[nodiscard]] std::string_view render(const Template& text, LanguageId language);

    // What follows
    void fire_indicators();
    [[nodiscard]] bool fires(ExpressionId when);
    [[nodiscard]] Names because(ExpressionId when);

    std::shared_ptr<const Form> form;
    const FormData* data;
    std::pmr::memory_resource* resource;
    Environment environment;
    std::uint64_t chance;  ///< state of the generator of random numbers
    std::pmr::vector<NodeState> nodes;
    std::pmr::vector<std::uint64_t> dirty;  ///< one bit per item of the graph
    std::size_t dirty_first = 0;            ///< words of `dirty` that may hold bits: [first, last)
    std::size_t dirty_last = 0;
    std::pmr::vector<NodeId> page_nodes;
    std::uint32_t position = 0;  ///< index of the page; pages.size() after the last
    std::pmr::map<std::pair<const Template*, std::uint8_t>, std::pmr::string> rendered;
    std::pmr::vector<std::uint8_t> fired_now;
    bool fired_valid = false;
    bool over_budget = false;  ///< since the last change began
    bool exhausted = false;
    std::pmr::vector<std::byte> scratch_room;
    std::pmr::monotonic_buffer_resource scratch;
};

}  // namespace questionnaires::engine

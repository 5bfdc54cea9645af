// Evaluates expressions over the values of an interview; knows nothing of pages, files or screens.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>

#include "questionnaires/engine/form_data.hpp"
#include "questionnaires/engine/interview.hpp"
#include "questionnaires/engine/value.hpp"

namespace questionnaires::engine {

/// What evaluation reads of an interview.
class Values {
  public:
    Values() = default;
    Values(const Values&) = delete;
    Values& operator=(const Values&) = delete;
    virtual ~Values() = default;
    [[nodiscard]] virtual Value value_of(std::uint32_t question) const noexcept = 0;
    [[nodiscard]] virtual AnswerState state_of(std::uint32_t question) const noexcept = 0;
    /// Indicators that fired, by index; only asked for in levels and actions.
    [[nodiscard]] virtual bool fired(std::uint32_t indicator) const noexcept = 0;
};

/// Where and for whom an expression is evaluated.
struct Surroundings {
    std::uint32_t self = no_index;
    const Choice* choice = nullptr;  ///< in a choice_filter
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
        : form_(form), expressions_(expressions), values_(values), around_(surroundings), scratch_(scratch) {}

    [[nodiscard]] Value evaluate(ExpressionId expression) { return evaluate(expression.root); }
    [[nodiscard]] Value evaluate(std::uint32_t node);
    /// More steps than Limits allow were needed; the value is then empty text and means nothing.
    [[nodiscard]] bool over_budget() const noexcept { return steps_ > Limits::evaluation_steps; }

    /// XPath 1.0 section 4.2.
    [[nodiscard]] std::string_view to_text(const Value& value);

  private:
    using Arguments = std::span<const Operand>;

    Value connect(const ExpressionNode& node);
    Value compare(const ExpressionNode& node);
    Value arithmetic(const ExpressionNode& node);
    Value call(const ExpressionNode& node);
    Value call_text(const ExpressionNode& node, Arguments arguments);
    Value call_date(const ExpressionNode& node, Arguments arguments);
    Value call_chance(const ExpressionNode& node, Arguments arguments);
    Value call_number(const ExpressionNode& node, Arguments arguments);
    Value call_choice(const ExpressionNode& node, Arguments arguments);
    Value call_outcome(const ExpressionNode& node, Arguments arguments);

    Value conditional(Arguments arguments);
    Value coalesce(Arguments arguments);
    Value selected(Arguments arguments);
    Value substring(Arguments arguments, bool from_zero);
    Value translate(Arguments arguments);
    Value normalize(Arguments arguments);
    Value join(std::string_view separator, Arguments arguments);
    Value digest_of(const ExpressionNode& node, Arguments arguments);
    Value decoded(const Value& value);
    Value checklist(const ExpressionNode& node, Arguments arguments);
    Value choice_name(Arguments arguments);
    Value date_value(const Date& date, bool known);
    Value moment_value(double days, bool known);
    Value format_date(Arguments arguments);
    /// Day number of a date, a number, or text in the form of a date; empty when it is none.
    [[nodiscard]] std::optional<double> days_of(const Value& value) const noexcept;
    Value uuid(Arguments arguments);
    [[nodiscard]] std::uint64_t draw() const noexcept;
    Value extreme(Arguments arguments, bool greatest);

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
    std::size_t steps_ = 0;
};

}  // namespace questionnaires::engine

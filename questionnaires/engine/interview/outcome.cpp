// Indicators, readings and actions: what fires, and because of which answers.
#include <unordered_set>

#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {
namespace {

/// Collects the answered questions that made a condition true. Calculations are followed to the questions behind
/// them by a list instead of by recursion, because a chain of them may be as long as the form.
class Explainer {
  public:
    Explainer(const FormData& form, const Values& values, const Environment& environment, LanguageId spoken,
              std::pmr::memory_resource* resource, std::pmr::memory_resource& scratch)
        : form_(form),
          values_(values),
          environment_(environment),
          spoken_(spoken),
          used_(form.questions.size(), 0, resource),
          followed_(resource),
          open_(resource),
          scratch_(scratch) {}

    void add(ExpressionId when) {
        if (!when.exists()) return;
        walk(when);
        while (!open_.empty()) {
            const NodeId node = open_.back();
            open_.pop_back();
            self_ = node;
            walk(form_.questions[values_.question_of(node)].calculation);
            // A computed value is only there while it is relevant, so what made it relevant is a reason too.
            for (NodeId above = node; above != no_index; above = values_.parent_of(above)) {
                self_ = above;
                const ExpressionId relevant = form_.questions[values_.question_of(above)].relevant;
                if (relevant.exists()) walk(relevant);
            }
            self_ = no_index;
        }
    }

    [[nodiscard]] Names names(std::pmr::memory_resource* resource) const {
        Names result(resource);
        for (const QuestionId i : used_.ids()) {
            if (used_[i] != 0) result.push_back(form_.questions[i].name);
        }
        return result;
    }

  private:
    Value evaluate(ExpressionId node) {
        std::uint64_t chance = environment_.random_seed;
        const Surroundings around{self_, no_index, no_index, no_index, spoken_, &environment_, &chance};
        return Evaluator(form_, form_.expressions, values_, around, scratch_).evaluate(node);
    }

    /// `asked`: the expression asks for the state, so a question without an answer counts too.
    void see(NodeId node, bool asked) {
        const QuestionId index = values_.question_of(node);
        const Question& question = form_.questions[index];
        if (!has_value(question.kind)) return;
        if (question.calculation.exists() && is_computed(question)) {
            if (followed_.insert(node).second) open_.push_back(node);
        } else if (asked || values_.state_of(node) == AnswerState::Answered) {
            used_[index] = 1;
        }
    }

    void see_question(QuestionId question, bool asked) { see(values_.node_of(self_, question), asked); }

    /// Whatever a path may lead to, in every instance.
    void see_all(QuestionId question) {
        if (!has_value(form_.questions[question].kind)) return;
        values_.for_all(question, [&](NodeId node) { see(node, false); });
    }

    void walk(ExpressionId index) {
        const ExpressionNode& node = form_.expressions.node(index);
        if (node.op == Op::Question) return see_question(node.question(), false);
        if (node.op == Op::Path) {
            for (const Read& read : form_.expressions.reads_of(form_.expressions.path_of(node))) see_all(read.question);
        }
        const auto operands = form_.expressions.operands_of(node);
        if (node.op == Op::Call) return walk_call(node, operands);
        if (node.op != Op::Or) {
            for (const Operand& operand : operands) walk(operand.node);
            return;
        }
        // Of `or`, what was true; when nothing was, everything was needed.
        bool any = false;
        for (const Operand& operand : operands) {
            const Value value = evaluate(operand.node);
            if (!value.known || !to_boolean(value)) continue;
            any = true;
            walk(operand.node);
        }
        if (any) return;
        for (const Operand& operand : operands) walk(operand.node);
    }

    void walk_call(const ExpressionNode& node, std::span<const Operand> operands) {
        if (node.function == Function::State)
            return see_question(form_.expressions.node(operands[0].node).question(), true);
        if (node.function == Function::If) {
            walk(operands[0].node);
            return walk(operands[to_boolean(evaluate(operands[0].node)) ? 1 : 2].node);
        }
        if (node.function == Function::ChoiceName) return walk(operands[0].node);
        std::optional<Strength> strength;
        if (node.function == Function::Strong) strength = Strength::Strong;
        if (node.function == Function::Medium) strength = Strength::Medium;
        if (node.function == Function::Weak) strength = Strength::Weak;
        if (strength || node.function == Function::Positive) return walk_dimension(node.dimension(), strength);
        for (const Operand& operand : operands) walk(operand.node);
    }

    /// An indicator's own condition never counts indicators, so this goes one level deep.
    void walk_dimension(DimensionId dimension, std::optional<Strength> strength) {
        for (const IndicatorId i : form_.indicators.ids()) {
            const bool here = form_.indicator_conditions[i].dimension == dimension &&
                              (!strength || form_.indicators[i].strength == *strength) && values_.fired(i);
            if (here) walk(form_.indicator_conditions[i].when);
        }
    }

    const FormData& form_;
    const Values& values_;
    const Environment& environment_;
    LanguageId spoken_;
    NodeId self_ = no_index;  ///< whose calculation is being walked
    Indexed<QuestionId, std::pmr::vector<std::uint8_t>> used_;
    std::pmr::unordered_set<NodeId, IndexHash> followed_;
    std::pmr::vector<NodeId> open_;
    std::pmr::memory_resource& scratch_;
};

}  // namespace

/// Three-valued: only true and certain counts. No condition means always.
bool Interview::State::fires(ExpressionId when) {
    if (!when.exists()) return true;
    const Value value = evaluate(when, no_index, spoken);
    return value.known && to_boolean(value);
}

void Interview::State::fire_indicators() {
    if (fired_valid) return;
    for (const IndicatorId i : fired_now.ids()) fired_now[i] = fires(data->indicator_conditions[i].when) ? 1 : 0;
    fired_valid = true;
}

Names Interview::State::because(ExpressionId when) {
    scratch.release();
    Explainer explainer(*data, *this, environment, spoken, resource, scratch);
    explainer.add(when);
    return explainer.names(resource);
}

std::pmr::vector<Fired> Interview::indicators() const noexcept {
    std::pmr::vector<Fired> result(state_->resource);
    try {
        state_->fire_indicators();
        for (const IndicatorId i : state_->fired_now.ids()) {
            if (state_->fired_now[i] == 0) continue;
            result.push_back(
                {&state_->data->indicators[i], state_->because(state_->data->indicator_conditions[i].when)});
        }
    } catch (...) {
        state_->exhausted = true;
        result.clear();
    }
    return result;
}

std::pmr::vector<Reading> Interview::readings() const noexcept {
    std::pmr::vector<Reading> result(state_->resource);
    try {
        state_->fire_indicators();
        for (const ReadingKind kind : {ReadingKind::Danger, ReadingKind::Harm, ReadingKind::Risk}) {
            Reading reading{kind, Level::NoneReported, nullptr, Names(state_->resource)};
            for (std::size_t i = 0; i < state_->data->levels.size() && reading.rule == nullptr; ++i) {
                const LevelRule& rule = state_->data->levels[i];
                const ExpressionId when = state_->data->level_conditions[i].when;
                if (rule.reading != kind || !state_->fires(when)) continue;
                reading.level = rule.level;
                reading.rule = &rule;
                reading.because = state_->because(when);
            }
            result.push_back(std::move(reading));
        }
    } catch (...) {
        state_->exhausted = true;
        result.clear();
    }
    return result;
}

std::pmr::vector<Advice> Interview::actions(Role role) const noexcept {
    std::pmr::vector<Advice> result(state_->resource);
    try {
        state_->fire_indicators();
        for (std::size_t i = 0; i < state_->data->actions.size(); ++i) {
            const Action& action = state_->data->actions[i];
            const bool meant = role == Role::Shelter ? action.shelter : action.border;
            const ExpressionId when = state_->data->action_conditions[i].when;
            if (meant && state_->fires(when)) result.push_back({&action, state_->because(when)});
        }
    } catch (...) {
        state_->exhausted = true;
        result.clear();
    }
    return result;
}

}  // namespace questionnaires::engine

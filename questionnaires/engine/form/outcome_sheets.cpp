// The sheets that are ours: indicators, levels, actions.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {
namespace {

constexpr std::array indicators_known{
    ColumnInfo{"indicator", "name"},
    ColumnInfo{"dimension", ""},
    ColumnInfo{"strength", ""},
    ColumnInfo{"when", ""},
    ColumnInfo{"label", "", true},
    ColumnInfo{"basis", ""},
    ColumnInfo{"source", "", false, true, false, true},
};
constexpr std::array levels_known{
    ColumnInfo{"reading", ""},           ColumnInfo{"level", ""}, ColumnInfo{"when", ""}, ColumnInfo{"label", "", true},
    ColumnInfo{"explanation", "", true},
};
constexpr std::array actions_known{
    ColumnInfo{"action", "name"},  ColumnInfo{"when", ""},         ColumnInfo{"role", ""},
    ColumnInfo{"label", "", true}, ColumnInfo{"detail", "", true},
};

/// Whom an action is for, as its cell says it.
enum class Roles : std::uint8_t { Shelter, Border, Both };
std::string_view to_word(Roles roles) noexcept {
    switch (roles) {
        case Roles::Shelter:
            return to_word(Role::Shelter);
        case Roles::Border:
            return to_word(Role::Border);
        case Roles::Both:
            return "both";
    }
    return {};
}

/// The value of a cell that holds one of these words, or a fault that lists what is allowed.
template <typename Enum>
std::optional<Enum> read_word(const Building& building, const Table& table, std::size_t row, std::string_view column,
                              std::initializer_list<Enum> allowed) {
    const SheetColumn number = table.column(column);
    const std::string_view cell = table.cell(row, number);
    std::vector<std::string_view> names;
    std::string all;
    for (const Enum value : allowed) {
        const std::string_view name = to_word(value);
        if (cell == name) return value;
        names.push_back(name);
        all += (all.empty() ? "" : ", ") + std::string(name);
    }
    building.fault(table, row, number, Fault::Value, said("{} is one of {}, not {}", column, all, quote(cell)),
                   did_you_mean(cell, names));
    return std::nullopt;
}

/// Labels of these sheets are shown to workers, so they never quote an answer.
LocalText plain_text(const Building& building, const Table& table, std::size_t row, std::string_view column,
                     bool needed) {
    Template text = table.text(row, table.text_column(column, building.form), building.form, building.reporter);
    const SheetColumn at = table.column(column);
    if (text.dynamic)
        building.fault(table, row, at, Fault::Value, said("answers are never quoted here: take {} out", "${…}"));
    if (needed && text.text.empty()) {
        building.fault(table, row, at, Fault::Translation, said("{} is missing", column));
    }
    return std::move(text.text);
}

bool needs_columns(const Building& building, const Table& table, std::initializer_list<std::string_view> names) {
    bool all = true;
    for (const std::string_view name : names) {
        if (table.column(name) != no_index) continue;
        building.reporter.error(Fault::Structure, table.name(), 1, {}, said("the column {} is missing", name));
        all = false;
    }
    return all;
}

/// A name of its own in its sheet.
template <typename Row>
std::string unique_id(const Building& building, const Table& table, std::size_t row, std::string_view column,
                      const std::vector<Row>& others) {
    const SheetColumn number = table.column(column);
    const std::string id(table.cell(row, number));
    const bool twice = std::any_of(others.begin(), others.end(), [&](const Row& other) { return other.id == id; });
    if (!is_name(id)) {
        building.fault(table, row, number, Fault::Name, said("not a name: {}", quote(id)));
    } else if (twice) {
        building.fault(table, row, number, Fault::Name, said("the name {} is already used in this sheet", quote(id)));
    }
    return id;
}

/// `!=` and not() fire on whatever somebody did not say, unless the author thought of it: state(${q}) shows that.
void warn_about_negation(const Building& building, const Table& table, std::size_t row, ExpressionId when) {
    if (!when.exists()) return;
    const Expressions& all = building.form.expressions;
    const bool negates = any_node(all, when, [](const ExpressionNode& node) {
        return node.op == Op::NotEqual || (node.op == Op::Call && node.function == Function::Not);
    });
    const bool asks = any_node(
        all, when, [](const ExpressionNode& node) { return node.op == Op::Call && node.function == Function::State; });
    if (!negates || asks) return;
    building.reporter.warning(Fault::Expression, table.name(), static_cast<std::uint32_t>(row + 1), "when",
                              "!= or not() without state(): it does not fire when the question was not answered",
                              said("name the answers that count, or ask {}", "state(${…})"));
}

template <typename Each>
void for_each_row(const Building& building, const Table& table, const Each& each) {
    for (std::size_t row = 1; row < table.rows() && !building.reporter.full(); ++row) {
        if (!table.is_blank(row)) each(row);
    }
}

}  // namespace

std::span<const ColumnInfo> indicators_columns() noexcept {
    return indicators_known;
}
std::span<const ColumnInfo> levels_columns() noexcept {
    return levels_known;
}
std::span<const ColumnInfo> actions_columns() noexcept {
    return actions_known;
}

void read_indicators(const Building& building, const Table& table) {
    FormData& form = building.form;
    if (!needs_columns(building, table, {"indicator", "dimension", "strength", "when", "basis"})) return;
    for_each_row(building, table, [&](std::size_t row) {
        Indicator indicator;
        Condition condition;
        indicator.id = unique_id(building, table, row, "indicator", form.indicators);
        indicator.dimension = table.cell(row, table.column("dimension"));
        indicator.strength =
            read_word(building, table, row, "strength", {Strength::Strong, Strength::Medium, Strength::Weak})
                .value_or(Strength::Weak);
        indicator.basis =
            read_word(building, table, row, "basis", {Basis::Ilo, Basis::Statute, Basis::Practice, Basis::Design})
                .value_or(Basis::Design);
        indicator.source = table.cell(row, table.column("source"));
        indicator.label = plain_text(building, table, row, "label", true);
        if (!is_name(indicator.dimension)) {
            building.fault(table, row, table.column("dimension"), Fault::Name,
                           said("not a name: {}", quote(indicator.dimension)));
        }
        const auto found = std::find(form.dimensions.begin(), form.dimensions.end(), indicator.dimension);
        condition.dimension = DimensionId(static_cast<std::uint32_t>(found - form.dimensions.begin()));
        if (found == form.dimensions.end()) form.dimensions.push_back(indicator.dimension);
        Place place;
        place.states = true;
        place.row = "an indicator";
        const SheetColumn when = table.column("when");
        if (table.cell(row, when).empty())
            building.fault(table, row, when, Fault::Expression, said("{} is missing", "when"));
        condition.when = building.expression(table, row, when, place);
        warn_about_negation(building, table, row, condition.when);
        form.indicators.push_back(std::move(indicator));
        form.indicator_conditions.push_back(condition);
    });
}

namespace {

Condition outcome_condition(const Building& building, const Table& table, std::size_t row, Sentence what) {
    Place place;
    place.row = std::move(what);
    place.states = true;
    place.strengths = true;
    Condition condition;
    condition.when = building.expression(table, row, table.column("when"), place);
    warn_about_negation(building, table, row, condition.when);
    return condition;
}

}  // namespace

void read_levels(const Building& building, const Table& table) {
    FormData& form = building.form;
    if (!needs_columns(building, table, {"reading", "level", "when"})) return;
    for_each_row(building, table, [&](std::size_t row) {
        LevelRule rule;
        const auto reading =
            read_word(building, table, row, "reading", {ReadingKind::Danger, ReadingKind::Harm, ReadingKind::Risk});
        rule.reading = reading.value_or(ReadingKind::Danger);
        rule.level = read_word(building, table, row, "level", {Level::Strong, Level::Some, Level::NoneReported})
                         .value_or(Level::NoneReported);
        const auto before = std::count_if(form.levels.begin(), form.levels.end(),
                                          [&](const LevelRule& other) { return other.reading == rule.reading; });
        rule.id = std::string(to_word(rule.reading)) + "-" + std::to_string(before + 1);
        rule.label = plain_text(building, table, row, "label", true);
        rule.explanation = plain_text(building, table, row, "explanation", false);
        form.level_conditions.push_back(outcome_condition(building, table, row, "a level"));
        form.levels.push_back(std::move(rule));
    });
}

void read_actions(const Building& building, const Table& table) {
    FormData& form = building.form;
    if (!needs_columns(building, table, {"action", "when", "role"})) return;
    for_each_row(building, table, [&](std::size_t row) {
        Action action;
        action.id = unique_id(building, table, row, "action", form.actions);
        const auto roles = read_word(building, table, row, "role", {Roles::Shelter, Roles::Border, Roles::Both});
        action.shelter = roles == Roles::Shelter || roles == Roles::Both;
        action.border = roles == Roles::Border || roles == Roles::Both;
        action.label = plain_text(building, table, row, "label", true);
        action.detail = plain_text(building, table, row, "detail", false);
        form.action_conditions.push_back(outcome_condition(building, table, row, "an action"));
        form.actions.push_back(std::move(action));
    });
}

}  // namespace questionnaires::engine

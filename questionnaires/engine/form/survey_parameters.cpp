#include "questionnaires/engine/form/survey_parameters.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {
namespace {

bool separates(char c) noexcept {
    return is_space(c) || c == ',' || c == ';';
}

std::string_view take_until(std::string_view& rest, bool at_equal) noexcept {
    std::size_t end = 0;
    while (end < rest.size() && !separates(rest[end]) && !(at_equal && rest[end] == '=')) ++end;
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end);
    return taken;
}

}  // namespace

tl::expected<Parameters, std::string_view> parse_parameters(std::string_view cell) {
    Parameters result;
    for (std::string_view rest = cell; !rest.empty();) {
        if (separates(rest.front())) {
            rest.remove_prefix(1);
            continue;
        }
        const std::string_view from = rest;
        const std::string_view key = take_until(rest, true);
        rest = rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
        if (key.empty() || rest.empty() || rest.front() != '=') return tl::unexpected(from);
        rest = trim(rest.substr(1));
        const std::string_view value = take_until(rest, false);
        if (value.empty()) return tl::unexpected(from);
        result.emplace_back(lower(key), value);
    }
    return result;
}

std::string_view parameter(const Parameters& parameters, std::string_view key) noexcept {
    for (const auto& [name, value] : parameters) {
        if (name == key) return value;
    }
    return {};
}

tl::expected<RangeCell, Sentence> read_range(const Parameters& parameters) {
    RangeCell result;
    const auto read = [&](std::string_view key, double otherwise) {
        const std::string_view text = parameter(parameters, key);
        if (text.empty()) return otherwise;
        result.whole = result.whole && parse_integer(text).has_value();
        return parse_number(text);
    };
    result.range = {read("start", 1), read("end", 10), read("step", 1)};
    auto& [start, end, step] = result.range;
    if (start > end) step = std::abs(step);  // "start=10 end=0 step=-2" runs downwards, as "step=2" does
    if (!std::isfinite(start) || !std::isfinite(end) || !std::isfinite(step)) {
        return tl::unexpected(Sentence("start, end and step are numbers"));
    }
    if (!(step > 0)) return tl::unexpected(Sentence("step is above zero"));
    const double steps = std::abs(end - start) / step;
    // ODK Collect refuses to show a range that its steps do not fill.
    if (!(steps >= 1) || steps > 1e9 || std::abs(steps - std::round(steps)) > 1e-6) {
        return tl::unexpected(Sentence("the way from start to end is not a whole number of steps"));
    }
    return result;
}

namespace {

bool takes_choices(Kind kind) noexcept {
    return kind == Kind::SelectOne || kind == Kind::SelectMultiple || kind == Kind::Rank;
}

/// Other programs have parameters of their own, for looks and for files: they cost a word, never the form.
void warn_about_keys(const Building& building, const Table& table, std::size_t row, SheetColumn column,
                     const Parameters& parameters, std::span<const std::string_view> known) {
    if (known.empty() && !parameters.empty()) {
        building.warn(table, row, column, Fault::Value, "this type takes no parameters; they are ignored");
        return;
    }
    for (const auto& [key, value] : parameters) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        building.warn(table, row, column, Fault::Value, said("the parameter {} is not used and is ignored", quote(key)),
                      did_you_mean(key, known));
    }
}

}  // namespace

void read_parameters(const Building& building, const Table& table, std::size_t row, SheetColumn column,
                     const TypeCell& type, Question& question) {
    const auto fault = [&](Sentence message, Sentence suggestion = {}) {
        building.fault(table, row, column, Fault::Value, std::move(message), std::move(suggestion));
    };
    std::vector<std::string_view> known;
    if (type.range) known = {"start", "end", "step"};
    if (takes_choices(question.kind)) {
        known = {"randomize", "seed"};
        if (type.from_file) known.insert(known.end(), {"value", "label"});
    }
    const auto parsed = parse_parameters(table.cell(row, column));
    if (!parsed && known.empty()) {
        building.warn(table, row, column, Fault::Value, "this type takes no parameters; they are ignored");
        return;
    }
    if (!parsed) return fault(said("parameters are written key=value: {}", quote(parsed.error())));
    warn_about_keys(building, table, row, column, *parsed, known);
    if (type.range) {
        const auto range = read_range(*parsed);
        if (!range) return fault(range.error());
        question.kind = range->whole ? Kind::Integer : Kind::Decimal;
        question.range = range->range;
    }
    if (!takes_choices(question.kind)) return;
    const std::string_view randomize = parameter(*parsed, "randomize");
    question.randomize = lower(randomize) == "true";
    if (!randomize.empty() && !question.randomize && lower(randomize) != "false") {
        fault("randomize is true or false");
    } else if (!question.randomize && !parameter(*parsed, "seed").empty()) {
        fault("a seed is for shuffled choices", "add randomize=true");
    }
}

}  // namespace questionnaires::engine

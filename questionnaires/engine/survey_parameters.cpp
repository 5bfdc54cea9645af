#include "questionnaires/engine/survey_parameters.hpp"

#include <algorithm>
#include <cmath>

#include "questionnaires/engine/text.hpp"

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

tl::expected<RangeCell, std::string> read_range(const Parameters& parameters) {
    RangeCell result;
    const auto read = [&](std::string_view key, double otherwise) {
        const std::string_view text = parameter(parameters, key);
        if (text.empty()) return otherwise;
        result.whole = result.whole && parse_integer(text).has_value();
        return parse_number(text);
    };
    result.range = {read("start", 1), read("end", 10), read("step", 1)};
    const auto& [start, end, step] = result.range;
    if (!std::isfinite(start) || !std::isfinite(end) || !std::isfinite(step)) {
        return tl::unexpected(std::string("start, end and step are numbers"));
    }
    if (!(step > 0)) return tl::unexpected(std::string("step is above zero"));
    const double steps = std::abs(end - start) / step;
    // ODK Collect refuses to show a range that its steps do not fill.
    if (!(steps >= 1) || steps > 1e9 || std::abs(steps - std::round(steps)) > 1e-6) {
        return tl::unexpected(std::string("the way from start to end is not a whole number of steps"));
    }
    return result;
}

}  // namespace questionnaires::engine

// The parameters column of the survey sheet: which keys a type takes and what they say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "questionnaires/engine/expression/sentence.hpp"
#include "questionnaires/engine/form/form.hpp"

namespace questionnaires::engine {

/// Pairs of key (lower case) and value, as in "start=0 end=10, step = 2"; commas, semicolons and spaces separate.
using Parameters = std::vector<std::pair<std::string, std::string_view>>;
/// On failure the words that are no pair.
[[nodiscard]] tl::expected<Parameters, std::string_view> parse_parameters(std::string_view cell);
/// Empty when the key is not there.
[[nodiscard]] std::string_view parameter(const Parameters& parameters, std::string_view key) noexcept;

/// A range with pyxform's 1, 10 and 1 for what is missing; `whole` says whether all three are whole numbers.
struct RangeCell {
    NumberRange range;
    bool whole = true;
};
/// On failure what is wrong.
[[nodiscard]] tl::expected<RangeCell, Sentence> read_range(const Parameters& parameters);

}  // namespace questionnaires::engine

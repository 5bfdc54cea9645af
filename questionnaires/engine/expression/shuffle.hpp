// The order of choices with randomize=true and of randomize(); knows no form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "questionnaires/engine/expression/value.hpp"

namespace questionnaires::engine {

/// The Park-Miller generator of ODK XForms, randomize(): every client makes the same order from the same seed.
class ParkMiller {
  public:
    explicit ParkMiller(std::int64_t seed) noexcept;
    /// At least 0, below `bound`.
    [[nodiscard]] std::size_t below(std::size_t bound) noexcept;

  private:
    std::int64_t state_;
};

/// The seed that JavaRosa makes of a value (XPathFuncExpr, randomize()): of a number its whole part, at most what 64
/// bits hold; of empty text 0; of other text that is no number, the first eight bytes of its SHA-256.
[[nodiscard]] std::int64_t shuffle_seed(const Value& value) noexcept;

/// The "inside-out" Fisher-Yates shuffle of the same section.
template <typename Item>
void shuffle(std::span<Item> items, ParkMiller& generator) noexcept {
    // In place: the part before i is the shuffled list so far, so what moves to i comes from there.
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::size_t j = generator.below(i + 1);
        const Item next = items[i];
        items[i] = items[j];
        items[j] = next;
    }
}

}  // namespace questionnaires::engine

// The order of choices with randomize=true; knows no form.
#pragma once

#include <cstdint>
#include <span>

#include "questionnaires/engine/form.hpp"

namespace questionnaires::engine {

/// The Park-Miller generator of ODK XForms, randomize(): every client makes the same order from the same seed.
class ParkMiller {
  public:
    /// What is no number counts as 0; a fraction is cut.
    explicit ParkMiller(double seed) noexcept;
    /// At least 0, below `bound`.
    [[nodiscard]] std::size_t below(std::size_t bound) noexcept;

  private:
    std::int64_t state_;
};

/// The "inside-out" Fisher-Yates shuffle of the same section.
void shuffle(std::span<ChoiceId> choices, ParkMiller& generator) noexcept;

}  // namespace questionnaires::engine

#include "questionnaires/engine/shuffle.hpp"

#include <cmath>

namespace questionnaires::engine {
namespace {
constexpr std::int64_t modulus = 2'147'483'647;
}

ParkMiller::ParkMiller(double seed) noexcept
    : state_(std::isfinite(seed) ? static_cast<std::int64_t>(std::fmod(std::trunc(seed), static_cast<double>(modulus)))
                                 : 0) {
    if (state_ <= 0) state_ += modulus - 1;
}

std::size_t ParkMiller::below(std::size_t bound) noexcept {
    state_ = state_ * 16'807 % modulus;
    const double fraction = static_cast<double>(state_ - 1) / static_cast<double>(modulus - 1);
    return static_cast<std::size_t>(fraction * static_cast<double>(bound));
}

}  // namespace questionnaires::engine

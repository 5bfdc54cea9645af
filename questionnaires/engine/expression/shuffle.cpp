#include "questionnaires/engine/expression/shuffle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "questionnaires/engine/expression/digest.hpp"
#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {
namespace {

constexpr std::int64_t modulus = 2'147'483'647;

/// As Java turns a double into a long.
std::int64_t whole(double number) noexcept {
    if (std::isnan(number)) return 0;
    constexpr double beyond = 9223372036854775808.0;
    if (number >= beyond) return std::numeric_limits<std::int64_t>::max();
    if (number < -beyond) return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(number);
}

std::int64_t hashed(std::string_view text) noexcept {
    const Digest sum = digest(DigestKind::Sha256, text);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits = bits << 8U | sum.bytes[i];
    return static_cast<std::int64_t>(bits);
}

/// A comma counts as a point, as in some countries.
double number_in(std::string_view text) noexcept {
    char room[64] = {};
    if (text.find(',') == std::string_view::npos || text.size() > sizeof room) return parse_number(text);
    std::replace_copy(text.begin(), text.end(), room, ',', '.');
    return parse_number({room, text.size()});
}

}  // namespace

std::int64_t shuffle_seed(const Value& value) noexcept {
    switch (value.type) {
        case Value::Type::Boolean:
            return value.boolean ? 1 : 0;
        case Value::Type::Number:
            return std::isnan(value.number) ? hashed("NaN") : whole(value.number);
        case Value::Type::Date:
            return whole(value.number);
        case Value::Type::String:
            break;
    }
    if (value.text.empty()) return 0;
    const double number = number_in(value.text);
    return std::isnan(number) ? hashed(value.text) : whole(number);
}

ParkMiller::ParkMiller(std::int64_t seed) noexcept : state_(seed % modulus) {
    if (state_ <= 0) state_ += modulus - 1;
}

std::size_t ParkMiller::below(std::size_t bound) noexcept {
    state_ = state_ * 16'807 % modulus;
    const double fraction = static_cast<double>(state_ - 1) / static_cast<double>(modulus - 1);
    return static_cast<std::size_t>(fraction * static_cast<double>(bound));
}

}  // namespace questionnaires::engine

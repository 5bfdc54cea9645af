#include "questionnaires/engine/expression/rounding.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {

double round_decimal(double number, int places) noexcept {
    if (!std::isfinite(number)) return number;
    NumberText room;
    const std::string_view text = format_number(std::abs(number), room);
    std::array<char, sizeof(NumberText) + 2> digits{};  // without the point; the first takes a carry
    digits[0] = '0';
    std::size_t size = 1;
    for (const char c : text) {
        if (c != '.') digits[size++] = c;
    }
    const std::size_t whole = std::min(text.find('.'), text.size()) + 1;
    const auto wanted = static_cast<std::ptrdiff_t>(whole) + places;
    if (wanted >= static_cast<std::ptrdiff_t>(size)) return number;
    if (wanted < 0) return 0;
    const auto kept = static_cast<std::size_t>(wanted);
    const bool beyond_half = std::any_of(&digits[kept] + 1, digits.data() + size, [](char c) { return c != '0'; });
    const bool up = digits[kept] > '5' || (digits[kept] == '5' && (beyond_half || number > 0));
    for (std::size_t i = kept; up && i-- > 0;) {
        if (digits[i] != '9') {
            ++digits[i];
            break;
        }
        digits[i] = '0';
    }
    for (std::size_t i = kept; i < whole; ++i) digits[i] = '0';
    std::size_t end = whole;
    if (kept > whole) {
        std::copy_backward(&digits[whole], &digits[kept], &digits[kept] + 1);
        digits[whole] = '.';
        end = kept + 1;
    }
    const double rounded = parse_number({digits.data(), end});
    return number < 0 ? -rounded : rounded;
}

}  // namespace questionnaires::engine

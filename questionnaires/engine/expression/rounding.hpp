// round() of numbers as people read them; knows no form.
#pragma once

namespace questionnaires::engine {

/// XPath 1.0 section 4.4, round(), to `places` decimals (negative: tens, hundreds …); halves go up. What is rounded is
/// the shortest decimal that reads back as the number, as in JavaRosa: 1.005 to two places is 1.01, though the nearest
/// double lies below. NaN and infinities stay.
[[nodiscard]] double round_decimal(double number, int places) noexcept;

}  // namespace questionnaires::engine

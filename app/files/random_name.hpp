// The part of a name that nobody knows before and by which what is unfinished is known again. Must not know of what.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace app::files {

/// 16 hex digits; nothing where the kernel has none.
[[nodiscard]] std::optional<std::string> random_digits();
/// Whether it is exactly of that kind.
[[nodiscard]] bool is_random_digits(std::string_view text) noexcept;

}  // namespace app::files

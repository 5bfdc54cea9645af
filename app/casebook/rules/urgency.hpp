#pragma once
// Which case a coordinator should see first. Knows cases, and nothing of where they are kept.

#include <cstdint>

#include "app/casebook/cases.hpp"

namespace app::casebook::rules {

/// The level that a case counts with. Nobody knows what an unreadable one says: it must not end below what is known.
[[nodiscard]] engine::Level level_of(const Case& one, engine::ReadingKind kind) noexcept;

/// The highest of danger, harm and risk.
[[nodiscard]] engine::Level worst_level(const Case& one) noexcept;

/// The least urgency that a case of practice can have: all others have less.
inline constexpr std::int64_t least_of_practice = 2 * 3 * 3 * 100'000'000LL;

/// A number that sorts cases, the lowest first: practice last, because nobody is waiting there; before it what was
/// withdrawn; danger first, then the higher of harm and risk, then the newer day.
[[nodiscard]] std::int64_t urgency(const Case& one) noexcept;

}  // namespace app::casebook::rules

// What an export leaves out, and why: decided in one place for every format, and counted. Knows no casebook.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "app/record/record.hpp"

namespace app::exports {

/// Why a screening stays here.
enum class LeftOut : std::uint8_t {
    Training,
    Withdrawn,
    Withdrawal,  ///< somebody in doubt took it back, and nobody has decided yet
    Doubt,       ///< a source in doubt put it beside another revision
    Unreadable,
    Declined,   ///< the person said no
    NotAsked,   ///< a format for others, and the person was not asked to take part: an observation
    NotAgreed,  ///< a format for others, and no coordinator says that the person agreed to it
    NoForm,     ///< no bundle here holds the form that it names
    NotFit,     ///< the format cannot hold it
};
inline constexpr std::size_t left_out_reasons = 10;

/// Stable, for programs: "training" ….
[[nodiscard]] std::string_view to_word(LeftOut reason) noexcept;

/// Who an export is for.
enum class Reader : std::uint8_t {
    Own,     ///< the coordinators themselves
    Others,  ///< an organisation beside them
};

/// What the record itself says about whether it may leave.
[[nodiscard]] std::optional<LeftOut> kept_here(const record::Record& said, Reader reader);

/// What went out and what did not.
struct Tally {
    std::size_t out = 0;
    std::array<std::size_t, left_out_reasons> left{};
    std::size_t kept_back =
        0;                    ///< answers of those that went out: in words of the person's own, or no value of the form
    std::size_t foreign = 0;  ///< lines of those that went out which their form does not have

    void leave(LeftOut reason) { ++left[static_cast<std::size_t>(reason)]; }
    [[nodiscard]] std::size_t of(LeftOut reason) const { return left[static_cast<std::size_t>(reason)]; }
};

}  // namespace app::exports

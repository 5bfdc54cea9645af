#pragma once
// What a coordinator's receipt changes: who counts, what becomes of a row, and when it may go. Pure: the store keeps
// what this says.
//
// The hold is counted by a clock that nobody can set. While the machine runs it goes with it. Of the time in which the
// machine was off it takes what the wall clock moved forward since the latest time that it ever saw, at most a day for
// each start. A clock that is set ahead therefore gives a day at the most, which is why a day is added to every hold;
// one that is set back, or was ahead once, stops only what is counted of the time off, so that no hold lasts for ever.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "app/store/failure.hpp"
#include "app/store/values.hpp"

namespace app::store::rules {

/// Most that one start of the machine adds, and what is added to every hold.
inline constexpr std::chrono::hours hold_day{24};

/// Where the counting of holds stood when the store last looked.
struct HoldClock {
    std::uint64_t start = 0;
    std::chrono::seconds running{};
    std::chrono::seconds counted{};
    std::chrono::sys_seconds latest{};  ///< the latest wall clock it went by
    friend bool operator==(const HoldClock& a, const HoldClock& b) noexcept {
        return a.start == b.start && a.running == b.running && a.counted == b.counted && a.latest == b.latest;
    }
};
[[nodiscard]] HoldClock hold_clock_at(const std::optional<HoldClock>& kept, Now now) noexcept;

/// Whether a hold that began at `since` is over.
[[nodiscard]] bool hold_is_over(std::chrono::seconds since, std::chrono::seconds counted,
                                std::uint32_t hold_days) noexcept;

/// What is known of the batch that a receipt is about.
struct ReceiptFacts {
    std::string_view device;         ///< of this one
    std::optional<Digest> manifest;  ///< of the batch under that epoch and sequence, if there is one
};
/// Taken means: to be kept, unless it is there already.
[[nodiscard]] ReceiptAnswer judge_receipt(const Receipt& receipt, const ReceiptFacts& facts,
                                          const Keeping& keeping) noexcept;

/// What one signer says of a batch that is counted: those not in custody, by digest.
using RefusedDigests = std::vector<Digest>;
/// How many of these have it in custody.
[[nodiscard]] std::size_t accepted_by(const Digest& row, std::span<const RefusedDigests> receipts) noexcept;

/// What becomes of a row of a batch that so many counted signers gave a receipt for, `accepting` of them for this row.
/// Sealed: it leaves the batch and travels with the next one.
[[nodiscard]] RowState row_after(std::size_t accepting, std::size_t receipts, std::uint32_t required) noexcept;

}  // namespace app::store::rules

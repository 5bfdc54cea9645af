#pragma once
// What may be said of what a kiosk keeps, to whoever stands before it: how many, and which kinds of thing on which day.

#include <chrono>
#include <cstdint>
#include <string>

namespace app::model {

struct Counts {
    std::uint64_t waiting = 0;    ///< rows not yet in a batch
    std::uint64_t batched = 0;    ///< rows in a batch without a receipt
    std::uint64_t receipted = 0;  ///< rows with a receipt, still kept
    std::uint64_t batches = 0;    ///< batches that can be sent again: with rows that want receipts
    std::uint64_t erased = 0;     ///< rows that were erased here because coordinators have them

    /// What coordinators said they have.
    [[nodiscard]] std::uint64_t confirmed() const noexcept { return receipted + erased; }
    /// Whether anything was ever sealed here.
    [[nodiscard]] bool any() const noexcept { return waiting + batched + receipted + erased > 0; }
};

/// One entry of the device's audit without what is sealed in it. What `type` means belongs to app/exchange.
struct AuditRow {
    std::uint64_t number = 0;  ///< from 1, without gaps
    std::uint8_t type = 0;
    std::chrono::sys_days day{};
};

/// What became of a damaged store.
struct Repaired {
    std::uint64_t kept = 0;        ///< sealed rows that are whole
    std::uint64_t lost = 0;        ///< sealed rows that are known of and could not be read
    std::uint64_t audit_lost = 0;  ///< entries that are known of and could not be kept
    bool people_kept = false;      ///< else nobody can sign in: a shift lead is made anew
    bool bundle_kept = false;      ///< the newest one that was installed; the excerpt may be there without it
    bool enrolment_kept = false;   ///< with the device's own key
    bool settings_kept = false;
    std::string damaged_file;  ///< its name in the folder from now on
};

}  // namespace app::model

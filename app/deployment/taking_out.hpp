#pragma once
// Gets every sealed record out of a kiosk, also where it has no bundle any more and where nobody can open it at the
// device. What was sealed stays sealed.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "app/deployment/device_access.hpp"

namespace app::deployment {

/// False when the person asked to stop.
using GoingOn = std::function<bool()>;

/// What a person is told while batches are written.
struct BatchPerson {
    std::function<void(const Notice&)> tell;                    ///< NotNoted
    std::function<void(const std::filesystem::path&)> written;  ///< one batch is complete
    GoingOn going_on;
};

/// Batches as the kiosk itself would make them, those of before once more: the casebook takes each record once. How
/// many records. `today`: the day as people see it, for the device's audit. Errors: exchange::Failure, about `folder`.
[[nodiscard]] Result<std::uint64_t> take_batches(crypto::SodiumReady ready, OpenDevice& device,
                                                 const std::filesystem::path& folder, std::chrono::sys_days today,
                                                 const BatchPerson& person);

struct TakenOut {
    std::uint64_t records = 0;
    std::uint64_t lost = 0;  ///< known of, and cannot be read
};

/// Every record as a file of its own, `<name>.age`, as it was sealed. Nothing is signed, and nothing of the store is
/// believed. Errors: store::Error (about `state`), exchange::Failure (of a file; Cancelled).
[[nodiscard]] Result<TakenOut> take_sealed(store::Store& store, const std::filesystem::path& state,
                                           const std::filesystem::path& folder, const GoingOn& going_on);

}  // namespace app::deployment

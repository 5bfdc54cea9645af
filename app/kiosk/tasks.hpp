// What each effect does to an unlocked device; one function each, no thread of their own.
#pragma once

#include <functional>
#include <optional>

#include "app/kiosk/device.hpp"

namespace app::kiosk {

/// Room, locked memory and random ids for one interview.
[[nodiscard]] tl::expected<session::Prepared, session::DeviceError> prepare(crypto::SodiumReady ready, Device& device);

/// Seals to the bundle's recipients and keeps the revision (store::Records::save_revision).
[[nodiscard]] tl::expected<session::Sealed, session::DeviceError> seal(crypto::SodiumReady ready, Device& device,
                                                                       const session::SealRecord& order);

/// What is needed to go on with this worker's interview; ResumeFailed::error says why not, nothing: its time is over.
[[nodiscard]] tl::expected<session::Resumed, session::ResumeFailed> resume(crypto::SodiumReady ready, Device& device,
                                                                           store::Worker worker);

/// Deletes a record that was never exported; else seals its withdrawal.
[[nodiscard]] tl::expected<session::Erased, session::DeviceError> withdraw(crypto::SodiumReady ready, Device& device,
                                                                           const session::Withdraw& order);

/// Freezes what waits into batches and writes them, but not an interview that may still go on after a crash; or writes
/// the last batch once more. A batch whose writing was cut short is written again first, with identical inner bytes.
/// `progress` returns false to stop: Cancelled, no unfinished file left behind, and what was frozen is the first to be
/// written next time.
[[nodiscard]] tl::expected<session::Sent, session::SendError> send(
    crypto::SodiumReady ready, Device& device, const session::Export& order,
    const std::function<bool(std::uint64_t done, std::uint64_t total)>& progress);

}  // namespace app::kiosk

#pragma once
// The cost of turning words or a PIN into a key with Argon2id, its floor and its cap.

#include <chrono>
#include <cstdint>
#include <functional>

#include "crypto/secret.hpp"

namespace crypto {

/// Argon2id version 1.3, one lane (RFC 9106).
struct ArgonCost {
    std::uint32_t memory_kib = 65536;
    std::uint32_t passes = 3;
    friend bool operator==(const ArgonCost& a, const ArgonCost& b) noexcept {
        return a.memory_kib == b.memory_kib && a.passes == b.passes;
    }
};

inline constexpr ArgonCost argon_floor{65536, 3};       ///< 64 MiB: nothing weaker is written or accepted for slots
inline constexpr std::uint32_t argon_cap_kib = 262144;  ///< 256 MiB
inline constexpr std::uint32_t argon_cap_passes = 16;

/// 32 bytes from a secret and a 16-byte salt. Errors: Input (salt length), WorkFactor (outside 8 KiB..cap, 1..16
/// passes), Memory, LockedMemory.
[[nodiscard]] Result<SecretBytes> argon2id(SodiumReady ready, ByteView secret, ByteView salt, ArgonCost cost);

/// A cost that takes about `target` on this machine: 3 passes, memory between the floor and the cap, found by timing
/// one hash at the floor with the given clock. Errors: Memory, LockedMemory.
using Clock = std::function<std::chrono::nanoseconds()>;
[[nodiscard]] Result<ArgonCost> calibrate(SodiumReady ready, std::chrono::milliseconds target, const Clock& now);

}  // namespace crypto

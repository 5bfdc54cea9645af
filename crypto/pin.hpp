#pragma once
// Checking a worker's PIN. A PIN is a gate inside the unlocked database, never a key.

#include "crypto/argon.hpp"

namespace crypto {

inline constexpr std::size_t pin_min_digits = 6;
inline constexpr std::size_t pin_max_digits = 12;
inline constexpr std::size_t pin_verifier_size = 57;

/// True for 6 to 12 digits and nothing else.
[[nodiscard]] bool valid_pin(ByteView pin) noexcept;

/// Verifier to store: version 1, salt, cost, Argon2id hash (57 bytes; crypto/FORMAT.md). Errors: Input (not a valid
/// PIN), WorkFactor, Memory, LockedMemory.
[[nodiscard]] Result<Bytes> make_pin_verifier(SodiumReady ready, const SecretBytes& pin, ArgonCost cost = argon_floor);

/// Success when the PIN is the one the verifier was made from. Errors: WrongSecret, Malformed (verifier), Memory,
/// LockedMemory. Counting tries and waiting is the caller's business.
[[nodiscard]] Result<void> check_pin(SodiumReady ready, ByteView verifier, const SecretBytes& pin);

}  // namespace crypto

#pragma once
// A secret split into shares of which some together give it back and fewer say nothing (Shamir 1979). Knows nothing of
// what the secret is, and cannot tell a wrong share from a right one: whoever combines needs another proof of the
// result.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "crypto/secret.hpp"

namespace crypto::shamir {

inline constexpr unsigned least_threshold = 2;      ///< with one, every share would be the secret itself
inline constexpr unsigned most_shares = 10;         ///< more holders than that nobody can keep track of
inline constexpr std::size_t most_secret = 1024;    ///< bytes
inline constexpr unsigned most_share_number = 255;  ///< the field has no more points besides 0, where the secret is

/// The value of one polynomial for each byte of the secret, all taken at the same point.
struct Share {
    std::uint8_t number = 0;  ///< the point, 1 to 255
    SecretBytes bytes;        ///< as many as the secret has
};

enum class Error : std::uint8_t {
    Range,         ///< a threshold, total or number out of its range, or an empty or too long secret
    TooFew,        ///< fewer shares than the threshold
    Doubled,       ///< two shares have the same number
    Length,        ///< shares of different lengths
    LockedMemory,  ///< as crypto::Error::LockedMemory
};

template <typename T>
using Result = tl::expected<T, Error>;

/// Splits byte by byte in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1 (0x11d), the field of libgfshare: `gfcombine` takes
/// these shares. They get the numbers 1 to `total`; the other coefficients are random and wiped. Time depends on the
/// three sizes alone. Needs `least_threshold` <= threshold <= total <= `most_shares`. Errors: Range, LockedMemory.
[[nodiscard]] Result<std::vector<Share>> split(SodiumReady ready, ByteView secret, unsigned threshold, unsigned total);

/// The polynomial through all the given shares at `number`: the share that belongs to them, or 0 for the secret. Only
/// the right one when they are. Errors: Range, TooFew, Doubled, Length, LockedMemory.
[[nodiscard]] Result<SecretBytes> value_at(SodiumReady ready, std::span<const Share* const> shares, unsigned threshold,
                                           std::uint8_t number);

/// The polynomial through all the given shares at 0: the secret, when there are at least as many as it was split for
/// and each is right. Takes the shares of `gfsplit` as well. Time depends on sizes and numbers, which are public.
/// Errors: Range, TooFew, Doubled, Length, LockedMemory.
[[nodiscard]] Result<SecretBytes> combine(SodiumReady ready, std::span<const Share* const> shares, unsigned threshold);
[[nodiscard]] Result<SecretBytes> combine(SodiumReady ready, std::span<const Share> shares, unsigned threshold);

}  // namespace crypto::shamir

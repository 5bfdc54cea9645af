#pragma once
// The 256 words that people compare, remember and type; spelled the same in Spanish and in English.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/hash.hpp"
#include "crypto/secret.hpp"

namespace crypto {

inline constexpr std::size_t passphrase_words = 8;  ///< 64 bits

/// Sorted, lower-case a-z, 4 to 9 letters, first four letters unique.
[[nodiscard]] const std::array<std::string_view, 256>& word_list() noexcept;

/// The word that `typed` is, in any case, or begins with at least its first four letters: its place in the list. Every
/// word is looked at.
[[nodiscard]] std::optional<std::byte> word_index(std::string_view typed) noexcept;

/// Three random words and three random digits: `radio-hotel-canal-482`. Says nothing about anyone.
[[nodiscard]] std::string case_code(SodiumReady ready);
/// The canonical form of a case code somebody typed: any case, hyphens or spaces; words may be cut to their first four
/// letters. nullopt when it is none.
[[nodiscard]] std::optional<std::string> parse_case_code(std::string_view typed);

/// The first 8 bytes of a digest as 8 words joined by hyphens, for comparing over the telephone or two screens.
[[nodiscard]] std::string fingerprint_words(const Digest& digest);

/// Eight random words joined by hyphens: a device passphrase (64 bits). Errors: LockedMemory.
[[nodiscard]] Result<SecretBytes> generate_passphrase(SodiumReady ready);
/// The canonical form of typed words (any case; spaces, hyphens, line ends between; each word whole or at least its
/// first four letters); exactly 8. Errors: Malformed, LockedMemory.
[[nodiscard]] Result<SecretBytes> canonical_passphrase(SodiumReady ready, ByteView typed);

}  // namespace crypto

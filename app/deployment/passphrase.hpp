#pragma once
// Whether a new passphrase holds against somebody who has the files that it protects. Must not know who asks for it,
// nor in which words the answer is said.

#include <span>
#include <string>

#include "app/deployment/failure.hpp"
#include "crypto/secret.hpp"

namespace app::deployment {

/// Characters that a new passphrase has at least.
inline constexpr std::size_t least_passphrase = 16;
/// Bits of guessing that it asks for at least, as they are counted here. Where the number comes from:
/// docs/decisions/2026-11-30-new-passphrases-are-judged.md.
inline constexpr double least_passphrase_bits = 50;

/// What a passphrase is worth, and what makes it worth no more.
struct PassphraseWorth {
    double bits;
    PassphraseRefusal why;  ///< Names, Words, Repeats, Sequence, Date or Guessable; means nothing where it is enough
};

/// The least of three counts: zxcvbn's of the passphrase as it is typed; the same without what separates words, which
/// zxcvbn takes for chance; and 13 bits, as for a word drawn from 7,776, for each different word, because zxcvbn knows
/// no Spanish. Of a passphrase with more than 256 bytes the first 256 are counted. `known`: what whoever tries would
/// try first, as the programme's and the person's name. The secret is copied into locked memory alone; what the library
/// does with it is said at the call. Errors: crypto::Error.
[[nodiscard]] Result<PassphraseWorth> passphrase_worth(crypto::SodiumReady ready, const crypto::SecretBytes& passphrase,
                                                       std::span<const std::string> known);

/// Whether it may protect new keys; passphrases in use are not asked. Errors: PassphraseRefusal, crypto::Error.
[[nodiscard]] Result<void> judge_passphrase(crypto::SodiumReady ready, const crypto::SecretBytes& passphrase,
                                            std::span<const std::string> known);

}  // namespace app::deployment

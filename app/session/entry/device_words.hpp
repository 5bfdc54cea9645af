// The eight device words while they are typed, in locked memory; completed from the list by their first letters. It
// must not know whose they are.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "crypto/words.hpp"

namespace app::session {

/// Words are taken one after the other from crypto::word_list(). Move-only; wiped when it goes.
class DeviceWords {
  public:
    /// Error: LockedMemory.
    [[nodiscard]] static crypto::Result<DeviceWords> make(crypto::SodiumReady ready) noexcept;

    /// How many were taken so far, at most crypto::passphrase_words.
    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    [[nodiscard]] bool complete() const noexcept { return count_ == crypto::passphrase_words; }
    /// One that was taken, `i` below count().
    [[nodiscard]] std::string_view word(std::size_t i) const noexcept;
    /// What is typed of the next one, lower-case; valid until the next change.
    [[nodiscard]] std::string_view letters() const noexcept;
    /// Another number when letters() is no longer what was typed: the field takes it again.
    [[nodiscard]] int revision() const noexcept { return revision_; }
    /// The words that begin with letters(), as they follow one another in the list; none before the first letter.
    [[nodiscard]] std::span<const std::string_view> fitting() const noexcept;

    /// The whole field as it is now. A space or hyphen behind letters that only one word begins with takes that word;
    /// what cannot stand in a word is left out.
    void type(crypto::ByteView text) noexcept;
    /// Takes the word at that place of fitting(); none when there is no such place.
    void take(std::size_t place) noexcept;
    /// Takes back what is typed, else the last word.
    void drop() noexcept;
    /// All words as crypto::canonical_passphrase() gives them. Errors: Input (not complete), LockedMemory.
    [[nodiscard]] crypto::Result<crypto::SecretBytes> passphrase(crypto::SodiumReady ready) const noexcept;

  private:
    explicit DeviceWords(crypto::SecretBytes memory) noexcept : memory_(std::move(memory)) {}
    void forget_letters() noexcept;

    static constexpr std::size_t longest = 9;  ///< letters of the longest word
    crypto::SecretBytes memory_;               ///< places in the list, one byte each, then the letters
    std::size_t count_ = 0;
    std::size_t typed_ = 0;
    int revision_ = 0;
};

}  // namespace app::session

#pragma once
// One share of a recovery key as it stands on paper: words that a person types, and one line for a QR code. Knows how a
// share is written and read, not how it was made, nor whose programme it is. Source: docs/FORMATS.md, "Share on paper".

#include <array>
#include <cstdint>
#include <string>

#include "crypto/hash.hpp"
#include "crypto/recipient.hpp"
#include "crypto/secret.hpp"

namespace crypto {

/// What was split. The seed of a post-quantum identity has 32 bytes as well, so that its shares will look the same.
enum class ShareKind : std::uint8_t { X25519 = 1 };

inline constexpr std::size_t share_payload = 32;       ///< bytes
inline constexpr std::size_t share_rows = 10;          ///< on paper
inline constexpr std::size_t share_row_words = 6;      ///< five bytes and the row's own check
inline constexpr std::size_t most_typed_share = 4096;  ///< bytes that read_share() looks at

/// What a share says about itself; nothing of it is secret.
struct ShareHead {
    ShareKind kind = ShareKind::X25519;
    std::uint8_t threshold = 0;             ///< shares that are needed, 2 to 10
    std::uint8_t total = 0;                 ///< shares that were made, up to 10
    std::uint8_t number = 0;                ///< of this one, from 1: its point for shamir::combine()
    std::array<std::byte, 3> set{};         ///< random, the same in all shares of one splitting
    std::array<std::byte, 4> programme{};   ///< beginning of the programme's id
    std::array<std::byte, 6> commitment{};  ///< share_commitment() of the recipient whose identity was split

    /// Made by the same splitting: equal but for the number.
    [[nodiscard]] bool same_set(const ShareHead& other) const noexcept;
    friend bool operator==(const ShareHead&, const ShareHead&) = default;
};

struct PaperShare {
    ShareHead head;
    SecretBytes payload;  ///< share_payload bytes
};

/// What binds a set of shares to the recipient whose identity they give: the beginning of a BLAKE2b of its public key.
[[nodiscard]] std::array<std::byte, 6> share_commitment(SodiumReady ready, const Recipient& recipient) noexcept;

/// The three words of a set, for people: "radio-hotel-canal".
[[nodiscard]] std::string set_words(const ShareHead& head);
/// The first four words of the programme it is of, which begin the programme's eight.
[[nodiscard]] std::string programme_words(const ShareHead& head);

/// share_rows lines: number of the row, share_row_words words, one blank between, LF. Which words are looked up in the
/// list shows in the cache, as it shows on the page. Errors: Input (a head or payload out of range), LockedMemory.
[[nodiscard]] Result<SecretBytes> share_words(SodiumReady ready, const PaperShare& share);
/// "AMPARO-SHARE-1" and 86 more upper-case letters and digits (Bech32), no line end: the alphanumeric mode of a QR code
/// takes it. Errors: as share_words().
[[nodiscard]] Result<SecretBytes> share_code(SodiumReady ready, const PaperShare& share);

/// Why a text is no share.
enum class ShareError : std::uint8_t {
    Nothing,      ///< no word and no code at all
    TooLong,      ///< more than most_typed_share bytes, or words after the last row
    TooShort,     ///< ends in `row`, where `word` should follow
    UnknownWord,  ///< `word` of `row` is not in the list
    RowNumber,    ///< another number stands where `row` should begin, or before `row` has all its words
    RowWords,     ///< `row` has more words than it should
    RowCheck,     ///< the words of `row` do not fit each other, or not the first row: one is wrong, or of another share
    Check,        ///< every row fits, and they do not fit together
    Code,         ///< a QR code's text, cut or changed
    Version,      ///< of a later version of this format
    Kind,         ///< of a kind of key that this version does not know
    Range,        ///< numbers that no share has
    LockedMemory,  ///< as Error::LockedMemory
};

struct ShareFailure {
    ShareError error;
    std::uint8_t row = 0;   ///< from 1; 0 where the error has none
    std::uint8_t word = 0;  ///< from 1 in its row; likewise
};

/// What somebody typed or a QR code gave: words in any case, with or without accents, whole or at least their first
/// four letters, with any blanks, line ends and punctuation between, row numbers or not; or the code in any case with
/// blanks. The first fault is told. Whatever is read is written back as one and the same text.
[[nodiscard]] tl::expected<PaperShare, ShareFailure> read_share(SodiumReady ready, ByteView typed);

}  // namespace crypto

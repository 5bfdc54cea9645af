#pragma once
// Sealing to recipients as binary age v1 files, and checking what was sealed; it cannot open anything with an identity.
// Source: C2SP age.md; crypto/FORMAT.md section 1.

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "crypto/bytes.hpp"
#include "crypto/recipient.hpp"
#include "crypto/secret.hpp"

namespace crypto {

inline constexpr std::size_t age_chunk = 65536;  ///< plaintext bytes per payload chunk
/// Padded sizes of a record's JSON; a longer one is refused.
inline constexpr std::array<std::size_t, 5> record_buckets = {16384, 32768, 65536, 131072, 262144};
/// Stanza counts that files of this project show, whatever the number of real recipients.
inline constexpr std::size_t few_stanzas = 5;
inline constexpr std::size_t many_stanzas = 10;

/// How many stanzas a file shows.
enum class Stanzas : std::uint8_t {
    Exact,   ///< one for each recipient, in the given order: plain age
    Filled,  ///< exactly 5 or 10: filled up with throw-away random recipients, then shuffled
};

/// A finished file and what is needed to check it once more without any identity.
struct Sealed {
    Bytes bytes;
    SecretBytes file_key;  ///< 16 bytes; drop it as soon as the stored copy is verified
    std::size_t stanzas = 0;
};

/// Seals any bytes as plain age: no filler, no padding.
/// Errors: Input (no recipients, or one that no secret can be shared with), Mixed, Kind, TooMany (over 20),
/// LockedMemory.
[[nodiscard]] Result<Sealed> seal(SodiumReady ready, ByteView plaintext, std::span<const Recipient> recipients);

/// Seals one record: pads the JSON with trailing spaces to the smallest of record_buckets, at most 10 recipients
/// (Stanzas::Filled). Errors: as seal(); TooMany for over 10 recipients or a JSON over 262,144 bytes.
[[nodiscard]] Result<Sealed> seal_record(SodiumReady ready, ByteView json, std::span<const Recipient> recipients);

/// Checks stored bytes against the file key still held: header grammar, stanza count, header MAC, every chunk of the
/// payload and its end. No plaintext is produced. Errors: Header, Mac, Payload, Input (file key not 16 bytes).
[[nodiscard]] Result<void> verify_sealed(SodiumReady ready, ByteView sealed, const SecretBytes& file_key,
                                         std::size_t stanzas);

/// Seals a file of any size in bounded memory: header(), then update() and finish() give the bytes to write, in order.
class SealStream {
  public:
    [[nodiscard]] static Result<SealStream> start(SodiumReady ready, std::span<const Recipient> recipients,
                                                  Stanzas stanzas);
    SealStream(SealStream&&) noexcept;
    SealStream& operator=(SealStream&&) noexcept;
    ~SealStream();

    /// Header and payload nonce: the first bytes of the file.
    [[nodiscard]] ByteView header() const noexcept;
    /// Takes the next plaintext and appends the sealed chunks it completes to `out`.
    [[nodiscard]] Result<void> update(ByteView plaintext, Bytes& out);
    /// Appends the last chunk. update() and finish() give Input from now on.
    [[nodiscard]] Result<void> finish(Bytes& out);
    [[nodiscard]] const SecretBytes& file_key() const noexcept;
    [[nodiscard]] std::size_t stanzas() const noexcept;

  private:
    struct Parts;
    explicit SealStream(std::unique_ptr<Parts> parts) noexcept;
    std::unique_ptr<Parts> parts_;
};

/// verify_sealed() for a file that is read back in pieces.
class VerifyStream {
  public:
    /// `file_key` is used until finish() and must outlive this object.
    VerifyStream(SodiumReady ready, const SecretBytes& file_key, std::size_t stanzas);
    VerifyStream(VerifyStream&&) noexcept;
    VerifyStream& operator=(VerifyStream&&) noexcept;
    ~VerifyStream();

    [[nodiscard]] Result<void> update(ByteView piece);
    [[nodiscard]] Result<void> finish();

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace crypto

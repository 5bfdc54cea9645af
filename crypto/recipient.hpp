#pragma once
// A public key that records are sealed to (age recipient); it can close a file and never open one.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/bytes.hpp"
#include "crypto/error.hpp"
#include "crypto/ready.hpp"

namespace crypto {

/// Whether this build seals to post-quantum recipients and opens with post-quantum identities: its libsodium is 1.0.22
/// or newer. Fixed when Amparo is compiled.
extern const bool hybrid_available;

/// A recipient of age v1 (C2SP age.md) as Bech32 text: `age1` and 58 more characters for X25519,
/// `age1pq1` and 1,952 more for the post-quantum kind.
class Recipient {
  public:
    /// Kinds never meet in one file: it would be only as strong as the weaker one. The post-quantum kind is read and
    /// told apart always, sealed to where hybrid_available (else Error::Kind).
    enum class Kind : std::uint8_t { X25519, MlKem768X25519 };

    /// Exactly the lower-case text to_string() gives; no white space; of a post-quantum key, numbers below its modulus
    /// only. Error: Malformed.
    [[nodiscard]] static Result<Recipient> parse(std::string_view text);
    /// From the 32 bytes of an X25519 public key, or the 1,216 of a post-quantum one. Error: Input for another length,
    /// or numbers above the modulus.
    [[nodiscard]] static Result<Recipient> from_key(ByteView key);

    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    /// 32 bytes for X25519, 1,216 for the post-quantum kind.
    [[nodiscard]] ByteView key() const noexcept { return key_; }
    friend bool operator==(const Recipient& a, const Recipient& b) noexcept {
        return a.kind_ == b.kind_ && a.key_ == b.key_;
    }

  private:
    Recipient(Kind kind, Bytes key) noexcept : kind_(kind), key_(std::move(key)) {}
    Kind kind_;
    Bytes key_;
};

/// What one file can be sealed to: at least one recipient, all of one kind, and that kind available. Errors: Input
/// (none), Mixed, Kind.
[[nodiscard]] Result<void> check_kinds(std::span<const Recipient> recipients) noexcept;

}  // namespace crypto

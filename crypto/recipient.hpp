#pragma once
// A public key that records are sealed to (age recipient); it can close a file and never open one.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/error.hpp"
#include "crypto/ready.hpp"

namespace crypto {

/// X25519 recipient of age v1 (C2SP age.md, "The X25519 recipient type"): `age1` and 58 more characters (Bech32).
class Recipient {
  public:
    /// Kinds never meet in one file: it would be only as strong as the weaker one.
    /// The post-quantum `mlkem768x25519` joins here when the packaged libsodium offers it.
    enum class Kind : std::uint8_t { X25519 };

    /// Exactly the lower-case text to_string() gives; no white space. Error: Malformed.
    [[nodiscard]] static Result<Recipient> parse(std::string_view text);
    /// From the 32 bytes of a public key. Error: Input for another length.
    [[nodiscard]] static Result<Recipient> from_key(ByteView key) noexcept;

    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    [[nodiscard]] ByteView key() const noexcept { return key_; }
    friend bool operator==(const Recipient& a, const Recipient& b) noexcept {
        return a.kind_ == b.kind_ && a.key_ == b.key_;
    }

  private:
    Recipient() noexcept = default;
    Kind kind_ = Kind::X25519;
    std::array<std::byte, 32> key_{};
};

/// What can be sealed to: at least one recipient, all of one kind. Errors: Input (none), Mixed.
[[nodiscard]] Result<void> check_kinds(std::span<const Recipient> recipients) noexcept;

}  // namespace crypto

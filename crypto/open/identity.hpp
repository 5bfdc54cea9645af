#pragma once
// The secret half of a recipient: what coordinators hold and a kiosk never does.

#include <span>
#include <vector>

#include "crypto/recipient.hpp"
#include "crypto/secret.hpp"

namespace crypto::open {

/// Identity of age v1, of either kind of recipient. Move-only; the key is in locked memory.
class Identity {
  public:
    using Kind = Recipient::Kind;
    /// Errors: LockedMemory, Kind.
    [[nodiscard]] static Result<Identity> generate(SodiumReady ready, Kind kind = Kind::X25519);
    /// Exactly `AGE-SECRET-KEY-1`, or `AGE-SECRET-KEY-PQ-1` for the post-quantum kind, and 58 more upper-case
    /// characters. Errors: Malformed, LockedMemory, Kind.
    [[nodiscard]] static Result<Identity> parse(SodiumReady ready, ByteView text);
    /// From the 32 secret bytes, as secret() gives them, which do not say of which kind they are. Errors: Input
    /// (another length), Kind.
    [[nodiscard]] static Result<Identity> from_secret(SecretBytes secret, Kind kind = Kind::X25519);

    [[nodiscard]] const Recipient& recipient() const noexcept { return recipient_; }
    [[nodiscard]] Kind kind() const noexcept { return recipient_.kind(); }
    /// The 74 or 77 characters that parse() takes, in locked memory, no line end.
    [[nodiscard]] Result<SecretBytes> to_text(SodiumReady ready) const;
    /// The 32 secret bytes, for opening only.
    [[nodiscard]] const SecretBytes& secret() const noexcept { return secret_; }

  private:
    Identity(SecretBytes secret, const Recipient& recipient) noexcept
        : secret_(std::move(secret)), recipient_(recipient) {}
    SecretBytes secret_;
    Recipient recipient_;
};

/// An age identity file: one identity per line, `#` comments and empty lines between, LF or CRLF ends, at most 1 MiB.
/// At least one identity. Errors: Malformed, LockedMemory.
[[nodiscard]] Result<std::vector<Identity>> parse_identity_file(SodiumReady ready, ByteView text);

/// The text of an identity file: a comment with the recipient, then the identity. Stock `age -i` reads it.
[[nodiscard]] Result<SecretBytes> identity_file(SodiumReady ready, const Identity& identity);

}  // namespace crypto::open

#pragma once
// The secret half of a recipient: what coordinators hold and a kiosk never does.

#include <span>
#include <vector>

#include "crypto/recipient.hpp"
#include "crypto/secret.hpp"

namespace crypto::open {

/// X25519 identity of age v1. Move-only; the key is in locked memory.
class Identity {
  public:
    [[nodiscard]] static Result<Identity> generate(SodiumReady ready);
    /// Exactly `AGE-SECRET-KEY-1` and 58 more upper-case characters. Errors: Malformed, LockedMemory.
    [[nodiscard]] static Result<Identity> parse(SodiumReady ready, ByteView text);
    /// From the 32 secret bytes, as secret() gives them. Errors: Input (another length).
    [[nodiscard]] static Result<Identity> from_secret(SecretBytes secret);

    [[nodiscard]] const Recipient& recipient() const noexcept { return recipient_; }
    /// The 74 characters that parse() takes, in locked memory, no line end.
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

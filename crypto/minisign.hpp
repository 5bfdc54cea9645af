#pragma once
// Signatures and their keys in minisign's formats (prehashed Ed25519 only), with the purpose of a key in its type.
// Source: minisign's documented format; crypto/FORMAT.md section 2.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/hash.hpp"
#include "crypto/secret.hpp"

namespace crypto {

/// What a key is for; a function that checks device signatures does not accept a receipt key.
enum class Purpose : std::uint8_t { Deployment, Device, Receipt, Plain };

inline constexpr std::size_t untrusted_comment_limit = 1024;  ///< bytes of the whole line
inline constexpr std::size_t trusted_comment_limit = 8192;    ///< bytes of the whole line

using KeyId = std::array<std::byte, 8>;
using PublicKeyBytes = std::array<std::byte, 42>;  ///< "Ed", key id, Ed25519 public key

/// scrypt cost of a passphrase-protected secret key, in libsodium's units. minisign itself uses the default here
/// (1 GiB, some seconds); the cap for reading is the same.
struct ScryptCost {
    std::uint64_t operations = 33554432;
    std::uint64_t memory = 1073741824;
};

namespace minisign {  // the untyped core behind the templates below

struct Public {
    KeyId id{};
    std::array<std::byte, 32> key{};
    friend bool operator==(const Public& a, const Public& b) noexcept { return a.id == b.id && a.key == b.key; }
};

[[nodiscard]] Result<Public> parse_public(std::string_view text);
[[nodiscard]] Result<Public> parse_public_line(std::string_view base64);
[[nodiscard]] std::string public_text(const Public& key);
[[nodiscard]] PublicKeyBytes public_bytes(const Public& key) noexcept;

[[nodiscard]] Result<SecretBytes> generate(SodiumReady ready);
[[nodiscard]] Public public_of(const SecretBytes& secret) noexcept;
[[nodiscard]] Result<SecretBytes> parse_secret(SodiumReady ready, ByteView text, const SecretBytes* passphrase);
[[nodiscard]] Result<SecretBytes> secret_text(SodiumReady ready, const SecretBytes& secret,
                                              const SecretBytes* passphrase, ScryptCost cost);
[[nodiscard]] Result<std::string> sign(SodiumReady ready, const Digest512& prehash, const SecretBytes& secret,
                                       std::string_view trusted_comment, std::string_view untrusted_comment);
[[nodiscard]] Result<std::string> verify(SodiumReady ready, const Digest512& prehash, std::string_view signature,
                                         const Public& key);

}  // namespace minisign

/// True when the text of a secret key asks for a passphrase. Error: Malformed.
[[nodiscard]] Result<bool> is_protected(ByteView secret_key_text);

/// The id of the key that made a signature, to choose the key to check it with; proves nothing. Error: Malformed.
[[nodiscard]] Result<KeyId> signer_of(std::string_view signature);

template <Purpose P>
class PublicKey {
  public:
    /// The two lines of a minisign public key file, LF ends. Error: Malformed.
    [[nodiscard]] static Result<PublicKey> parse(std::string_view text) { return wrap(minisign::parse_public(text)); }
    /// Only the 56 base64 characters, as `minisign -P` takes them.
    [[nodiscard]] static Result<PublicKey> parse_line(std::string_view base64) {
        return wrap(minisign::parse_public_line(base64));
    }
    /// The two lines that parse() takes.
    [[nodiscard]] std::string to_text() const { return minisign::public_text(key_); }
    /// 42 bytes: algorithm, key id, key; what fingerprints are computed over.
    [[nodiscard]] PublicKeyBytes bytes() const noexcept { return minisign::public_bytes(key_); }
    [[nodiscard]] const KeyId& id() const noexcept { return key_.id; }
    [[nodiscard]] const minisign::Public& raw() const noexcept { return key_; }
    explicit PublicKey(const minisign::Public& key) noexcept : key_(key) {}
    friend bool operator==(const PublicKey& a, const PublicKey& b) noexcept { return a.key_ == b.key_; }

  private:
    [[nodiscard]] static Result<PublicKey> wrap(Result<minisign::Public> key) {
        if (!key) return tl::unexpected(key.error());
        return PublicKey(*key);
    }
    minisign::Public key_;
};

template <Purpose P>
class SecretKey {
  public:
    [[nodiscard]] static Result<SecretKey> generate(SodiumReady ready) { return wrap(minisign::generate(ready)); }
    /// A minisign secret key file, unprotected. Errors: Malformed, Protected, LockedMemory.
    [[nodiscard]] static Result<SecretKey> parse(SodiumReady ready, ByteView text) {
        return wrap(minisign::parse_secret(ready, text, nullptr));
    }
    /// A minisign secret key file, protected or not. Errors: Malformed, WrongSecret, WorkFactor, Memory, LockedMemory.
    [[nodiscard]] static Result<SecretKey> parse(SodiumReady ready, ByteView text, const SecretBytes& passphrase) {
        return wrap(minisign::parse_secret(ready, text, &passphrase));
    }
    /// The key file without protection (as `minisign -G -W`), in locked memory.
    [[nodiscard]] Result<SecretBytes> to_text(SodiumReady ready) const {
        return minisign::secret_text(ready, secret_, nullptr, {});
    }
    /// The key file under a passphrase (scrypt). Errors: Input (empty passphrase), WorkFactor, Memory, LockedMemory.
    [[nodiscard]] Result<SecretBytes> to_text(SodiumReady ready, const SecretBytes& passphrase,
                                              ScryptCost cost = {}) const {
        return minisign::secret_text(ready, secret_, &passphrase, cost);
    }
    [[nodiscard]] PublicKey<P> public_key() const noexcept { return PublicKey<P>(minisign::public_of(secret_)); }
    [[nodiscard]] const SecretBytes& secret() const noexcept { return secret_; }

  private:
    explicit SecretKey(SecretBytes secret) noexcept : secret_(std::move(secret)) {}
    [[nodiscard]] static Result<SecretKey> wrap(Result<SecretBytes> secret) {
        if (!secret) return tl::unexpected(secret.error());
        return SecretKey(std::move(*secret));
    }
    SecretBytes secret_;  // key id (8), Ed25519 secret key (64)
};

using DeploymentPublicKey = PublicKey<Purpose::Deployment>;
using DeploymentSecretKey = SecretKey<Purpose::Deployment>;
using DevicePublicKey = PublicKey<Purpose::Device>;
using DeviceSecretKey = SecretKey<Purpose::Device>;
using ReceiptPublicKey = PublicKey<Purpose::Receipt>;
using ReceiptSecretKey = SecretKey<Purpose::Receipt>;
using PlainPublicKey = PublicKey<Purpose::Plain>;
using PlainSecretKey = SecretKey<Purpose::Plain>;

inline constexpr std::string_view default_untrusted_comment = "signature from amparo secret key";

/// The text of a `.minisig` file over a prehash (Blake2b512 of the file). Comments: one line, no control characters.
/// Errors: Input (comment too long or not one printable line).
template <Purpose P>
[[nodiscard]] Result<std::string> sign(SodiumReady ready, const Digest512& prehash, const SecretKey<P>& key,
                                       std::string_view trusted_comment,
                                       std::string_view untrusted_comment = default_untrusted_comment) {
    return minisign::sign(ready, prehash, key.secret(), trusted_comment, untrusted_comment);
}

template <Purpose P>
[[nodiscard]] Result<std::string> sign(SodiumReady ready, ByteView message, const SecretKey<P>& key,
                                       std::string_view trusted_comment,
                                       std::string_view untrusted_comment = default_untrusted_comment) {
    Blake2b512 hash(ready);
    hash.update(message);
    return minisign::sign(ready, hash.finish(), key.secret(), trusted_comment, untrusted_comment);
}

/// The trusted comment when both signatures verify. Errors: Malformed (also legacy, not prehashed signatures),
/// OtherKey (key ids differ), Signature.
template <Purpose P>
[[nodiscard]] Result<std::string> verify(SodiumReady ready, const Digest512& prehash, std::string_view signature,
                                         const PublicKey<P>& key) {
    return minisign::verify(ready, prehash, signature, key.raw());
}

template <Purpose P>
[[nodiscard]] Result<std::string> verify(SodiumReady ready, ByteView message, std::string_view signature,
                                         const PublicKey<P>& key) {
    Blake2b512 hash(ready);
    hash.update(message);
    return minisign::verify(ready, hash.finish(), signature, key.raw());
}

}  // namespace crypto

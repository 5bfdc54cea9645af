#include "crypto/recipient.hpp"

#include "crypto/bech32.hpp"

namespace crypto {
namespace {

constexpr std::size_t x25519_size = 32;
constexpr std::size_t hybrid_size = 1216;  // ML-KEM-768's key, then X25519's

// Which kind a text claims to be decides how it is read. X25519 keys may begin with `pq` behind `age1`, but no text of
// one length is taken for the other.
constexpr std::string_view prefix_of(Recipient::Kind kind) noexcept {
    switch (kind) {
        case Recipient::Kind::X25519:
            return "age";
        case Recipient::Kind::MlKem768X25519:
            return "age1pq";
    }
    return {};
}

// ML-KEM-768's part is 768 numbers of 12 bits, each below 3,329 (FIPS 203, 7.2: the modulus check), then 32 bytes.
// Nothing can be sealed to another key, and that must show where the key is read, not when somebody has said something.
bool below_modulus(ByteView key) noexcept {
    const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(key[i]); };
    for (std::size_t i = 0; i < 1152; i += 3) {
        const unsigned first = at(i) | (at(i + 1) & 15U) << 8U;
        const unsigned second = at(i + 1) >> 4U | at(i + 2) << 4U;
        if (first >= 3329 || second >= 3329) return false;
    }
    return true;
}

}  // namespace

Result<Recipient> Recipient::parse(std::string_view text) {
    const bool hybrid = text.size() == bech32::encoded_size(prefix_of(Kind::MlKem768X25519).size(), hybrid_size);
    const Kind kind = hybrid ? Kind::MlKem768X25519 : Kind::X25519;
    Bytes key(hybrid ? hybrid_size : x25519_size);
    if (!bech32::decode(prefix_of(kind), as_bytes(text), bech32::Case::Lower, key))
        return tl::unexpected(Error::Malformed);
    if (hybrid && !below_modulus(key)) return tl::unexpected(Error::Malformed);
    return Recipient(kind, std::move(key));
}

Result<Recipient> Recipient::from_key(ByteView key) {
    const bool hybrid = key.size() == hybrid_size;
    if (hybrid ? !below_modulus(key) : key.size() != x25519_size) return tl::unexpected(Error::Input);
    return Recipient(hybrid ? Kind::MlKem768X25519 : Kind::X25519, Bytes(key.begin(), key.end()));
}

std::string Recipient::to_string() const {
    const std::string_view prefix = prefix_of(kind_);
    std::string text(bech32::encoded_size(prefix.size(), key_.size()), '\0');
    bech32::encode(prefix, key_, bech32::Case::Lower, std::as_writable_bytes(std::span(text)));
    return text;
}

Result<void> check_kinds(std::span<const Recipient> recipients) noexcept {
    if (recipients.empty()) return tl::unexpected(Error::Input);
    for (const Recipient& one : recipients)
        if (one.kind() != recipients.front().kind()) return tl::unexpected(Error::Mixed);
    if (recipients.front().kind() != Recipient::Kind::X25519 && !hybrid_available) return tl::unexpected(Error::Kind);
    return {};
}

}  // namespace crypto

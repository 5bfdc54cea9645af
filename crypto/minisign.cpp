#include "crypto/minisign.hpp"

#include <sodium.h>

#include <algorithm>

#include "crypto/minisign_text.hpp"
#include "crypto/raw.hpp"

namespace crypto {
namespace minisign {
namespace {

constexpr std::string_view key_algorithm = "Ed";
constexpr std::string_view prehashed_algorithm = "ED";
constexpr std::size_t signature_size = 64;
constexpr std::size_t signature_characters = 100;  // of the 74 bytes algorithm, key id, signature
constexpr std::size_t global_characters = 88;      // of the 64 bytes of the second signature

using Signature = std::array<std::byte, signature_size>;

struct Parsed {
    KeyId id{};
    Signature signature{};
    Signature global{};
    std::string_view trusted_comment;
};

std::optional<Parsed> parse(std::string_view text) {
    Parsed out;
    Reader reader(as_bytes(text));
    if (!comment_line(reader, untrusted_prefix, untrusted_comment_limit)) return std::nullopt;
    const auto first = reader.line(signature_characters);
    const auto blob = first ? from_base64(*first) : std::nullopt;
    const auto trusted = comment_line(reader, trusted_prefix, trusted_comment_limit);
    const auto second = reader.line(global_characters);
    const auto global = second ? from_base64(*second) : std::nullopt;
    if (!blob || !trusted || !global || !reader.at_end() || global->size() != signature_size) return std::nullopt;
    Reader fields(*blob);
    if (!fields.skip(prehashed_algorithm)) return std::nullopt;
    const auto id = fields.take(out.id.size());
    const auto signature = fields.take(signature_size);
    if (!signature || !fields.at_end()) return std::nullopt;
    std::copy(id->begin(), id->end(), out.id.begin());
    std::copy(signature->begin(), signature->end(), out.signature.begin());
    std::copy(global->begin(), global->end(), out.global.begin());
    out.trusted_comment = *trusted;
    return out;
}

// What the second signature covers: the first one, then the trusted comment.
Bytes global_message(const Signature& signature, std::string_view trusted_comment) {
    Bytes out(signature.begin(), signature.end());
    append(out, trusted_comment);
    return out;
}

Signature signed_with(const SecretBytes& secret, ByteView message) noexcept {
    Signature out;
    crypto_sign_detached(raw(out), nullptr, raw(message), message.size(), raw(secret.view().subspan(8)));
    return out;
}

bool fits(const Signature& signature, ByteView message, const Public& key) noexcept {
    return crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(key.key)) == 0;
}

}  // namespace

bool one_line(std::string_view text) noexcept {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

std::optional<std::string_view> comment_line(Reader& reader, std::string_view prefix, std::size_t limit) {
    const auto line = reader.line(limit - 1);
    if (!line || line->substr(0, prefix.size()) != prefix || !one_line(*line)) return std::nullopt;
    return line->substr(prefix.size());
}

Result<Public> parse_public_line(std::string_view base64) {
    const auto blob = from_base64(base64);
    if (!blob) return tl::unexpected(Error::Malformed);
    Reader fields(*blob);
    Public out;
    if (!fields.skip(key_algorithm)) return tl::unexpected(Error::Malformed);
    const auto id = fields.take(out.id.size());
    const auto key = fields.take(out.key.size());
    if (!key || !fields.at_end()) return tl::unexpected(Error::Malformed);
    std::copy(id->begin(), id->end(), out.id.begin());
    std::copy(key->begin(), key->end(), out.key.begin());
    return out;
}

Result<Public> parse_public(std::string_view text) {
    Reader reader(as_bytes(text));
    const auto comment = comment_line(reader, untrusted_prefix, untrusted_comment_limit);
    const auto line = reader.line(56);
    if (!comment || !line || !reader.at_end()) return tl::unexpected(Error::Malformed);
    return parse_public_line(*line);
}

PublicKeyBytes public_bytes(const Public& key) noexcept {
    PublicKeyBytes out;
    const ByteView algorithm = as_bytes(key_algorithm);
    auto at = std::copy(algorithm.begin(), algorithm.end(), out.begin());
    at = std::copy(key.id.begin(), key.id.end(), at);
    std::copy(key.key.begin(), key.key.end(), at);
    return out;
}

// minisign prints the id as one little-endian number in the comment.
std::string public_text(const Public& key) {
    KeyId reversed = key.id;
    std::reverse(reversed.begin(), reversed.end());
    std::string id = to_hex(reversed);
    std::transform(id.begin(), id.end(), id.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    return std::string(untrusted_prefix) + "minisign public key " + id + "\n" + to_base64(public_bytes(key)) + "\n";
}

Result<std::string> sign(SodiumReady, const Digest512& prehash, const SecretBytes& secret,
                         std::string_view trusted_comment, std::string_view untrusted_comment) {
    if (!one_line(trusted_comment) || !one_line(untrusted_comment) ||
        trusted_prefix.size() + trusted_comment.size() >= trusted_comment_limit ||
        untrusted_prefix.size() + untrusted_comment.size() >= untrusted_comment_limit)
        return tl::unexpected(Error::Input);
    const Signature signature = signed_with(secret, prehash);
    const Signature global = signed_with(secret, global_message(signature, trusted_comment));
    Bytes blob;
    append(blob, prehashed_algorithm);
    append(blob, secret.view().first(8));
    append(blob, signature);
    std::string text;
    text.append(untrusted_prefix).append(untrusted_comment).append("\n").append(to_base64(blob)).append("\n");
    text.append(trusted_prefix).append(trusted_comment).append("\n").append(to_base64(global)).append("\n");
    return text;
}

Result<std::string> verify(SodiumReady, const Digest512& prehash, std::string_view signature, const Public& key) {
    const auto parsed = parse(signature);
    if (!parsed) return tl::unexpected(Error::Malformed);
    if (parsed->id != key.id) return tl::unexpected(Error::OtherKey);
    if (!fits(parsed->signature, prehash, key) ||
        !fits(parsed->global, global_message(parsed->signature, parsed->trusted_comment), key))
        return tl::unexpected(Error::Signature);
    return std::string(parsed->trusted_comment);
}

}  // namespace minisign

Result<KeyId> signer_of(std::string_view signature) {
    const auto parsed = minisign::parse(signature);
    if (!parsed) return tl::unexpected(Error::Malformed);
    return parsed->id;
}

}  // namespace crypto

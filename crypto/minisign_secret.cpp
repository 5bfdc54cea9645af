// minisign's secret key file: a comment, then base64 of
// "Ed", KDF ("Sc" or two zeros), "B2", salt (32), operations (8), memory (8), then id (8), secret key (64), checksum
// (32), the last three XORed with scrypt's output when there is a passphrase. Little-endian numbers.
#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "crypto/minisign.hpp"
#include "crypto/minisign_text.hpp"
#include "crypto/random.hpp"
#include "crypto/raw.hpp"
#include "crypto/try.hpp"

namespace crypto {
namespace minisign {
namespace {

constexpr std::string_view comment = "untrusted comment: minisign encrypted secret key\n";
constexpr std::string_view head_protected = "EdScB2";
constexpr std::string_view head_plain = std::string_view("Ed\0\0B2", 6);
constexpr std::size_t salt_size = 32;
constexpr std::size_t inner_size = 8 + 64 + 32;
constexpr std::size_t blob_size = 6 + salt_size + 16 + inner_size;
constexpr std::size_t characters = 212;
constexpr std::size_t secret_size = 8 + 64;
constexpr ScryptCost cap{};

struct Fields {
    SecretBytes blob;
    bool is_protected;
    ByteView salt;
    ScryptCost cost;
    std::span<std::byte> inner;  // id, secret key, checksum
};

Result<Fields> read_fields(SodiumReady ready, ByteView text) {
    const auto malformed = tl::unexpected(Error::Malformed);
    Reader reader(text);
    if (!comment_line(reader, untrusted_prefix, untrusted_comment_limit)) return malformed;
    const auto line = reader.line(characters);
    if (!line || line->size() != characters || !reader.at_end()) return malformed;
    // libsodium 1.0.18 takes some characters above 127 for letters.
    if (std::any_of(line->begin(), line->end(), [](char c) { return static_cast<unsigned char>(c) > 0x7e; }))
        return malformed;
    AMPARO_TRY(blob, SecretBytes::make(ready, blob_size));
    std::size_t size = 0;
    if (sodium_base642bin(raw(blob.writable()), blob_size, line->data(), line->size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        size != blob_size)
        return malformed;
    const std::string_view head = as_text(blob.view().first(6));
    if (head != head_protected && head != head_plain) return malformed;
    const bool is_protected = head == head_protected;
    Reader numbers(blob.view().subspan(6 + salt_size, 16));
    const ScryptCost cost{numbers.u64_le().value_or(0), numbers.u64_le().value_or(0)};
    const ByteView salt = blob.view().subspan(6, salt_size);
    const std::span<std::byte> inner = blob.writable().last(inner_size);
    return Fields{std::move(blob), is_protected, salt, cost, inner};
}

Result<void> apply_scrypt(SodiumReady ready, std::span<std::byte> inner, const SecretBytes& passphrase, ByteView salt,
                          ScryptCost cost) {
    if (cost.operations > cap.operations || cost.memory > cap.memory ||
        cost.operations < crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_MIN ||
        cost.memory < crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_MIN)
        return tl::unexpected(Error::WorkFactor);
    AMPARO_TRY(stream, SecretBytes::make(ready, inner.size()));
    if (crypto_pwhash_scryptsalsa208sha256(raw(stream.writable()), stream.size(), chars(passphrase.view()),
                                           passphrase.size(), raw(salt), cost.operations,
                                           static_cast<std::size_t>(cost.memory)) != 0)
        return tl::unexpected(Error::Memory);
    for (std::size_t i = 0; i < inner.size(); ++i) inner[i] ^= stream.view()[i];
    return {};
}

// BLAKE2b-256 of algorithm, id and secret key.
Digest checksum(ByteView id_and_key) noexcept {
    Digest out;
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, out.size());
    crypto_generichash_update(&state, raw(as_bytes("Ed")), 2);
    crypto_generichash_update(&state, raw(id_and_key), id_and_key.size());
    crypto_generichash_final(&state, raw(out), out.size());
    sodium_memzero(&state, sizeof state);
    return out;
}

// A secret key whose public half is not its own would give itself away with the first signature.
bool consistent(ByteView key) noexcept {
    Scratch<64> again;
    std::array<std::byte, 32> public_key;
    crypto_sign_seed_keypair(raw(public_key), raw(again.writable()), raw(key.first(32)));
    return equal_constant_time(again.view(), key);
}

}  // namespace

Result<SecretBytes> generate(SodiumReady ready) {
    auto secret = SecretBytes::make(ready, secret_size);
    if (!secret) return secret;
    std::array<std::byte, 32> public_key;
    random_fill(ready, secret->writable().first(8));
    crypto_sign_keypair(raw(public_key), raw(secret->writable().subspan(8)));
    return secret;
}

Public public_of(const SecretBytes& secret) noexcept {
    Public out;
    std::copy_n(secret.view().begin(), out.id.size(), out.id.begin());
    std::copy_n(secret.view().begin() + 8 + 32, out.key.size(), out.key.begin());
    return out;
}

Result<SecretBytes> parse_secret(SodiumReady ready, ByteView text, const SecretBytes* passphrase) {
    AMPARO_TRY(fields, read_fields(ready, text));
    const ByteView inner = fields.inner;
    if (fields.is_protected) {
        if (passphrase == nullptr) return tl::unexpected(Error::Protected);
        AMPARO_DO(apply_scrypt(ready, fields.inner, *passphrase, fields.salt, fields.cost));
        if (!equal_constant_time(checksum(inner.first(secret_size)), inner.last(32)))
            return tl::unexpected(Error::WrongSecret);
    } else if (!sodium_is_zero(raw(fields.salt), salt_size + 16) || !sodium_is_zero(raw(inner.last(32)), 32)) {
        return tl::unexpected(Error::Malformed);  // minisign leaves all of it zero
    }
    if (!consistent(inner.subspan(8, 64))) return tl::unexpected(Error::Malformed);
    return SecretBytes::copy_of(ready, inner.first(secret_size));
}

Result<SecretBytes> secret_text(SodiumReady ready, const SecretBytes& secret, const SecretBytes* passphrase,
                                ScryptCost cost) {
    if (passphrase != nullptr && passphrase->empty()) return tl::unexpected(Error::Input);
    auto blob = SecretBytes::make(ready, blob_size);
    if (!blob) return blob;
    const std::span<std::byte> bytes = blob->writable();
    const std::span<std::byte> inner = bytes.last(inner_size);
    const ByteView head = as_bytes(passphrase != nullptr ? head_protected : head_plain);
    std::copy(head.begin(), head.end(), bytes.begin());
    std::copy(secret.view().begin(), secret.view().end(), inner.begin());
    if (passphrase != nullptr) {
        const Digest check = checksum(secret.view());
        std::copy(check.begin(), check.end(), inner.end() - 32);
        const auto salt = bytes.subspan(6, salt_size);
        random_fill(ready, salt);
        Bytes numbers;
        append_u64_le(numbers, cost.operations);
        append_u64_le(numbers, cost.memory);
        std::copy(numbers.begin(), numbers.end(), bytes.begin() + 6 + salt_size);
        AMPARO_DO(apply_scrypt(ready, inner, *passphrase, salt, cost));
    }
    auto text = SecretBytes::make(ready, comment.size() + characters + 1);
    if (!text) return text;
    std::memcpy(text->writable().data(), comment.data(), comment.size());
    sodium_bin2base64(reinterpret_cast<char*>(text->writable().data()) + comment.size(), characters + 1,
                      raw(blob->view()), blob_size, sodium_base64_VARIANT_ORIGINAL);
    text->writable().back() = std::byte{'\n'};  // in place of the terminating zero
    return text;
}

}  // namespace minisign

// The first eight characters are algorithm, KDF and checksum kind, and none of the key.
Result<bool> is_protected(ByteView secret_key_text) {
    Reader reader(secret_key_text);
    const auto comment = minisign::comment_line(reader, minisign::untrusted_prefix, untrusted_comment_limit);
    const auto line = reader.line(minisign::characters);
    if (!comment || !line || line->size() != minisign::characters) return tl::unexpected(Error::Malformed);
    const auto head = from_base64(line->substr(0, 8));
    if (head && as_text(*head) == minisign::head_protected) return true;
    if (head && as_text(*head) == minisign::head_plain) return false;
    return tl::unexpected(Error::Malformed);
}

}  // namespace crypto

#include "crypto/age_payload.hpp"

#include <sodium.h>

#include <algorithm>

#include "crypto/raw.hpp"
#include "crypto/try.hpp"

namespace crypto::age {

Payload::Payload(ByteView file_key, ByteView nonce, std::span<std::byte, 32> room) noexcept : key_(room) {
    hkdf_into(room, file_key, nonce, "payload");
}

// 88 bits of counter cannot run over: 2^88 chunks of 64 KiB do not exist.
void Payload::advance() noexcept {
    first_ = false;
    for (std::size_t i = 11; i-- > 0;) {
        nonce_[i] = static_cast<std::byte>(std::to_integer<unsigned>(nonce_[i]) + 1U);
        if (nonce_[i] != std::byte{0}) return;
    }
}

void Payload::seal(ByteView plain, std::span<std::byte> sealed, bool last) noexcept {
    nonce_[11] = std::byte{last ? std::uint8_t{1} : std::uint8_t{0}};
    crypto_aead_chacha20poly1305_ietf_encrypt(raw(sealed), nullptr, raw(plain), plain.size(), nullptr, 0, nullptr,
                                              raw(nonce_), raw(key_));
    advance();
}

Result<void> Payload::open(ByteView sealed, std::byte* plain, bool last) noexcept {
    const auto refused = tl::unexpected(Error::Payload);
    if (sealed.size() < tag_size || sealed.size() > sealed_chunk) return refused;
    if (sealed.size() == tag_size && !first_) return refused;  // an empty chunk is only the whole of an empty file
    nonce_[11] = std::byte{last ? std::uint8_t{1} : std::uint8_t{0}};
    const ByteView body = sealed.first(sealed.size() - tag_size);
    const ByteView tag = sealed.last(tag_size);
    // With a null message libsodium checks the tag and stops: nothing is decrypted.
    if (crypto_aead_chacha20poly1305_ietf_decrypt_detached(reinterpret_cast<unsigned char*>(plain), nullptr, raw(body),
                                                           body.size(), raw(tag), nullptr, 0, raw(nonce_),
                                                           raw(key_)) != 0)
        return refused;
    advance();
    return {};
}

Result<std::size_t> plain_size(std::size_t sealed) noexcept {
    const std::size_t chunks = (sealed + sealed_chunk - 1) / sealed_chunk;
    // A last chunk shorter than its tag would leave less room than the full chunks before it need.
    if (chunks == 0 || sealed - (chunks - 1) * sealed_chunk < tag_size) return tl::unexpected(Error::Payload);
    return sealed - chunks * tag_size;
}

Result<void> open_all(Payload& payload, ByteView sealed, std::byte* plain) noexcept {
    while (true) {
        const bool last = sealed.size() <= sealed_chunk;
        const ByteView chunk = sealed.first(std::min(sealed.size(), sealed_chunk));
        AMPARO_DO(payload.open(chunk, plain, last));
        if (last) return {};
        sealed = sealed.subspan(chunk.size());
        if (plain != nullptr) plain += chunk.size() - tag_size;
    }
}

Result<PayloadReader> PayloadReader::start(SodiumReady ready, ByteView file_key, ByteView nonce, bool release) {
    AMPARO_TRY(key, SecretBytes::make(ready, 32));
    const Payload payload(file_key, nonce, key.writable().first<32>());
    return PayloadReader(std::move(key), payload, release);
}

Result<void> PayloadReader::open(ByteView sealed, Bytes& out, bool last) {
    if (!release_ || sealed.size() < tag_size) return payload_.open(sealed, nullptr, last);
    const std::size_t before = out.size();
    out.resize(before + sealed.size() - tag_size);
    auto opened = payload_.open(sealed, out.data() + before, last);
    if (!opened) out.resize(before);
    return opened;
}

Result<void> PayloadReader::update(ByteView piece, Bytes& out) {
    if (!held_.empty()) {
        const std::size_t wanted = std::min(sealed_chunk - held_.size(), piece.size());
        append(held_, piece.first(wanted));
        piece = piece.subspan(wanted);
        if (piece.empty()) return {};  // held_ may be the last chunk
        AMPARO_DO(open(held_, out, false));
        held_.clear();
    }
    while (piece.size() > sealed_chunk) {
        AMPARO_DO(open(piece.first(sealed_chunk), out, false));
        piece = piece.subspan(sealed_chunk);
    }
    append(held_, piece);
    return {};
}

Result<void> PayloadReader::finish(Bytes& out) {
    return open(held_, out, true);
}

}  // namespace crypto::age

#include "crypto/hash.hpp"

#include <sodium.h>

#include <new>

#include "crypto/raw.hpp"

namespace crypto {
namespace {

template <typename State, std::size_t N>
State& state_in(std::array<std::byte, N>& room) noexcept {
    static_assert(sizeof(State) <= N);
    return *std::launder(reinterpret_cast<State*>(room.data()));
}

template <typename State, std::size_t N>
void begin_in(std::array<std::byte, N>& room) noexcept {
    ::new (room.data()) State;
}

using Sha256State = crypto_hash_sha256_state;
using Blake2bState = crypto_generichash_state;

}  // namespace

Digest sha256(SodiumReady, ByteView data) noexcept {
    Digest out;
    crypto_hash_sha256(raw(out), raw(data), data.size());
    return out;
}

Sha256::Sha256(SodiumReady) noexcept {
    begin_in<Sha256State>(state_);
    crypto_hash_sha256_init(&state_in<Sha256State>(state_));
}

Sha256::~Sha256() {
    wipe(state_);
}

void Sha256::update(ByteView data) noexcept {
    crypto_hash_sha256_update(&state_in<Sha256State>(state_), raw(data), data.size());
}

Digest Sha256::finish() noexcept {
    Digest out;
    crypto_hash_sha256_final(&state_in<Sha256State>(state_), raw(out));
    crypto_hash_sha256_init(&state_in<Sha256State>(state_));
    return out;
}

Digest blake2b_256(SodiumReady, ByteView data) noexcept {
    Digest out;
    crypto_generichash(raw(out), out.size(), raw(data), data.size(), nullptr, 0);
    return out;
}

Result<Digest> blake2b_256_keyed(SodiumReady, ByteView data, ByteView key) noexcept {
    if (key.size() < crypto_generichash_KEYBYTES_MIN || key.size() > crypto_generichash_KEYBYTES_MAX)
        return tl::unexpected(Error::Input);
    Digest out;
    crypto_generichash(raw(out), out.size(), raw(data), data.size(), raw(key), key.size());
    return out;
}

Blake2b512::Blake2b512(SodiumReady) noexcept {
    begin_in<Blake2bState>(state_);
    crypto_generichash_init(&state_in<Blake2bState>(state_), nullptr, 0, 64);
}

Blake2b512::~Blake2b512() {
    wipe(state_);
}

void Blake2b512::update(ByteView data) noexcept {
    crypto_generichash_update(&state_in<Blake2bState>(state_), raw(data), data.size());
}

Digest512 Blake2b512::finish() noexcept {
    Digest512 out;
    crypto_generichash_final(&state_in<Blake2bState>(state_), raw(out), out.size());
    crypto_generichash_init(&state_in<Blake2bState>(state_), nullptr, 0, 64);
    return out;
}

void hmac_into(std::span<std::byte, 32> out, ByteView key, ByteView first, ByteView second) noexcept {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, raw(key), key.size());
    crypto_auth_hmacsha256_update(&state, raw(first), first.size());
    crypto_auth_hmacsha256_update(&state, raw(second), second.size());
    crypto_auth_hmacsha256_final(&state, raw(out));
    sodium_memzero(&state, sizeof state);
}

Digest hmac_sha256(SodiumReady, ByteView key, ByteView data) noexcept {
    Digest out;
    hmac_into(out, key, data, {});
    return out;
}

// Extract, then the first block of expand: T(1) = HMAC(PRK, info | 0x01). An empty salt is 32 zero bytes, which HMAC's
// own zero padding of short keys already gives.
void hkdf_into(std::span<std::byte, 32> out, ByteView key_material, ByteView salt, std::string_view info) noexcept {
    constexpr std::array<std::byte, 1> first_block{std::byte{1}};
    Scratch<32> extracted;
    hmac_into(extracted.writable(), salt, key_material, {});
    hmac_into(out, extracted.view(), as_bytes(info), first_block);
}

Result<SecretBytes> hkdf_sha256(SodiumReady ready, ByteView key_material, ByteView salt,
                                std::string_view info) noexcept {
    auto out = SecretBytes::make(ready, 32);
    if (out) hkdf_into(out->writable().first<32>(), key_material, salt, info);
    return out;
}

bool equal_constant_time(ByteView a, ByteView b) noexcept {
    return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace crypto

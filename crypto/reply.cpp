#include "crypto/reply.hpp"

#include <sodium.h>

#include <algorithm>

#include "crypto/raw.hpp"
#include "crypto/try.hpp"

namespace crypto {
namespace {

constexpr std::string_view name_label = "name";
constexpr std::string_view key_label = "key";
constexpr std::string_view nonce_label = "nonce";
constexpr std::string_view bound_to = "amparo-reply 1";
constexpr std::size_t name_bytes = 8;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(reply_overhead == nonce_size + tag_size);

Result<Digest> derived(SodiumReady ready, ByteView secret, ByteView of) {
    if (secret.size() != return_secret_size) return tl::unexpected(Error::Input);
    return blake2b_256_keyed(ready, of, secret);
}

/// Of the content, so that no two contents ever meet the same nonce, and the same answer is the same file.
Result<Digest> nonce_for(SodiumReady ready, ByteView secret, ByteView content) {
    Bytes of;
    of.reserve(nonce_label.size() + content.size());
    append(of, nonce_label);
    append(of, content);
    return derived(ready, secret, of);
}

}  // namespace

Result<std::string> reply_name(SodiumReady ready, ByteView secret) {
    AMPARO_TRY(const digest, derived(ready, secret, as_bytes(name_label)));
    return to_hex(ByteView(digest).first(name_bytes));
}

Result<Bytes> seal_reply(SodiumReady ready, ByteView secret, ByteView content) {
    AMPARO_TRY(key, derived(ready, secret, as_bytes(key_label)));
    AMPARO_TRY(const nonce, nonce_for(ready, secret, content));
    Bytes out(nonce_size + content.size() + tag_size);
    std::copy_n(nonce.begin(), nonce_size, out.begin());
    const std::span<std::byte> bytes(out);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(bytes.subspan(nonce_size)), nullptr, raw(content), content.size(),
                                               raw(as_bytes(bound_to)), bound_to.size(), nullptr,
                                               raw(bytes.first(nonce_size)), raw(key));
    wipe(key);
    return out;
}

Result<Bytes> open_reply(SodiumReady ready, ByteView secret, ByteView sealed) {
    AMPARO_TRY(key, derived(ready, secret, as_bytes(key_label)));
    if (sealed.size() < reply_overhead) {
        wipe(key);
        return tl::unexpected(Error::Malformed);
    }
    const auto rest = sealed.subspan(nonce_size);
    Bytes content(rest.size() - tag_size);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(raw(content), nullptr, nullptr, raw(rest),
                                                                  rest.size(), raw(as_bytes(bound_to)), bound_to.size(),
                                                                  raw(sealed.first(nonce_size)), raw(key));
    wipe(key);
    if (opened != 0) return tl::unexpected(Error::WrongSecret);
    // One encoding: what was sealed another way was not sealed here.
    AMPARO_TRY(const nonce, nonce_for(ready, secret, content));
    if (!std::equal(nonce.begin(), nonce.begin() + nonce_size, sealed.begin()))
        return tl::unexpected(Error::WrongSecret);
    return content;
}

}  // namespace crypto

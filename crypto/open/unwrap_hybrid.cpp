// The receiver's half of the mlkem768x25519 stanza.
#include "crypto/age_hybrid.hpp"
#include "crypto/open/unwrap.hpp"
#include "crypto/xwing.hpp"

namespace crypto::open {

Result<void> unwrap_hybrid(ByteView sealed, ByteView body, const Identity& identity, FileKey file_key) {
    if (!hybrid_available) return tl::unexpected(Error::NoMatch);
    Scratch<32> secret;
    // A share of low order gives an all-zero secret: a hard error, not a missing match.
    if (!xwing::open(secret.writable(), sealed, identity.secret().view())) return tl::unexpected(Error::Header);
    age::HpkeKeys keys;
    age::hpke_keys(keys, secret.view(), age::hybrid_info);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(raw(file_key), nullptr, nullptr, raw(body), body.size(), nullptr, 0,
                                                  raw(keys.nonce), raw(keys.key)) != 0)
        return tl::unexpected(Error::NoMatch);
    return {};
}

}  // namespace crypto::open

// Anybody who knows a recipient can seal to it, so a payload is hostile even where its chunks are authentic.
#include <catch2/catch_all.hpp>

#include <array>

#include "crypto/age.hpp"
#include "crypto/open/open.hpp"

TEST_CASE(
    "a full authentic chunk followed by less than a tag is refused, and nothing is written behind the plaintext") {
    const auto ready = crypto::SodiumReady::init().value();
    const auto identity = crypto::open::Identity::generate(ready).value();
    const std::array recipients{identity.recipient()};
    const crypto::Bytes plain(crypto::age_chunk + 1, std::byte{0x61});
    const auto sealed = crypto::seal(ready, plain, recipients).value();
    const std::size_t last_chunk = 1 + 16;
    for (std::size_t kept = 1; kept < 16; ++kept) {
        const auto cut = crypto::ByteView(sealed.bytes).first(sealed.bytes.size() - last_chunk + kept);
        const crypto::open::Keys keys{std::span(&identity, 1)};
        INFO(kept << " bytes after the full chunk");
        CHECK(crypto::open::open_bytes(ready, cut, keys).error() == crypto::Error::Payload);
        CHECK(crypto::open::open(ready, cut, std::span(&identity, 1)).error() == crypto::Error::Payload);
        CHECK(crypto::verify_sealed(ready, cut, sealed.file_key, 1).error() == crypto::Error::Payload);
    }
}

#pragma once
// The bare libsodium calls that sealing and opening a record cannot do without, and nothing else: no parsing, no text,
// no checks, no locked memory. What the layer is measured against.

#include <array>
#include <optional>
#include <vector>

namespace bench {

using Key = std::array<unsigned char, 32>;

/// A sealed record reduced to its numbers.
struct Bare {
    struct Stanza {
        Key share{};
        std::array<unsigned char, 32> body{};
    };
    std::vector<Stanza> stanzas;
    std::vector<unsigned char> maced;  // as many bytes as the header's MAC covers
    Key mac{};
    std::array<unsigned char, 16> nonce{};
    std::vector<unsigned char> payload;
};

/// Seals `plain` to each of the public keys.
[[nodiscard]] Bare bare_seal(const std::vector<unsigned char>& plain, const std::vector<Key>& recipients);

/// Opens with the secret key: the stanzas are tried in order until one opens, as any opener must.
[[nodiscard]] bool bare_open(const Bare& sealed, const Key& secret, const Key& own, std::vector<unsigned char>& plain);

/// Of a file that is opened in pieces: what opens its chunks.
[[nodiscard]] std::optional<Key> bare_payload_key(const Bare& sealed, const Key& secret, const Key& own);

}  // namespace bench

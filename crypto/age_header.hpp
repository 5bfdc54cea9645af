#pragma once
// Internal: the grammar of an age v1 header, read and written; it knows what a stanza is and not how one is unwrapped.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/recipient.hpp"

namespace crypto::age {

inline constexpr std::size_t file_key_size = 16;
inline constexpr std::size_t nonce_size = 16;
inline constexpr std::size_t tag_size = 16;
inline constexpr std::size_t sealed_chunk = 65536 + tag_size;
inline constexpr std::size_t header_limit = 65536;  ///< a longer header is refused as malformed
inline constexpr std::size_t max_recipients = 20;
inline constexpr std::string_view version_line = "age-encryption.org/v1\n";
inline constexpr std::string_view x25519_info = "age-encryption.org/v1/X25519";
inline constexpr std::string_view scrypt_label = "age-encryption.org/v1/scrypt";

struct Stanza {
    std::vector<std::string_view> arguments;  ///< the first is the type; views into the parsed bytes
    Bytes body;
};

struct Header {
    std::vector<Stanza> stanzas;
    ByteView maced;  ///< the raw bytes the MAC covers: through `---`
    Digest mac{};
    std::size_t size = 0;  ///< bytes through the LF of the last line
};

/// Parses a header at the front of `file`, which may go on. Error: Header.
[[nodiscard]] Result<Header> parse_header(ByteView file);

/// Collects a file that comes in pieces until its header is complete, looking at every byte once.
class HeaderCollector {
  public:
    /// True when the bytes so far hold the whole header and the payload nonce. Error: Header, as early as it shows.
    [[nodiscard]] Result<bool> add(ByteView piece);
    [[nodiscard]] ByteView bytes() const noexcept { return bytes_; }

  private:
    Bytes bytes_;
    std::size_t line_start_ = 0;
    std::size_t end_ = 0;  // bytes of the header once its last line was seen
};

/// The canonical text of one stanza.
void append_stanza(Bytes& out, std::string_view arguments, ByteView body);
/// `---`, the MAC over everything in `out` so far, and the payload nonce.
void append_end(SodiumReady ready, Bytes& out, ByteView file_key, ByteView nonce);
[[nodiscard]] Digest header_mac(SodiumReady ready, ByteView file_key, ByteView maced) noexcept;
[[nodiscard]] bool mac_fits(SodiumReady ready, const Header& header, ByteView file_key) noexcept;

/// Bytes of a stanza for one recipient of that kind.
[[nodiscard]] constexpr std::size_t stanza_size(Recipient::Kind kind) noexcept {
    return kind == Recipient::Kind::X25519 ? 98 : 1557;
}
/// Appends the stanza that gives `file_key` to one recipient. Errors: Input for a key no secret can be shared
/// with, Kind.
[[nodiscard]] Result<void> wrap_for(SodiumReady ready, Bytes& out, ByteView file_key, const Recipient& recipient);

}  // namespace crypto::age

#include "crypto/draft.hpp"

#include <sodium.h>

#include "crypto/random.hpp"
#include "crypto/raw.hpp"

namespace crypto {
namespace {

constexpr std::string_view magic = "AMPDRAFT";
constexpr std::byte version{1};
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

Bytes bound_to(std::string_view record, std::uint32_t revision) {
    Bytes out;
    append(out, magic);
    out.push_back(version);
    append_u32_le(out, revision);
    append(out, record);
    return out;
}

}  // namespace

Result<Bytes> seal_draft(SodiumReady ready, const SecretBytes& key, std::string_view record, std::uint32_t revision,
                         ByteView content) {
    if (key.size() != draft_key_size) return tl::unexpected(Error::Input);
    const Bytes bound = bound_to(record, revision);
    Bytes out;
    out.reserve(draft_overhead + content.size());
    append(out, magic);
    out.push_back(version);
    append(out, random_bytes(ready, nonce_size));
    const std::size_t head = out.size();
    out.resize(head + content.size() + tag_size);
    const std::span<std::byte> bytes(out);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(bytes.subspan(head)), nullptr, raw(content), content.size(),
                                               raw(bound), bound.size(), nullptr, raw(bytes.subspan(head - nonce_size)),
                                               raw(key.view()));
    return out;
}

Result<SecretBytes> open_draft(SodiumReady ready, const SecretBytes& key, std::string_view record,
                               std::uint32_t revision, ByteView sealed) {
    if (key.size() != draft_key_size) return tl::unexpected(Error::Input);
    Reader reader(sealed);
    if (!reader.skip(magic) || reader.u8() != std::to_integer<std::uint8_t>(version))
        return tl::unexpected(Error::Malformed);
    const auto nonce = reader.take(nonce_size);
    if (!nonce || reader.rest().size() < tag_size) return tl::unexpected(Error::Malformed);
    const ByteView rest = reader.rest();
    auto content = SecretBytes::make(ready, rest.size() - tag_size);
    if (!content) return content;
    const Bytes bound = bound_to(record, revision);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(content->writable()), nullptr, nullptr, raw(rest), rest.size(),
                                                   raw(bound), bound.size(), raw(*nonce), raw(key.view())) != 0)
        return tl::unexpected(Error::WrongSecret);
    return content;
}

}  // namespace crypto

#include "crypto/recipient.hpp"

#include <algorithm>

#include "crypto/bech32.hpp"

namespace crypto {
namespace {

constexpr std::string_view prefix = "age";

}  // namespace

Result<Recipient> Recipient::parse(std::string_view text) {
    Recipient recipient;
    if (!bech32::decode(prefix, as_bytes(text), bech32::Case::Lower, recipient.key_))
        return tl::unexpected(Error::Malformed);
    return recipient;
}

Result<Recipient> Recipient::from_key(ByteView key) noexcept {
    Recipient recipient;
    if (key.size() != recipient.key_.size()) return tl::unexpected(Error::Input);
    std::copy(key.begin(), key.end(), recipient.key_.begin());
    return recipient;
}

std::string Recipient::to_string() const {
    std::string text(bech32::encoded_size(prefix.size(), key_.size()), '\0');
    bech32::encode(prefix, key_, bech32::Case::Lower, std::as_writable_bytes(std::span(text)));
    return text;
}

Result<void> check_kinds(std::span<const Recipient> recipients) noexcept {
    if (recipients.empty()) return tl::unexpected(Error::Input);
    for (const Recipient& one : recipients)
        if (one.kind() != recipients.front().kind()) return tl::unexpected(Error::Mixed);
    return {};
}

}  // namespace crypto

#include "crypto/share.hpp"

#include <algorithm>
#include <cstring>

#include "crypto/bech32.hpp"
#include "crypto/shamir.hpp"
#include "crypto/share_bytes.hpp"
#include "crypto/try.hpp"
#include "crypto/words.hpp"

namespace crypto {
namespace {

constexpr std::uint32_t format_version = 1;
constexpr std::string_view row_domain = "amparo share row 1";
constexpr std::string_view check_domain = "amparo share 1";
constexpr std::string_view recipient_domain = "amparo share recipient 1";
constexpr std::size_t row_text = 3 + share_row_words * 10 + 1;  // number, words of up to nine letters, line end

std::array<std::byte, 2> check_of(SodiumReady ready, ByteView data) noexcept {
    Scratch<check_domain.size() + share::check_at> input;
    std::memcpy(input.writable().data(), check_domain.data(), check_domain.size());
    std::memcpy(input.writable().data() + check_domain.size(), data.data(), share::check_at);
    const Digest digest = blake2b_256(ready, input.view());
    return {digest[0], digest[1]};
}

std::uint32_t number_at(ByteView data, std::size_t at) noexcept {
    return std::to_integer<std::uint32_t>(data[at]);
}

template <std::size_t N>
void take(std::array<std::byte, N>& out, ByteView data, std::size_t at) noexcept {
    std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(at), N, out.begin());
}

bool in_range(const ShareHead& head) noexcept {
    return head.threshold >= shamir::least_threshold && head.threshold <= head.total &&
           head.total <= shamir::most_shares && head.number >= 1 && head.number <= head.total;
}

bool write(SodiumReady ready, const PaperShare& share, std::span<std::byte, share::size> data) noexcept {
    const auto& head = share.head;
    if (!in_range(head) || head.kind != ShareKind::X25519 || share.payload.size() != share_payload) return false;
    data[0] = static_cast<std::byte>(format_version << 4U | static_cast<std::uint32_t>(head.kind));
    data[1] = static_cast<std::byte>(std::uint32_t{head.threshold} << 4U | head.total);
    data[2] = static_cast<std::byte>(head.number);
    auto at = data.begin() + 3;
    at = std::copy(head.set.begin(), head.set.end(), at);
    at = std::copy(head.programme.begin(), head.programme.end(), at);
    at = std::copy(head.commitment.begin(), head.commitment.end(), at);
    at = std::copy(share.payload.view().begin(), share.payload.view().end(), at);
    const auto check = check_of(ready, data);
    std::copy(check.begin(), check.end(), at);
    return true;
}

std::string joined_words(ByteView bytes) {
    std::string text;
    for (const std::byte b : bytes)
        text.append(text.empty() ? "" : "-").append(word_list()[std::to_integer<std::size_t>(b)]);
    return text;
}

}  // namespace

std::byte share::row_check(SodiumReady ready, ByteView data, std::size_t row) noexcept {
    Scratch<row_domain.size() + 1 + 2 * row_bytes> input;
    auto at = std::copy_n(as_bytes(row_domain).begin(), row_domain.size(), input.writable().begin());
    *at++ = static_cast<std::byte>(row);
    at = std::copy_n(data.begin(), row_bytes, at);
    const auto bytes = data.subspan((row - 1) * row_bytes, row_bytes);
    std::copy(bytes.begin(), bytes.end(), at);
    return blake2b_256(ready, input.view())[0];
}

std::optional<ShareError> share::head_fault(ByteView data) noexcept {
    if (number_at(data, 0) >> 4U != format_version) return ShareError::Version;
    if ((number_at(data, 0) & 15U) != static_cast<std::uint32_t>(ShareKind::X25519)) return ShareError::Kind;
    ShareHead head;
    head.threshold = static_cast<std::uint8_t>(number_at(data, 1) >> 4U);
    head.total = static_cast<std::uint8_t>(number_at(data, 1) & 15U);
    head.number = static_cast<std::uint8_t>(number_at(data, 2));
    if (!in_range(head)) return ShareError::Range;
    return std::nullopt;
}

tl::expected<PaperShare, ShareFailure> share::parse(SodiumReady ready, ByteView data) {
    if (const auto fault = head_fault(data)) return tl::unexpected(ShareFailure{*fault});
    if (!equal_constant_time(check_of(ready, data), data.subspan(check_at)))
        return tl::unexpected(ShareFailure{ShareError::Check});
    ShareHead head;
    head.threshold = static_cast<std::uint8_t>(number_at(data, 1) >> 4U);
    head.total = static_cast<std::uint8_t>(number_at(data, 1) & 15U);
    head.number = static_cast<std::uint8_t>(number_at(data, 2));
    take(head.set, data, 3);
    take(head.programme, data, 6);
    take(head.commitment, data, 10);
    auto payload = SecretBytes::copy_of(ready, data.subspan(head_size, share_payload));
    if (!payload) return tl::unexpected(ShareFailure{ShareError::LockedMemory});
    return PaperShare{head, std::move(*payload)};
}

bool ShareHead::same_set(const ShareHead& other) const noexcept {
    ShareHead renumbered = other;
    renumbered.number = number;
    return *this == renumbered;
}

std::array<std::byte, 6> share_commitment(SodiumReady ready, const Recipient& recipient) noexcept {
    Bytes input;
    append(input, recipient_domain);
    append(input, recipient.key());
    const Digest digest = blake2b_256(ready, input);
    std::array<std::byte, 6> commitment{};
    take(commitment, digest, 0);
    return commitment;
}

std::string set_words(const ShareHead& head) {
    return joined_words(head.set);
}

std::string programme_words(const ShareHead& head) {
    return joined_words(head.programme);
}

Result<SecretBytes> share_words(SodiumReady ready, const PaperShare& share) {
    share::Data data;
    if (!write(ready, share, data.writable())) return tl::unexpected(Error::Input);
    AMPARO_TRY(text, SecretBytes::make(ready, share_rows * row_text));
    std::size_t at = 0;
    const auto put = [&](std::string_view part) {
        std::memcpy(text.writable().data() + at, part.data(), part.size());
        at += part.size();
    };
    for (std::size_t row = 1; row <= share_rows; ++row) {
        put(std::to_string(row));
        for (std::size_t word = 0; word < share_row_words; ++word) {
            const std::byte value = word < share::row_bytes ? data.view()[(row - 1) * share::row_bytes + word]
                                                            : share::row_check(ready, data.view(), row);
            put(" ");
            put(word_list()[std::to_integer<std::size_t>(value)]);
        }
        put("\n");
    }
    text.shorten(at);
    return text;
}

Result<SecretBytes> share_code(SodiumReady ready, const PaperShare& share) {
    share::Data data;
    if (!write(ready, share, data.writable())) return tl::unexpected(Error::Input);
    AMPARO_TRY(text, SecretBytes::make(ready, bech32::encoded_size(share::code_prefix.size(), share::size)));
    bech32::encode(share::code_prefix, data.view(), bech32::Case::Upper, text.writable());
    return text;
}

}  // namespace crypto

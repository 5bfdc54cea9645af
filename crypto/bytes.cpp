#include "crypto/bytes.hpp"

#include <sodium.h>

#include "crypto/raw.hpp"

namespace crypto {

ByteView as_bytes(std::string_view text) noexcept {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::string_view as_text(ByteView bytes) noexcept {
    return {chars(bytes), bytes.size()};
}

std::string to_hex(ByteView bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::byte b : bytes) {
        out += digits[std::to_integer<std::size_t>(b) >> 4U];
        out += digits[std::to_integer<std::size_t>(b) & 15U];
    }
    return out;
}

namespace {

std::optional<unsigned> hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
    return std::nullopt;
}

std::string encode_base64(ByteView bytes, int variant) {
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), raw(bytes), bytes.size(), variant);
    out.pop_back();  // the terminating zero
    return out;
}

std::optional<Bytes> decode_base64(std::string_view text, int variant) {
    Bytes out(text.size() / 4 * 3 + 3);
    std::size_t size = 0;
    // No ignored characters and no end pointer: anything but the canonical encoding of the whole text is refused.
    if (sodium_base642bin(raw(out), out.size(), text.data(), text.size(), nullptr, &size, nullptr, variant) != 0)
        return std::nullopt;
    out.resize(size);
    // libsodium 1.0.18 takes some characters above 127 for letters; what does not encode to the same text is refused.
    if (encode_base64(out, variant) != text) return std::nullopt;
    return out;
}

}  // namespace

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hex_digit(text[i]);
        const auto low = hex_digit(text[i + 1]);
        if (!high || !low) return std::nullopt;
        out.push_back(static_cast<std::byte>(*high << 4U | *low));
    }
    return out;
}

std::string to_base64_unpadded(ByteView bytes) {
    return encode_base64(bytes, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}
std::string to_base64(ByteView bytes) {
    return encode_base64(bytes, sodium_base64_VARIANT_ORIGINAL);
}
std::optional<Bytes> from_base64_unpadded(std::string_view text) {
    return decode_base64(text, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}
std::optional<Bytes> from_base64(std::string_view text) {
    return decode_base64(text, sodium_base64_VARIANT_ORIGINAL);
}

void append(Bytes& out, ByteView more) {
    out.insert(out.end(), more.begin(), more.end());
}
void append(Bytes& out, std::string_view more) {
    append(out, as_bytes(more));
}

std::optional<ByteView> Reader::take(std::size_t n) noexcept {
    if (failed_ || n > rest_.size()) {
        failed_ = true;
        return std::nullopt;
    }
    const ByteView taken = rest_.first(n);
    rest_ = rest_.subspan(n);
    return taken;
}

std::optional<std::string_view> Reader::line(std::size_t limit) noexcept {
    if (failed_) return std::nullopt;
    const std::string_view text = as_text(rest_);
    const std::size_t end = text.substr(0, limit < text.size() ? limit + 1 : text.size()).find('\n');
    if (end == std::string_view::npos) {
        failed_ = true;
        return std::nullopt;
    }
    rest_ = rest_.subspan(end + 1);
    return text.substr(0, end);
}

bool Reader::skip(std::string_view expected) noexcept {
    if (failed_ || as_text(rest_).substr(0, expected.size()) != expected) {
        failed_ = true;
        return false;
    }
    rest_ = rest_.subspan(expected.size());
    return true;
}

std::optional<std::uint8_t> Reader::u8() noexcept {
    const auto bytes = take(1);
    if (!bytes) return std::nullopt;
    return std::to_integer<std::uint8_t>(bytes->front());
}

std::optional<std::uint32_t> Reader::u32_le() noexcept {
    const auto bytes = take(4);
    if (!bytes) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8U | std::to_integer<std::uint32_t>((*bytes)[i]);
    return value;
}

std::optional<std::uint64_t> Reader::u64_le() noexcept {
    const auto low = u32_le();
    const auto high = u32_le();
    if (!low || !high) return std::nullopt;
    return std::uint64_t{*high} << 32U | *low;
}

void append_u32_le(Bytes& out, std::uint32_t value) {
    for (unsigned i = 0; i < 4; ++i) out.push_back(static_cast<std::byte>(value >> (8U * i) & 255U));
}

void append_u64_le(Bytes& out, std::uint64_t value) {
    for (unsigned i = 0; i < 8; ++i) out.push_back(static_cast<std::byte>(value >> (8U * i) & 255U));
}

}  // namespace crypto

#include "app/ui/core/text_field.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace app::ui {
namespace {

bool continues(std::byte b) {
    return (std::to_integer<unsigned>(b) & 0xC0U) == 0x80U;
}

std::size_t encode(char32_t c, std::array<std::byte, 4>& out) {
    const auto put = [](char32_t v) { return static_cast<std::byte>(static_cast<unsigned char>(v)); };
    if (c < 0x80) {
        out[0] = put(c);
        return 1;
    }
    if (c < 0x800) {
        out[0] = put(0xC0U | (c >> 6U));
        out[1] = put(0x80U | (c & 0x3FU));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = put(0xE0U | (c >> 12U));
        out[1] = put(0x80U | ((c >> 6U) & 0x3FU));
        out[2] = put(0x80U | (c & 0x3FU));
        return 3;
    }
    out[0] = put(0xF0U | (c >> 18U));
    out[1] = put(0x80U | ((c >> 12U) & 0x3FU));
    out[2] = put(0x80U | ((c >> 6U) & 0x3FU));
    out[3] = put(0x80U | (c & 0x3FU));
    return 4;
}

bool acceptable(char32_t c, bool multiline) {
    if (c == U'\n') return multiline;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
    return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

}  // namespace

crypto::Result<TextField> TextField::make(crypto::SodiumReady ready, std::size_t capacity) {
    auto buffer = crypto::SecretBytes::make(ready, std::max<std::size_t>(capacity, 1));
    if (!buffer) return tl::unexpected(buffer.error());
    return TextField(std::move(*buffer));
}

void TextField::assign(std::string_view text) noexcept {
    crypto::wipe(buffer_.writable());
    std::size_t n = std::min(text.size(), buffer_.size());
    while (n > 0 && n < text.size() && (static_cast<unsigned char>(text[n]) & 0xC0U) == 0x80U) --n;
    if (n > 0) std::memcpy(buffer_.writable().data(), text.data(), n);
    size_ = caret_ = n;
}

bool TextField::insert(char32_t character, bool multiline) noexcept {
    if (!acceptable(character, multiline)) return false;
    std::array<std::byte, 4> bytes{};
    const std::size_t n = encode(character, bytes);
    const bool fits = size_ + n <= buffer_.size();
    if (fits) {
        std::byte* const data = buffer_.writable().data();
        std::memmove(data + caret_ + n, data + caret_, size_ - caret_);
        std::memcpy(data + caret_, bytes.data(), n);
        size_ += n;
        caret_ += n;
    }
    crypto::wipe(bytes);
    return fits;
}

bool TextField::erase_before() noexcept {
    if (caret_ == 0) return false;
    move(-1);
    return erase_after();
}

bool TextField::erase_after() noexcept {
    if (caret_ >= size_) return false;
    const auto memory = buffer_.writable();
    std::size_t next = caret_ + 1;
    while (next < size_ && continues(memory[next])) ++next;
    const std::size_t gone = next - caret_;
    std::memmove(memory.data() + caret_, memory.data() + next, size_ - next);
    size_ -= gone;
    crypto::wipe(memory.subspan(size_, gone));
    return true;
}

void TextField::move(int characters) noexcept {
    const auto memory = buffer_.view();
    for (; characters > 0 && caret_ < size_; --characters) {
        ++caret_;
        while (caret_ < size_ && continues(memory[caret_])) ++caret_;
    }
    for (; characters < 0 && caret_ > 0; ++characters) {
        --caret_;
        while (caret_ > 0 && continues(memory[caret_])) --caret_;
    }
}

void TextField::move_to(std::size_t byte) noexcept {
    caret_ = std::min(byte, size_);
    const auto memory = buffer_.view();
    while (caret_ > 0 && caret_ < size_ && continues(memory[caret_])) --caret_;
}

std::string_view TextField::text() const noexcept {
    return crypto::as_text(buffer_.view().first(size_));
}

std::size_t TextField::characters() const noexcept {
    const auto memory = buffer_.view().first(size_);
    return static_cast<std::size_t>(
        std::count_if(memory.begin(), memory.end(), [](std::byte b) { return !continues(b); }));
}

}  // namespace app::ui

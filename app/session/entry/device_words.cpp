#include "app/session/entry/device_words.hpp"

#include <algorithm>
#include <cstring>

namespace app::session {
namespace {

constexpr std::size_t letters_at = crypto::passphrase_words;

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

crypto::Result<DeviceWords> DeviceWords::make(crypto::SodiumReady ready) noexcept {
    auto memory = crypto::SecretBytes::make(ready, letters_at + longest);
    if (!memory) return tl::unexpected(memory.error());
    return DeviceWords(std::move(*memory));
}

std::string_view DeviceWords::word(std::size_t i) const noexcept {
    return i < count_ ? crypto::word_list()[std::to_integer<std::size_t>(memory_.view()[i])] : std::string_view();
}

std::string_view DeviceWords::letters() const noexcept {
    return crypto::as_text(memory_.view().subspan(letters_at, typed_));
}

std::span<const std::string_view> DeviceWords::fitting() const noexcept {
    const auto& list = crypto::word_list();
    if (typed_ == 0 || complete()) return {};
    const auto fits = [this](std::string_view word) { return word.starts_with(letters()); };
    const auto* const first = std::find_if(list.begin(), list.end(), fits);
    const auto* const last = std::find_if_not(first, list.end(), fits);
    return {first, last};
}

void DeviceWords::forget_letters() noexcept {
    crypto::wipe(memory_.writable().subspan(letters_at));
    typed_ = 0;
    ++revision_;
}

void DeviceWords::type(crypto::ByteView text) noexcept {
    if (complete()) return;
    crypto::wipe(memory_.writable().subspan(letters_at));
    typed_ = 0;
    bool as_typed = true;
    for (const char typed : crypto::as_text(text)) {
        const char c = lower(typed);
        if ((c == ' ' || c == '-') && fitting().size() == 1) return take(0);
        if (c >= 'a' && c <= 'z' && typed_ < longest)
            memory_.writable()[letters_at + typed_++] = static_cast<std::byte>(c);
        else
            as_typed = false;
    }
    if (!as_typed) ++revision_;
}

void DeviceWords::take(std::size_t place) noexcept {
    const auto words = fitting();
    if (place >= words.size()) return;
    const auto at = static_cast<std::size_t>(words.data() - crypto::word_list().data()) + place;
    memory_.writable()[count_++] = static_cast<std::byte>(at);
    forget_letters();
}

void DeviceWords::drop() noexcept {
    if (typed_ == 0 && count_ > 0) memory_.writable()[--count_] = std::byte{0};
    forget_letters();
}

crypto::Result<crypto::SecretBytes> DeviceWords::passphrase(crypto::SodiumReady ready) const noexcept {
    if (!complete()) return tl::unexpected(crypto::Error::Input);
    auto text = crypto::SecretBytes::make(ready, crypto::passphrase_words * (longest + 1));
    if (!text) return text;
    std::size_t size = 0;
    for (std::size_t i = 0; i < count_; ++i) {
        if (i > 0) text->writable()[size++] = std::byte{'-'};
        std::memcpy(text->writable().data() + size, word(i).data(), word(i).size());
        size += word(i).size();
    }
    text->shorten(size);
    return text;
}

}  // namespace app::session

// The texts of one pass, in locked memory; it must not know what they say.
#pragma once

#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/secret.hpp"

namespace app::ui {

/// Copies of everything a screen shows, wiped when the next pass begins. Grows by locked blocks; when the system gives
/// no more, a text is left out and `lost()` says so: nothing goes to ordinary memory.
class TextPool {
  public:
    explicit TextPool(crypto::SodiumReady ready) : ready_(ready) {}

    [[nodiscard]] bool reserve() { return !blocks_.empty() || grow(block_size); }

    [[nodiscard]] std::string_view keep(std::string_view text) {
        if (text.empty()) return {};
        char* const to = room(text.size());
        if (to == nullptr) return {};
        std::memcpy(to, text.data(), text.size());
        return {to, text.size()};
    }
    /// a + b + c, kept.
    [[nodiscard]] std::string_view join(std::string_view a, std::string_view b, std::string_view c = {}) {
        const std::size_t n = a.size() + b.size() + c.size();
        char* const to = n == 0 ? nullptr : room(n);
        if (to == nullptr) return {};
        std::memcpy(to, a.data(), a.size());
        if (!b.empty()) std::memcpy(to + a.size(), b.data(), b.size());
        if (!c.empty()) std::memcpy(to + a.size() + b.size(), c.data(), c.size());
        return {to, n};
    }

    void wipe() noexcept {
        for (std::size_t i = 0; i < blocks_.size() && i <= current_; ++i) crypto::wipe(blocks_[i].writable());
        current_ = used_ = 0;
        lost_ = false;
    }
    [[nodiscard]] bool lost() const noexcept { return lost_; }

  private:
    static constexpr std::size_t block_size = std::size_t{16} * 1024;

    bool grow(std::size_t least) {
        auto block = crypto::SecretBytes::make(ready_, least < block_size ? block_size : least);
        if (!block) return false;
        blocks_.push_back(std::move(*block));
        return true;
    }
    char* room(std::size_t n) {
        while (current_ < blocks_.size() && used_ + n > blocks_[current_].size()) {
            ++current_;
            used_ = 0;
        }
        if (current_ == blocks_.size() && !grow(n)) {
            current_ = blocks_.empty() ? 0 : blocks_.size() - 1;
            used_ = blocks_.empty() ? 0 : blocks_[current_].size();
            lost_ = true;
            return nullptr;
        }
        char* const to = reinterpret_cast<char*>(blocks_[current_].writable().data()) + used_;
        used_ += n;
        return to;
    }

    crypto::SodiumReady ready_;
    std::vector<crypto::SecretBytes> blocks_;
    std::size_t current_ = 0;
    std::size_t used_ = 0;
    bool lost_ = false;
};

/// A key that outlives a pass. Keys of PIN pads and keyboards say what was touched, so the copy is wiped when it is
/// given up; longer keys than 95 bytes are cut (and then match nothing).
class KeyCopy {
  public:
    KeyCopy() = default;
    KeyCopy(const KeyCopy&) = delete;
    KeyCopy& operator=(const KeyCopy&) = delete;
    ~KeyCopy() { clear(); }

    void assign(std::string_view key) noexcept {
        clear();
        size_ = key.size() < sizeof text_ ? key.size() : sizeof text_ - 1;
        if (size_ > 0) std::memcpy(text_, key.data(), size_);
    }
    void clear() noexcept {
        crypto::wipe(std::as_writable_bytes(std::span(text_)));
        size_ = 0;
    }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::string_view view() const noexcept { return {text_, size_}; }

  private:
    char text_[96] = {};
    std::size_t size_ = 0;
};

}  // namespace app::ui

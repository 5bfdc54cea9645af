// What is being typed, in locked memory; it must not know how it is shown.
#pragma once

#include <cstddef>
#include <string_view>

#include "crypto/secret.hpp"

namespace app::ui {

/// UTF-8 text with a caret. Never grows: the buffer is made once, in SecretBytes, and wiped when it goes. What is
/// removed is overwritten at once.
class TextField {
  public:
    /// `capacity` in bytes of UTF-8. Error: no lockable memory.
    [[nodiscard]] static crypto::Result<TextField> make(crypto::SodiumReady ready, std::size_t capacity);

    /// Replaces everything; what does not fit is left out whole characters at a time. Caret at the end.
    void assign(std::string_view text) noexcept;
    void clear() noexcept { assign({}); }
    /// False when there is no room, or the character is a control character (a line break is taken only if
    /// `multiline`).
    bool insert(char32_t character, bool multiline = false) noexcept;
    /// Puts `accented` in place of the character before the caret.
    bool erase_before() noexcept;
    bool erase_after() noexcept;
    void move(int characters) noexcept;
    void move_to(std::size_t byte) noexcept;  ///< goes to the start of the character there
    void home() noexcept { caret_ = 0; }
    void end() noexcept { caret_ = size_; }

    /// Valid until the next change.
    [[nodiscard]] std::string_view text() const noexcept;
    [[nodiscard]] std::size_t caret() const noexcept { return caret_; }  ///< bytes from the start
    [[nodiscard]] std::size_t characters() const noexcept;

  private:
    explicit TextField(crypto::SecretBytes buffer) noexcept : buffer_(std::move(buffer)) {}

    crypto::SecretBytes buffer_;
    std::size_t size_ = 0;
    std::size_t caret_ = 0;
};

}  // namespace app::ui

// A text in a person's language, a different type from keys and other strings; knows nothing about where it is shown.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace locales {

/// What `Translator` gives back. Owns its bytes (UTF-8). There is no conversion from a string, so a key can never be
/// shown by mistake, and none to one: whoever shows it says `view()`.
class Text {
  public:
    Text() = default;
    [[nodiscard]] std::string_view view() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  private:
    friend class Translator;
    explicit Text(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace locales

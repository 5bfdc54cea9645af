// Text that may be shown to a person, a different type from keys and other strings; it must not know any language.
#pragma once

#include <concepts>
#include <string_view>

namespace app::ui {

/// Either translated (anything with `view()`, such as locales::Text) or shown exactly as it is because no language owns
/// it: an answer, a case code, a number already written for the locale. A bare string is refused at compile time, so a
/// catalogue key cannot reach the screen. Does not own; the Ui copies what it needs before the call returns.
class Text {
  public:
    constexpr Text() noexcept = default;

    template <class T>
    requires requires(const T& t) {
        { t.view() } -> std::convertible_to<std::string_view>;
    }
    constexpr Text(const T& translated) noexcept : view_(translated.view()) {}

    [[nodiscard]] static constexpr Text verbatim(std::string_view text) noexcept {
        Text t;
        t.view_ = text;
        return t;
    }

    [[nodiscard]] constexpr std::string_view view() const noexcept { return view_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return view_.empty(); }

  private:
    std::string_view view_;
};

}  // namespace app::ui

// What is filled into the {{placeholders}} of a text; knows nothing about languages.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "locales/text.hpp"

namespace locales {

/// One placeholder: a name with a text, shown as it is, or with a whole number. How many there are of something (a
/// placeholder called "count", "total" or "done") is written as the language writes it, "12,000"; every other number
/// names a thing (a person, a file, a line) and is written in digits alone.
/// Does not own: lives as long as what it was made from.
class Value {
  public:
    constexpr Value(std::string_view name, std::string_view text) noexcept : name_(name), text_(text) {}
    Value(std::string_view name, const Text& text) noexcept : name_(name), text_(text.view()) {}
    template <std::integral N>
    requires(!std::same_as<N, bool> && !std::same_as<N, char>) constexpr Value(std::string_view name, N number) noexcept
        : name_(name), number_(static_cast<std::int64_t>(number)) {}

    [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }
    /// Set when the value is a number.
    [[nodiscard]] constexpr std::optional<std::int64_t> number() const noexcept { return number_; }

  private:
    std::string_view name_;
    std::string_view text_;
    std::optional<std::int64_t> number_;
};

/// `{{"count", 3}, {"name", name}}`, or any contiguous range of Value. A number called "count" chooses the plural.
class Values {
  public:
    constexpr Values() noexcept = default;
    constexpr Values(std::initializer_list<Value> values) noexcept : values_(values.begin(), values.size()) {}
    constexpr Values(std::span<const Value> values) noexcept : values_(values) {}

    [[nodiscard]] constexpr const Value* find(std::string_view name) const noexcept {
        for (const auto& value : values_)
            if (value.name() == name) return &value;
        return nullptr;
    }

  private:
    std::span<const Value> values_;
};

}  // namespace locales

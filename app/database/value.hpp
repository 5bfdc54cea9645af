#pragma once
// What is bound to a parameter of a statement: a whole number, a text, bytes, or nothing. Copies none of them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

#include "crypto/bytes.hpp"

namespace app::database {

/// Refers to texts and bytes, which must outlive the statement's steps.
class Value {
  public:
    Value(std::nullptr_t) noexcept {}
    Value(std::string_view text) noexcept : held_(text) {}
    Value(crypto::ByteView bytes) noexcept : held_(bytes) {}
    /// Unsigned ones keep their bits; an enumerator is its number, a truth value 0 or 1.
    template <class Number>
    requires(std::is_integral_v<Number> || std::is_enum_v<Number>) Value(Number number)
    noexcept : held_(static_cast<std::int64_t>(number)) {}
    template <class T>
    Value(const std::optional<T>& value) noexcept {
        if (value) *this = Value(*value);
    }

    using Held = std::variant<std::monostate, std::int64_t, std::string_view, crypto::ByteView>;
    [[nodiscard]] const Held& held() const noexcept { return held_; }

  private:
    Held held_;
};

}  // namespace app::database

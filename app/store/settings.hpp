#pragma once
// Preferences of the device ("text_size") and small notes of its own, by name.

#include <optional>
#include <string>
#include <string_view>

#include "app/store/tables.hpp"

namespace app::store {

/// A name has 1 to 64 bytes `a-z 0-9 _ .`, a value up to 4,096 bytes.
class Settings {
  public:
    explicit Settings(detail::Tables& tables) noexcept : tables_(tables) {}
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

    /// Errors: Input (the name).
    [[nodiscard]] Result<std::optional<std::string>> get(std::string_view name);
    /// Errors: Input (the name, or a value that is too long).
    [[nodiscard]] Result<void> set(std::string_view name, std::string_view value);

  private:
    detail::Tables& tables_;
};

}  // namespace app::store

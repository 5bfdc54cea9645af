#include "app/store/settings.hpp"

#include "app/store/tables.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

constexpr std::size_t most_setting_bytes = 4096;
constexpr std::size_t most_setting_name = 64;

bool setting_name_allowed(std::string_view name) noexcept {
    return !name.empty() && name.size() <= most_setting_name &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
}

}  // namespace

Result<std::optional<std::string>> Settings::get(std::string_view name) {
    if (!setting_name_allowed(name)) return tl::unexpected(Error::Input);
    AMPARO_TRY(bytes, tables_.value("setting." + std::string(name)));
    if (!bytes) return std::optional<std::string>();
    return std::optional<std::string>(crypto::as_text(*bytes));
}

Result<void> Settings::set(std::string_view name, std::string_view value) {
    if (!setting_name_allowed(name) || value.size() > most_setting_bytes) return tl::unexpected(Error::Input);
    const std::string full = "setting." + std::string(name);
    return tables_.change([&] { return tables_.put(full, crypto::as_bytes(value)); });
}

}  // namespace app::store

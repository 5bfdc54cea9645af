#include <algorithm>

#include "app/platform/window.hpp"

namespace app::platform {

namespace {

bool is_number(std::string_view text) noexcept {
    constexpr std::size_t most_digits = 5;
    return !text.empty() && text.size() <= most_digits &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_local_display(std::string_view name) noexcept {
    constexpr std::string_view local = "unix:";
    if (name.starts_with(local)) name.remove_prefix(local.size() - 1);
    if (!name.starts_with(':')) return false;
    name.remove_prefix(1);
    const auto dot = name.find('.');
    if (dot != std::string_view::npos && !is_number(name.substr(dot + 1))) return false;
    return is_number(name.substr(0, dot));
}

}  // namespace app::platform

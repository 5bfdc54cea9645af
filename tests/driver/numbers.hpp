// Numbers as a journey file writes them.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace driver {

inline std::optional<int> whole(std::string_view text) {
    int value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// "1.5": digits with at most one point. std::from_chars for floats is missing where this also has to build.
inline std::optional<float> decimal(std::string_view text) {
    const std::size_t point = std::min(text.find('.'), text.size());
    const auto units = whole(text.substr(0, point));
    if (!units || *units < 0) return std::nullopt;
    auto value = static_cast<float>(*units);
    float digit = 0.1F;
    for (const char c : text.substr(std::min(point + 1, text.size()))) {
        if (c < '0' || c > '9') return std::nullopt;
        value += digit * static_cast<float>(c - '0');
        digit /= 10;
    }
    return value;
}

}  // namespace driver

#include "app/exports/packed.hpp"

#include <charconv>

namespace app::exports {

void pack(std::string& to, std::string_view text) {
    to += std::to_string(text.size()) + ':';
    to += text;
}

std::optional<std::string_view> unpack(std::string_view& from) {
    const auto mark = from.find(':');
    if (mark == std::string_view::npos) return std::nullopt;
    std::size_t size = 0;
    const auto read = std::from_chars(from.data(), from.data() + mark, size);
    if (read.ec != std::errc() || read.ptr != from.data() + mark || from.size() - mark - 1 < size) return std::nullopt;
    const auto text = from.substr(mark + 1, size);
    from.remove_prefix(mark + 1 + size);
    return text;
}

}  // namespace app::exports

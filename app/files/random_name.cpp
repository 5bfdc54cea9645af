#include "app/files/random_name.hpp"

#include <sys/random.h>

#include <array>

namespace app::files {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::size_t random_bytes = 8;

}  // namespace

std::optional<std::string> random_digits() {
    std::array<unsigned char, random_bytes> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return std::nullopt;
    std::string digits;
    for (const auto byte : bytes) {
        digits += hex_digits[byte >> 4U];
        digits += hex_digits[byte & 15U];
    }
    return digits;
}

bool is_random_digits(std::string_view text) noexcept {
    return text.size() == 2 * random_bytes && text.find_first_not_of(hex_digits) == std::string_view::npos;
}

}  // namespace app::files

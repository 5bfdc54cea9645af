// Strict reading of the line-based members (VERSION, CERT, requests); used inside app/exchange only.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "crypto/bytes.hpp"
#include "crypto/minisign.hpp"

namespace app::exchange {

inline constexpr std::size_t text_line_limit = 256;

/// The text's bytes, copied.
[[nodiscard]] inline crypto::Bytes bytes_of(std::string_view text) {
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

/// The value of the next line, which must be "<word> <value>" with a value; nothing otherwise.
[[nodiscard]] inline std::optional<std::string_view> value_of(crypto::Reader& reader, std::string_view word) {
    const auto line = reader.line(text_line_limit);
    if (!line || line->size() < word.size() + 2 || !line->starts_with(word) || (*line)[word.size()] != ' ')
        return std::nullopt;
    return line->substr(word.size() + 1);
}

/// Decimal digits without sign or leading zero, up to 2^63 - 1 (what a database column holds).
[[nodiscard]] inline std::optional<std::uint64_t> number_of(std::string_view text) {
    if (text.empty() || text.size() > 19 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > INT64_MAX) return std::nullopt;
    return value;
}

/// Whether a signature begins as this program writes it. No signature covers that line: where a file has one encoding,
/// it must be this one.
[[nodiscard]] inline bool begins_as_ours(std::string_view signature) {
    return signature.starts_with("untrusted comment: " + std::string(crypto::default_untrusted_comment) + "\n");
}

}  // namespace app::exchange

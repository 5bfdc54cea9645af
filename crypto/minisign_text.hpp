#pragma once
// Internal: the line forms that minisign's key and signature files share.

#include <optional>
#include <string_view>

#include "crypto/bytes.hpp"

namespace crypto::minisign {

inline constexpr std::string_view untrusted_prefix = "untrusted comment: ";
inline constexpr std::string_view trusted_prefix = "trusted comment: ";

/// True for one line of text: no control characters but the tab, which minisign
/// itself writes (so nothing can be smuggled onto a terminal or into a header).
[[nodiscard]] bool one_line(std::string_view text) noexcept;

/// Reads a comment line of at most `limit` bytes with its LF and gives what follows the prefix.
[[nodiscard]] std::optional<std::string_view> comment_line(Reader& reader, std::string_view prefix, std::size_t limit);

}  // namespace crypto::minisign

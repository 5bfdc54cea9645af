#pragma once
// What a backup of a casebook is made of: names of its members, and what it says of itself. Shared by who writes and
// who reads one; knows no casebook.

#include <optional>
#include <string>
#include <string_view>

#include "app/exchange/certificate.hpp"
#include "app/exchange/ustar.hpp"

namespace app::backup {

/// What a backup says of itself.
struct Head {
    std::string deployment;  ///< id of the programme
    exchange::Day made{};    ///< by the clock of whoever made it
};

/// Copies of refused files that one holds at most; as many as a casebook keeps.
inline constexpr std::size_t most_refused_files = 1000;

inline constexpr std::string_view title = "amparo-backup 1";
inline constexpr std::string_view head_name = "VERSION";
inline constexpr std::string_view key_name = "cases.db.key.age";
inline constexpr std::string_view book_name = "cases.db";
inline constexpr std::string_view refused_folder = "cases.db.quarantine";
inline constexpr std::string_view manifest_name = "MANIFEST";
inline constexpr std::string_view signature_name = "MANIFEST.minisig";
extern const exchange::UstarLimits limits;

/// VERSION.
[[nodiscard]] std::string head_text(const Head& head);
/// Exactly what head_text() writes.
[[nodiscard]] std::optional<Head> parse_head(std::string_view text);
/// Whether it is one of a later version, of which nothing else is known.
[[nodiscard]] bool is_newer(std::string_view text);
/// What the signature of MANIFEST says besides.
[[nodiscard]] std::string signed_comment(const Head& head);
/// cases.db.quarantine/<64 hex>.age
[[nodiscard]] bool is_refused_name(std::string_view name);

}  // namespace app::backup

#pragma once
// What goes into the first bundle of a programme: the shipped questionnaires, words and referrals, or a folder's.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "app/deployment/failure.hpp"
#include "app/exchange/bundle.hpp"

namespace app::deployment {

/// Bundle members by name.
using Content = std::map<std::string, crypto::Bytes>;

/// What is built into this program.
[[nodiscard]] Content shipped_content();
/// `forms/<id>/*.csv`, `locales/*.json`, `audio/<code>/*.opus`, `referrals.csv` of a folder; anything else there stays
/// where it is. Errors: NoContent, files::Error.
[[nodiscard]] Result<Content> content_of(const std::filesystem::path& folder);

/// Between the last receipt and erasing, in the policy a programme begins with.
inline constexpr std::uint32_t first_hold_days = 7;
inline constexpr std::uint32_t first_batch_mib = 16;
/// The policy a programme begins with, for these files.
[[nodiscard]] exchange::Policy first_policy(const Content& files, bool demo);

}  // namespace app::deployment

// What goes into the first bundle of a deployment: the shipped questionnaires, words and referrals, or a folder's.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/cli/files.hpp"
#include "app/exchange/bundle.hpp"

namespace app::cli {

/// Bundle members by name. From `folder` when given: `forms/<id>/*.csv`, `locales/*.json`, `referrals.csv`; what is
/// built into this program otherwise.
[[nodiscard]] Outcome<std::map<std::string, crypto::Bytes>> bundle_files(
    const Context& context, const std::optional<std::filesystem::path>& folder);

/// The policy a deployment begins with, for these files.
[[nodiscard]] exchange::Policy first_policy(const std::map<std::string, crypto::Bytes>& files, bool demo);

}  // namespace app::cli

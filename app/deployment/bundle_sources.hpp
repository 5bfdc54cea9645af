#pragma once
// The sources of a programme's bundles: the folder `content`, laid out as the members of a bundle. Must not know what
// is in them.

#include <filesystem>

#include "app/deployment/bundle_refusal.hpp"
#include "app/deployment/content.hpp"

namespace app::deployment {

/// Where they lie in the folder of a programme.
[[nodiscard]] std::filesystem::path sources_of(const std::filesystem::path& programme);

/// Every member that may be in a bundle, by name: policy.json, recipients.txt, signers.txt, revoked.txt,
/// referrals.csv,
/// forms/<id>/*.csv, locales/*.json, audio/<code>/*.opus. No link is followed and nothing is waited for. What does not
/// belong is refused, or with `leave_out` passed over; a link or a device is always refused.
[[nodiscard]] Content read_sources(const std::filesystem::path& folder, bool leave_out, BuildRefusals& refusals);

/// The folder of a new programme. Errors: exchange::Failure.
[[nodiscard]] Result<void> write_sources(const std::filesystem::path& folder, const Content& members);

}  // namespace app::deployment

#pragma once
// The next bundle of a programme, out of its sources: judged whole before anything is signed, and written as a file
// that is new. Must not know how a passphrase is asked for.

#include <optional>
#include <variant>

#include "app/deployment/bundle_file.hpp"
#include "app/deployment/bundle_refusal.hpp"

namespace app::deployment {

struct BuildOptions {
    std::filesystem::path programme;                  ///< its folder, with `content`, `keys` and the bundles before
    std::string name;                                 ///< what it is called; empty: as in the bundle before
    std::uint64_t above = 0;                          ///< a number that was given out already, wherever that bundle is
    std::optional<exchange::Day> expires;             ///< none: a year from today
    std::optional<exchange::AppVersion> minimum_app;  ///< none: as in the bundle before
    bool single_coordinator = false;                  ///< one coordinator is enough
    bool unproven_recovery = false;                   ///< its sheets need not have been read back
    bool leave_out = false;  ///< what the policy does not name, or does not belong, is passed over
};

/// A bundle that a kiosk would take, once it is signed.
struct BundlePlan {
    exchange::BundleContents contents;
    BundleView next;
    std::optional<BundleView> previous;  ///< the newest of this programme that is there
    std::vector<std::string> left_out;   ///< folders of forms and sounds, and catalogues, that the policy does not name
};

/// Looks at everything, whatever is found on the way; nothing is written.
[[nodiscard]] std::variant<BundlePlan, BuildRefusals> plan_bundle(crypto::SodiumReady ready,
                                                                  const BuildOptions& options,
                                                                  const crypto::DeploymentPublicKey& programme,
                                                                  exchange::Day today);

/// Signs it and writes the file, durable and never over another one; gives its path. Errors: ProgrammesDiffer (the key
/// is not the programme's), exchange::Failure.
[[nodiscard]] Result<std::filesystem::path> sign_bundle(crypto::SodiumReady ready, const BundlePlan& plan,
                                                        const std::filesystem::path& programme,
                                                        const crypto::DeploymentSecretKey& key);

}  // namespace app::deployment

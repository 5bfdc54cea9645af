#pragma once
// A bundle that needs several people's signatures: the draft that goes from one to the next, and what becomes of it.
// Must not know how anybody is asked.

#include <optional>

#include "app/deployment/bundle_build.hpp"

namespace app::deployment {

/// How many signatures the next bundle needs: what the policy in force asks for.
[[nodiscard]] std::uint32_t signatures_needed(const std::optional<BundleView>& in_force);

/// Writes the plan as a draft that nobody has signed, new; gives its path. Errors: exchange::Failure.
[[nodiscard]] Result<std::filesystem::path> write_draft(crypto::SodiumReady ready, const BundlePlan& plan,
                                                        const std::filesystem::path& programme);

/// A draft beside the bundle in force, which decides who signs it.
struct DraftLook {
    exchange::BundleDraft draft;
    BundleView next;
    std::optional<BundleView> previous;
    exchange::BundleTrust trust;
    crypto::Bytes archive;
};

/// Errors: files::Error, exchange::Failure (Rollback: its number is not above that of the bundle in force).
[[nodiscard]] Result<DraftLook> look_at_draft(crypto::SodiumReady ready, const std::filesystem::path& root,
                                              const std::filesystem::path& file,
                                              const crypto::DeploymentPublicKey& programme);

/// What became of a draft.
struct SignedDraft {
    std::uint32_t signatures;
    std::optional<std::filesystem::path> bundle;  ///< once it has all of them
};
/// Replaces the draft by itself with one signature more; with the last one the bundle is written into `root` too, new.
/// The draft that has them all already, this one among them, is written as the bundle. Errors: exchange::Failure, as
/// sign_draft().
[[nodiscard]] Result<SignedDraft> sign_bundle_draft(crypto::SodiumReady ready, const std::filesystem::path& root,
                                                    const std::filesystem::path& file, const DraftLook& look,
                                                    const crypto::PlainSecretKey& key);

}  // namespace app::deployment

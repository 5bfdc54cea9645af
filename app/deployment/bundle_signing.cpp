#include "app/deployment/bundle_signing.hpp"

#include "app/deployment/files.hpp"
#include "app/files/small_file.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;

std::uint32_t signatures_needed(const std::optional<BundleView>& in_force) {
    return in_force ? in_force->bundle.policy.signatures_required : 1;
}

Result<fs::path> write_draft(crypto::SodiumReady ready, const BundlePlan& plan, const fs::path& programme) {
    const auto file = programme / exchange::bundle_draft_name(plan.contents.version.sequence);
    AMPARO_TRY(const bytes, about(file.string(), exchange::draft_bundle(ready, plan.contents)));
    AMPARO_DO(write_new(file, bytes));
    return file;
}

Result<DraftLook> look_at_draft(crypto::SodiumReady ready, const fs::path& root, const fs::path& file,
                                const crypto::DeploymentPublicKey& programme) {
    AMPARO_TRY(archive, read_plain(file, exchange::bundle_most_bytes));
    auto previous = newest_bundle(ready, root, programme);
    exchange::BundleTrust trust{programme};
    if (previous) {
        trust.least_sequence = previous->bundle.version.sequence + 1;
        trust = trust.under(previous->bundle.policy);
    }
    AMPARO_TRY(draft, about(file.string(), exchange::load_draft(ready, archive, trust)));
    AMPARO_TRY(files, about(file.string(), exchange::bundle_files(archive)));
    BundleView next{draft.bundle, std::move(files)};
    return DraftLook{std::move(draft), std::move(next), std::move(previous), std::move(trust), std::move(archive)};
}

Result<SignedDraft> sign_bundle_draft(crypto::SodiumReady ready, const fs::path& root, const fs::path& file,
                                      const DraftLook& look, const crypto::PlainSecretKey& key) {
    auto more = exchange::sign_draft(ready, look.archive, look.trust, key);
    // A call that was cut after the last signature left no bundle: the same again writes it.
    const bool signed_before = !more && more.error().error == exchange::Error::Exists && look.draft.complete;
    if (!more && !signed_before) return failed(std::move(more).error(), file.string());
    const auto& bytes = signed_before ? look.archive : *more;
    AMPARO_TRY(const after, about(file.string(), exchange::load_draft(ready, bytes, look.trust)));
    if (!signed_before)
        if (const auto done = files::replace_small(file, bytes); !done)
            return failed(exchange::failure_of({done.error(), "replace"}), file.string());
    if (!after.complete) return SignedDraft{after.signatures, std::nullopt};
    const auto bundle = root / exchange::bundle_file_name(after.bundle.version.sequence);
    AMPARO_DO(about(bundle.string(), exchange::load_bundle(ready, bytes, look.trust)));
    AMPARO_DO(write_new(bundle, bytes));
    return SignedDraft{after.signatures, bundle};
}

}  // namespace app::deployment

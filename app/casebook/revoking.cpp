// Whom a casebook does not trust any more: what its coordinator says, and what the programme's bundles say.
#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

Result<void> Casebook::revoke(std::string_view device, bool revoked) {
    if (!exchange::device_id_allowed(device)) return tl::unexpected(Error::NotFound);
    AMPARO_TRY(const change, parts_->custody->begin());
    AMPARO_DO(parts_->batches.revoke(device, revoked));
    AMPARO_DO(change->commit());
    return {};
}

Result<exchange::BundleTrust> Casebook::next_bundle() {
    AMPARO_TRY(last, parts_->batches.heeded());
    return exchange::BundleTrust{parts_->deployment, last.bundle + 1, last.signatures, std::move(last.signers)};
}

Result<void> Casebook::heed(const exchange::Bundle& bundle) {
    const auto& version = bundle.version;
    if (version.deployment != parts_->deployment_id) return tl::unexpected(Error::Deployment);
    AMPARO_TRY(const change, parts_->custody->begin());
    AMPARO_TRY(const last, parts_->batches.heeded());
    if (version.sequence <= last.bundle) return {};
    const auto& policy = bundle.policy;
    AMPARO_DO(
        parts_->batches.heed({version.sequence, policy.signatures_required, policy.bundle_signers}, bundle.revoked));
    AMPARO_DO(change->commit());
    parts_->sources.clear();
    return {};
}

}  // namespace app::casebook

#include "app/deployment/whose.hpp"

#include <algorithm>

#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/files.hpp"
#include "app/exchange/bundle.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace {

/// The coordinator's own bundle: the one that was named, else one that lies where it belongs. A named one has to be
/// right; one that was only found is not missed.
Result<std::optional<exchange::Bundle>> own_bundle(crypto::SodiumReady ready, const DeviceToOpen& which,
                                                   const crypto::DeploymentPublicKey& programme) {
    if (which.bundle.empty())
        return which.casebook.empty() ? std::nullopt : bundle_beside(ready, which.casebook, programme);
    AMPARO_TRY(const bytes, read_plain(which.bundle, exchange::bundle_most_bytes));
    AMPARO_TRY(bundle, about(which.bundle.string(), exchange::load_bundle(ready, bytes, {programme})));
    return bundle;
}

/// What the casebook and the papers say about this very device.
Result<void> check_known(const Anchor& anchor, const DeviceToOpen& which, const std::string& device,
                         const Person& person) {
    if (!which.device.empty() && which.device != device) return failed(Error::OtherDevice, device);
    if (!anchor.known) return {};
    const auto found = std::find_if(anchor.known->begin(), anchor.known->end(),
                                    [&](const casebook::Device& one) { return one.device == device; });
    // One that was only ever named here, to refuse it or not, has not shown itself.
    if (found == anchor.known->end() || (!found->revoked && found->last_sequence == 0))
        return which.device.empty() ? Result<void>(failed(Error::UnknownDevice, device)) : Result<void>{};
    if (found->revoked) return failed(Error::Revoked, device);
    if (found->forked) person.tell(DeviceForked{device});
    return {};
}

/// Where the device's bundle is lost: its excerpt, or the coordinator's own bundle, none of them older than what the
/// device knows of. An older one may name people who have been removed since.
Result<std::vector<crypto::Recipient>> recipients_without(crypto::SodiumReady ready, const Anchor& anchor,
                                                          const DeviceToOpen& which, store::Store& kiosk,
                                                          const std::optional<exchange::Bundle>& own,
                                                          const Person& person) {
    AMPARO_TRY(const installed, about(which.state.string(), kiosk.bundle().sequence()));
    std::optional<exchange::BundleExcerpt> excerpt;
    if (const auto kept = kiosk.bundle().excerpt())
        if (auto loaded = exchange::load_excerpt(ready, *kept, {anchor.programme, installed}))
            excerpt.emplace(std::move(*loaded));
    const auto newest = excerpt ? excerpt->version.sequence : installed;
    if (own && own->version.sequence >= newest) {
        person.tell(BundleLost{BundleLost::Instead::OwnBundle, own->version.sequence});
        return own->recipient_keys();
    }
    if (excerpt) {
        person.tell(BundleLost{BundleLost::Instead::Excerpt, newest});
        return std::move(excerpt->recipients);
    }
    if (own) return failed(BundleTooOld{own->version.sequence, newest});
    person.tell(BundleLost{BundleLost::Instead::Identities, 0});
    std::vector<crypto::Recipient> here;
    for (const auto& identity : anchor.identities) here.push_back(identity.recipient());
    return here;
}

/// Whom to seal to from now on: the newer of the device's own bundle and the coordinator's. A bundle that is lost holds
/// nothing up; one that the programme did not sign, or that is older than the device says, stops everything.
Result<std::vector<crypto::Recipient>> recipients_of(crypto::SodiumReady ready, const Anchor& anchor,
                                                     const DeviceToOpen& which, store::Store& kiosk,
                                                     const Person& person) {
    const auto installed = kiosk.bundle().installed();
    std::optional<exchange::Bundle> bundle;
    if (installed) {
        AMPARO_TRY(loaded,
                   about(exchange::bundle_file_name(installed->sequence),
                         exchange::load_bundle(ready, installed->bytes, {anchor.programme, installed->sequence})));
        bundle.emplace(std::move(loaded));
    } else if (installed.error() != store::Error::NotFound && !is_damage(installed.error())) {
        return failed(installed.error(), which.state.string());
    }
    AMPARO_TRY(own, own_bundle(ready, which, anchor.programme));
    if (!bundle) return recipients_without(ready, anchor, which, kiosk, own, person);
    if (own && own->version.sequence > bundle->version.sequence) {
        person.tell(BundleOlder{bundle->version.sequence, own->version.sequence});
        bundle = std::move(own);
    }
    return bundle->recipient_keys();
}

/// What would say whose it is was lost; repairing, or repairing again, does not bring it back.
bool lost_itself(const device::NotEnrolledWhy& why, bool repairing) {
    return (repairing && why.why == device::NotEnrolled::Never) ||
           (why.why == device::NotEnrolled::Unreadable && is_damage(why.store));
}

}  // namespace

bool is_damage(store::Error error) {
    return error == store::Error::Damaged || error == store::Error::RolledBack;
}

Result<Whose> whose_is(crypto::SodiumReady ready, const Anchor& anchor, const DeviceToOpen& which, const Looked& looked,
                       const Person& person) {
    const auto state = which.state.string();
    auto enrolled = device::verify_enrolled(ready, looked.kiosk, looked.device, anchor.programme);
    if (!enrolled && lost_itself(enrolled.error(), looked.repairing)) return failed(Error::OwnerLost, state);
    if (!enrolled) return failed(enrolled.error(), state);
    const auto& device = enrolled->enrolment.device;
    AMPARO_DO(check_known(anchor, which, device, person));
    AMPARO_TRY(recipients, recipients_of(ready, anchor, which, looked.kiosk, person));
    if (!person.agrees(device)) return failed(Error::Declined, device);
    return Whose{std::move(*enrolled), std::move(recipients)};
}

}  // namespace app::deployment

#include "app/deployment/overview.hpp"

#include <algorithm>

#include "app/deployment/bundle_file.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/enrolling.hpp"
#include "app/deployment/keys.hpp"
#include "app/deployment/recovery_sheets.hpp"
#include "app/deployment/revoking.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

/// Newest first, from the bundle in force on.
std::vector<exchange::BundleExcerpt> history_of(crypto::SodiumReady ready, const fs::path& root,
                                                const crypto::DeploymentPublicKey& programme,
                                                const exchange::Bundle& newest) {
    std::vector<exchange::BundleExcerpt> history;
    for (const auto number : bundles_in(root)) {
        if (number > newest.version.sequence) continue;
        if (auto excerpt = numbered_excerpt(ready, root, number, {programme})) history.push_back(std::move(*excerpt));
    }
    return history;
}

void find_since(Standing& one, const crypto::Recipient& recipient,
                const std::vector<exchange::BundleExcerpt>& history) {
    for (const auto& bundle : history) {
        if (std::find(bundle.recipients.begin(), bundle.recipients.end(), recipient) == bundle.recipients.end()) return;
        one.since = bundle.version.sequence;
        one.since_day = bundle.version.made;
    }
}

bool signs_in(const std::vector<exchange::BundleSigner>& signers, const std::string& label) {
    return std::any_of(signers.begin(), signers.end(), [&](const auto& one) { return one.label == label; });
}

bool reads_in(const std::vector<exchange::BundleRecipient>& recipients, const std::string& label,
              const crypto::Recipient& recipient) {
    return std::any_of(recipients.begin(), recipients.end(),
                       [&](const auto& one) { return one.label == label && one.recipient == recipient; });
}

/// The machine of the bundle, and that of the next one where it is another.
void add_intake(std::vector<Standing>& people, const std::optional<exchange::BundleIntake>& now,
                const std::optional<exchange::BundleIntake>& next) {
    const bool same = now && next && now->label == next->label && now->recipient == next->recipient;
    const auto add = [&](const exchange::BundleIntake& one, bool in_force, bool stays) {
        Standing standing{one.label};
        standing.takes_in = true;
        standing.in_force = in_force;
        standing.stays = stays;
        people.push_back(std::move(standing));
    };
    if (now) add(*now, true, same);
    if (next && !same) add(*next, false, true);
}

/// Those of the bundle, in its order, then those that the next one adds.
std::vector<Standing> standings(const std::optional<exchange::Bundle>& bundle, const People& next,
                                const std::vector<exchange::BundleExcerpt>& history) {
    std::vector<Standing> people;
    const auto add = [&](const exchange::BundleRecipient& one, const std::vector<exchange::BundleSigner>& signers,
                         bool in_force, bool stays) {
        Standing standing{one.label};
        standing.reads = true;
        standing.signs = signs_in(signers, one.label);
        standing.recovery = one.recovery;
        standing.in_force = in_force;
        standing.stays = stays;
        if (in_force) find_since(standing, one.recipient, history);
        people.push_back(std::move(standing));
    };
    const auto add_signer = [&](const exchange::BundleSigner& one, bool in_force, bool stays) {
        const bool there =
            std::any_of(people.begin(), people.end(), [&](const auto& known) { return known.label == one.label; });
        if (there) return;
        Standing standing{one.label};
        standing.signs = true;
        standing.in_force = in_force;
        standing.stays = stays;
        people.push_back(std::move(standing));
    };
    if (bundle) {
        for (const auto& one : bundle->recipients)
            add(one, bundle->signers, true, reads_in(next.recipients, one.label, one.recipient));
        for (const auto& one : bundle->signers) add_signer(one, true, signs_in(next.signers, one.label));
    }
    for (const auto& one : next.recipients)
        if (!bundle || !reads_in(bundle->recipients, one.label, one.recipient)) add(one, next.signers, false, true);
    for (const auto& one : next.signers) add_signer(one, false, true);
    add_intake(people, bundle ? bundle->intake : std::nullopt, next.intake);
    return people;
}

casebook::Revocation revocation_of(const std::string& device, const std::optional<std::vector<casebook::Device>>& known,
                                   const std::optional<exchange::Bundle>& bundle) {
    if (!known) return {false, bundle && bundle->revokes(device) ? bundle->version.sequence : 0};
    for (const auto& one : *known)
        if (one.device == device) return one.revoked;
    return {};
}

std::vector<Kiosk> kiosks_of(const std::vector<exchange::Certificate>& issued,
                             const std::optional<std::vector<casebook::Device>>& known,
                             const std::optional<exchange::Bundle>& bundle, exchange::Day today) {
    std::vector<Kiosk> kiosks;
    for (const auto& certificate : issued) {  // by device and epoch: the last of a device is its newest
        if (!kiosks.empty() && kiosks.back().certificate.device == certificate.device) kiosks.pop_back();
        Kiosk kiosk{certificate, today > certificate.not_after};
        kiosk.ends_soon = !kiosk.ended && today + ending_soon > certificate.not_after;
        kiosk.revoked = revocation_of(certificate.device, known, bundle);
        kiosk.casebook_says = known.has_value();
        kiosks.push_back(std::move(kiosk));
    }
    return kiosks;
}

void miss_recovery(const Overview& all, const fs::path& root, std::vector<Missing>& missing) {
    if (!all.bundle || all.bundle->version.demo) return;
    const bool proven = !all.sheets.empty() && all.sheets.front().proven();
    if (all.sheets.empty())
        missing.push_back(Missing::SheetsNotMade);
    else if (!proven)
        missing.push_back(Missing::SheetsNotReadBack);
    if (proven && files::is_there(root / "keys" / recovery_file)) missing.push_back(Missing::RecoveryLeftHere);
    if (!files::is_there(sealed_key_of(root))) missing.push_back(Missing::SealedKeyMissing);
}

std::vector<Missing> missing_of(const Overview& all, const fs::path& root, bool revoked_differ, exchange::Day today) {
    std::vector<Missing> missing;
    if (!all.bundle) missing.push_back(Missing::NoBundle);
    const auto coordinators = std::count_if(all.people.begin(), all.people.end(),
                                            [](const auto& one) { return one.reads && !one.recovery && one.stays; });
    if (coordinators < 2) missing.push_back(Missing::OneCoordinator);
    miss_recovery(all, root, missing);
    const bool differ =
        std::any_of(all.people.begin(), all.people.end(), [](const auto& one) { return one.in_force != one.stays; });
    if (all.bundle && differ) missing.push_back(Missing::PeopleNotInBundle);
    if (revoked_differ) missing.push_back(Missing::RevokedNotInBundle);
    if (all.bundle && exchange::past_expiry(*all.bundle, today))
        missing.push_back(Missing::BundleEnded);
    else if (all.bundle && exchange::past_expiry(*all.bundle, today + ending_soon))
        missing.push_back(Missing::BundleEndsSoon);
    if (all.kiosks.empty()) missing.push_back(Missing::NoKiosk);
    const auto any = [&](bool Kiosk::*end) {
        return std::any_of(all.kiosks.begin(), all.kiosks.end(),
                           [&](const auto& one) { return one.*end && !one.revoked; });
    };
    if (any(&Kiosk::ended)) missing.push_back(Missing::CertificateEnded);
    if (any(&Kiosk::ends_soon)) missing.push_back(Missing::CertificateEndsSoon);
    return missing;
}

}  // namespace

Result<Overview> look_over(crypto::SodiumReady ready, const fs::path& root,
                           const crypto::DeploymentPublicKey& programme,
                           const std::optional<std::vector<casebook::Device>>& known, exchange::Day today) {
    Overview all;
    all.words = exchange::deployment_words(ready, programme);
    if (auto newest = newest_bundle(ready, root, programme)) all.bundle = std::move(newest->bundle);
    auto next = read_people(ready, root, programme);
    if (!next && all.bundle) return tl::make_unexpected(next.error());
    const auto history =
        all.bundle ? history_of(ready, root, programme, *all.bundle) : std::vector<exchange::BundleExcerpt>{};
    all.people = standings(all.bundle, next ? *next : People{}, history);
    if (all.bundle)
        for (const auto& one : all.bundle->recipients)
            if (one.recovery) all.sheets = sheets_notes(ready, root, programme, one.recipient);
    all.kiosks = kiosks_of(issued_certificates(ready, root, programme), known, all.bundle, today);
    AMPARO_TRY(const revoked, revoked_next(root));
    const bool differ = all.bundle && revoked && *revoked != all.bundle->revoked;
    all.missing = missing_of(all, root, differ, today);
    return all;
}

std::string_view to_word(Missing missing) {
    switch (missing) {
        case Missing::NoBundle:
            return "no_bundle";
        case Missing::OneCoordinator:
            return "one_coordinator";
        case Missing::SheetsNotMade:
            return "sheets_not_made";
        case Missing::SheetsNotReadBack:
            return "sheets_not_read_back";
        case Missing::RecoveryLeftHere:
            return "recovery_left_here";
        case Missing::SealedKeyMissing:
            return "sealed_key_missing";
        case Missing::PeopleNotInBundle:
            return "people_not_in_bundle";
        case Missing::RevokedNotInBundle:
            return "revoked_not_in_bundle";
        case Missing::BundleEnded:
            return "bundle_ended";
        case Missing::BundleEndsSoon:
            return "bundle_ends_soon";
        case Missing::NoKiosk:
            return "no_kiosk";
        case Missing::CertificateEnded:
            return "certificate_ended";
        case Missing::CertificateEndsSoon:
            return "certificate_ends_soon";
    }
    return "no_bundle";
}

}  // namespace app::deployment

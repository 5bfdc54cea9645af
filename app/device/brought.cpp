#include "app/device/brought.hpp"

#include <algorithm>
#include <tuple>

#include "app/device/brought_differences.hpp"
#include "app/device/keyholders.hpp"
#include "app/device/noting.hpp"
#include "app/device/replies.hpp"
#include "app/device/stick_files.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::device {
namespace {

namespace fs = std::filesystem;
using model::DeviceError;
using model::NewsKind;
using model::NotTaken;

/// What is in force, which everything that was brought is held against.
struct InForce {
    exchange::BundleTrust trust;  ///< with the number of a bundle that is not older, and who has to sign the next one
    exchange::Certificate certificate;
    std::optional<crypto::DevicePublicKey> key;  ///< of this device
};

/// As the policy in force asks; where the bundle is lost its excerpt says so. Where that is lost as well, the pinned
/// key's signature is all that can be asked for.
exchange::BundleTrust trust_in_force(crypto::SodiumReady ready, const Device& device, exchange::BundleTrust trust) {
    if (device.bundle) return trust.under(device.bundle->policy);
    const auto kept = device.store->bundle().excerpt();
    if (!kept) return trust;
    // Also of a bundle before the last: what that one asked for is more than nothing.
    const auto excerpt = exchange::load_excerpt(ready, *kept, {trust.deployment});
    return excerpt ? trust.under(excerpt->policy) : trust;
}

tl::expected<InForce, DeviceError> in_force(crypto::SodiumReady ready, const Device& device) {
    const auto programme = crypto::DeploymentPublicKey::parse(device.enrolment.deployment_key);
    if (!programme) return tl::unexpected(DeviceError::Other);
    const auto sequence = device.store->bundle().sequence();
    if (!sequence) return tl::unexpected(device_error_of(sequence.error()));
    auto certificate = exchange::verify_certificate(ready, device.certificate, *programme);
    if (!certificate) return tl::unexpected(DeviceError::Other);
    const exchange::BundleTrust trust{*programme, device.bundle ? *sequence + 1 : *sequence};
    InForce now{trust_in_force(ready, device, trust), std::move(*certificate), std::nullopt};
    if (const auto key = device.store->device().key()) now.key = key->public_key();
    return now;
}

void refuse(Brought& brought, NewsKind kind, NotTaken why) {
    const model::RefusedNews one{kind, why};
    auto& all = brought.news.refused;
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

// ---- bundles

NotTaken not_taken_of(const exchange::Failure& failure, crypto::ByteView archive) {
    switch (failure.error) {
        case exchange::Error::Rollback:
            return NotTaken::Older;
        case exchange::Error::Deployment:
            return NotTaken::Foreign;
        case exchange::Error::AppTooOld:
            return NotTaken::ProgramOld;
        case exchange::Error::Recipients:
            return NotTaken::NoReaders;
        case exchange::Error::Content:
            return NotTaken::NoForm;
        case exchange::Error::Archive:
            return exchange::ustar_is_cut(archive) ? NotTaken::Cut : NotTaken::Damaged;
        case exchange::Error::Io:
        case exchange::Error::NoSpace:
        case exchange::Error::Exists:
        case exchange::Error::Cancelled:
        case exchange::Error::TooLarge:
        case exchange::Error::Members:
        case exchange::Error::Manifest:
        case exchange::Error::Signature:
        case exchange::Error::Certificate:
        case exchange::Error::Crypto:
            return NotTaken::Damaged;
    }
    return NotTaken::Damaged;
}

NotTaken not_taken_of(exchange::BadHead why) noexcept {
    switch (why) {
        case exchange::BadHead::Cut:
            return NotTaken::Cut;
        case exchange::BadHead::Foreign:
            return NotTaken::Foreign;
        case exchange::BadHead::Damaged:
            return NotTaken::Damaged;
    }
    return NotTaken::Damaged;
}

/// A bundle that a device can work with. Errors: as look_for_news() tells them.
tl::expected<exchange::Bundle, NotTaken> usable(crypto::SodiumReady ready, crypto::ByteView bytes,
                                                const exchange::BundleTrust& trust) {
    auto bundle = exchange::load_bundle(ready, bytes, trust);
    if (!bundle) {
        auto alone = trust;  // whole and signed with the pinned key, and only the others are missing?
        alone.signatures = 1;
        const bool few = bundle.error().error == exchange::Error::Signature && trust.signatures > 1 &&
                         exchange::load_bundle(ready, bytes, alone).has_value();
        return tl::unexpected(few ? NotTaken::FewSigned : not_taken_of(bundle.error(), bytes));
    }
    if (bundle->recipients.empty()) return tl::unexpected(NotTaken::NoReaders);
    if (bundle->forms.empty()) return tl::unexpected(NotTaken::NoForm);
    return std::move(*bundle);
}

struct Candidate {
    fs::path file;
    std::uint64_t sequence = 0;  ///< as signed, whatever the file is called
    crypto::Bytes bytes = {};    ///< of one that lay in a reply, which has no file of its own
};

/// Those whose beginning the programme signed.
std::vector<Candidate> candidates(crypto::SodiumReady ready, const std::vector<fs::path>& files,
                                  const exchange::BundleTrust& trust, StickReader& reader, Brought& brought) {
    std::vector<Candidate> found;
    for (const auto& file : files) {
        const auto head = reader.head(file, exchange::bundle_head_bytes, exchange::bundle_most_bytes);
        if (!head) {
            refuse(brought, NewsKind::Bundle, head.error());
            continue;
        }
        const auto sequence = exchange::signed_sequence(ready, *head, trust.deployment);
        if (sequence)
            found.push_back({file, *sequence});
        else
            refuse(brought, NewsKind::Bundle, not_taken_of(sequence.error()));
    }
    return found;
}

/// What a bundle is compared with.
struct Against {
    const exchange::Bundle* in_force;  ///< null where there is none
    std::string_view device;           ///< the number of this one; empty where it has none yet
};

void look_for_bundle(crypto::SodiumReady ready, const Against& against, std::vector<Candidate> found,
                     const exchange::BundleTrust& trust, StickReader& reader, Brought& brought) {
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.sequence > b.sequence; });
    for (auto& candidate : found) {
        if (candidate.sequence < trust.least_sequence) {
            const auto* const now = against.in_force;
            const bool same = now != nullptr && candidate.sequence == now->version.sequence;
            refuse(brought, NewsKind::Bundle, same ? NotTaken::Same : NotTaken::Older);
            continue;
        }
        if (brought.news.bundle) continue;
        auto bytes = candidate.file.empty() ? tl::expected<crypto::Bytes, NotTaken>(std::move(candidate.bytes))
                                            : reader.whole(candidate.file, exchange::bundle_most_bytes);
        if (!bytes) {
            refuse(brought, NewsKind::Bundle, bytes.error());
            continue;
        }
        const auto bundle = usable(ready, *bytes, trust);
        if (!bundle) {
            refuse(brought, NewsKind::Bundle, bundle.error());
            continue;
        }
        brought.news.bundle = bundle_news(against.in_force, *bundle, against.device);
        brought.bundle = std::move(*bytes);
    }
}

// ---- certificates

bool newer(const exchange::Certificate& one, const exchange::Certificate& other) {
    return std::tie(one.epoch, one.not_after) > std::tie(other.epoch, other.not_after);
}

/// Nothing: it is this device's, and newer.
std::optional<NotTaken> why_not(const exchange::Certificate& one, const InForce& now) {
    if (one.device != now.certificate.device || !now.key || !(one.key == *now.key)) return NotTaken::OtherDevice;
    if (newer(one, now.certificate)) return std::nullopt;
    return newer(now.certificate, one) ? NotTaken::Older : NotTaken::Same;
}

tl::expected<exchange::CertificateFile, NotTaken> usable_certificate(crypto::SodiumReady ready, crypto::ByteView bytes,
                                                                     const InForce& now) {
    auto file = exchange::load_certificate_file(ready, bytes, now.trust.deployment);
    if (!file) {
        if (exchange::certificate_of_other_programme(bytes, now.trust.deployment))
            return tl::unexpected(NotTaken::Foreign);
        return tl::unexpected(not_taken_of(file.error(), bytes));
    }
    if (const auto why = why_not(file->certificate, now)) return tl::unexpected(*why);
    return std::move(*file);
}

void look_for_certificate(crypto::SodiumReady ready, const std::vector<fs::path>& files,
                          const std::vector<crypto::Bytes>& inside, const InForce& now, StickReader& reader,
                          Brought& brought) {
    const auto look_at = [&](crypto::ByteView bytes) {
        auto file = usable_certificate(ready, bytes, now);
        if (!file)
            refuse(brought, NewsKind::Certificate, file.error());
        else if (!brought.certificate || newer(file->certificate, brought.certificate->certificate))
            brought.certificate = std::move(*file);
    };
    for (const auto& path : files) {
        const auto bytes = reader.whole(path, exchange::certificate_file_most_bytes);
        if (bytes)
            look_at(*bytes);
        else
            refuse(brought, NewsKind::Certificate, bytes.error());
    }
    for (const auto& bytes : inside) look_at(bytes);
    if (brought.certificate)
        brought.news.certificate =
            model::CertificateNews{brought.certificate->certificate.not_after, now.certificate.not_after};
}

/// Of exactly what accept_news() would take.
std::string id_of(crypto::SodiumReady ready, const Brought& brought) {
    crypto::Sha256 digest(ready);
    digest.update(brought.bundle);
    if (brought.certificate) digest.update(brought.certificate->signed_certificate.text);
    return crypto::to_hex(digest.finish());
}

bool is_bundle_name(std::string_view name) {
    return exchange::bundle_file_sequence(name).has_value();
}

// ---- taking

DeviceError device_error_of_refusal(NotTaken why) noexcept {
    switch (why) {
        case NotTaken::Same:
        case NotTaken::Older:
            return DeviceError::OldBundle;
        case NotTaken::ProgramOld:
            return DeviceError::ProgramTooOld;
        case NotTaken::NoReaders:
            return DeviceError::NoRecipients;
        case NotTaken::NoForm:
            return DeviceError::UnknownForm;
        case NotTaken::TooMany:
            return DeviceError::TooManyBundles;
        case NotTaken::Foreign:
        case NotTaken::FewSigned:
        case NotTaken::OtherDevice:
        case NotTaken::Cut:
        case NotTaken::Damaged:
        case NotTaken::NotPlain:
        case NotTaken::Unreadable:
        case NotTaken::UnknownSigner:
        case NotTaken::OtherBatch:
            return DeviceError::BadBundle;
    }
    return DeviceError::BadBundle;
}

DeviceError device_error_of_taking(store::Error error, DeviceError refused) noexcept {
    return error == store::Error::Refused ? refused : device_error_of(error);
}

/// Of one in which there is none.
DeviceError why_no_bundle(const Brought& brought) {
    const auto& refused = brought.news.refused;
    for (const auto& one : refused)
        if (one.kind == NewsKind::Bundle && one.why == NotTaken::TooMany) return DeviceError::TooManyBundles;
    for (const auto& one : refused)
        if (one.kind == NewsKind::Bundle) return device_error_of_refusal(one.why);
    return DeviceError::NoBundle;
}

tl::expected<void, DeviceError> take_bundle(crypto::SodiumReady ready, Device& device, crypto::ByteView bytes,
                                            const InForce& now) {
    auto bundle = usable(ready, bytes, now.trust);
    if (!bundle) return tl::unexpected(device_error_of_refusal(bundle.error()));
    const auto sequence = bundle->version.sequence;
    AMPARO_DO(install_bundle(*device.store, sequence, bytes));
    device.use(ready, std::move(*bundle));
    // Where it cannot be written now, the next start tries.
    keep_recovery(ready, device);
    exchange::AuditDetail which;
    which.worker = device.worker;
    which.number = sequence;
    note(ready, device, exchange::AuditType::BundleReplaced, which);
    return {};
}

tl::expected<void, DeviceError> take_certificate(crypto::SodiumReady ready, Device& device,
                                                 const exchange::SignedCertificate& brought, const InForce& now) {
    const auto certificate = exchange::verify_certificate(ready, brought, now.trust.deployment);
    if (!certificate || why_not(*certificate, now)) return tl::unexpected(DeviceError::Certificate);
    auto renewed = device.enrolment;
    renewed.epoch = std::max(renewed.epoch, certificate->epoch);  // a repair may have raised it beyond
    renewed.certificate = brought.text;
    renewed.certificate_signature = brought.signature;
    if (const auto done = device.store->device().renew(renewed); !done)
        return tl::unexpected(device_error_of_taking(done.error(), DeviceError::Certificate));
    device.enrolment = std::move(renewed);
    device.certificate = brought;
    device.certificate_end = certificate->not_after;
    exchange::AuditDetail which;
    which.worker = device.worker;
    which.number = certificate->epoch;
    note(ready, device, exchange::AuditType::CertificateRenewed, which);
    return {};
}

}  // namespace

tl::expected<Brought, DeviceError> look_for_news(crypto::SodiumReady ready, Device& device,
                                                 const std::vector<fs::path>& folders) {
    AMPARO_TRY(const now, in_force(ready, device));
    Brought brought;
    StickReader reader;
    const auto certificates = files_on_sticks(folders, exchange::is_certificate_file_name);
    const auto bundles = files_on_sticks(folders, is_bundle_name);
    brought.news.folders = std::max(bundles.folders, certificates.folders);
    AMPARO_TRY(inside, look_into_replies(ready, *device.store, folders, now.trust.deployment, reader));
    if (inside.bad_bundle) refuse(brought, NewsKind::Bundle, not_taken_of(*inside.bad_bundle));
    look_for_certificate(ready, certificates.files, inside.certificates, now, reader, brought);  // the small ones first
    auto found = candidates(ready, bundles.files, now.trust, reader, brought);
    if (inside.sequence > 0) found.push_back({{}, inside.sequence, std::move(inside.bundle)});
    look_for_bundle(ready, {device.bundle.get(), device.enrolment.device}, std::move(found), now.trust, reader,
                    brought);
    if (certificates.too_many) refuse(brought, NewsKind::Certificate, NotTaken::TooMany);
    if (bundles.too_many) refuse(brought, NewsKind::Bundle, NotTaken::TooMany);
    if (bundles.unreadable || certificates.unreadable) refuse(brought, NewsKind::Bundle, NotTaken::Unreadable);
    brought.news.id = id_of(ready, brought);
    return brought;
}

tl::expected<void, DeviceError> accept_news(crypto::SodiumReady ready, Device& device, const Brought& brought) {
    if (!brought.bundle.empty() && device.bundle && device.drafts.find(*device.store))
        return tl::unexpected(DeviceError::InterviewOpen);
    AMPARO_TRY(const now, in_force(ready, device));
    if (!brought.bundle.empty()) AMPARO_DO(take_bundle(ready, device, brought.bundle, now));
    if (brought.certificate) AMPARO_DO(take_certificate(ready, device, brought.certificate->signed_certificate, now));
    return {};
}

tl::expected<void, DeviceError> find_bundle(crypto::SodiumReady ready, Device& device,
                                            const std::vector<fs::path>& folders) {
    AMPARO_TRY(const brought, look_for_news(ready, device, folders));
    if (brought.news.bundle) return accept_news(ready, device, brought);
    return tl::unexpected(why_no_bundle(brought));
}

tl::expected<FoundBundle, DeviceError> find_first_bundle(crypto::SodiumReady ready, const exchange::BundleTrust& trust,
                                                         const std::vector<fs::path>& folders) {
    Brought brought;
    StickReader reader;
    const auto bundles = files_on_sticks(folders, is_bundle_name);
    look_for_bundle(ready, {nullptr, {}}, candidates(ready, bundles.files, trust, reader, brought), trust, reader,
                    brought);
    if (bundles.too_many) refuse(brought, NewsKind::Bundle, NotTaken::TooMany);
    if (!brought.news.bundle) return tl::unexpected(why_no_bundle(brought));
    auto bundle = usable(ready, brought.bundle, trust);
    if (!bundle) return tl::unexpected(device_error_of_refusal(bundle.error()));
    return FoundBundle{std::move(brought.bundle), std::move(*bundle)};
}

tl::expected<void, DeviceError> install_bundle(store::Store& store, std::uint64_t sequence, crypto::ByteView bytes) {
    if (const auto done = store.bundle().install(sequence, bytes); !done)
        return tl::unexpected(device_error_of_taking(done.error(), DeviceError::OldBundle));
    keep_excerpt(store, bytes);
    return {};
}

}  // namespace app::device

#include "app/device/enrolled.hpp"

#include "crypto/bytes.hpp"

namespace app::device {

tl::expected<Enrolled, NotEnrolledWhy> verify_enrolled(crypto::SodiumReady ready, store::Store& store,
                                                       const crypto::DeviceId& device,
                                                       const crypto::DeploymentPublicKey& programme) {
    const auto unreadable = [](store::Error error) {
        return tl::make_unexpected(
            NotEnrolledWhy{error == store::Error::NotFound ? NotEnrolled::Never : NotEnrolled::Unreadable, error});
    };
    auto enrolment = store.device().enrolment();
    if (!enrolment) return unreadable(enrolment.error());
    const auto named = crypto::DeploymentPublicKey::parse(enrolment->deployment_key);
    if (!named || !(*named == programme)) return tl::make_unexpected(NotEnrolledWhy{NotEnrolled::OtherProgramme});
    exchange::SignedCertificate signed_certificate{enrolment->certificate, enrolment->certificate_signature};
    auto certificate = exchange::verify_certificate(ready, signed_certificate, programme);
    if (!certificate) return tl::make_unexpected(NotEnrolledWhy{NotEnrolled::OtherProgramme});
    const auto mixed = [] { return tl::make_unexpected(NotEnrolledWhy{NotEnrolled::OtherDevice}); };
    if (certificate->device != enrolment->device || certificate->device != crypto::to_hex(device) ||
        enrolment->epoch < certificate->epoch)
        return mixed();
    // A certificate is no secret: whoever has a copy could lay it into a store of their own. Its key they do not have.
    const auto key = store.device().key();
    if (!key && key.error() != store::Error::NotFound) return unreadable(key.error());
    if (!key || !(key->public_key() == certificate->key)) return mixed();
    return Enrolled{std::move(*enrolment), std::move(signed_certificate), std::move(*certificate)};
}

}  // namespace app::device

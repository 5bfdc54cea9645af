// Whether an open store is what it says: a device that this programme, and no other, has certified. The key to ask with
// comes from outside the store, so that nobody who made the store can answer for it.
#pragma once

#include <cstdint>
#include <tl/expected.hpp>

#include "app/exchange/certificate.hpp"
#include "app/store/store.hpp"
#include "crypto/slots.hpp"

namespace app::device {

/// A device whose certificate, key and number belong together.
struct Enrolled {
    store::Enrolment enrolment;
    exchange::SignedCertificate signed_certificate;
    exchange::Certificate certificate;
};

enum class NotEnrolled : std::uint8_t {
    Never,           ///< the store has no enrolment
    OtherProgramme,  ///< it names another programme, or the programme's key did not sign its certificate
    OtherDevice,     ///< certificate, signing key and number are not those of one device
    Unreadable,      ///< what it has cannot be read; `store` says why
};
struct NotEnrolledWhy {
    NotEnrolled why;
    store::Error store = store::Error::NotFound;
};

/// `programme` is the pinned key; `device` the number that opened the store (slots, recovery file). Reads only.
[[nodiscard]] tl::expected<Enrolled, NotEnrolledWhy> verify_enrolled(crypto::SodiumReady ready, store::Store& store,
                                                                     const crypto::DeviceId& device,
                                                                     const crypto::DeploymentPublicKey& programme);

}  // namespace app::device

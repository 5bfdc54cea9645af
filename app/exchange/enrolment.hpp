// A new device introduces itself to the deployment; people compare eight words before anything is signed.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "app/exchange/certificate.hpp"
#include "app/exchange/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/minisign.hpp"

namespace app::exchange {

/// What a device asks the deployment to certify.
struct EnrolmentRequest {
    std::string device;  ///< 32 hex digits
    crypto::DevicePublicKey key;
    std::array<std::byte, 16> nonce;  ///< fresh for each request
};

/// Bytes of `enroll-request`: "amparo-enroll-request 1", then the lines device, key, nonce, then the device's own
/// minisign signature over those four lines. `nonce` is drawn here.
/// Errors: Certificate when `device` is not 32 hex digits, Crypto.
[[nodiscard]] Result<crypto::Bytes> make_enrolment_request(crypto::SodiumReady ready, const std::string& device,
                                                           const crypto::DeviceSecretKey& key);

/// Reads a request and checks that its sender holds the key it names. It proves nothing about who the sender is: that
/// is what comparing the words is for. Errors: Signature, Certificate.
[[nodiscard]] Result<EnrolmentRequest> parse_enrolment_request(crypto::SodiumReady ready, crypto::ByteView bytes);

/// The eight words both screens show: of BLAKE2b-256 over the deployment key, device key, device id and nonce. Sign
/// only when people have read out the same words on both sides.
[[nodiscard]] std::string enrolment_words(crypto::SodiumReady ready, const crypto::DeploymentPublicKey& deployment,
                                          const EnrolmentRequest& request);

/// The deployment's answer to a request whose words were compared. Errors: as `sign_certificate`.
[[nodiscard]] Result<SignedCertificate> certify(crypto::SodiumReady ready, const EnrolmentRequest& request,
                                                std::uint64_t epoch, Day not_after,
                                                const crypto::DeploymentSecretKey& key);

}  // namespace app::exchange

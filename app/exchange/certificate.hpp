// The deployment's word for a device: which key signs its batches and until when; knows nothing of batches.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/minisign.hpp"

namespace app::exchange {

/// A calendar day, UTC.
using Day = std::chrono::sys_days;

inline constexpr std::uint64_t most_epoch = 1'000'000'000;  ///< of certificates and batches

/// "2026-11-24". Years 1970 to 9999.
[[nodiscard]] std::string day_text(Day day);
/// Accepts exactly what `day_text` writes.
[[nodiscard]] Result<Day> parse_day(std::string_view text);

/// The id of a deployment: 16 hex digits, the beginning of BLAKE2b-256 of its public key. It follows from the key, so
/// it needs no registry and cannot be claimed by another key.
[[nodiscard]] std::string deployment_id(crypto::SodiumReady ready, const crypto::DeploymentPublicKey& key);

/// Eight words of the deployment's public key, for people to compare by ear ("About" screen).
[[nodiscard]] std::string deployment_words(crypto::SodiumReady ready, const crypto::DeploymentPublicKey& key);

/// The 56 base64 characters of a public key, as `minisign -P` takes them and as every member here writes a key.
template <crypto::Purpose P>
[[nodiscard]] std::string public_key_line(const crypto::PublicKey<P>& key) {
    return crypto::to_base64(key.bytes());
}

/// True for 32 lower-case hex digits, the 16 bytes of the device id.
[[nodiscard]] bool device_id_allowed(std::string_view id);

struct Certificate {
    std::string deployment;  ///< deployment id
    std::string device;      ///< 32 hex digits
    std::uint64_t epoch;     ///< raised when the device is enrolled again; batches carry this epoch or a later one
    crypto::DevicePublicKey key;
    Day not_after;  ///< last day on which batches are taken in without question
};

/// The two members of a batch that prove the device: `CERT` and `CERT.minisig`.
struct SignedCertificate {
    crypto::Bytes text;
    crypto::Bytes signature;
};

/// Bytes of CERT: "amparo-cert 1", then one "word value" line each for deployment, device, epoch, key, not-after.
[[nodiscard]] std::string certificate_text(const Certificate& certificate);
/// Accepts exactly what `certificate_text` writes. Errors: Certificate.
[[nodiscard]] Result<Certificate> parse_certificate(crypto::ByteView text);

/// Signs a certificate with the deployment's key. Errors: Certificate when a field could not be read back,
/// Deployment when it names another deployment than the key's.
[[nodiscard]] Result<SignedCertificate> sign_certificate(crypto::SodiumReady ready, const Certificate& certificate,
                                                         const crypto::DeploymentSecretKey& key);

/// Verifies the signature over the raw bytes first, then reads them. Expiry is the caller's decision (`not_after`).
/// Errors: Signature, Certificate, Deployment.
[[nodiscard]] Result<Certificate> verify_certificate(crypto::SodiumReady ready, const SignedCertificate& certificate,
                                                     const crypto::DeploymentPublicKey& pinned);

}  // namespace app::exchange

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

/// "2026-11-24". Years 1970 to 9999.
[[nodiscard]] std::string day_text(Day day);
/// Accepts exactly what `day_text` writes.
[[nodiscard]] Result<Day> parse_day(std::string_view text);

/// The id of a deployment: 16 hex digits, the beginning of BLAKE2b-256 of its public key. It follows from the key, so
/// it needs no registry and cannot be claimed by another key.
[[nodiscard]] std::string deployment_id(const crypto::PublicKey<crypto::Deployment>& key);

/// Eight words of the deployment's public key, for people to compare by ear ("About" screen).
[[nodiscard]] std::string deployment_words(const crypto::PublicKey<crypto::Deployment>& key);

/// True for 16 lower-case hex digits.
[[nodiscard]] bool device_id_allowed(std::string_view id);

struct Certificate {
    std::string deployment;  ///< deployment id
    std::string device;      ///< 16 hex digits
    std::uint64_t epoch;     ///< raised when the device is enrolled again; batches carry this epoch or a later one
    crypto::PublicKey<crypto::Device> key;
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

/// Signs a certificate with the deployment's key. Errors: Certificate when a field could not be read back.
[[nodiscard]] Result<SignedCertificate> sign_certificate(const crypto::SodiumReady& ready,
                                                         const Certificate& certificate,
                                                         const crypto::SecretKey<crypto::Deployment>& key);

/// Verifies the signature over the raw bytes first, then reads them. Expiry is the caller's decision (`not_after`).
/// Errors: Signature, Certificate, Deployment.
[[nodiscard]] Result<Certificate> verify_certificate(const crypto::SodiumReady& ready,
                                                     const SignedCertificate& certificate,
                                                     const crypto::PublicKey<crypto::Deployment>& pinned);

}  // namespace app::exchange

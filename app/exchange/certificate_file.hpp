// A certificate on its way to its device, as one file; knows nothing of what else is on the stick.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/exchange/certificate.hpp"

namespace app::exchange {

inline constexpr std::size_t certificate_file_most_bytes = 32U << 10U;

/// "<device>-<epoch>.amparo-cert".
[[nodiscard]] std::string certificate_file_name(const Certificate& certificate);
/// True for exactly such a name.
[[nodiscard]] bool is_certificate_file_name(std::string_view name);

/// A strict ustar archive of CERT and CERT.minisig. Errors: Archive.
[[nodiscard]] Result<crypto::Bytes> certificate_file(const SignedCertificate& certificate);

/// Both members, verified with the pinned key before they are read.
struct CertificateFile {
    SignedCertificate signed_certificate;
    Certificate certificate;
};
/// Accepts exactly what certificate_file() writes. Errors: TooLarge, Archive, Members, Signature, Certificate,
/// Deployment.
[[nodiscard]] Result<CertificateFile> load_certificate_file(crypto::SodiumReady ready, crypto::ByteView archive,
                                                            const crypto::DeploymentPublicKey& pinned);

/// Whether the file's signature says that it is by another key than the pinned one. To say why it was refused; proves
/// nothing.
[[nodiscard]] bool certificate_of_other_programme(crypto::ByteView archive, const crypto::DeploymentPublicKey& pinned);

}  // namespace app::exchange

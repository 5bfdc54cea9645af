// The coordinator's side of a batch: opens, checks everything that the file alone can prove, and gives out the records
// still sealed. Sequence, replay and revocation are the casebook's to judge.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/exchange/batch.hpp"
#include "app/exchange/certificate.hpp"
#include "crypto/bytes.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/identity.hpp"

namespace app::exchange {

/// Why a batch was not taken in.
enum class BatchReason {
    Unreadable,          ///< the file could not be read (try again)
    NoIdentity,          ///< sealed to other coordinators than those whose identities were given (ask them)
    OuterDamaged,        ///< not an age file, or cut or changed on the way (copy it again)
    TooLarge,            ///< beyond the largest batch
    Archive,             ///< the inner archive is not strict ustar
    MemberOrder,         ///< not the members of a batch, or not in their order
    CertificateInvalid,  ///< CERT malformed, or its signature is not of this deployment
    SignatureInvalid,    ///< MANIFEST is not signed by the device of the certificate
    CommentInvalid,   ///< the signed comment is malformed, or names another device, an earlier epoch or another count
    ManifestInvalid,  ///< MANIFEST malformed or unsorted
    MemberSet,        ///< records missing, added, or in another order than the manifest
    RecordChanged,    ///< a record differs from its digest
    FillInvalid,      ///< FILL is not zero bytes up to one of the sizes
};

/// Stable lower-case word for a reason ("signature-invalid"), for logs, tests and JSON.
[[nodiscard]] std::string_view reason_word(BatchReason reason);

/// True for reasons that call for quarantine (keep the file, tell people), false for those that another try, another
/// identity or another copy may cure.
[[nodiscard]] bool calls_for_quarantine(BatchReason reason);

struct BatchRefusal {
    BatchReason reason;
    std::string detail;  ///< short printable ASCII
};

/// A sealed record out of a verified batch.
struct SealedRecord {
    std::string name;  ///< 32 hex digits, or an audit_name()
    Digest sha256;
    crypto::Bytes sealed;
};

/// Everything in it was verified: certificate of this deployment, signature of that device, exact member set, digests.
struct VerifiedBatch {
    BatchHeader header;
    Certificate certificate;
    SignedCertificate certificate_bytes;
    crypto::Bytes manifest;
    crypto::Bytes manifest_signature;
    Digest manifest_sha256;
    std::vector<SealedRecord> records;  ///< in the order of the manifest
    std::vector<SealedRecord> audit;    ///< entries of the device's audit, by number; `name` is their audit_name()
    Digest file_sha256;                 ///< of the outer file
    bool certificate_ended = false;     ///< `today` was after the certificate's end: in custody, but an alarm
};

/// Opens and verifies in the order: outer file, strict ustar, certificate, signature, manifest equals member set. The
/// plaintext of the outer file is streamed; nothing is written anywhere. An ended certificate refuses nothing, for what
/// it would refuse is testimony: whether it had ended on `today` is said. A path that is no regular file is Unreadable
/// at once, whoever waits at its other end.
[[nodiscard]] tl::expected<VerifiedBatch, BatchRefusal> open_batch(crypto::SodiumReady ready,
                                                                   const std::filesystem::path& file,
                                                                   std::span<const crypto::open::Identity> identities,
                                                                   const crypto::DeploymentPublicKey& pinned,
                                                                   Day today);

}  // namespace app::exchange

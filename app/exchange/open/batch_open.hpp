// The coordinator's side of a batch: opens, checks everything that the file alone can prove, and gives out the records
// still sealed. Sequence, replay and revocation are the casebook's to judge.
//
// A batch has up to 256 MiB and is never held: the file is read twice over one descriptor. open_batch() reads it to its
// end, authenticates every chunk and verifies everything, and keeps only names, sizes and digests; not a byte of a
// record is given out before all of that. read_members() reads it again and gives out one record after the other, each
// compared with its verified digest; whoever takes them undoes what was taken when that ends in a refusal, because the
// file may have been changed in between. (Rejected: one reading into a transaction that is rolled back, because then
// what nobody vouches for would be written before the signature is checked.) Memory grows with the number of records,
// by about half a KiB for each, and not with their size.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
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
    NewerFormat,         ///< signed by the device, in a later version of the format (update this program)
    CommentInvalid,   ///< the signed comment is malformed, or names another device, an earlier epoch or another count
    ManifestInvalid,  ///< MANIFEST malformed or unsorted
    MemberSet,        ///< records missing, added, or in another order than the manifest
    RecordChanged,    ///< a record differs from its digest
    FillInvalid,      ///< FILL is not zero bytes up to one of the sizes
    Stopped,          ///< not refused: the caller asked to stop
};

/// Stable lower-case word for a reason ("signature-invalid"), for logs, tests and JSON.
[[nodiscard]] std::string_view reason_word(BatchReason reason);

/// True for reasons that call for quarantine (keep the file, tell people), false for those that another try, another
/// identity, another copy or a newer program may cure.
[[nodiscard]] bool calls_for_quarantine(BatchReason reason);

struct BatchRefusal {
    BatchReason reason;
    Why why;
};

class BatchFile;

/// Everything in it was verified: certificate of this deployment, signature of that device, exact member set, digests.
struct VerifiedBatch {
    BatchHeader header;
    Certificate certificate;
    SignedCertificate certificate_bytes;
    crypto::Bytes manifest;
    crypto::Bytes manifest_signature;
    Digest manifest_sha256;
    std::vector<BatchRecord> records;       ///< in the order of the manifest
    std::vector<BatchRecord> audit;         ///< entries of the device's audit, by number; `name` is their audit_name()
    Digest file_sha256;                     ///< of the outer file
    bool certificate_ended = false;         ///< `today` was after the certificate's end: in custody, but an alarm
    std::shared_ptr<const BatchFile> file;  ///< still open, for read_members()
    ReturnSecret way_back = {};             ///< under which the answer is sealed
};

/// Opens and verifies in the order: outer file, strict ustar, certificate, signature, manifest equals member set. The
/// plaintext of the outer file is streamed; nothing is written anywhere. An ended certificate refuses nothing, for what
/// it would refuse is testimony: whether it had ended on `today` is said. A path that is no regular file is Unreadable
/// at once, whoever waits at its other end. `progress` gets bytes of the file; where it says false, the refusal is
/// Stopped.
[[nodiscard]] tl::expected<VerifiedBatch, BatchRefusal> open_batch(crypto::SodiumReady ready,
                                                                   const std::filesystem::path& file,
                                                                   std::span<const crypto::open::Identity> identities,
                                                                   const crypto::DeploymentPublicKey& pinned, Day today,
                                                                   const Progress& progress = {});

/// Gets one record or audit entry, still sealed; false stops.
using TakeMember = std::function<bool(const BatchRecord& member, crypto::ByteView sealed)>;

/// Reads the file of a verified batch once more and gives out every record, in the order of the manifest, and among
/// them every audit entry. What was given counts only when this succeeds. Refusals: Unreadable when the file cannot be
/// read any more or is not what was verified, Stopped when `take` or `progress` says false.
[[nodiscard]] tl::expected<void, BatchRefusal> read_members(crypto::SodiumReady ready, const VerifiedBatch& batch,
                                                            const TakeMember& take, const Progress& progress = {});

}  // namespace app::exchange

// What a device notes about its own use: a chain of entries that nobody can shorten or change unseen, whose details
// only coordinators read. This side writes it; reading is in open/.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/exchange/certificate.hpp"
#include "app/exchange/failure.hpp"
#include "crypto/age.hpp"
#include "crypto/hash.hpp"

namespace app::exchange {

using crypto::Digest;

/// What can be noted. The number is kept on devices, the word travels: neither ever changes its meaning.
enum class AuditType : std::uint8_t {
    DeviceUnlocked = 1,       ///< `number`: of the key, from 1
    SignedIn = 2,             ///< `worker`
    PinWaits = 3,             ///< `worker`: wrong PINs until the number had to wait
    DeviceLocked = 4,         ///< wrong PINs until nobody could sign in
    WorkerAdded = 5,          ///< `subject` by `worker`
    WorkerRemoved = 6,        ///< `subject` by `worker`
    PinChanged = 7,           ///< `worker`
    WordsChanged = 8,         ///< all other keys stopped working; `number`: of the key that is in force
    KeyAdded = 9,             ///< `number`: of the key
    RecordErased = 10,        ///< taken back before it ever left; `record`
    RecordWithdrawn = 11,     ///< taken back after it was exported; `record`
    BatchMade = 12,           ///< `number`: its sequence
    BatchAgain = 13,          ///< exported once more; `number`: its sequence
    InterviewResumed = 14,    ///< gone on with after a crash; `worker`, `record`
    DatabaseRepaired = 15,    ///< `number`: sealed records that could not be kept; `lost`: what else. The first entry
                              ///< after those that were kept: the same numbers may have been others before
    ClockBefore = 16,         ///< the clock showed a day before the bundle's
    LeadMade = 17,            ///< `subject`: shift lead by whoever showed a key, because there was none
    ClockSet = 18,            ///< the clock was set while the machine ran; `number`: by how many minutes
    BundleReplaced = 19,      ///< `number`: its sequence; a lost or unusable one was brought in again, or a newer one
    CertificateRenewed = 20,  ///< `number`: its epoch; a newer certificate of this device was brought in
    Enrolled = 21,            ///< for the first time; `number`: the epoch
    ReceiptsTaken = 22,       ///< `number`: records that receipts confirmed
    ConfirmedErased = 23,     ///< confirmed and held long enough; `number`: how many records
};
/// The highest number; not every one below is a type.
inline constexpr std::size_t audit_types = 23;

/// "worker-added". Nothing for a number that is no type.
[[nodiscard]] std::string_view audit_word(AuditType type) noexcept;
[[nodiscard]] std::optional<AuditType> audit_type(std::uint8_t number) noexcept;

/// Who and which; sealed. Never an answer, a case code or a name.
struct AuditDetail {
    std::optional<std::uint32_t> worker;   ///< who did it, as far as the device knows: who signed in last
    std::optional<std::uint32_t> subject;  ///< the other worker it was done to
    std::optional<std::uint64_t> number;
    std::string record;  ///< 32 hex digits; empty for none
    std::string lost;    ///< what a repair could not keep besides records: words of a-z with one space between
};

/// The plaintext of every entry is filled up with spaces to this many bytes.
inline constexpr std::size_t audit_entry_bytes = 512;
inline constexpr std::uint64_t audit_most_number = 9'999'999'999;
/// Entries that one batch carries at most; the rest goes with the next.
inline constexpr std::size_t batch_most_audit = 4'096;

/// The name of an entry where it travels: "0000000012-2026-11-26-worker-added".
struct AuditName {
    std::uint64_t number;  ///< from 1, without gaps
    Day day;
    std::string type;  ///< its word; one that this version does not know is kept as it is
};
/// From what a device keeps of an entry. Types are added together with a version of its store, so an unknown number is
/// no entry of ours and gets a name that no entry has.
[[nodiscard]] AuditName audit_name_of(std::uint64_t number, Day day, std::uint8_t type);
[[nodiscard]] std::string audit_name(const AuditName& name);
/// Accepts exactly what `audit_name` writes.
[[nodiscard]] std::optional<AuditName> parse_audit_name(std::string_view text);

/// h_i = BLAKE2b-256(h_{i-1} | the entry's name | sealed bytes), each of the two with its length before it (8 bytes).
/// h_0 is 32 zero bytes. Source: crypto/FORMAT.md section 7.
[[nodiscard]] Digest audit_head(crypto::SodiumReady ready, const Digest& previous, const AuditName& name,
                                crypto::ByteView sealed);

/// The details as an age file of one size whatever they are. Errors: Recipients, Crypto.
[[nodiscard]] Result<crypto::Bytes> seal_audit(crypto::SodiumReady ready, const AuditName& name,
                                               const AuditDetail& detail,
                                               std::span<const crypto::Recipient> recipients);

}  // namespace app::exchange

#pragma once
// What a casebook says of records, batches and devices, as enumerations and stable words. Knows no database.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace app::casebook {

/// What happened to one record of a batch.
enum class Outcome : std::uint8_t {
    New,                 ///< first that is known of this record
    Replaced,            ///< later revision; the earlier one is no longer listed
    Older,               ///< a later revision was already here; kept, not listed
    Known,               ///< the same bytes were here already
    Withdrawn,           ///< the person took it back: everything earlier was erased
    WasWithdrawn,        ///< belongs to a record taken back before: erased, not kept
    NotForUs,            ///< none of the identities opens it; kept sealed
    Unopenable,          ///< damaged inside (header, MAC or payload); kept sealed
    Malformed,           ///< opened, but it is not a record of this format; kept sealed
    OtherDevice,         ///< names another device or deployment than the batch that carried it; kept sealed
    Conflict,            ///< same record and revision with other content; the first stays, both are kept sealed
    WithdrawalHeld,      ///< taken back by a source in doubt: nothing is erased until a person confirms
    RevisionHeld,        ///< a revision of a source in doubt: listed beside the other until a person decides
    WithdrawalRejected,  ///< a person decided that it was not the interviewed one's wish; the case stays
    RevisionRejected,    ///< a person decided against it; kept sealed, not listed
    Erased,              ///< a coordinator erased the case: what comes of it is erased as well
};
/// Stable lower-case word ("was-withdrawn"), for tests and JSON.
[[nodiscard]] std::string_view to_word(Outcome outcome) noexcept;
/// True when people must be told that a record could not be listed.
[[nodiscard]] bool is_refusal(Outcome outcome) noexcept;
/// True for what waits for a person's decision.
[[nodiscard]] bool is_held(Outcome outcome) noexcept;

/// Why an order of a batch, to erase or to replace, is not carried out by itself. An order reaches only what an
/// unbroken chain of batches of the same epoch brought, from a device that nothing speaks against.
enum class Doubt : std::uint8_t {
    None,
    Forked,            ///< the device sent batches that contradict each other
    Revoked,           ///< the device was revoked after this batch
    AuditBroken,       ///< the device's audit was changed or rolled back
    CertificateEnded,  ///< the device's certificate had ended when the batch came
    Gap,               ///< batches before it are missing
    EpochDoubt,        ///< its epoch is above the certificate's and no repair was noted
    EpochStart,        ///< it begins an epoch of a device that had one before
    EarlierEpoch,      ///< what it would reach came in another epoch, or may have
    OtherCase,         ///< names another case than the listed one, or makes a practice of it
    CameLater,         ///< what it would reach came after it, from a source in doubt
};
/// Stable lower-case word ("epoch-start"). Empty for None.
[[nodiscard]] std::string_view to_word(Doubt doubt) noexcept;

/// What the place of the batch in its device's sequence says.
enum class Standing : std::uint8_t {
    InOrder,       ///< follows the one before
    Again,         ///< this very batch was taken in before; that is fine
    Gap,           ///< earlier ones are missing: see `missing`
    Forked,        ///< same number or predecessor with other content: cloned or rolled-back device. Taken in, and alarm
    ForkedBefore,  ///< of a device that was found forked at another batch. Taken in, and alarm
    EpochDoubt,    ///< an epoch above the certificate's without a repair in the device's audit. Taken in, and alarm
    Revoked,       ///< the device was revoked: nothing was taken in, the file belongs into quarantine
};
[[nodiscard]] std::string_view to_word(Standing standing) noexcept;

/// What the entries of a device's audit that are here say about it.
enum class AuditStanding : std::uint8_t {
    Whole,     ///< every entry up to the head that the batch names is here, and unchanged
    Repaired,  ///< the same, but a repair, noted and signed, lost entries on the device that are still here
    Missing,   ///< entries are missing that other batches may still bring
    Broken,    ///< entries differ from what the device signed, or were made twice, and that for good; or they are
               ///< absent although every batch is here: changed or rolled back
};
[[nodiscard]] std::string_view to_word(AuditStanding standing) noexcept;

/// Batches that have not arrived: a range of one epoch.
struct Gap {
    std::uint64_t epoch = 0;
    std::uint64_t first = 0;
    std::uint64_t last = 0;  ///< 0: from `first` on, nobody knows how many
    bool operator==(const Gap& other) const noexcept {
        return epoch == other.epoch && first == other.first && last == other.last;
    }
};
inline constexpr std::size_t most_gaps = 1000;  ///< ranges of one device that are looked for

}  // namespace app::casebook

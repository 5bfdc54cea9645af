// Why something that travels is refused, as a kind and what it is about; each program words it in its own language.
// Knows no words for people.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/error.hpp"
#include "questionnaires/engine/form/diagnostic.hpp"

namespace app::exchange {

/// A new one needs a line in the table of reason.cpp and its sentence in the catalogues, `cli.why.<word>`.
enum class Reason : std::uint8_t {
    ArchiveCut,    ///< it ends too early
    ArchiveEnd,    ///< the two blocks that end it are not there
    ArchiveLarge,  ///< larger than its kind may be
    ArchiveTail,   ///< something after the end
    ArchiveFill,   ///< fill that is not zero
    MembersMany,
    MemberLarge,
    MemberTwice,
    MemberKind,
    MemberName,
    MemberSize,
    MemberMissing,
    MembersOther,
    MembersUnsorted,
    MemberUnlisted,
    MemberChanged,  ///< differs from its digest
    NotOfForm,
    NotOfBundle,
    MadeHere,  ///< what the program makes was given
    ManifestTitle,
    ManifestLine,
    ManifestName,
    ManifestLong,
    ManifestUnsorted,
    ManifestTwice,
    NotBundle,  ///< does not begin as a bundle does
    NotExcerpt,
    SignatureForm,
    NoDeploymentSignature,
    FewSignatures,
    CommentOther,  ///< the signed comment is of something else
    NotASigner,
    SignedAlready,
    OtherDeployment,
    OlderBundle,
    ProgramOld,
    VersionForm,
    ProgramVersionForm,
    DayForm,
    NameForm,
    RecipientsForm,
    RecipientsMany,
    RecipientsMixed,  ///< keys of kinds that cannot be used together
    RecipientTwice,
    RecoveryNotOne,
    NoCoordinator,
    SignersForm,
    SignersMany,
    SignerTwice,
    NoSigner,
    PolicyForm,       ///< not the canonical text
    RevokedForm,      ///< a line that is no device number; which line, as in the next two
    RevokedUnsorted,  ///< not behind the one before
    RevokedTwice,
    RevokedMany,
    RevokedEmpty,  ///< there, and nobody in it
    IntakeForm,
    IntakeReads,  ///< with the key of one who reads records
    CatalogueForm,
    FormMissing,
    FormFaulty,  ///< its id, where, and the first fault as the engine says it
    FormOtherId,
    FormLanguage,
    ReferralsFaulty,  ///< the first fault as the reader says it
    ReferralsRows,
    ReferralsColumns,
    ReferralsCountry,
    ReferralsDay,
    PromptForm,
    PromptDamaged,  ///< cut, or a page is not what was written
    PromptLarge,
    PromptLong,
    PromptsLarge,  ///< all of them together
    CertificateForm,
    CertificateUnsigned,
    CertificateFile,  ///< other members than a certificate's file has
    DeviceForm,
    RequestForm,
    RequestUnsigned,
    LabelLines,
    NoteForm,
    NoteUnsigned,
    ReceiptForm,
    ReceiptSigner,    ///< by nobody whose receipts count
    ReceiptUnsigned,  ///< not what was signed
    ReplyForm,        ///< not what is written, under this secret
    BatchComment,
    BatchLarge,
    BatchNewer,  ///< of a later version of the format
    RecordName,
    RecordsOther,
    RecordUnlisted,
    RecordChanged,
    NotOfBatch,
    FillMissing,
    FillSize,
    CommentDevice,
    CommentCount,
    FileChanged,
    EntryLong,
    EntryOther,
    EntryNumber,
    EntryRecord,
    Stopped,  ///< the caller asked to stop
    Store,    ///< the device's database gave an error
    WrittenDiffers,
    NoRoom,
    FolderUnreadable,
    FileMissing,
    FileKind,
    FileShort,
    FileThere,
    FileDenied,
    FileSystem,  ///< not possible on this file system
    FileIo,      ///< the medium or the operating system failed
    Memory,
    LockedMemory,
    SelfTest,
    SignatureWrong,
    NoKeyFits,
    SealedDamaged,  ///< header, MAC or payload of an age file
    KeyForm,
};

/// In the order of the enum: a stable word, and how many fields belong to it.
struct ReasonRow {
    Reason reason;
    std::string_view word;
    std::size_t fields;
};
[[nodiscard]] std::span<const ReasonRow> reasons() noexcept;

/// A reason with its fields: the name of a member, of a form, the number of a row. Never an answer, a key or a PIN.
struct Why {
    Reason reason;
    std::vector<std::string> of = {};
    questionnaires::engine::Sentence said = {};  ///< by the engine, of a sheet: the last field where it belongs to one

    /// "member_missing: policy.json": for what keeps a reason or gives it to programs. Printable ASCII.
    [[nodiscard]] std::string text() const;
    /// What text() gave; nothing for any other text.
    [[nodiscard]] static std::optional<Why> parse(std::string_view text);
};

/// What a failed step of cryptography means for a file that travels.
[[nodiscard]] Reason reason_of(crypto::Error error) noexcept;

}  // namespace app::exchange

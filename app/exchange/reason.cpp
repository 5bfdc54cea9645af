#include "app/exchange/reason.hpp"

#include <algorithm>
#include <array>

#include "app/exchange/bundle_parts.hpp"

namespace app::exchange {
namespace {

constexpr std::array rows{
    ReasonRow{Reason::ArchiveCut, "archive_cut", 0},
    ReasonRow{Reason::ArchiveEnd, "archive_end", 0},
    ReasonRow{Reason::ArchiveLarge, "archive_large", 0},
    ReasonRow{Reason::ArchiveTail, "archive_tail", 0},
    ReasonRow{Reason::ArchiveFill, "archive_fill", 0},
    ReasonRow{Reason::MembersMany, "members_count", 0},
    ReasonRow{Reason::MemberLarge, "member_large", 1},
    ReasonRow{Reason::MemberTwice, "member_twice", 1},
    ReasonRow{Reason::MemberKind, "member_kind", 1},
    ReasonRow{Reason::MemberName, "member_name", 0},
    ReasonRow{Reason::MemberSize, "member_size", 0},
    ReasonRow{Reason::MemberMissing, "member_missing", 1},
    ReasonRow{Reason::MembersOther, "members_differ", 0},
    ReasonRow{Reason::MembersUnsorted, "members_unsorted", 0},
    ReasonRow{Reason::MemberUnlisted, "member_unlisted", 1},
    ReasonRow{Reason::MemberChanged, "member_changed", 1},
    ReasonRow{Reason::NotOfForm, "not_of_form", 1},
    ReasonRow{Reason::NotOfBundle, "not_of_bundle", 1},
    ReasonRow{Reason::MadeHere, "made_here", 1},
    ReasonRow{Reason::ManifestTitle, "manifest_title", 0},
    ReasonRow{Reason::ManifestLine, "manifest_line", 0},
    ReasonRow{Reason::ManifestName, "manifest_name", 0},
    ReasonRow{Reason::ManifestLong, "manifest_long", 0},
    ReasonRow{Reason::ManifestUnsorted, "manifest_unsorted", 0},
    ReasonRow{Reason::ManifestTwice, "manifest_twice", 0},
    ReasonRow{Reason::NotBundle, "not_bundle", 0},
    ReasonRow{Reason::NotExcerpt, "not_excerpt", 0},
    ReasonRow{Reason::SignatureForm, "signature_form", 0},
    ReasonRow{Reason::NoDeploymentSignature, "no_deployment_signature", 0},
    ReasonRow{Reason::FewSignatures, "few_signatures", 0},
    ReasonRow{Reason::CommentOther, "comment_differs", 0},
    ReasonRow{Reason::NotASigner, "not_a_signer", 0},
    ReasonRow{Reason::SignedAlready, "signed_already", 0},
    ReasonRow{Reason::OtherDeployment, "other_deployment", 0},
    ReasonRow{Reason::OlderBundle, "older_bundle", 0},
    ReasonRow{Reason::ProgramOld, "program_old", 1},
    ReasonRow{Reason::VersionForm, "version_form", 0},
    ReasonRow{Reason::ProgramVersionForm, "program_version_form", 0},
    ReasonRow{Reason::DayForm, "day_form", 0},
    ReasonRow{Reason::NameForm, "name_form", 0},
    ReasonRow{Reason::RecipientsForm, "recipients_form", 0},
    ReasonRow{Reason::RecipientsMany, "recipients_count", 0},
    ReasonRow{Reason::RecipientsMixed, "recipients_mixed", 0},
    ReasonRow{Reason::RecipientTwice, "recipient_twice", 0},
    ReasonRow{Reason::RecoveryNotOne, "recovery_count", 0},
    ReasonRow{Reason::NoCoordinator, "no_coordinator", 0},
    ReasonRow{Reason::SignersForm, "signers_form", 0},
    ReasonRow{Reason::SignersMany, "signers_count", 0},
    ReasonRow{Reason::SignerTwice, "signer_twice", 0},
    ReasonRow{Reason::NoSigner, "no_signer", 0},
    ReasonRow{Reason::PolicyForm, "policy_form", 0},
    ReasonRow{Reason::RevokedForm, "revoked_form", 1},
    ReasonRow{Reason::RevokedUnsorted, "revoked_unsorted", 1},
    ReasonRow{Reason::RevokedTwice, "revoked_twice", 1},
    ReasonRow{Reason::RevokedMany, "revoked_count", 0},
    ReasonRow{Reason::RevokedEmpty, "revoked_empty", 0},
    ReasonRow{Reason::IntakeForm, "intake_form", 0},
    ReasonRow{Reason::IntakeReads, "intake_reads", 0},
    ReasonRow{Reason::CatalogueForm, "catalogue_form", 1},
    ReasonRow{Reason::FormMissing, "form_missing", 1},
    ReasonRow{Reason::FormFaulty, "form_faulty", 3},
    ReasonRow{Reason::FormOtherId, "form_other_id", 1},
    ReasonRow{Reason::FormLanguage, "form_language", 2},
    ReasonRow{Reason::ReferralsFaulty, "referrals_faulty", 1},
    ReasonRow{Reason::ReferralsRows, "referrals_rows", 0},
    ReasonRow{Reason::ReferralsColumns, "referrals_columns", 0},
    ReasonRow{Reason::ReferralsCountry, "referrals_country", 1},
    ReasonRow{Reason::ReferralsDay, "referrals_day", 1},
    ReasonRow{Reason::PromptForm, "prompt_form", 1},
    ReasonRow{Reason::PromptDamaged, "prompt_damaged", 1},
    ReasonRow{Reason::PromptLarge, "prompt_large", 1},
    ReasonRow{Reason::PromptLong, "prompt_long", 1},
    ReasonRow{Reason::PromptsLarge, "prompts_large", 0},
    ReasonRow{Reason::CertificateForm, "certificate_form", 0},
    ReasonRow{Reason::CertificateUnsigned, "certificate_unsigned", 0},
    ReasonRow{Reason::CertificateFile, "certificate_file", 0},
    ReasonRow{Reason::DeviceForm, "device_form", 0},
    ReasonRow{Reason::RequestForm, "request_form", 0},
    ReasonRow{Reason::RequestUnsigned, "request_unsigned", 0},
    ReasonRow{Reason::LabelLines, "label_lines", 0},
    ReasonRow{Reason::NoteForm, "note_form", 0},
    ReasonRow{Reason::NoteUnsigned, "note_unsigned", 0},
    ReasonRow{Reason::ReceiptForm, "receipt_form", 0},
    ReasonRow{Reason::ReceiptSigner, "receipt_signer", 0},
    ReasonRow{Reason::ReceiptUnsigned, "receipt_unsigned", 0},
    ReasonRow{Reason::ReplyForm, "reply_form", 0},
    ReasonRow{Reason::BatchComment, "batch_comment", 0},
    ReasonRow{Reason::BatchLarge, "batch_large", 0},
    ReasonRow{Reason::BatchNewer, "batch_newer", 0},
    ReasonRow{Reason::RecordName, "record_name", 0},
    ReasonRow{Reason::RecordsOther, "records_differ", 0},
    ReasonRow{Reason::RecordUnlisted, "record_unlisted", 1},
    ReasonRow{Reason::RecordChanged, "record_changed", 1},
    ReasonRow{Reason::NotOfBatch, "not_of_batch", 0},
    ReasonRow{Reason::FillMissing, "fill_missing", 0},
    ReasonRow{Reason::FillSize, "fill_size", 0},
    ReasonRow{Reason::CommentDevice, "comment_device", 0},
    ReasonRow{Reason::CommentCount, "comment_count", 0},
    ReasonRow{Reason::FileChanged, "file_changed", 0},
    ReasonRow{Reason::EntryLong, "entry_long", 0},
    ReasonRow{Reason::EntryOther, "entry_differs", 0},
    ReasonRow{Reason::EntryNumber, "entry_number", 0},
    ReasonRow{Reason::EntryRecord, "entry_record", 0},
    ReasonRow{Reason::Stopped, "stopped", 0},
    ReasonRow{Reason::Store, "store", 0},
    ReasonRow{Reason::WrittenDiffers, "written_differs", 0},
    ReasonRow{Reason::NoRoom, "no_room", 0},
    ReasonRow{Reason::FolderUnreadable, "folder_unreadable", 0},
    ReasonRow{Reason::FileMissing, "file_missing", 0},
    ReasonRow{Reason::FileKind, "file_kind", 0},
    ReasonRow{Reason::FileShort, "file_short", 0},
    ReasonRow{Reason::FileThere, "file_there", 0},
    ReasonRow{Reason::FileDenied, "file_denied", 0},
    ReasonRow{Reason::FileSystem, "file_system", 0},
    ReasonRow{Reason::FileIo, "file_io", 0},
    ReasonRow{Reason::Memory, "memory", 0},
    ReasonRow{Reason::LockedMemory, "locked_memory", 0},
    ReasonRow{Reason::SelfTest, "self_test", 0},
    ReasonRow{Reason::SignatureWrong, "signature_wrong", 0},
    ReasonRow{Reason::NoKeyFits, "no_key_fits", 0},
    ReasonRow{Reason::SealedDamaged, "sealed_damaged", 0},
    ReasonRow{Reason::KeyForm, "key_form", 0},
};

/// The place in the table is that in the enum.
constexpr bool in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].reason) != i) return false;
    return true;
}
static_assert(in_order());

constexpr std::string_view after_word = ": ";
constexpr std::string_view between = ", ";

}  // namespace

std::span<const ReasonRow> reasons() noexcept {
    return rows;
}

std::string Why::text() const {
    std::string text(rows[static_cast<std::size_t>(reason)].word);
    auto fields = of;
    if (!said.empty()) fields.push_back(said.text());
    for (std::size_t i = 0; i < fields.size(); ++i) text += std::string(i == 0 ? after_word : between) + fields[i];
    return plain_detail(text);
}

std::optional<Why> Why::parse(std::string_view text) {
    const auto word = text.substr(0, text.find(after_word));
    const auto row = std::find_if(rows.begin(), rows.end(), [word](const auto& one) { return one.word == word; });
    if (row == rows.end()) return std::nullopt;
    Why why{row->reason};
    auto rest = text.substr(std::min(text.size(), word.size() + after_word.size()));
    for (std::size_t i = 0; i < row->fields; ++i) {
        // The last one is whatever is left.
        const auto end = i + 1 == row->fields ? std::string_view::npos : rest.find(between);
        why.of.emplace_back(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + between.size());
    }
    return why;
}

Reason reason_of(crypto::Error error) noexcept {
    using crypto::Error;
    switch (error) {
        case Error::SelfTest:
            return Reason::SelfTest;
        case Error::LockedMemory:
            return Reason::LockedMemory;
        case Error::Memory:
        case Error::WorkFactor:
            return Reason::Memory;
        case Error::TooMany:
            return Reason::RecipientsMany;
        case Error::Mixed:
        case Error::Kind:
            return Reason::RecipientsMixed;
        case Error::NoMatch:
            return Reason::NoKeyFits;
        case Error::Header:
        case Error::Mac:
        case Error::Payload:
            return Reason::SealedDamaged;
        case Error::Signature:
        case Error::OtherKey:
            return Reason::SignatureWrong;
        case Error::Input:
        case Error::Malformed:
        case Error::WrongSecret:
        case Error::Protected:
            return Reason::KeyForm;
    }
    return Reason::KeyForm;
}

}  // namespace app::exchange

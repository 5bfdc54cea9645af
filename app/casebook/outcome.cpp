// The words of outcomes and failures.
#include <algorithm>

#include "app/casebook/casebook.hpp"

namespace app::casebook {

std::string_view to_word(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::New:
            return "new";
        case Outcome::Replaced:
            return "replaced";
        case Outcome::Older:
            return "older";
        case Outcome::Known:
            return "known";
        case Outcome::Withdrawn:
            return "withdrawn";
        case Outcome::WasWithdrawn:
            return "was-withdrawn";
        case Outcome::NotForUs:
            return "not-for-us";
        case Outcome::Unopenable:
            return "unopenable";
        case Outcome::Malformed:
            return "malformed";
        case Outcome::OtherDevice:
            return "other-device";
        case Outcome::Conflict:
            return "conflict";
        case Outcome::WithdrawalHeld:
            return "withdrawal-held";
        case Outcome::RevisionHeld:
            return "revision-held";
        case Outcome::WithdrawalRejected:
            return "withdrawal-rejected";
        case Outcome::RevisionRejected:
            return "revision-rejected";
        case Outcome::Erased:
            return "erased";
    }
    return "";
}

std::string_view to_word(Doubt doubt) noexcept {
    switch (doubt) {
        case Doubt::None:
            return "";
        case Doubt::Forked:
            return "forked";
        case Doubt::Revoked:
            return "revoked";
        case Doubt::AuditBroken:
            return "audit-broken";
        case Doubt::CertificateEnded:
            return "certificate-ended";
        case Doubt::Gap:
            return "gap";
        case Doubt::EpochDoubt:
            return "epoch-doubt";
        case Doubt::EpochStart:
            return "epoch-start";
        case Doubt::EarlierEpoch:
            return "earlier-epoch";
        case Doubt::OtherCase:
            return "other-case";
        case Doubt::CameLater:
            return "came-later";
    }
    return "";
}

bool is_held(Outcome outcome) noexcept {
    return outcome == Outcome::WithdrawalHeld || outcome == Outcome::RevisionHeld;
}

bool is_refusal(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::New:
        case Outcome::Replaced:
        case Outcome::Older:
        case Outcome::Known:
        case Outcome::Withdrawn:
        case Outcome::WasWithdrawn:
        case Outcome::WithdrawalHeld:
        case Outcome::RevisionHeld:
        case Outcome::WithdrawalRejected:
        case Outcome::RevisionRejected:
        case Outcome::Erased:
            return false;
        case Outcome::NotForUs:
        case Outcome::Unopenable:
        case Outcome::Malformed:
        case Outcome::OtherDevice:
        case Outcome::Conflict:
            return true;
    }
    return true;
}

std::string_view to_word(Standing standing) noexcept {
    switch (standing) {
        case Standing::InOrder:
            return "in-order";
        case Standing::Again:
            return "again";
        case Standing::Gap:
            return "gap";
        case Standing::Forked:
            return "forked";
        case Standing::ForkedBefore:
            return "forked-before";
        case Standing::EpochDoubt:
            return "epoch-doubt";
        case Standing::Revoked:
            return "revoked";
    }
    return "";
}

std::string_view describe(Error error) noexcept {
    switch (error) {
        case Error::Missing:
            return "there is no casebook here, or its key file is missing";
        case Error::Exists:
            return "a casebook or its key file is already here and is not overwritten";
        case Error::NoIdentity:
            return "none of the given identities opens this casebook";
        case Error::KeyDamaged:
            return "the key file was changed or belongs to another casebook";
        case Error::InUse:
            return "another program is using this casebook";
        case Error::Damaged:
            return "the casebook was changed or cut";
        case Error::ReadOnly:
            return "the casebook or its folder cannot be written";
        case Error::NoSpace:
            return "the medium is full; what the casebook held before is unchanged";
        case Error::Io:
            return "reading or writing failed";
        case Error::Newer:
            return "the casebook was written by a newer version of this program";
        case Error::Memory:
            return "memory ran out or could not be locked";
        case Error::Library:
            return "the database library is not SQLCipher, or a protective setting is not in force";
        case Error::Deployment:
            return "the batch belongs to another deployment";
        case Error::BatchFile:
            return "the batch's file changed while it was taken in, or cannot be read any more";
        case Error::Stopped:
            return "stopped; what the casebook holds is whole";
        case Error::NotFound:
            return "there is no such entry";
        case Error::Internal:
            return "a statement of this program is wrong";
    }
    return "";
}

std::size_t ImportReport::count(Outcome outcome) const noexcept {
    return static_cast<std::size_t>(
        std::count_if(records.begin(), records.end(), [&](const auto& r) { return r.outcome == outcome; }));
}

std::size_t ImportReport::refused() const noexcept {
    return static_cast<std::size_t>(
        std::count_if(records.begin(), records.end(), [](const auto& r) { return is_refusal(r.outcome); }));
}

std::vector<const RecordOutcome*> ImportReport::with(Outcome outcome) const {
    std::vector<const RecordOutcome*> found;
    for (const auto* list : {&records, &settled})
        for (const auto& record : *list)
            if (record.outcome == outcome) found.push_back(&record);
    return found;
}

}  // namespace app::casebook

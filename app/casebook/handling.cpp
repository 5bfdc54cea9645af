// What coordinators do about a case.
#include "app/casebook/handling.hpp"

#include <array>

#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

std::string_view to_word(StepKind kind) noexcept {
    switch (kind) {
        case StepKind::Note:
            return "note";
        case StepKind::Assigned:
            return "assigned";
        case StepKind::Status:
            return "status";
        case StepKind::Referred:
            return "referred";
        case StepKind::Received:
            return "received";
        case StepKind::Accepted:
            return "accepted";
        case StepKind::Declined:
            return "declined";
        case StepKind::Linked:
            return "linked";
        case StepKind::Unlinked:
            return "unlinked";
    }
    return "";
}

std::string_view to_word(CaseStatus status) noexcept {
    switch (status) {
        case CaseStatus::New:
            return "new";
        case CaseStatus::Working:
            return "working";
        case CaseStatus::Waiting:
            return "waiting";
        case CaseStatus::Closed:
            return "closed";
    }
    return "";
}

std::optional<CaseStatus> case_status_from_word(std::string_view word) noexcept {
    for (const auto status : {CaseStatus::New, CaseStatus::Working, CaseStatus::Waiting, CaseStatus::Closed})
        if (to_word(status) == word) return status;
    return std::nullopt;
}

std::string_view to_word(ReferralState state) noexcept {
    switch (state) {
        case ReferralState::None:
            return "none";
        case ReferralState::Referred:
            return "referred";
        case ReferralState::Received:
            return "received";
        case ReferralState::Accepted:
            return "accepted";
        case ReferralState::Declined:
            return "declined";
    }
    return "";
}

std::optional<ReferralState> referral_state_from_word(std::string_view word) noexcept {
    for (const auto state : {ReferralState::None, ReferralState::Referred, ReferralState::Received,
                             ReferralState::Accepted, ReferralState::Declined})
        if (to_word(state) == word) return state;
    return std::nullopt;
}

std::string_view to_word(ReferralScope scope) noexcept {
    switch (scope) {
        case ReferralScope::Nothing:
            return "nothing";
        case ReferralScope::Contact:
            return "contact";
        case ReferralScope::Summary:
            return "summary";
        case ReferralScope::Record:
            return "record";
    }
    return "";
}

std::optional<ReferralScope> referral_scope_from_word(std::string_view word) noexcept {
    for (const auto scope :
         {ReferralScope::Nothing, ReferralScope::Contact, ReferralScope::Summary, ReferralScope::Record})
        if (to_word(scope) == word) return scope;
    return std::nullopt;
}

Result<void> Casebook::take_step(const Case& of, StepKind kind, const std::string& text, exchange::Day day,
                                 const std::string& place) {
    AMPARO_TRY(const change, parts_->custody->begin());
    AMPARO_TRY(const listed, parts_->ledger.listed(of.device, of.record));
    if (!listed || listed->withdrawn) return tl::unexpected(Error::NotFound);
    AMPARO_DO(
        parts_->handling.add({of.device, of.record, exchange::day_text(day), kind, text, parts_->opened_by, place}));
    AMPARO_DO(change->commit());
    return {};
}

Result<std::vector<Step>> Casebook::steps(const Case& of) {
    return parts_->handling.steps(of.device, of.record);
}

}  // namespace app::casebook

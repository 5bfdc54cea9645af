// What a record orders: to stand in the place of an earlier revision, or to erase what was sealed. rules/orders.hpp
// says what becomes of it; here it is done.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "app/casebook/rules/orders.hpp"
#include "app/record/read.hpp"
#include "app/record/write.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using detail::Opened;
using detail::Unsealed;

/// What is left of the case in the list is called as the case was, so that nobody looks for it under another name.
Result<Opened> Casebook::Parts::withdraw(const Unsealed& one) {
    const auto& record = one.record;
    const auto listed = ledger.listed(record.device, record.record);
    if (!listed) return tl::unexpected(listed.error());
    if (auto done = ledger.empty_record(record.device, record.record, one.sealed); !done)
        return tl::unexpected(done.error());
    if (!*listed) {
        if (auto done = ledger.list(one.entry()); !done) return tl::unexpected(done.error());
        return Opened{Outcome::Withdrawn, {}, std::string(record.case_code), false};
    }
    auto named = record::read(one.json);
    if (named) {
        named->case_code = (*listed)->case_code;
        if (!(*listed)->day.empty()) named->day = (*listed)->day;
        named->training = (*listed)->training;
        named->unknown = 0;  // what a later version adds to a withdrawal is not listed
    }
    // Only what can be read again takes the place of what came.
    const auto json = named ? record::write(*named, std::pmr::get_default_resource()) : std::nullopt;
    const bool readable = json && record::read(*json);
    auto done = readable ? ledger.list({one.sealed, *named, *json}) : ledger.list(one.entry());
    if (!done) return tl::unexpected(done.error());
    return Opened{Outcome::Withdrawn, {}, (*listed)->case_code, false};
}

Result<Opened> Casebook::Parts::hold(const Unsealed& one, Doubt doubt) {
    const auto& record = one.record;
    const auto digest = crypto::sha256(ready, crypto::as_bytes(one.json));
    // A revision that is held is not held again when a batch brings the same once more.
    AMPARO_TRY(const already, ledger.is_held(record.device, record.record, digest));
    if (already) return Opened{Outcome::Older, {}, {}, false};
    AMPARO_DO(ledger.hold(one.entry()));
    const auto outcome = record.kind == Kind::Withdrawn ? Outcome::WithdrawalHeld : Outcome::RevisionHeld;
    return Opened{outcome, std::string(to_word(doubt)), std::string(record.case_code), record.kind == Kind::Partial};
}

/// What is listed makes room for a revision that it must not hide, and stays in view beside it. It may wait already.
Result<void> Casebook::Parts::set_beside(const Listed& listed, Doubt doubt) {
    AMPARO_DO(ledger.hold_listed(listed.sealed));
    const auto outcome = listed.withdrawn ? Outcome::WithdrawalHeld : Outcome::RevisionHeld;
    return ledger.mark(listed.sealed, {outcome, std::string(to_word(doubt))});
}

/// Two revisions of one record with other content.
Result<Opened> Casebook::Parts::file_revision(const Unsealed& one, const Listed& listed) {
    const auto& record = one.record;
    const bool own = one.batch == listed.batch && !contested.contains(one.sealed);
    AMPARO_TRY(const from, source(one.batch));
    AMPARO_TRY(const listed_from, source(listed.batch));
    const auto filed = rules::file_revision({record.revision, record.case_code, record.training, from},
                                            {listed.revision, listed.case_code, listed.training, listed_from}, own);
    const Opened opened{Outcome::Replaced, {}, std::string(record.case_code), record.kind == Kind::Partial};
    switch (filed.filing) {
        case rules::Filing::Older:
            return Opened{Outcome::Older, {}, {}, false};
        case rules::Filing::Conflict:
            return Opened{Outcome::Conflict, "same revision, other content", std::string(record.case_code), false};
        case rules::Filing::Held:
            return hold(one, filed.doubt);
        case rules::Filing::MakesRoom:
            AMPARO_DO(set_beside(listed, filed.doubt));
            AMPARO_DO(ledger.list(one.entry()));
            return opened;
        case rules::Filing::Listed:
            AMPARO_DO(ledger.list(one.entry()));
            return opened;
    }
    return tl::unexpected(Error::Internal);
}

/// Something of a record that was taken back comes after all. Nothing where the withdrawal says nothing about it.
Result<std::optional<Opened>> Casebook::Parts::file_withdrawn(const Unsealed& one, const Listed& listed) {
    const auto& record = one.record;
    AMPARO_TRY(const fate, ledger.fate(listed.sealed));
    rules::AfterWithdrawal facts;
    facts.rejected = fate && fate->outcome == Outcome::WithdrawalRejected;
    facts.confirmed = fate && fate->why == decided_word && !facts.rejected;
    facts.withdrawal = record.kind == Kind::Withdrawn;
    facts.other_case = rules::becomes_other_case(record.case_code, record.training, listed.case_code, listed.training);
    AMPARO_TRY(const reach, reach_to_erase(listed.batch, one.batch));
    facts.reach = reach;
    const auto filed = rules::file_after_withdrawal(facts);
    switch (filed.filing) {
        case rules::LateComing::AsAnyOther:
            return std::nullopt;
        case rules::LateComing::ErasedAll:
            AMPARO_DO(ledger.empty_record(record.device, record.record, listed.sealed));
            return Opened{Outcome::WasWithdrawn, "erased", listed.case_code, false};
        case rules::LateComing::ErasedAlone:
            AMPARO_DO(ledger.empty(one.sealed));
            return Opened{Outcome::WasWithdrawn, "erased", listed.case_code, false};
        case rules::LateComing::ListedInDoubt:
            AMPARO_DO(set_beside(listed, filed.doubt));
            held_again.push_back(listed.sealed);
            break;
        case rules::LateComing::Listed:
            break;
    }
    AMPARO_DO(ledger.list(one.entry()));
    return Opened{Outcome::New, {}, std::string(record.case_code), record.kind == Kind::Partial};
}

/// Compares with what is listed of the same record.
Result<Opened> Casebook::Parts::file_record(const Unsealed& one) {
    const auto& record = one.record;
    const auto listed = ledger.listed(record.device, record.record);
    if (!listed) return tl::unexpected(listed.error());
    if (*listed && (*listed)->withdrawn) {
        auto filed = file_withdrawn(one, **listed);
        if (!filed) return tl::unexpected(filed.error());
        if (*filed) return std::move(**filed);
    }
    if (record.kind == Kind::Withdrawn) {
        auto stands = may_withdraw(one);
        if (!stands) return tl::unexpected(stands.error());
        if (*stands == Doubt::None && *listed && !(*listed)->withdrawn &&
            rules::becomes_other_case((*listed)->case_code, (*listed)->training, record.case_code, record.training))
            stands = Doubt::OtherCase;
        return *stands == Doubt::None ? withdraw(one) : hold(one, *stands);
    }
    if (!*listed) {
        if (auto done = ledger.list(one.entry()); !done) return tl::unexpected(done.error());
        return Opened{Outcome::New, {}, std::string(record.case_code), record.kind == Kind::Partial};
    }
    const auto digest = crypto::sha256(ready, crypto::as_bytes(one.json));
    if (digest == (*listed)->json_sha256) return Opened{Outcome::Older, {}, {}, false};
    return file_revision(one, **listed);
}

/// Inside a transaction: one of them, when it is still held. Whether it waits no more.
Result<bool> Casebook::Parts::settle_one(std::int64_t sealed, std::int64_t batch) {
    const auto json = ledger.held_json(sealed);
    if (!json) return tl::unexpected(json.error());
    if (!*json) return false;  // erased by an order that was carried out a moment ago
    const auto record = record::read(**json);
    if (!record) return false;  // of an earlier version, and not readable now: it waits for a person
    if (auto done = ledger.release(sealed); !done) return tl::unexpected(done.error());
    const Unsealed one{sealed, batch, *record, **json};
    auto erased = file_erased(one);
    if (!erased) return tl::unexpected(erased.error());
    const auto opened = *erased ? Result<Opened>(std::move(**erased)) : file_record(one);
    if (!opened) return tl::unexpected(opened.error());
    if (auto done = ledger.mark(sealed, {opened->outcome, opened->detail}); !done) return tl::unexpected(done.error());
    return !is_held(opened->outcome);
}

/// Carries out what was held of a device as far as the doubt is gone, for instance because a missing batch has come.
Result<void> Casebook::Parts::settle(std::string_view device, std::vector<std::int64_t>& changed) {
    auto waiting = ledger.held_of(device);
    if (!waiting) return tl::unexpected(waiting.error());
    std::vector<Kept> free;
    for (const auto& one : *waiting) {
        const auto doubt = doubt_of(one.batch);
        if (!doubt) return tl::unexpected(doubt.error());
        if (*doubt == Doubt::None) free.push_back(one);
    }
    for (std::size_t from = 0; from < free.size(); from += detail::rows_at_once) {
        AMPARO_TRY(const change, custody->begin());
        for (std::size_t i = from; i < std::min(from + detail::rows_at_once, free.size()); ++i) {
            const auto settled = settle_one(free[i].sealed, free[i].batch);
            if (!settled) return tl::unexpected(settled.error());
            if (*settled) changed.push_back(free[i].sealed);
        }
        AMPARO_DO(change->commit());
    }
    return {};
}

Result<void> Casebook::decide(const Held& held, bool confirm) {
    auto& parts = *parts_;
    AMPARO_TRY(const change, parts.custody->begin());
    const auto waiting = parts.ledger.held_as(held);
    if (!waiting) return tl::unexpected(waiting.error());
    if (waiting->empty()) return tl::unexpected(Error::NotFound);
    const auto json = parts.ledger.held_json(waiting->front().sealed);
    if (!json) return tl::unexpected(json.error());
    if (!*json) return tl::unexpected(Error::NotFound);
    for (const auto& one : *waiting) {
        const auto outcome = held.withdrawal ? Outcome::WithdrawalRejected : Outcome::RevisionRejected;
        if (auto done = parts.ledger.release(one.sealed); !done) return done;
        if (auto done = parts.ledger.mark(one.sealed, {outcome, std::string(decided_word)}); !done) return done;
    }
    if (confirm) {
        const auto& one = waiting->front();
        const auto record = record::read(**json);
        if (!record) return tl::unexpected(Error::NotFound);  // of an earlier version: it can be rejected or erased
        const Unsealed confirmed{one.sealed, one.batch, *record, **json};
        auto done =
            held.withdrawal ? parts.withdraw(confirmed).map([](const auto&) {}) : parts.ledger.list(confirmed.entry());
        if (!done) return done;
        const auto outcome = held.withdrawal ? Outcome::Withdrawn : Outcome::Replaced;
        if (auto marked = parts.ledger.mark(one.sealed, {outcome, std::string(decided_word)}); !marked) return marked;
    }
    AMPARO_DO(change->commit());
    return {};
}

}  // namespace app::casebook

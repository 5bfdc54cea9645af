#include "app/session/visit/storing.hpp"

#include <algorithm>

#include "app/session/visit/draft.hpp"
#include "app/session/visit/visit.hpp"

namespace app::session {

bool Storing::seal(Screening& screening, record::Kind kind, locales::Language language) {
    auto json = write_record(s_.ready, screening, maker(), kind, screening.revision + 1, language);
    if (!json) {
        if (is_open(screening)) s_.seal_error = DeviceError::Memory;
        return false;
    }
    ++screening.revision;
    screening.changed = false;
    SealRecord order{screening.origin().record, screening.revision, std::move(*json)};
    if (is_open(screening) && s_.setup->resuming == Resuming::On && may_resume(screening))
        if (auto draft = write_draft(s_.ready, screening, s_.setup->bundle->version.sequence, language))
            order.draft = std::move(*draft);
    want(std::move(order));
    return true;
}

bool Storing::withdraw(Screening& screening, locales::Language language) {
    auto json = write_record(s_.ready, screening, maker(), record::Kind::Withdrawn, screening.revision + 1, language);
    if (!json) return false;
    ++screening.revision;
    want(Withdraw{screening.origin().record, screening.revision, std::move(*json)});
    return true;
}

bool Storing::store_last(Screening& screening, locales::Language language) {
    if (screening.ending == Ending::Erased) return withdraw(screening, language);  // never turned into keeping
    const bool last = screening.ending == Ending::Sealed || screening.finished;
    return seal(screening, last ? record::Kind::Final : record::Kind::Partial, language);
}

void Storing::finish_as(Ending ending) {
    auto& screening = *s_.screening;
    screening.ending = ending;
    if (ending == Ending::Erased) drop_draft();  // whoever takes their words back is not gone on with
    if (!store_last(screening, s_.language)) return show(Problem{DeviceError::Memory, true});
    if (ending == Ending::Erased) {
        show<Leaving>();
        s_.screen.pending = Pending::Withdraw;
        return;
    }
    show(Sealing{s_.mode == Mode::Private});
    s_.screen.pending = Pending::SealRecord;
}

bool Storing::withdraw_before() {
    if (!s_.screening->before) return false;
    const auto first = std::move(s_.screening->before);
    s_.screening.emplace(std::move(*first));
    finish_as(Ending::Erased);
    return true;
}

void Storing::drop_screening() {
    keep_wish(*s_.screening);
    s_.screening.reset();
    s_.under.reset();
    s_.seal_error.reset();
    drop_draft();
    want(ForgetScreen{});
}

void Storing::keep_wish(const Screening& screening) {
    if (screening.ending == Ending::Erased) return;  // taken back with all the rest
    const auto note = [&](std::vector<model::WorkerNumber>& whom) {
        if (std::find(whom.begin(), whom.end(), screening.worker.number) == whom.end())
            whom.push_back(screening.worker.number);
    };
    if (screening.tell_worker_now) note(s_.asked_for);
    if (asks_for_notice(screening)) note(s_.minors_with);
}

void Storing::hand_over() {
    if (!s_.screening) return;
    keep_wish(*s_.screening);
    const bool under_way = storing(s_);
    auto& unstored = s_.unstored.emplace_back(Unstored{std::move(*s_.screening), s_.language, std::nullopt});
    s_.screening.reset();
    s_.under.reset();
    s_.seal_error.reset();
    if (!under_way) store(unstored);
    drop_draft();
}

void Storing::drop_draft() {
    s_.resumable = false;
    want(DropDraft{});
}

void Storing::store(Unstored& unstored) {
    unstored.failed.reset();
    if (!store_last(unstored.screening, unstored.language)) not_stored(unstored, DeviceError::Memory);
}

void Storing::store_again() {
    s_.retry_at.reset();
    for (auto& unstored : s_.unstored)
        if (unstored.failed) store(unstored);
}

void Storing::not_stored(Unstored& unstored, DeviceError error) {
    unstored.failed = error;
    s_.closing = false;
    s_.retry_at = s_.now.steady + retry_after;
}

std::list<Unstored>::iterator Storing::find_sealing(std::string_view record, std::uint32_t revision) {
    return std::find_if(s_.unstored.begin(), s_.unstored.end(), [&](const Unstored& one) {
        return one.screening.ending != Ending::Erased && one.screening.origin().record == record &&
               one.screening.revision == revision;
    });
}

std::list<Unstored>::iterator Storing::find_erasing(std::string_view record) {
    return std::find_if(s_.unstored.begin(), s_.unstored.end(), [&](const Unstored& one) {
        return one.screening.ending == Ending::Erased && one.screening.origin().record == record;
    });
}

void Storing::forget(std::list<Unstored>::iterator stored) {
    s_.unstored.erase(stored);
    if (!s_.unstored.empty()) return;
    s_.retry_at.reset();
    if (s_.closing) return want(Quit{});
    for (auto* screen : {&s_.screen, s_.under ? &*s_.under : nullptr})
        if (screen != nullptr && std::holds_alternative<NotStored>(*screen)) *screen = Home{};
}

bool Storing::settled(const Sealed& event) {
    const auto found = find_sealing(event.record, event.revision);
    if (found == s_.unstored.end()) return false;
    forget(found);
    return true;
}

bool Storing::settled(const SealFailed& event) {
    const auto found = find_sealing(event.record, event.revision);
    if (found == s_.unstored.end()) return false;
    not_stored(*found, event.error);
    return true;
}

bool Storing::settled(const Erased& event) {
    const auto found = find_erasing(event.record);
    if (found == s_.unstored.end()) return false;
    if (!found->screening.before) {
        forget(found);
        return true;
    }
    // The form before it is taken back too, now that this one is.
    const auto first = std::move(found->screening.before);
    first->ending = Ending::Erased;
    auto& unstored = s_.unstored.emplace_back(Unstored{std::move(*first), found->language, std::nullopt});
    s_.unstored.erase(found);
    store(unstored);
    return true;
}

bool Storing::settled(const NotErased& event) {
    const auto found = find_erasing(event.record);
    if (found == s_.unstored.end()) return false;
    if (found->screening.revision == event.revision) not_stored(*found, event.error);
    return true;
}

bool Storing::is_open(const Screening& screening) const noexcept {
    return s_.screening && &screening == &*s_.screening;
}

RecordMaker Storing::maker() const {
    const auto& setup = *s_.setup;
    return {setup.bundle->version.deployment, setup.device, setup.bundle->version.sequence};
}

}  // namespace app::session

// How a screening ends: handed over when it leaves the screen, kept until it is stored, and tried again until it is.
#include <algorithm>

#include "app/session/machine.hpp"
#include "app/session/visit/draft.hpp"
#include "app/session/visit/visit.hpp"

namespace app::session {

void Machine::drop_screening() {
    keep_wish(*s_.screening);
    s_.screening.reset();
    s_.under.reset();
    s_.seal_error.reset();
    drop_draft();
    want(ForgetScreen{});
}

void Machine::keep_wish(const Screening& screening) {
    if (screening.ending == Ending::Erased) return;  // taken back with all the rest
    const auto note = [&](std::vector<model::WorkerNumber>& whom) {
        if (std::find(whom.begin(), whom.end(), screening.worker.number) == whom.end())
            whom.push_back(screening.worker.number);
    };
    if (screening.tell_worker_now) note(s_.asked_for);
    if (asks_for_notice(screening)) note(s_.minors_with);
}

void Machine::hand_over() {
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

void Machine::store(Unstored& unstored) {
    auto& screening = unstored.screening;
    const bool last = screening.ending == Ending::Sealed || screening.finished;
    const bool asked = screening.ending == Ending::Erased  // never turned into keeping
                           ? withdraw(screening, unstored.language)
                           : seal(screening, last ? record::Kind::Final : record::Kind::Partial, unstored.language);
    unstored.failed.reset();
    if (!asked) not_stored(unstored, DeviceError::Memory);
}

void Machine::store_again() {
    s_.retry_at.reset();
    for (auto& unstored : s_.unstored)
        if (unstored.failed) store(unstored);
}

void Machine::not_stored(Unstored& unstored, DeviceError error) {
    unstored.failed = error;
    s_.closing = false;
    s_.retry_at = now_.steady + retry_after;
}

std::list<Unstored>::iterator Machine::find_unstored(std::string_view record, std::uint32_t revision) {
    return std::find_if(s_.unstored.begin(), s_.unstored.end(), [&](const Unstored& one) {
        return one.screening.origin().record == record && one.screening.revision == revision;
    });
}

void Machine::forget_unstored(std::list<Unstored>::iterator stored) {
    s_.unstored.erase(stored);
    if (!s_.unstored.empty()) return;
    s_.retry_at.reset();
    if (s_.closing) return want(Quit{});
    for (auto* screen : {&s_.screen, s_.under ? &*s_.under : nullptr})
        if (screen != nullptr && std::holds_alternative<NotStored>(*screen)) *screen = Home{};
}

void Machine::finish_as(Ending ending) {
    auto& screening = *s_.screening;
    screening.ending = ending;
    if (ending == Ending::Erased) drop_draft();  // whoever takes their words back is not gone on with
    const bool last = ending == Ending::Sealed || screening.finished;
    const bool asked = ending == Ending::Erased
                           ? withdraw(screening, s_.language)
                           : seal(screening, last ? record::Kind::Final : record::Kind::Partial, s_.language);
    if (!asked) return show(Problem{DeviceError::Memory, true});
    if (ending == Ending::Erased) {
        show<Leaving>();
        s_.screen.pending = Pending::Withdraw;
        return;
    }
    show(Sealing{s_.mode == Mode::Private});
    s_.screen.pending = Pending::SealRecord;
}

bool Machine::withdraw_before(Screening& screening) {
    if (!screening.before) return false;
    const auto first = std::move(screening.before);
    first->ending = Ending::Erased;
    if (s_.screening && &screening == &*s_.screening) {
        s_.screening.emplace(std::move(*first));
        finish_as(Ending::Erased);
        return true;
    }
    const auto own = std::find_if(s_.unstored.begin(), s_.unstored.end(),
                                  [&](const Unstored& one) { return &one.screening == &screening; });
    auto& unstored = s_.unstored.emplace_back(Unstored{std::move(*first), own->language, std::nullopt});
    s_.unstored.erase(own);
    store(unstored);
    return true;
}

bool Machine::withdraw(Screening& screening, locales::Language language) {
    auto json = write_record(s_.ready, screening, maker(), record::Kind::Withdrawn, screening.revision + 1, language);
    if (!json) return false;
    ++screening.revision;
    want(Withdraw{screening.origin().record, screening.revision, std::move(*json)});
    return true;
}

bool Machine::seal(Screening& screening, record::Kind kind, locales::Language language) {
    auto json = write_record(s_.ready, screening, maker(), kind, screening.revision + 1, language);
    if (!json) {
        if (s_.screening && &screening == &*s_.screening) s_.seal_error = DeviceError::Memory;
        return false;
    }
    ++screening.revision;
    screening.changed = false;
    SealRecord order{screening.origin().record, screening.revision, std::move(*json)};
    const bool open = s_.screening && &screening == &*s_.screening;
    if (open && s_.setup->resuming == Resuming::On && may_resume(screening))
        if (auto draft = write_draft(s_.ready, screening, s_.setup->bundle->version.sequence, language))
            order.draft = std::move(*draft);
    want(std::move(order));
    return true;
}

void Machine::on(NotStored&, Next&) {
    show<Home>();
}

}  // namespace app::session

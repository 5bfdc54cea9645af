// Going on with an interview that broke off, by the worker who began it; and when that is no longer possible.
#include "app/session/visit/draft.hpp"
#include "app/session/visit/rules.hpp"
#include "app/session/visit/visit.hpp"

namespace app::session {

void Visit::on(Home& home, ContinueInterview&) {
    if (!s_.resumable || s_.waits() || !s_.worker) return;
    home.not_resumed.reset();
    want(Resume{*s_.worker}, Pending::Resume);
}

void Visit::on(Home&, Resumed& event) {
    if (!s_.waits(Pending::Resume) || s_.screening) return;
    s_.resumable = false;
    auto restored = restore_draft(event.draft.view(), *s_.setup->bundle, std::move(event.arenas));
    event.draft = {};
    if (!restored || !(restored->screening.worker.number == s_.worker->number) ||
        restored->screening.worker.role != s_.worker->role) {
        want(DropDraft{});
        return show(Home{NotResumed{}});
    }
    s_.screening.emplace(std::move(restored->screening));
    s_.language = restored->language;
    s_.mode = s_.screening->mode;
    s_.purpose = s_.screening->purpose;
    s_.seal_error.reset();
    if (s_.screening->finished) return offer_longer();
    if (s_.screening->interview().at_end()) return review();
    show<Question>();
}

void Visit::on(Home&, ResumeFailed& event) {
    if (s_.waits(Pending::Resume)) {
        s_.resumable = event.error.has_value();  // its time is not over: it can be tried again
        show(Home{NotResumed{event.error}});
    }
}

}  // namespace app::session

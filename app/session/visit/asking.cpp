// Questions, review, what the person and the worker see at the end, and the seal.
#include <algorithm>
#include <string_view>

#include "app/session/machine.hpp"
#include "app/session/visit/visit.hpp"

namespace app::session {

namespace {

std::string_view text_of(const crypto::SecretBytes& bytes) noexcept {
    const auto view = bytes.view();
    return {reinterpret_cast<const char*>(view.data()), view.size()};
}

}  // namespace

void Machine::refuse(const engine::Refusal& refusal) {
    if (refusal.kind == engine::RefusalKind::Memory) {
        s_.seal_error = DeviceError::Memory;
        return;
    }
    auto* question = at<Question>();
    if (question == nullptr) return;
    question->refused = refusal.kind;
    question->refused_at = refusal.node;
    question->refused_message = LockedText(s_.ready, refusal.message);
}

void Machine::took(engine::NodeId node) {
    s_.screening->changed = true;
    auto* question = at<Question>();
    if (question == nullptr) return;
    question->refused.reset();
    if (question->unsettled == node) question->unsettled.reset();
}

void Machine::on(Question& question, TapChoice& event) {
    if (!s_.screening || question.waiting) return;
    if (auto done = s_.screening->interview().toggle(event.node, event.choice, form_language()); !done)
        return refuse(done.error());
    took(event.node);
}

void Machine::on(Question& question, SayState& event) {
    if (!s_.screening || event.state == engine::AnswerState::Answered || question.waiting) return;
    auto& interview = s_.screening->interview();
    if (auto done = interview.set_state(event.node, event.state, form_language()); !done) return refuse(done.error());
    took(event.node);
    if (interview.page().nodes.size() == 1) next_question();
}

/// Also while the page rests: what is on its way from the keyboard is not lost.
void Machine::on(Question& question, TypeText& event) {
    if (!s_.screening) return;
    auto& interview = s_.screening->interview();
    if (auto done = interview.answer(event.node, text_of(event.text), form_language()); !done) {
        refuse(done.error());
        question.unsettled = event.node;
        question.unsettled_as = done.error().kind;
        return;
    }
    took(event.node);
}

void Machine::next_question() {
    if (!s_.screening) return;
    auto& interview = s_.screening->interview();
    auto& question = *at<Question>();
    if (question.removing || question.waiting) return;
    if (question.unsettled && interview.relevant(*question.unsettled)) {
        // What stands in the field is not what the interview has: going on would lose it silently.
        if (!question.refused) {
            question.refused = question.unsettled_as;
            question.refused_at = *question.unsettled;
            question.refused_message = {};
        }
        return;
    }
    if (!may_leave_page(Step::Forwards)) return;
    const bool from_review = question.from_review;
    const auto around = question.around;
    const auto moved = interview.next(form_language());
    if (!moved) return refuse(moved.error());
    s_.seal_error.reset();
    if (!seal(*s_.screening, record::Kind::Partial, s_.language)) return;
    show_what_follows(from_review, around);
}

void Machine::previous_question() {
    if (!s_.screening) return;
    if (at<Question>()->removing) return at<Question>()->removing.reset();
    if (at<Question>()->waiting || !may_leave_page(Step::Backwards)) return;
    const bool from_review = at<Question>()->from_review;
    if (!from_review && !s_.screening->interview().back()) return;
    // A page that is left backwards was said as well.
    if (s_.screening->changed) (void)seal(*s_.screening, record::Kind::Partial, s_.language);
    if (from_review) return review();
    show<Question>();
}

bool Machine::may_leave_page(Step step) {
    auto& screening = *s_.screening;
    if (screening.all_stored()) return true;
    auto& question = *at<Question>();
    if (!screening.sealing()) {
        s_.seal_error.reset();
        if (!seal(screening, record::Kind::Partial, s_.language)) return false;
    }
    question.refused.reset();
    question.waiting = step;
    return false;
}

void Machine::leave_page() {
    auto* question = at<Question>();
    if (question == nullptr || !question->waiting || !s_.screening->all_stored()) return;
    switch (*std::exchange(question->waiting, std::nullopt)) {
        case Step::Forwards:
            return next_question();
        case Step::Backwards:
            return previous_question();
    }
}

void Machine::on(Review&, JumpTo& event) {
    if (!s_.screening) return;
    auto& interview = s_.screening->interview();
    if (!interview.jump(event.node)) return;
    Question question;
    question.from_review = true;
    if (interview.page().asks_for_more) question.around = event.node;
    show(std::move(question));
}

/// An officer is never shown answers, not even the marks just made; and a page with all answers of somebody who answers
/// alone would be read by whoever passes. For both the last page is the end; going back changes an answer.
void Machine::review() {
    const auto& screening = *s_.screening;
    const bool officer = role_of(screening.worker.role) == engine::Role::Border;
    if (officer || screening.mode == Mode::Private) return finish_questions();
    show<Review>();
}

void Machine::on(Review&, FinishReview&) {
    if (s_.screening) finish_questions();
}

void Machine::finish_questions() {
    auto& interview = s_.screening->interview();
    if (const auto open = interview.check(form_language()); !open.empty()) {
        const auto first = open.front();
        if (!interview.jump(first.node)) return;
        Question question;
        question.from_review = true;
        show(std::move(question));
        return refuse(first);
    }
    s_.screening->finished = true;
    // Everybody is asked: a question that only some see would tell a bystander what they said.
    if (s_.mode == Mode::Private) return show<AskingNotify>();
    offer_longer();
}

void Machine::offer_longer() {
    if (longer_form(*s_.screening, *s_.setup->bundle)) return show<AskingLonger>();
    show_outcome();
}

/// Where nobody was asked there is nobody to thank.
void Machine::show_outcome() {
    if (s_.screening->mode == Mode::Observation) return show<ForWorker>();
    show<ForPerson>();
}

void Machine::on(AskingNotify&, SayNotify& event) {
    if (!s_.screening) return;
    s_.screening->tell_worker_now = event.yes;
    if (event.yes) return show_outcome();  // whoever is called does not wait for more questions
    offer_longer();
}

void Machine::on(AskingLonger&, SayLonger& event) {
    if (!s_.screening || s_.going_on()) return;
    if (!event.yes) return show_outcome();
    s_.seal_error.reset();
    if (seal(*s_.screening, record::Kind::Final, s_.language)) s_.screen.pending = Pending::SealRecord;
}

void Machine::on(ForPerson&, PersonDone&) {
    if (!s_.screening) return;
    if (s_.mode == Mode::Private) return finish_as(Ending::Sealed);
    show<ForWorker>();
}

void Machine::on(ForWorker&, OpenRaise&) {
    show<Raising>();
}

void Machine::on(Raising&, ChooseRaise& event) {
    if (!s_.screening) return;
    if (event.raised.level <= said_level(*s_.screening, event.raised.reading)) return;  // only upwards
    s_.screening->raised = event.raised;
    show<ForWorker>();
}

void Machine::on(ForWorker&, SealNow&) {
    if (s_.screening) finish_as(Ending::Sealed);
}

void Machine::on(Sealed& event) {
    if (s_.setup) s_.setup->counts = event.counts;
    if (const auto found = find_unstored(event.record, event.revision); found != s_.unstored.end())
        return forget_unstored(found);
    const auto* sealing = at<Sealing>();
    if (!s_.screening || s_.screening->origin().record != event.record) return;
    s_.screening->note_answer(event.revision, true);
    if (s_.screening->revision != event.revision) return;
    s_.seal_error.reset();
    leave_page();
    if (at<AskingLonger>() != nullptr && came(Pending::SealRecord)) return prepare(Preparing::Longer);
    if (sealing == nullptr) return;
    const auto purpose = s_.screening->purpose;
    if (s_.screening->ending == Ending::Kept) {
        drop_screening();
        return show(Told{false, purpose});
    }
    const bool then_lock = sealing->then_lock;
    SealedScreen sealed{s_.screening->origin().case_code, purpose};
    drop_screening();
    if (then_lock) return lock();
    show(std::move(sealed));
}

void Machine::on(SealFailed& event) {
    if (const auto found = find_unstored(event.record, event.revision); found != s_.unstored.end())
        return not_stored(*found, event.error);
    if (!s_.screening || s_.screening->origin().record != event.record) return;
    s_.screening->note_answer(event.revision, false);
    if (auto* question = at<Question>(); question != nullptr && !s_.screening->sealing()) question->waiting.reset();
    if (at<AskingLonger>() != nullptr && s_.waits(Pending::SealRecord)) {
        if (event.revision != s_.screening->revision) return;
        came(Pending::SealRecord);
        s_.seal_error = event.error;
        return;
    }
    if (storing(s_)) {
        // An earlier page that failed is in the revision that is under way.
        if (event.revision == s_.screening->revision) show(Problem{event.error, true});
        return;
    }
    s_.seal_error = event.error;
}

void Machine::on(Erased& event) {
    if (s_.setup) s_.setup->counts = event.counts;
    const auto found = std::find_if(s_.unstored.begin(), s_.unstored.end(), [&](const Unstored& one) {
        return one.screening.ending == Ending::Erased && one.screening.origin().record == event.record;
    });
    if (found != s_.unstored.end()) {
        if (!withdraw_before(found->screening)) forget_unstored(found);
        return;
    }
    if (!s_.screening || s_.screening->origin().record != event.record) return;
    if (s_.screening->ending != Ending::Erased || !storing(s_)) return;
    if (withdraw_before(*s_.screening)) return;
    const auto purpose = s_.screening->purpose;
    drop_screening();
    show(Told{true, purpose});
}

void Machine::on(Question&, Back&) {
    previous_question();
}

void Machine::on(Question&, Next&) {
    next_question();
}

void Machine::on(Review&, Back&) {
    if (s_.screening && s_.screening->interview().back()) show<Question>();
}

void Machine::on(Raising&, Back&) {
    show<ForWorker>();
}

}  // namespace app::session

// Questions and their review, and what is asked about them afterwards.
#include <string_view>

#include "app/session/visit/rules.hpp"
#include "app/session/visit/visit.hpp"

namespace app::session {

namespace {

std::string_view text_of(const crypto::SecretBytes& bytes) noexcept {
    const auto view = bytes.view();
    return {reinterpret_cast<const char*>(view.data()), view.size()};
}

}  // namespace

void Visit::refuse(const engine::Refusal& refusal) {
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

void Visit::took(engine::NodeId node) {
    s_.screening->changed = true;
    auto* question = at<Question>();
    if (question == nullptr) return;
    question->refused.reset();
    if (question->unsettled == node) question->unsettled.reset();
}

void Visit::on(Question&, TapChoice& event) {
    if (!s_.screening || s_.saving()) return;
    if (auto done = s_.screening->interview().toggle(event.node, event.choice, form_language()); !done)
        return refuse(done.error());
    took(event.node);
}

void Visit::on(Question&, SayState& event) {
    if (!s_.screening || event.state == engine::AnswerState::Answered || s_.saving()) return;
    auto& interview = s_.screening->interview();
    if (auto done = interview.set_state(event.node, event.state, form_language()); !done) return refuse(done.error());
    took(event.node);
    if (interview.page().nodes.size() == 1) next_question();
}

/// Also while the page rests: what is on its way from the keyboard is not lost.
void Visit::on(Question& question, TypeText& event) {
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

void Visit::next_question() {
    if (!s_.screening) return;
    auto& interview = s_.screening->interview();
    auto& question = *at<Question>();
    if (question.removing || s_.saving()) return;
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
    if (!storing_.seal(*s_.screening, record::Kind::Partial, s_.language)) return;
    show_what_follows(from_review, around);
}

void Visit::previous_question() {
    if (!s_.screening) return;
    if (at<Question>()->removing) return at<Question>()->removing.reset();
    if (s_.saving() || !may_leave_page(Step::Backwards)) return;
    const bool from_review = at<Question>()->from_review;
    if (!from_review && !s_.screening->interview().back()) return;
    // A page that is left backwards was said as well.
    if (s_.screening->changed) (void)storing_.seal(*s_.screening, record::Kind::Partial, s_.language);
    if (from_review) return review();
    show<Question>();
}

bool Visit::may_leave_page(Step step) {
    auto& screening = *s_.screening;
    if (screening.all_stored()) return true;
    auto& question = *at<Question>();
    if (!screening.sealing()) {
        s_.seal_error.reset();
        if (!storing_.seal(screening, record::Kind::Partial, s_.language)) return false;
    }
    question.refused.reset();
    question.leaving = step;
    s_.screen.pending = Pending::SealPage;
    return false;
}

void Visit::leave_page() {
    const auto* question = at<Question>();
    if (question == nullptr || !s_.screening->all_stored() || !came(Pending::SealPage)) return;
    switch (question->leaving) {
        case Step::Forwards:
            return next_question();
        case Step::Backwards:
            return previous_question();
    }
}

void Visit::on(Review&, JumpTo& event) {
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
void Visit::review() {
    const auto& screening = *s_.screening;
    const bool officer = role_of(screening.worker.role) == engine::Role::Border;
    if (officer || screening.mode == Mode::Private) return finish_questions();
    show<Review>();
}

void Visit::on(Review&, FinishReview&) {
    if (s_.screening) finish_questions();
}

void Visit::finish_questions() {
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

void Visit::offer_longer() {
    if (longer_form(*s_.screening, *s_.setup->bundle)) return show<AskingLonger>();
    show_outcome();
}

void Visit::on(AskingNotify&, SayNotify& event) {
    if (!s_.screening) return;
    s_.screening->tell_worker_now = event.yes;
    if (event.yes) return show_outcome();  // whoever is called does not wait for more questions
    offer_longer();
}

void Visit::on(AskingLonger&, SayLonger& event) {
    if (!s_.screening || s_.going_on()) return;
    if (!event.yes) return show_outcome();
    s_.seal_error.reset();
    if (storing_.seal(*s_.screening, record::Kind::Final, s_.language)) s_.screen.pending = Pending::SealRecord;
}

void Visit::on(Question&, Back&) {
    previous_question();
}

void Visit::on(Question&, Next&) {
    next_question();
}

void Visit::on(Review&, Back&) {
    if (s_.screening && s_.screening->interview().back()) show<Question>();
}

}  // namespace app::session

// The rules of a screening, from home to what everybody is told at its end. Enters no flow.
#pragma once

#include "app/session/rules.hpp"
#include "app/session/visit/storing.hpp"
#include "app/session/ways_out.hpp"

namespace app::session {

class Visit : Rules {
  public:
    /// `texts`: what a person is shown before consenting, of which the record keeps a hash.
    Visit(State& state, Effects& effects, const locales::Translator& texts, Storing& storing,
          WaysOut& ways_out) noexcept
        : Rules(state, effects), texts_(texts), storing_(storing), ways_out_(ways_out) {}

    // beginning.cpp
    void on(Home& screen, NewScreening& event);
    void on(Home& screen, QuickFlag& event);
    void on(Home& screen, Train& event);
    void on(Briefing& screen, BeginBriefed& event);
    void on(Briefing& screen, Back& event);
    void on(PickingLanguage& screen, PickLanguage& event);
    void on(PickingLanguage& screen, NeedInterpreter& event);
    void on(PickingLanguage& screen, Back& event);
    void on(Interpreter& screen, RecordInterpreter& event);
    void on(Interpreter& screen, Back& event);
    void on(Privacy& screen, SayPrivacy& event);
    void on(Privacy& screen, Back& event);
    void on(NotNow& screen, Next& event);
    void on(NotNow& screen, Back& event);
    void on(ChoosingMode& screen, ChooseMode& event);
    void on(ChoosingMode& screen, Back& event);
    void on(AskingConsent& screen, SayConsent& event);
    void on(AskingConsent& screen, Next& event);
    void on(AskingConsent& screen, Back& event);
    void on(DeclinedKindly& screen, Next& event);
    void on(Prepared& event);
    void on(PrepareFailed& event);
    // resuming.cpp
    void on(Home& screen, ContinueInterview& event);
    void on(Home& screen, Resumed& event);
    void on(Home& screen, ResumeFailed& event);
    // asking.cpp
    void on(Question& screen, TapChoice& event);
    void on(Question& screen, SayState& event);
    void on(Question& screen, TypeText& event);
    void on(Question& screen, Next& event);
    void on(Question& screen, Back& event);
    void on(Review& screen, JumpTo& event);
    void on(Review& screen, FinishReview& event);
    void on(Review& screen, Back& event);
    void on(AskingNotify& screen, SayNotify& event);
    void on(AskingLonger& screen, SayLonger& event);
    // repeats.cpp
    void on(Question& screen, AddInstance& event);
    void on(Question& screen, RemoveInstance& event);
    // ending.cpp
    void on(ForPerson& screen, PersonDone& event);
    void on(ForWorker& screen, OpenRaise& event);
    void on(ForWorker& screen, SealNow& event);
    void on(Raising& screen, ChooseRaise& event);
    void on(Raising& screen, Back& event);
    void on(Leaving& screen, KeepWhatWasSaid& event);
    void on(Leaving& screen, EraseWhatWasSaid& event);
    void on(Leaving& screen, StayHere& event);
    void on(Leaving& screen, Back& event);
    void on(Sealed& event);
    void on(SealFailed& event);
    void on(Erased& event);
    void on(NotErased& event);
    void on(SealedScreen& screen, GoHome& event);
    void on(SealedScreen& screen, HandBack& event);
    void on(Told& screen, Next& event);
    void on(WantsToTalk& screen, Next& event);
    void on(Home& screen, Retry& event);
    void on(NotStored& screen, Retry& event);
    void on(NotStored& screen, Next& event);

  private:
    void brief(Purpose purpose);
    void prepare(Preparing what);
    void start_interview(Origin origin);
    void start_longer(Origin origin);
    void record_without_answers(Origin origin);
    void note_consent(Screening& screening, Consent consent) const;
    [[nodiscard]] engine::LanguageId form_language() const noexcept;
    void next_question();
    void previous_question();
    /// Whether the page may be left: what the page before said is on the medium. If not, the step waits for it, and a
    /// page that could not be stored is given to sealing again.
    [[nodiscard]] bool may_leave_page(Step step);
    /// The step that waited, now that nothing is behind.
    void leave_page();
    /// What follows a page that was left forwards: the next one, or the review.
    void show_what_follows(bool from_review, std::optional<engine::NodeId> around);
    void review();
    void finish_questions();
    /// After the questions, and what had to be asked about them: the longer form if there is one to go on with.
    void offer_longer();
    void show_outcome();
    void refuse(const engine::Refusal& refusal);
    void took(engine::NodeId node);
    /// The last revision is on the medium.
    void end_as_sealed(bool then_lock);
    void store_what_is_not();

    const locales::Translator& texts_;
    Storing& storing_;
    WaysOut& ways_out_;
};

}  // namespace app::session

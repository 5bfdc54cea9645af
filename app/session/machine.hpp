// The rules of the kiosk, one function per input and answer; only update.cpp and the rules of the flows see this.
#pragma once

#include "app/session/update.hpp"
#include "app/session/visit/record.hpp"

namespace app::session {

/// Lives for one event.
class Machine {
  public:
    Machine(State& state, const Now& now, const locales::Translator& texts) : s_(state), now_(now), texts_(texts) {}

    // signing in: entry/signing_in.cpp
    void on(Unlocked& event);
    void on(UnlockFailed& event);
    void on(Retry& event);
    void on(ChooseWorker& event);
    void on(PinDigit& event);
    void on(PinBackspace& event);
    void on(PinSubmit& event);
    void on(PinChecked& event);
    void on(PinUnchecked& event);
    void on(TouchClock& event);
    void on(CloseWindow& event);
    // opening with words: entry/unlocking.cpp
    void on(UseWords& event);
    void on(ChooseSlot& event);
    void on(TypeLetters& event);
    void on(TakeWord& event);
    void on(DropWord& event);
    void on(ShowWords& event);
    void on(SubmitWords& event);
    // people and PINs: staff/people.cpp
    void on(OpenPeople& event);
    void on(AddWorker& event);
    void on(ChooseRole& event);
    void on(RemoveWorker& event);
    void on(ConfirmRemoval& event);
    void on(OpenOwnPin& event);
    void on(PeopleChanged& event);
    void on(PinChanged& event);
    void on(WorkerNotSaved& event);
    void on(WorkerNotRemoved& event);
    void on(PinNotChanged& event);
    // new words: staff/key_change.cpp
    void on(OpenDeviceKeys& event);
    void on(ChangeWords& event);
    void on(AddWords& event);
    void on(WroteWords& event);
    void on(WordsMade& event);
    void on(KeysSaved& event);
    void on(KeyNotProved& event);
    void on(KeysFailed& event);
    // after a crash: visit/resuming.cpp
    void on(ContinueInterview& event);
    void on(Resumed& event);
    void on(ResumeFailed& event);
    // a damaged store: entry/repairing.cpp
    void on(RepairNow& event);
    void on(RepairProgress& event);
    void on(RepairFailed& event);
    void on(StoreRepaired& event);
    // what was lost and can be made anew: entry/lost_bundle.cpp
    void on(UnlockedWithoutBundle& event);
    void on(BundleNotFound& event);
    // what the device has noted: staff/auditing.cpp
    void on(OpenAudit& event);
    void on(AuditListed& event);
    // anywhere: everywhere.cpp
    void on(Touched& event);
    void on(ChooseLanguage& event);
    void on(NextTextSize& event);
    void on(ChooseTheme& event);
    void on(Leave& event);
    void on(QuickExit& event);
    void on(Back& event);
    void on(Next& event);
    void on(StayHere& event);
    void on(KeepWhatWasSaid& event);
    void on(EraseWhatWasSaid& event);
    void on(GoHome& event);
    void on(HandBack& event);
    void on(OpenSettings& event);
    void on(Tick& event);
    // before the first question: visit/beginning.cpp
    void on(NewScreening& event);
    void on(QuickFlag& event);
    void on(Train& event);
    void on(BeginBriefed& event);
    void on(PickLanguage& event);
    void on(NeedInterpreter& event);
    void on(RecordInterpreter& event);
    void on(SayPrivacy& event);
    void on(ChooseMode& event);
    void on(SayConsent& event);
    void on(Prepared& event);
    void on(PrepareFailed& event);
    // questions to the seal: visit/asking.cpp
    void on(TapChoice& event);
    void on(SayState& event);
    void on(TypeText& event);
    void on(JumpTo& event);
    void on(FinishReview& event);
    void on(SayNotify& event);
    void on(SayLonger& event);
    void on(PersonDone& event);
    void on(OpenRaise& event);
    void on(ChooseRaise& event);
    void on(SealNow& event);
    void on(Sealed& event);
    void on(SealFailed& event);
    void on(Erased& event);
    // repeats: visit/repeats.cpp
    void on(AddInstance& event);
    void on(RemoveInstance& event);
    // sending: delivery/sending.cpp
    void on(OpenSend& event);
    void on(LookForPlaces& event);
    void on(PlacesFound& event);
    void on(PlacesNotFound& event);
    void on(SendTo& event);
    void on(SendAgain& event);
    void on(CancelSending& event);
    void on(SendProgress& event);
    void on(Sent& event);
    void on(SendFailed& event);

    [[nodiscard]] Effects take() { return std::move(effects_); }

  private:
    template <class S>
    [[nodiscard]] S* at() noexcept {
        return std::get_if<S>(&s_.screen);
    }
    template <class S>
    void show(S screen = {}) {
        s_.screen = std::move(screen);
    }
    void want(Effect effect) { effects_.push_back(std::move(effect)); }
    /// The screen that is shown waits for its answer.
    void want(Effect effect, Pending pending) {
        want(std::move(effect));
        s_.screen.pending = pending;
    }
    /// The answer is there. False, and nothing is changed, when the screen does not wait for that.
    bool came(Pending pending) noexcept {
        if (!s_.waits(pending)) return false;
        s_.screen.pending = Pending::Nothing;
        return true;
    }

    /// The words being typed, unless they are being checked.
    [[nodiscard]] EnterWords* typing() noexcept;
    /// An Unlock is under way.
    [[nodiscard]] bool unlocking() noexcept;
    void drop_old_words();
    void look_for_bundle();
    void take_in(Setup setup);
    /// Where an unlocked device begins: who is here, the first lead, or what to do without a bundle.
    void show_opened();
    void start_adding(bool first);
    /// The chance is over until a key is shown again.
    void end_first_lead();
    [[nodiscard]] bool leads() const noexcept;
    /// False when no new PIN or number is being typed.
    [[nodiscard]] bool type_digit(std::uint8_t digit) noexcept;
    void drop_digit() noexcept;
    void take_digits();
    void take_digits(AddingWorker& adding);
    void take_digits(ChangingPin& changing);
    void own_pin_checked(const PinChecked& event);
    [[nodiscard]] bool back_in_people();
    void repeated(RepeatWords& repeat);
    void tell_keys(KeysTold told);
    [[nodiscard]] bool back_in_keys();
    /// Nobody is signed in any more; the neutral screen. A screening that is still open is handed over first.
    void lock();
    /// The screen goes under the one that is shown next; a step that it waits for is forgotten.
    void put_under();
    /// The neutral screen over an interview that its worker may come back to.
    void cover();
    void uncover();
    /// What a worker is told before anything else, else home.
    void go_home();
    /// Ends a screening that is stored: everything that was said is wiped. A wish to speak with the worker outlives it.
    void drop_screening();
    void keep_wish(const Screening& screening);
    /// Takes the screening off the screen without asking; it is kept until it is stored as what it is by now.
    void hand_over();
    void store(Unstored& unstored);
    void store_again();
    void not_stored(Unstored& unstored, Trouble trouble);
    [[nodiscard]] std::list<Unstored>::iterator find_unstored(std::string_view record, std::uint32_t revision);
    void forget_unstored(std::list<Unstored>::iterator stored);
    /// Stores the last revision, or erases, and waits for it before anything is claimed.
    void finish_as(Ending ending);
    /// The form before it is taken back too, now that this one is; false when there is none.
    [[nodiscard]] bool withdraw_before(Screening& screening);
    [[nodiscard]] bool withdraw(Screening& screening, locales::Language language);
    /// Seals what was said so far as the next revision. False, and nothing is queued, when memory ran out.
    [[nodiscard]] bool seal(Screening& screening, record::Kind kind, locales::Language language);
    [[nodiscard]] RecordMaker maker() const;
    void drop_draft();
    void show_damaged();
    void brief(Purpose purpose);
    void prepare(Preparing what);
    void start_interview(Origin origin);
    void start_longer(Origin origin);
    void record_without_answers(Origin origin, Preparing what);
    void note_consent(Screening& screening, Consent consent) const;
    [[nodiscard]] engine::LanguageId form_language() const noexcept;
    void next_question();
    /// Whether the page may be left: what the page before said is on the medium. If not, the step waits for it, and a
    /// page that could not be stored is given to sealing again.
    [[nodiscard]] bool may_leave_page(Step step);
    /// The step that waited, now that nothing is behind.
    void leave_page();
    /// What follows a page that was left forwards: the next one, or the review.
    void show_what_follows(bool from_review, std::optional<engine::NodeId> around);
    void previous_question();
    void review();
    void finish_questions();
    /// After the questions, and what had to be asked about them: the longer form if there is one to go on with.
    void offer_longer();
    void show_outcome();
    void refuse(const engine::Refusal& refusal);
    void took(engine::NodeId node);
    void send(std::size_t place, bool again);

    State& s_;
    const Now& now_;
    const locales::Translator& texts_;
    Effects effects_;
};

}  // namespace app::session

// The rules of the kiosk, one function for each screen and what is met there; only update.cpp and the rules of the
// flows see this.
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
    void on(NotStored& screen, Retry& event);
    void on(Home& screen, Retry& event);
    void on(ChoosingSlot& screen, Retry& event);
    void on(BundleLost& screen, Retry& event);
    void on(Problem& screen, Retry& event);
    void on(Who& screen, ChooseWorker& event);
    void on(EnterPin& screen, PinDigit& event);
    void on(AddingWorker& screen, PinDigit& event);
    void on(ChangingPin& screen, PinDigit& event);
    void on(EnterPin& screen, PinBackspace& event);
    void on(AddingWorker& screen, PinBackspace& event);
    void on(ChangingPin& screen, PinBackspace& event);
    void on(EnterPin& screen, PinSubmit& event);
    void on(AddingWorker& screen, PinSubmit& event);
    void on(ChangingPin& screen, PinSubmit& event);
    void on(EnterPin& screen, PinChecked& event);
    void on(ChangingPin& screen, PinChecked& event);
    void on(EnterPin& screen, PinUnchecked& event);
    void on(ChangingPin& screen, PinUnchecked& event);
    void on(Clock& screen, TouchClock& event);
    void on(CloseWindow& event);
    // opening with words: entry/unlocking.cpp
    void on(Problem& screen, UseWords& event);
    void on(ChoosingSlot& screen, ChooseSlot& event);
    void on(EnterWords& screen, TypeLetters& event);
    void on(RepeatWords& screen, TypeLetters& event);
    void on(EnterWords& screen, TakeWord& event);
    void on(RepeatWords& screen, TakeWord& event);
    void on(EnterWords& screen, DropWord& event);
    void on(RepeatWords& screen, DropWord& event);
    void on(EnterWords& screen, ShowWords& event);
    void on(RepeatWords& screen, ShowWords& event);
    void on(EnterWords& screen, SubmitWords& event);
    void on(RepeatWords& screen, SubmitWords& event);
    // people and PINs: staff/people.cpp
    void on(Settings& screen, OpenPeople& event);
    void on(People& screen, AddWorker& event);
    void on(AddingWorker& screen, ChooseRole& event);
    void on(People& screen, RemoveWorker& event);
    void on(RemovingWorker& screen, ConfirmRemoval& event);
    void on(Settings& screen, OpenOwnPin& event);
    void on(PeopleChanged& event);
    void on(ChangingPin& screen, PinChanged& event);
    void on(AddingWorker& screen, WorkerNotSaved& event);
    void on(RemovingWorker& screen, WorkerNotRemoved& event);
    void on(ChangingPin& screen, PinNotChanged& event);
    // new words: staff/key_change.cpp
    void on(Settings& screen, OpenDeviceKeys& event);
    void on(DeviceKeys& screen, ChangeWords& event);
    void on(DeviceKeys& screen, AddWords& event);
    void on(NewWords& screen, WroteWords& event);
    void on(WordsMade& event);
    void on(KeysSaved& event);
    void on(ChoosingSlot& screen, KeyNotProved& event);
    void on(EnterWords& screen, KeyNotProved& event);
    void on(KeysFailed& event);
    // after a crash: visit/resuming.cpp
    void on(Home& screen, ContinueInterview& event);
    void on(Home& screen, Resumed& event);
    void on(Home& screen, ResumeFailed& event);
    // a damaged store: entry/repairing.cpp
    void on(Damaged& screen, RepairNow& event);
    void on(Damaged& screen, RepairProgress& event);
    void on(Damaged& screen, RepairFailed& event);
    void on(StoreRepaired& event);
    // what was lost and can be made anew: entry/lost_bundle.cpp
    void on(UnlockedWithoutBundle& event);
    void on(BundleLost& screen, BundleNotFound& event);
    // what the device has noted: staff/auditing.cpp
    void on(Settings& screen, OpenAudit& event);
    void on(AuditList& screen, AuditListed& event);
    // anywhere: everywhere.cpp
    void on(IdleWarning& screen, Touched& event);
    void on(ChooseLanguage& event);
    void on(NextTextSize& event);
    void on(ChooseTheme& event);
    void on(Leave& event);
    void on(QuickExit& event);
    void on(EnterPin& screen, Back& event);
    void on(EnterWords& screen, Back& event);
    void on(ChoosingSlot& screen, Back& event);
    void on(DeviceKeys& screen, Back& event);
    void on(NewWords& screen, Back& event);
    void on(KeysTold& screen, Back& event);
    void on(RepeatWords& screen, Back& event);
    void on(People& screen, Back& event);
    void on(NotAllowed& screen, Back& event);
    void on(AuditList& screen, Back& event);
    void on(RemovingWorker& screen, Back& event);
    void on(ChangingPin& screen, Back& event);
    void on(AddingWorker& screen, Back& event);
    void on(Question& screen, Back& event);
    void on(Review& screen, Back& event);
    void on(Briefing& screen, Back& event);
    void on(AskingConsent& screen, Back& event);
    void on(ChoosingMode& screen, Back& event);
    void on(Privacy& screen, Back& event);
    void on(Interpreter& screen, Back& event);
    void on(PickingLanguage& screen, Back& event);
    void on(Settings& screen, Back& event);
    void on(NotNow& screen, Back& event);
    void on(Send& screen, Back& event);
    void on(Raising& screen, Back& event);
    void on(Leaving& screen, Back& event);
    void on(Question& screen, Next& event);
    void on(AskingConsent& screen, Next& event);
    void on(NotNow& screen, Next& event);
    void on(NotStored& screen, Next& event);
    void on(WantsToTalk& screen, Next& event);
    void on(RepairedScreen& screen, Next& event);
    void on(KeysTold& screen, Next& event);
    void on(Told& screen, Next& event);
    void on(DeclinedKindly& screen, Next& event);
    void on(IdleWarning& screen, StayHere& event);
    void on(Leaving& screen, StayHere& event);
    void on(Leaving& screen, KeepWhatWasSaid& event);
    void on(Leaving& screen, EraseWhatWasSaid& event);
    void on(SealedScreen& screen, GoHome& event);
    void on(SealedScreen& screen, HandBack& event);
    void on(Home& screen, OpenSettings& event);
    void on(Tick& event);
    // before the first question: visit/beginning.cpp
    void on(Home& screen, NewScreening& event);
    void on(Home& screen, QuickFlag& event);
    void on(Home& screen, Train& event);
    void on(Briefing& screen, BeginBriefed& event);
    void on(PickingLanguage& screen, PickLanguage& event);
    void on(PickingLanguage& screen, NeedInterpreter& event);
    void on(Interpreter& screen, RecordInterpreter& event);
    void on(Privacy& screen, SayPrivacy& event);
    void on(ChoosingMode& screen, ChooseMode& event);
    void on(AskingConsent& screen, SayConsent& event);
    void on(Prepared& event);
    void on(PrepareFailed& event);
    // questions to the seal: visit/asking.cpp
    void on(Question& screen, TapChoice& event);
    void on(Question& screen, SayState& event);
    void on(Question& screen, TypeText& event);
    void on(Review& screen, JumpTo& event);
    void on(Review& screen, FinishReview& event);
    void on(AskingNotify& screen, SayNotify& event);
    void on(AskingLonger& screen, SayLonger& event);
    void on(ForPerson& screen, PersonDone& event);
    void on(ForWorker& screen, OpenRaise& event);
    void on(Raising& screen, ChooseRaise& event);
    void on(ForWorker& screen, SealNow& event);
    void on(Sealed& event);
    void on(SealFailed& event);
    void on(Erased& event);
    // repeats: visit/repeats.cpp
    void on(Question& screen, AddInstance& event);
    void on(Question& screen, RemoveInstance& event);
    // sending: delivery/sending.cpp
    void on(Home& screen, OpenSend& event);
    void on(BundleLost& screen, OpenSend& event);
    void on(Send& screen, LookForPlaces& event);
    void on(Send& screen, PlacesFound& event);
    void on(Send& screen, PlacesNotFound& event);
    void on(Send& screen, SendTo& event);
    void on(Send& screen, SendAgain& event);
    void on(Send& screen, CancelSending& event);
    void on(Send& screen, SendProgress& event);
    void on(Sent& event);
    void on(Send& screen, SendFailed& event);

    /// Its rule on the screen that is shown, or its rule anywhere; where there is none it means nothing.
    template <class E>
    void meet(E& event) {
        if constexpr (requires { on(event); })
            on(event);
        else
            meet_on(static_cast<Screen::variant*>(nullptr), event);
    }

    [[nodiscard]] Effects take() { return std::move(effects_); }

  private:
    template <class E, class... S>
    void meet_on(std::variant<S...>* /* all screens */, E& event) {
        static_assert((has_rule<S, E>() || ...), "an input or answer with no rule on any screen");
        (void)(meet_on<S>(event) || ...);
    }
    template <class S, class E>
    [[nodiscard]] bool meet_on(E& event) {
        if constexpr (has_rule<S, E>()) {
            if (auto* screen = at<S>()) {
                on(*screen, event);
                return true;
            }
        }
        return false;
    }
    template <class S, class E>
    static constexpr bool has_rule() {
        return requires(Machine & machine, S & screen, E & event) {
            machine.on(screen, event);
        };
    }
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

    /// An Unlock is under way.
    [[nodiscard]] bool unlocking() noexcept;
    void drop_old_words();
    void take_in(Setup setup);
    /// Where an unlocked device begins: who is here, the first lead, or what to do without a bundle.
    void show_opened();
    void start_adding(bool first);
    /// The chance is over until a key is shown again.
    void end_first_lead();
    [[nodiscard]] bool leads() const noexcept;
    void tell_keys(KeysTold told);
    /// Nobody is signed in any more; the neutral screen. A screening that is still open is handed over first.
    void lock();
    /// The screen goes under the one that is shown next; a step that it waits for is forgotten.
    void put_under();
    /// The neutral screen over an interview that its worker may come back to.
    void cover();
    void uncover();
    /// Back from the question whether to leave, or from the warning.
    void stay();
    /// What a worker is told before anything else, else home.
    void go_home();
    /// Ends a screening that is stored: everything that was said is wiped. A wish to speak with the worker outlives it.
    void drop_screening();
    void keep_wish(const Screening& screening);
    /// Takes the screening off the screen without asking; it is kept until it is stored as what it is by now.
    void hand_over();
    void store(Unstored& unstored);
    void store_again();
    void store_what_is_not();
    void not_stored(Unstored& unstored, DeviceError error);
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
    void open_send();
    void send(Send& sending, std::size_t place, bool again);

    State& s_;
    const Now& now_;
    const locales::Translator& texts_;
    Effects effects_;
};

}  // namespace app::session

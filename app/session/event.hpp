// Everything that can happen to a kiosk: what people do on its screens, and what comes back from effects.
#pragma once

#include <utility>

#include "app/session/alternatives.hpp"
#include "app/session/delivery/receiving.hpp"
#include "app/session/delivery/sending.hpp"
#include "app/session/enrol/setting_up.hpp"
#include "app/session/entry/lost_bundle.hpp"
#include "app/session/entry/repairing.hpp"
#include "app/session/entry/setup.hpp"
#include "app/session/entry/signing_in.hpp"
#include "app/session/entry/unlocking.hpp"
#include "app/session/everywhere.hpp"
#include "app/session/staff/auditing.hpp"
#include "app/session/staff/key_change.hpp"
#include "app/session/staff/people.hpp"
#include "app/session/staff/settings.hpp"
#include "app/session/visit/asking.hpp"
#include "app/session/visit/beginning.hpp"
#include "app/session/visit/ending.hpp"
#include "app/session/visit/resuming.hpp"

namespace app::session {

// Their special members are compiled once (alternatives.cpp): variants this wide cost every file that moves one
// seconds.

/// What a person did: a sign that somebody is there.
struct Input
    : Alternatives<Touched, ChooseLanguage, NextTextSize, ChooseTheme, Leave, QuickExit, Back, Next, Retry,
                   ChooseWorker, PinDigit, PinBackspace, PinSubmit, NewScreening, QuickFlag, Train, BeginBriefed,
                   OpenSend, OpenSettings, PickLanguage, NeedInterpreter, RecordInterpreter, SayPrivacy, ChooseMode,
                   SayConsent, TapChoice, SayState, TypeText, JumpTo, AddInstance, RemoveInstance, FinishReview,
                   SayNotify, SayLonger, PersonDone, OpenRaise, ChooseRaise, SealNow, HandBack, GoHome, KeepWhatWasSaid,
                   EraseWhatWasSaid, StayHere, TouchClock, LookForPlaces, SendTo, SendAgain, CancelSending, CloseWindow,
                   UseWords, ChooseSlot, TypeLetters, TakeWord, DropWord, ShowWords, SubmitWords, OpenPeople, AddWorker,
                   ChooseRole, RemoveWorker, ConfirmRemoval, OpenOwnPin, OpenDeviceKeys, ChangeWords, AddWords,
                   WroteWords, ContinueInterview, OpenAudit, RepairNow, AskAt, CompareAgain, SayWords, OpenEnrolling,
                   OpenReceive, LookAgain, AcceptShown> {
    using Alternatives::Alternatives;
    Input() noexcept;
    Input(Input&& other) noexcept;
    Input& operator=(Input&& other) noexcept;
    ~Input();
};

/// What came back from an effect, whenever it was done: nobody need be there.
struct Answer
    : Alternatives<Unlocked, UnlockFailed, UnlockedWithoutBundle, BundleNotFound, RepairProgress, RepairFailed,
                   StoreRepaired, PinChecked, PinUnchecked, Prepared, PrepareFailed, Sealed, SealFailed, Erased,
                   NotErased, PlacesFound, PlacesNotFound, SendProgress, Sent, SendFailed, WorkerSaved, WorkerNotSaved,
                   WorkerRemoved, WorkerNotRemoved, PinChanged, PinNotChanged, WordsMade, KeyNotProved, KeysSaved,
                   KeysFailed, Resumed, ResumeFailed, AuditListed, NewsFound, NewsNotFound, NewsTaken, NewsNotTaken,
                   NoDevice, UnlockedNotEnrolled, FirstWords, NoFirstWords, DeviceMade, DeviceNotMade, RequestWritten,
                   RequestNotWritten, DeviceEnrolled, DeviceNotEnrolled, TestSealed, TestNotSealed> {
    using Alternatives::Alternatives;
    Answer() noexcept;
    Answer(Answer&& other) noexcept;
    Answer& operator=(Answer&& other) noexcept;
    ~Answer();
};

struct Tick {};  ///< time passed: idle, and the clock's minute

struct Event : Alternatives<Input, Answer, Tick> {
    using Alternatives::Alternatives;
    template <class A>
    requires Input::has<A> Event(A input) : Alternatives(Input(std::move(input))) {}
    template <class A>
    requires Answer::has<A> Event(A answer) : Alternatives(Answer(std::move(answer))) {}
    Event() noexcept;
    Event(Event&& other) noexcept;
    Event& operator=(Event&& other) noexcept;
    ~Event();
};

}  // namespace app::session

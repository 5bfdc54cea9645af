// Everything that can happen to a kiosk: what people do on its screens, and what comes back from effects.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/exchange/bundle.hpp"
#include "app/session/auditing.hpp"
#include "app/session/key_change.hpp"
#include "app/session/lost_bundle.hpp"
#include "app/session/people.hpp"
#include "app/session/repairing.hpp"
#include "app/session/resuming.hpp"
#include "app/session/screening.hpp"
#include "app/session/trouble.hpp"
#include "app/session/unlocking.hpp"
#include "app/session/values.hpp"
#include "crypto/secret.hpp"
#include "locales/language.hpp"

namespace app::session {

enum class Theme : std::uint8_t { Light, Dark, HighContrast };

// ---- what people do -----------------------------------------------------------------------------------------------

struct Touched {};  ///< anything at all: keeps the idle timer from running
struct ChooseLanguage {
    locales::Language language;
};
struct NextTextSize {};  ///< 100, 125, 150, 200 %, and round again
struct ChooseTheme {
    Theme theme;
};
struct Leave {};      ///< the X of the header: asks once, keep or erase; without an interview it locks
struct QuickExit {};  ///< the clock of the header, or Esc twice: neutral at once, what was said so far is sealed
struct Back {};
struct Next {};
struct Retry {};
struct ChooseWorker {
    store::WorkerNumber number;
};
struct PinDigit {
    std::uint8_t digit;  ///< 0 to 9
};
struct PinBackspace {};
struct PinSubmit {};
struct NewScreening {};
struct QuickFlag {};     ///< what was seen, nobody is asked
struct Train {};         ///< practice: nothing of it is real
struct BeginBriefed {};  ///< the briefing was read
struct OpenSend {};
struct OpenSettings {};
struct PickLanguage {
    locales::Language language;
};
struct NeedInterpreter {};
struct RecordInterpreter {};
struct SayPrivacy {
    bool enough;
};
struct ChooseMode {
    Mode mode;
};
struct SayConsent {
    bool yes;
};
struct TapChoice {
    engine::NodeId node;
    engine::ChoiceId choice;
};
struct SayState {
    engine::NodeId node;
    engine::AnswerState state;  ///< Skipped, Refused or Unknown
};
/// Characters typed for a node; `text` lies in locked memory.
struct TypeText {
    engine::NodeId node;
    crypto::SecretBytes text;
};
/// From the review: to the page of a question, or of a repeat to the one that asks for a further instance.
struct JumpTo {
    engine::NodeId node;
};
struct AddInstance {
    engine::NodeId repeat;
};
struct RemoveInstance {
    engine::NodeId instance;
    bool sure;  ///< else the page asks first
};
struct FinishReview {};
struct SayNotify {
    bool yes;
};
struct SayLonger {
    bool yes;  ///< go on with the longer form
};
struct PersonDone {};
struct OpenRaise {};
struct ChooseRaise {
    Raised raised;
};
struct SealNow {};
struct HandBack {};  ///< from "sealed": lock
struct GoHome {};
struct KeepWhatWasSaid {};
struct EraseWhatWasSaid {};
struct StayHere {};  ///< leave: go on; idle: yes, still here
struct TouchClock {};
struct LookForPlaces {};
struct SendTo {
    std::size_t place;  ///< index into Send::places
};
struct SendAgain {
    std::size_t place;  ///< the last batch once more, identical inside
};
struct CancelSending {};
struct CloseWindow {};

// ---- what comes back ----------------------------------------------------------------------------------------------

/// What an unlocked device gives to the session. The store itself stays with the effects.
struct Setup {
    std::shared_ptr<const exchange::Bundle> bundle;
    std::vector<store::Worker> workers;
    std::vector<store::WorkerNumber> removed;  ///< numbers that nobody gets again
    std::string device;                        ///< 32 hex digits
    std::string fingerprint;                   ///< of the deployment key, eight words
    bool expired = false;                      ///< the bundle is past its soft expiry: warn, keep working
    /// The last day of the device's certificate. Afterwards as well everything is sealed, sent and received; the
    /// coordinators are alarmed, so workers are told beforehand.
    std::optional<std::chrono::year_month_day> certificate_end = {};
    bool clock_wrong = false;  ///< it shows a day before the bundle was made: warn, keep working
    int text_percent = 100;
    Theme theme = Theme::Light;
    store::Counts counts;
    std::vector<std::size_t> keys;  ///< slots that have a keyholder
    Resuming resuming = Resuming::OffBySystem;
    std::vector<std::string> damaged_files;  ///< names of what repairs put aside
    bool folder_was_open = false;            ///< others could read or change the state folder; no longer
    bool key_open = false;                   ///< others can read the key file that opened the device
    std::vector<std::size_t> keys_lost;      ///< slots whose words or key file open nothing any more: damaged
};
struct Unlocked {
    Setup setup;
};
struct UnlockFailed {
    Trouble trouble;
};
struct StoreRepaired {
    RepairedScreen told;
    std::optional<Setup> setup;                ///< nothing: see without_bundle, else RepairedScreen::trouble
    std::optional<BundleLost> without_bundle;  ///< it opens, but screenings need the bundle again
};
struct PinChecked {
    store::WorkerNumber number;
    store::SignIn outcome;
    bool resumable = false;  ///< this worker, in this role, may go on with an interview that broke off
};
struct PinUnchecked {  ///< whether the PIN is right is not known
    Trouble trouble;
};
struct Prepared {
    Origin origin;
};
struct PrepareFailed {
    Trouble trouble;
};
struct Sealed {
    std::string record;
    std::uint32_t revision;
    store::Counts counts;
};
struct SealFailed {
    std::string record;
    std::uint32_t revision;
    Trouble trouble;
};
struct Erased {
    std::string record;
    store::Counts counts;
};
/// Where a batch can go.
struct Place {
    std::string path;
    bool removable = false;  ///< a USB stick; else the folder given at start
    bool read_only = false;
    std::uint64_t free = 0;  ///< bytes
};
struct PlacesFound {
    std::vector<Place> places;
};
struct SendProgress {
    std::uint64_t done;
    std::uint64_t total;
};
enum class SendFault : std::uint8_t { Full, Gone, ReadOnly, Check, Nothing, Cancelled, Memory, Other };
struct PlacesNotFound {
    SendFault fault;
};
struct Sent {
    std::string file;  ///< name without folder
    std::uint64_t bytes = 0;
    std::uint64_t records = 0;
    store::Counts counts;
};
struct SendFailed {
    SendFault fault;
};
// ---- all of them ----------------------------------------------------------------------------------------------------

// Their special members are compiled once (alternatives.cpp): variants this wide cost every file that moves one
// seconds.

/// What a person did: a sign that somebody is there.
struct Input
    : std::variant<Touched, ChooseLanguage, NextTextSize, ChooseTheme, Leave, QuickExit, Back, Next, Retry,
                   ChooseWorker, PinDigit, PinBackspace, PinSubmit, NewScreening, QuickFlag, Train, BeginBriefed,
                   OpenSend, OpenSettings, PickLanguage, NeedInterpreter, RecordInterpreter, SayPrivacy, ChooseMode,
                   SayConsent, TapChoice, SayState, TypeText, JumpTo, AddInstance, RemoveInstance, FinishReview,
                   SayNotify, SayLonger, PersonDone, OpenRaise, ChooseRaise, SealNow, HandBack, GoHome, KeepWhatWasSaid,
                   EraseWhatWasSaid, StayHere, TouchClock, LookForPlaces, SendTo, SendAgain, CancelSending, CloseWindow,
                   UseWords, ChooseSlot, TypeLetters, TakeWord, DropWord, ShowWords, SubmitWords, OpenPeople, AddWorker,
                   ChooseRole, RemoveWorker, ConfirmRemoval, OpenOwnPin, OpenDeviceKeys, ChangeWords, AddWords,
                   WroteWords, ContinueInterview, OpenAudit, RepairNow> {
    using variant::variant;
    Input() noexcept;
    Input(Input&& other) noexcept;
    Input& operator=(Input&& other) noexcept;
    ~Input();
};

/// What came back from an effect, whenever it was done: nobody need be there.
struct Answer : std::variant<Unlocked, UnlockFailed, UnlockedWithoutBundle, BundleNotFound, RepairProgress,
                             RepairFailed, StoreRepaired, PinChecked, PinUnchecked, Prepared, PrepareFailed, Sealed,
                             SealFailed, Erased, PlacesFound, PlacesNotFound, SendProgress, Sent, SendFailed,
                             PeopleChanged, WorkerNotSaved, WorkerNotRemoved, PinChanged, PinNotChanged, WordsMade,
                             KeyNotProved, KeysSaved, KeysFailed, Resumed, ResumeFailed, AuditListed> {
    using variant::variant;
    Answer() noexcept;
    Answer(Answer&& other) noexcept;
    Answer& operator=(Answer&& other) noexcept;
    ~Answer();
};

struct Tick {};  ///< time passed: idle, and the clock's minute

struct Event : std::variant<Input, Answer, Tick> {
    using variant::variant;
    Event() noexcept;
    Event(Event&& other) noexcept;
    Event& operator=(Event&& other) noexcept;
    ~Event();
};

}  // namespace app::session

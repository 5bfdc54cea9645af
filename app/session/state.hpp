// Everything the kiosk knows at one moment: which screen, its data, who is in, the open interview; it must not know how
// anything is drawn, stored or sealed.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/session/setup.hpp"
#include "crypto/secret.hpp"
#include "locales/language.hpp"
#include "questionnaires/engine/interview.hpp"

namespace app::session {

/// Time as it is given to update(): nothing here reads a clock.
struct Now {
    std::chrono::milliseconds steady{};     ///< never goes back; what idle times are measured with
    std::chrono::sys_seconds utc{};         ///< for waiting after wrong PINs
    std::chrono::year_month_day day{};      ///< local
    std::chrono::minutes since_midnight{};  ///< local
};

/// Who holds the device. `alone` is written "private" in records.
enum class Mode : std::uint8_t { assisted, alone };

/// Why something cannot go on. Each has a sentence in the catalogue (problem_key()).
enum class Problem : std::uint8_t {
    self_test,        ///< libsodium gave a wrong answer
    state_missing,    ///< no state folder, or it was never enrolled
    state_in_use,     ///< another program has the state folder
    state_read_only,  ///< the state folder cannot be written
    store_damaged,    ///< database or slots file unreadable, changed or rolled back
    store_newer,      ///< written by a newer program
    no_bundle,        ///< nothing signed is installed
    bad_bundle,       ///< does not verify, or has no recipients
    certificate,      ///< the device certificate does not verify, is another device's, or is past its last day
    unknown_form,     ///< the policy offers no form for this role that the bundle holds
    locked_memory,    ///< memory for answers cannot be locked
    memory,           ///< memory ran out in an open interview
    no_room,          ///< less than 64 MiB left, or the medium is full
    seal_failed,      ///< this revision was not stored; the one before is safe
    other,
};

/// "error.no_bundle" …
[[nodiscard]] std::string_view problem_key(Problem problem) noexcept;

// ---- screens: one type each, with the data only that screen needs
// ----------------------------------------------------

enum class UnlockState : std::uint8_t { working, no_key, wrong_key };
/// Before anyone is in: the device's own key opens the store. Events: Retry (not while working).
struct Unlock {
    UnlockState state = UnlockState::working;
};

/// Neutral: time (State::now) and date. Events: TouchClock.
struct Clock {};

/// Worker numbers (State::setup->workers). Events: ChooseWorker.
struct Who {};

enum class PinMessage : std::uint8_t { none, checking, wrong, wait, locked };
inline constexpr std::size_t pin_digits = 6;  ///< fewest digits of a PIN; OK does nothing before
inline constexpr std::size_t pin_most = 12;   ///< digits after that are ignored
/// The digits themselves are in State::pin. Events: PinDigit, PinErase, PinEnter, Back.
struct Pin {
    store::WorkerNumber worker;
    std::size_t digits = 0;
    PinMessage message = PinMessage::none;
    int tries_left = 0;  ///< with `wrong`
    int minutes = 0;     ///< with `wait`, rounded up
};

/// Events: NewScreening, OpenSend, OpenSettings, Lock.
struct Home {};

// The screens of one screening, in order. All but `Question` to `Result` come before the interview exists.

/// Events: ChooseLanguage, NeedInterpreter, Back (home).
struct PickLanguage {};
/// Events: RecordInterpreter, Back.
struct Interpreter {};
/// For the worker: private enough? Events: Safe, NotNow, Back.
struct Privacy {};
/// Kind end after "not now" or a no to consent. Events: GoHome, Lock.
struct NotNowEnd {
    bool declined = false;  ///< the person said no; false: the place or the moment was wrong
};
/// Events: TakeMode, Back. `assisted` only when State::may_assist().
struct ChooseMode {};
/// What the person agrees to: exactly the texts of consent_keys(mode). Events: Agree, Decline, Back, Leave.
struct Consent {
    Mode mode = Mode::assisted;
};
/// The page where State::interview stands.
/// Events: ToggleChoice, Write, SetAnswerState, Next, Back, Leave, QuickExit.
struct Question {
    /// Why the page cannot be left or the last change was not taken; the message lies in the interview's arena.
    std::optional<engine::Refusal> refusal;
};
/// All answers. Events: JumpTo, Next (finish), Back, Leave.
struct Review {};
/// What happens next, whom to call, the case code. Events: Next (hand back).
struct Person {};
/// Private mode only, when an answer says danger now or wants help: shall the worker be told? Events: Notify.
struct NotifyQuestion {};
/// Assisted mode only: readings, reasons, actions for the worker. Events: OpenRaise, Next (seal).
struct Result {};
/// Why a level is raised; the words are those of the record.
enum class RaiseReason : std::uint8_t { observed, told, other_source, fear };
/// Raising one level, with a reason. Events: RaiseReading, RaiseLevel, RaiseWhy, SaveRaise, Back.
struct Raise {
    std::optional<engine::ReadingKind> reading;
    std::optional<engine::Level> level;  ///< above the level the answers give
    std::optional<RaiseReason> reason;
};
/// The last revision is on its way to the medium. No events.
struct Sealing {};
/// Stored and verified; nothing of it is left in memory but the code. Events: Lock, GoHome (assisted only).
struct Sealed {
    std::string case_code;  ///< empty for the bare fact that an interpreter is needed
    Mode mode = Mode::assisted;
};
/// After a private screening, once the worker's PIN was right: wants to speak with you now. Events: GoHome.
struct NotifiedWorker {};

/// Asked once when leaving on purpose. Events: KeepAnswers, EraseAnswers, Back (go on).
struct LeaveQuestion {};
/// After keep: sealed. After erase: gone here, and readers are asked to erase. Events: Lock, GoHome (assisted only).
struct Left {
    bool erased = false;
    Mode mode = Mode::assisted;
};

/// Nobody touched the screen: in half a minute it goes neutral. Events: anything that was touched (Stay).
struct IdleWarning {};

/// A place a batch can be written to.
struct Place {
    std::filesystem::path folder;
    std::string name;  ///< of the folder or stick, for people
    bool stick = false;
    std::uint64_t free = 0;  ///< bytes
    bool read_only = false;
};
enum class SendStep : std::uint8_t { looking, choose, writing, done, failed };
enum class SendFailure : std::uint8_t { full, gone, read_only, check, other };
/// Events: LookAgain, SendTo, SendAgainTo (unconfirmed batches once more), CancelSend (writing), GoHome, Retry
/// (failed).
struct Send {
    SendStep step = SendStep::looking;
    std::vector<Place> places;
    std::uint64_t done = 0, total = 0;  ///< bytes, while writing
    std::string file;                   ///< name of the last file written
    std::uint64_t records = 0, bytes = 0;
    SendFailure failure = SendFailure::other;
};

/// Events: SetTextSize, SetContrast, GoHome, OpenAbout.
struct Settings {};
/// Version, bundle, deployment words, device (State::setup). Events: Back.
struct About {};

/// What "Try again" does on the trouble screen.
enum class Again : std::uint8_t { nothing, unlock, seal, home };
/// Something cannot go on: what happened, what is safe, what to do. Events: Retry (unless `nothing`), Lock (when in).
struct Trouble {
    Problem problem = Problem::other;
    Again again = Again::nothing;
};

using Screen = std::variant<Unlock, Clock, Who, Pin, Home, PickLanguage, Interpreter, Privacy, NotNowEnd, ChooseMode,
                            Consent, Question, Review, Person, NotifyQuestion, Result, Raise, Sealing, Sealed,
                            NotifiedWorker, LeaveQuestion, Left, IdleWarning, Send, Settings, About, Trouble>;

/// A worker raised a level.
struct Override {
    engine::ReadingKind reading = engine::ReadingKind::Danger;
    engine::Level level = engine::Level::NoneReported;
    RaiseReason reason = RaiseReason::observed;
};

/// How the interview in memory stands towards the medium.
enum class Closing : std::uint8_t {
    no,      ///< open
    sealed,  ///< goes to Sealed when stored
    kept,    ///< goes to Left when stored
    erased,  ///< goes to Left when erased
};

/// One screening from "New screening" until its last revision is stored. No answers: those are in the interview.
struct Visit {
    std::string record;     ///< 32 hex digits
    std::string case_code;  ///< radio-hotel-canal-482
    std::uint64_t seed = 0;
    store::Worker worker;
    Mode mode = Mode::assisted;
    std::size_t form = 0;                                       ///< in Setup::forms
    locales::Language worker_language = locales::Language::Es;  ///< comes back when the visit ends
    locales::Language started_in = locales::Language::Es;
    std::uint32_t revision = 0;  ///< last one handed over for sealing
    bool agreed = false;
    std::string consent_key;     ///< "consent.private"
    std::string consent_sha256;  ///< hex, of the texts as they were shown
    std::chrono::year_month_day day{};
    bool finished = false;  ///< the review was left forwards: the next revision is final
    std::optional<bool> tell_worker;
    std::optional<Override> raised;
    Closing closing = Closing::no;
};

/// The kiosk. Move-only. The interview and every text of the person live in `arena`, which is wiped whole by
/// end_interview() and in the destructor; nothing else here holds an answer.
struct State {
    explicit State(crypto::SodiumReady token) noexcept : ready(token) {}

    crypto::SodiumReady ready;
    Screen screen = Unlock{};
    locales::Language language = locales::Language::Es;
    Preferences preferences;
    Now now;
    std::shared_ptr<const Setup> setup;  ///< null until unlocked
    Queue queue;
    std::optional<store::Worker> worker;  ///< who is in
    crypto::SecretBytes pin;              ///< digits typed so far, `Pin::digits` of them

    std::optional<Visit> visit;
    std::unique_ptr<crypto::LockedArena> arena;    ///< declared before what lives in it
    std::optional<std::pmr::string> refused_text;  ///< message of Question::refusal
    std::optional<std::pmr::string> typed;  ///< text that was not taken, to check it again after a language switch
    std::optional<engine::Interview> interview;

    std::optional<Screen> behind;             ///< what IdleWarning, LeaveQuestion or Trouble covers
    std::optional<store::WorkerNumber> tell;  ///< this worker is told, after the PIN, that someone wants to speak
    std::chrono::milliseconds touched{};      ///< steady time of the last touch
    bool preparing = false;                   ///< a PrepareInterview is under way

    /// Border is never assisted (DESIGN section 5).
    [[nodiscard]] bool may_assist() const noexcept;
    /// The bundle's soft expiry has passed: warn and go on.
    [[nodiscard]] bool expired() const noexcept;
    [[nodiscard]] bool demo() const noexcept { return setup != nullptr && setup->version.demo; }
    /// The reading as shown and recorded: a level raised by the worker included.
    [[nodiscard]] engine::Level level(const engine::Reading& reading) const noexcept;
    /// How many relevant questions of the interview have no answer. 0 without interview.
    [[nodiscard]] std::uint32_t unanswered() const noexcept;
    /// The form's own language for the language of the screen; its default when it does not have it.
    [[nodiscard]] engine::LanguageId form_language() const noexcept;
    /// Destroys the interview and wipes its arena; the visit goes too.
    void end_interview() noexcept;
};

}  // namespace app::session

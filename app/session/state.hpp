// What a kiosk is doing now: which screen is shown, with its data. Drawing reads it, only update() changes it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/session/event.hpp"
#include "app/session/screening.hpp"

namespace app::session {

/// Time is a parameter everywhere.
struct Now {
    std::chrono::sys_seconds wall;          ///< for days and waiting times
    std::chrono::milliseconds steady{0};    ///< since some fixed moment; never goes back
    std::chrono::minutes local{0};          ///< minutes since local midnight, for the clock
    std::chrono::year_month_day local_day;  ///< for the clock and records
};

// ---- screens ------------------------------------------------------------------------------------------------------

struct Starting {};  ///< unlocking with the key file; where there is none, ChoosingSlot is next
struct Problem {
    Trouble trouble = Trouble::Other;
    bool can_retry = false;
};
struct Who {};
struct EnterPin {
    store::WorkerNumber number;
    crypto::SecretBytes digits;  ///< pin_max_digits bytes; the first `count` are in use
    std::size_t count = 0;
    bool checking = false;
    std::optional<store::SignIn> refused;  ///< why the last try did not open
};
/// Why an interview that broke off was not gone on with.
struct NotResumed {
    std::optional<Trouble> trouble;  ///< nothing: its time is over
};
struct Home {
    bool resuming = false;  ///< under way
    std::optional<NotResumed> not_resumed;
};
struct Briefing {  ///< before a quick flag or practice: what it is
    Purpose purpose = Purpose::Observation;
    bool preparing = false;
};
struct NotStored {};  ///< what was said before is still only in memory: why, and trying again
struct PickingLanguage {};
struct Interpreter {
    bool recording = false;
};
struct Privacy {};
struct NotNow {};
struct ChoosingMode {};
struct AskingConsent {
    bool preparing = false;  ///< yes was said; the interview is being prepared
    std::size_t page = 0;    ///< of consent_pages; yes is on the last one, no on every one
};
struct DeclinedKindly {};
/// Which way a page is left.
enum class Step : std::uint8_t { Forwards, Backwards };
struct Question {
    std::optional<Step> waiting;  ///< asked for; done once the page before is on the medium. Until then it rests.
    std::optional<engine::RefusalKind> refused;  ///< why the last answer or Next was not taken
    engine::NodeId refused_at;
    LockedText refused_message;               ///< the form's own words, which may quote an answer
    std::optional<engine::NodeId> unsettled;  ///< text was typed here that was not taken: Next waits for it
    engine::RefusalKind unsettled_as = engine::RefusalKind::Constraint;  ///< why it was not taken
    bool from_review = false;                                            ///< Next returns to the review
    std::optional<engine::NodeId> around;    ///< from the review: Next returns there once it leaves this repeat
    std::optional<engine::NodeId> removing;  ///< the page asks whether this repeat instance shall go
};
struct Review {};
struct AskingNotify {};    ///< private mode: shall we tell the worker now?
struct AskingLonger {      ///< after first contact: go on with the longer form?
    bool sealing = false;  ///< yes was said; first contact is being stored as final
};
struct ForPerson {};
struct ForWorker {};  ///< assisted mode only
struct Raising {};
struct Sealing {
    bool then_lock = false;  ///< private mode ends in the lock
};
struct SealedScreen {
    std::string case_code;
    Purpose purpose = Purpose::Screening;
};
struct Leaving {           ///< keep or erase; `under` is where StayHere goes
    bool erasing = false;  ///< asked for, not done yet
};
struct Told {
    bool erased = false;  ///< else kept
    Purpose purpose = Purpose::Screening;
};
/// Behind the PIN of whoever handed the device over: "wants to speak with you now", or that the law asks for a notice.
struct WantsToTalk {
    bool minor = false;  ///< somebody said that they are under 18; no level and no answer goes with it
};
struct Clock {};  ///< neutral; an assisted interview may lie under it for a while, see State::closes_at
struct IdleWarning {};
struct Send {
    std::vector<Place> places;
    bool looking = false;
    bool working = false;
    bool stopping = false;  ///< asked to stop, not stopped yet
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::optional<Sent> sent;
    std::optional<SendFault> failed;
};
struct Settings {
    bool pin_changed = false;  ///< just now
};

/// Its special members are compiled once (alternatives.cpp): a variant this wide costs every file that moves one
/// seconds.
struct Screen : std::variant<Starting, Problem, ChoosingSlot, EnterWords, Who, EnterPin, Home, Briefing, NotStored,
                             PickingLanguage, Interpreter, Privacy, NotNow, ChoosingMode, AskingConsent, DeclinedKindly,
                             Question, Review, AskingNotify, AskingLonger, ForPerson, ForWorker, Raising, Sealing,
                             SealedScreen, Leaving, Told, WantsToTalk, Clock, IdleWarning, Send, Settings, NotAllowed,
                             People, AddingWorker, RemovingWorker, ChangingPin, DeviceKeys, NewWords, RepeatWords,
                             SavingWords, KeysTold, AuditList, Damaged, RepairedScreen, BundleLost> {
    using variant::variant;
    Screen() noexcept;
    Screen(Screen&& other) noexcept;
    Screen& operator=(Screen&& other) noexcept;
    ~Screen();
};

/// A screening that has left the screen, kept whole in its locked memory until its last revision is on the medium.
struct Unstored {
    Screening screening;
    locales::Language language;     ///< it ended in
    std::optional<Trouble> failed;  ///< why the last try did not succeed; nothing while one is under way
};

/// What the Origin that was asked for will be used for.
enum class Preparing : std::uint8_t { Nothing, Interview, Refusal, Interpreter, Longer };

/// Everything. Movable, not copyable: it owns the interview and its locked memory.
struct State {
    crypto::SodiumReady ready;
    locales::Language language = locales::Language::Es;
    int text_percent = 100;  ///< 100, 125, 150, 200
    Theme theme = Theme::Light;
    bool confined = true;                   ///< the system keeps the program to its own files; else Settings says so
    std::optional<std::string> programme;   ///< words of the programme's key that is pinned on this device
    std::optional<Setup> setup;             ///< once the device is unlocked
    std::optional<BundleLost> lost_bundle;  ///< instead of it: the device is unlocked, but has no bundle
    std::optional<store::Worker> worker;    ///< signed in
    std::optional<Screening> screening;
    Mode mode = Mode::Assisted;  ///< chosen for the screening that is being prepared
    Purpose purpose = Purpose::Screening;
    Preparing preparing = Preparing::Nothing;
    bool resumable = false;     ///< this worker may go on with an interview that broke off
    bool saving_words = false;  ///< SaveWords is under way
    bool closing = false;       ///< the window closes once nothing is unstored
    std::list<Unstored> unstored;
    /// Officers to whom somebody who answered alone said that they are under 18: the law asks them for a notice.
    std::vector<store::WorkerNumber> minors_with;
    std::vector<store::WorkerNumber> asked_for;  ///< whom people who answered alone want to speak with
    std::optional<Trouble> seal_trouble;         ///< the last sealing of the open interview failed; Next tries again
    Screen screen = Starting{};
    std::optional<Screen> under;                         ///< what Leaving, IdleWarning and a neutral screen cover
    std::optional<KeysTold> keys_told;                   ///< for the shift lead, who left before it was known
    std::chrono::milliseconds touched{0};                ///< Now::steady of the last touch
    std::optional<std::chrono::milliseconds> closes_at;  ///< when an interview under the neutral screen is closed
    std::optional<std::chrono::milliseconds> retry_at;   ///< when what is unstored is tried again
    std::chrono::milliseconds quiet_until{0};            ///< touches of the clock mean nothing before
    Now now;                                             ///< of the last event, for the clock

    explicit State(crypto::SodiumReady token) noexcept : ready(token) {}
    [[nodiscard]] bool demo() const noexcept { return setup && setup->bundle && setup->bundle->version.demo; }
    /// Of what is kept on the device, as far as it is unlocked.
    [[nodiscard]] store::Counts counts() const noexcept;
    /// What the screen belongs to, where it belongs to one: every screen of practice says that it is.
    [[nodiscard]] std::optional<Purpose> doing() const noexcept;
    /// Yes was said to the longer form, and it is not there yet.
    [[nodiscard]] bool going_on() const noexcept;
    /// The page that is shown is left once the page before is on the medium; until then only its field is open.
    [[nodiscard]] bool saving() const noexcept;
    /// Why what was said before could not be stored; nothing when all is stored or on its way.
    [[nodiscard]] std::optional<Trouble> unstored_trouble() const noexcept;
};

/// Text sizes in the order the header's button goes through.
inline constexpr std::array text_sizes{100, 125, 150, 200};
/// How long the warning stays before the neutral screen comes.
inline constexpr std::chrono::seconds idle_grace{30};
/// How long the worker of an assisted interview can come back to it from the neutral screen with the PIN.
inline constexpr std::chrono::seconds neutral_grace{120};
/// Between two tries to store what could not be stored.
inline constexpr std::chrono::seconds retry_after{30};
/// After a quick exit: fingers that still hit the same place open nothing.
inline constexpr std::chrono::milliseconds quiet_time{600};

}  // namespace app::session

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

#include "app/session/alternatives.hpp"
#include "app/session/event.hpp"
#include "app/session/pending.hpp"
#include "app/session/visit/screening.hpp"

namespace app::session {

/// Time is a parameter everywhere.
struct Now {
    std::chrono::sys_seconds wall;          ///< for days and waiting times
    std::chrono::milliseconds steady{0};    ///< since some fixed moment; never goes back
    std::chrono::minutes local{0};          ///< minutes since local midnight, for the clock
    std::chrono::year_month_day local_day;  ///< for the clock and records
};

/// Its special members are compiled once (alternatives.cpp): a variant this wide costs every file that moves one
/// seconds.
struct Screen : Alternatives<Starting, Problem, ChoosingSlot, EnterWords, Who, EnterPin, Home, Briefing, NotStored,
                             PickingLanguage, Interpreter, Privacy, NotNow, ChoosingMode, AskingConsent, DeclinedKindly,
                             Question, Review, AskingNotify, AskingLonger, ForPerson, ForWorker, Raising, Sealing,
                             SealedScreen, Leaving, Told, WantsToTalk, Clock, IdleWarning, Send, Settings, NotAllowed,
                             People, AddingWorker, RemovingWorker, ChangingPin, DeviceKeys, NewWords, RepeatWords,
                             SavingWords, KeysTold, AuditList, Damaged, RepairedScreen, BundleLost, Receive, NotSetUp,
                             Asking, Comparing, WordsDiffer, BringingBack, TestRecord> {
    using Alternatives::Alternatives;
    /// What this screen waits for. It goes with the screen: an answer that comes back later finds nobody who waits.
    Pending pending = Pending::Nothing;
    Screen() noexcept;
    Screen(Screen&& other) noexcept;
    Screen& operator=(Screen&& other) noexcept;
    ~Screen();
};

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
    std::optional<model::Worker> worker;    ///< signed in
    std::optional<Screening> screening;
    Mode mode = Mode::Assisted;  ///< chosen for the screening that is being prepared
    Purpose purpose = Purpose::Screening;
    /// What goes on when the screen that asked for it is left: Prepare, SaveWords, AcceptNews. The answer counts on any
    /// screen.
    PendingSet outlasting;
    Preparing preparing = Preparing::Interview;  ///< what Prepare is for, while it is under way
    bool resumable = false;                      ///< this worker may go on with an interview that broke off
    bool closing = false;                        ///< the window closes once nothing is unstored
    std::list<Unstored> unstored;
    /// Officers to whom somebody who answered alone said that they are under 18: the law asks them for a notice.
    std::vector<model::WorkerNumber> minors_with;
    std::vector<model::WorkerNumber> asked_for;  ///< whom people who answered alone want to speak with
    std::optional<DeviceError> seal_error;       ///< the last sealing of the open interview failed; Next tries again
    Screen screen = Starting{};
    std::optional<Screen> under;                         ///< what Leaving, IdleWarning and a neutral screen cover
    std::optional<KeysTold> keys_told;                   ///< for the shift lead, who left before it was known
    std::chrono::milliseconds touched{0};                ///< Now::steady of the last touch
    std::optional<std::chrono::milliseconds> closes_at;  ///< when an interview under the neutral screen is closed
    std::optional<std::chrono::milliseconds> retry_at;   ///< when what is unstored is tried again
    std::chrono::milliseconds quiet_until{0};            ///< touches of the clock mean nothing before
    Now now;                                             ///< of the last event, for the clock

    explicit State(crypto::SodiumReady token) noexcept : ready(token) {}
    /// The screen that is shown waits for an effect; for that effect; for the end of an Export.
    [[nodiscard]] bool waits() const noexcept { return screen.pending != Pending::Nothing; }
    [[nodiscard]] bool waits(Pending what) const noexcept { return screen.pending == what; }
    [[nodiscard]] bool exporting() const noexcept { return waits(Pending::Export) || waits(Pending::StopExport); }
    /// A shift lead is signed in.
    [[nodiscard]] bool leads() const noexcept;
    [[nodiscard]] bool demo() const noexcept { return setup && setup->bundle && setup->bundle->version.demo; }
    /// Of what is kept on the device, as far as it is unlocked.
    [[nodiscard]] model::Counts counts() const noexcept;
    /// What the screen belongs to, where it belongs to one: every screen of practice says that it is.
    [[nodiscard]] std::optional<Purpose> doing() const noexcept;
    /// Yes was said to the longer form, and it is not there yet.
    [[nodiscard]] bool going_on() const noexcept;
    /// The page that is shown is left once the page before is on the medium; until then only its field is open.
    [[nodiscard]] bool saving() const noexcept;
    /// Why what was said before could not be stored; nothing when all is stored or on its way.
    [[nodiscard]] std::optional<DeviceError> unstored_error() const noexcept;
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

// The kiosk as a pure state machine: one event in, the new state and the effects wanted out. No file, clock or thread.
#pragma once

#include "app/session/effect.hpp"
#include "app/session/state.hpp"
#include "locales/translator.hpp"

namespace app::session {

/// Begins with unlocking the device.
[[nodiscard]] Effects begin(State& state, const Now& now);

/// Carries the event into the state. An event that means nothing on the current screen changes nothing and loses
/// nothing. `texts` is only read to record which consent text was shown.
[[nodiscard]] Effects update(State& state, Event event, const Now& now, const locales::Translator& texts);

/// Whether home offers it to whoever is in: the device is not revoked, the bundle has the form and, where it is about
/// real people, the policy the role.
[[nodiscard]] bool offered(const State& state, Purpose purpose);

/// The last revision, or the erasing, is under way and must not be followed by another.
[[nodiscard]] bool storing(const State& state) noexcept;

/// Nobody leads the shift, and whoever has just shown a key of the device may make a first lead, or is about to.
[[nodiscard]] bool first_lead_waits(const State& state) noexcept;

/// Words that open the device are on the screen or kept for it, or whoever showed a key may make the first lead, and
/// nobody does anything.
[[nodiscard]] bool words_wait(const State& state) noexcept;

/// When nobody having touched anything leads to the warning, and from there to the neutral screen: Now::steady. Nothing
/// where nobody is in, and while something is being stored or sent.
[[nodiscard]] std::optional<std::chrono::milliseconds> idle_at(const State& state) noexcept;

/// When a Tick is next wanted: the idle warning, its end, the end of a covered interview, another try to store, or the
/// clock's next minute; nothing when none is.
[[nodiscard]] std::optional<std::chrono::milliseconds> next_tick(const State& state, const Now& now) noexcept;

/// Whether the device's certificate ends soon, by the clock of the device.
enum class Lasting : std::uint8_t { Long, Ending, Ended };
inline constexpr std::chrono::days certificate_warning{31};
[[nodiscard]] Lasting certificate_lasting(const State& state) noexcept;
/// The bundle in force says that nobody trusts this device any more. Nothing new begins on it, what is sealed stays,
/// and it receives as before: a later bundle may take it in again.
[[nodiscard]] bool revoked(const State& state) noexcept;
/// The certificate has ended: everything is sealed as before, and leaves once a newer one was brought. The same of a
/// device that is revoked. Not where the bundle was lost: what is sealed has to leave then.
[[nodiscard]] bool sending_waits(const State& state) noexcept;

/// Whether a sending makes a batch that was never made before: something waits, or the programme wants one all the
/// same. An empty one is of no use where the bundle was lost, or before anybody works with the device.
[[nodiscard]] bool something_goes(const State& state) noexcept;

/// Whether what was brought may be taken now: a shift lead is in, no screening is open, and all that was said is on the
/// medium.
[[nodiscard]] bool may_accept(const State& state) noexcept;

}  // namespace app::session

#include "app/session/update.hpp"

#include <algorithm>

#include "app/session/delivery/rules.hpp"
#include "app/session/enrol/rules.hpp"
#include "app/session/entry/rules.hpp"
#include "app/session/everywhere_rules.hpp"
#include "app/session/rule_count.hpp"
#include "app/session/staff/rules.hpp"
#include "app/session/visit/rules.hpp"
#include "app/session/visit/visit.hpp"

namespace app::session {

namespace {

using std::chrono::milliseconds;

milliseconds idle_after(const State& state) {
    return std::chrono::minutes(state.setup ? state.setup->bundle->policy.idle_minutes : 5);
}

/// The rules of all flows, for one event.
class Flows {
  public:
    Flows(State& state, Effects& effects, const locales::Translator& texts) noexcept
        : screen_(state.screen),
          storing_(state, effects),
          ways_out_(state, effects, storing_),
          visit_(state, effects, texts, storing_, ways_out_),
          staff_(state, effects, ways_out_),
          entry_(state, effects, storing_, ways_out_, staff_),
          enrol_(state, effects, entry_),
          delivery_(state, effects),
          everywhere_(state, effects, storing_, ways_out_, entry_) {}

    /// By its rule whatever is shown, or by its rule on the screen that is shown; where there is none on that screen it
    /// means nothing.
    template <class E>
    void carry_in(E& event) {
        static_assert(Count::meant<E>(screens), "an input or answer with no rule on any screen");
        static_assert(Count::settled<E>(screens), "one rule whatever is shown, or one on each screen");
        if constexpr (Count::of < E >> 0)
            call(event);
        else
            carry_in_on(event, screens);
    }

  private:
    using Count = RuleCount<Visit, Staff, Entry, Enrol, Delivery, Everywhere>;
    static constexpr const Screen::variant* screens = nullptr;

    template <class E, class... S>
    void carry_in_on(E& event, const std::variant<S...>* /* all screens */) {
        (void)(was_on<S>(event) || ...);
    }
    template <class S, class E>
    [[nodiscard]] bool was_on(E& event) {
        if constexpr (Count::of < S, E >> 0) {
            if (auto* screen = std::get_if<S>(&screen_)) {
                call(*screen, event);
                return true;
            }
        }
        return false;
    }
    /// The one flow that has the rule.
    template <class... What>
    void call(What&... what) {
        if constexpr (has_rule<Visit, What...>) visit_.on(what...);
        if constexpr (has_rule<Staff, What...>) staff_.on(what...);
        if constexpr (has_rule<Entry, What...>) entry_.on(what...);
        if constexpr (has_rule<Enrol, What...>) enrol_.on(what...);
        if constexpr (has_rule<Delivery, What...>) delivery_.on(what...);
        if constexpr (has_rule<Everywhere, What...>) everywhere_.on(what...);
    }

    Screen& screen_;
    Storing storing_;
    WaysOut ways_out_;
    Visit visit_;
    Staff staff_;
    Entry entry_;
    Enrol enrol_;
    Delivery delivery_;
    Everywhere everywhere_;
};

}  // namespace

Effects begin(State& state, const Now& now) {
    state.now = now;
    state.touched = now.steady;
    state.screen = Starting{};
    state.screen.pending = Pending::Unlock;
    Effects effects;
    effects.emplace_back(Unlock{});
    return effects;
}

Effects update(State& state, Event event, const Now& now, const locales::Translator& texts) {
    state.now = now;
    Effects effects;
    Flows flows(state, effects, texts);
    const auto carry_in = [&](auto& known) { flows.carry_in(known); };
    if (auto* input = std::get_if<Input>(&event)) {
        state.touched = now.steady;
        std::visit(carry_in, *input);
    } else if (auto* answer = std::get_if<Answer>(&event)) {
        std::visit(carry_in, *answer);
    } else {
        flows.carry_in(std::get<Tick>(event));
    }
    return effects;
}

std::optional<milliseconds> idle_at(const State& state) noexcept {
    if (!state.worker || storing(state) || std::holds_alternative<SavingWords>(state.screen)) return std::nullopt;
    if (state.exporting()) return std::nullopt;
    const bool warned = std::holds_alternative<IdleWarning>(state.screen);
    return state.touched + idle_after(state) + (warned ? milliseconds(idle_grace) : milliseconds(0));
}

bool offered(const State& state, Purpose purpose) {
    if (!state.setup || !state.worker || !state.setup->bundle || revoked(state)) return false;
    const auto& bundle = *state.setup->bundle;
    if (bundle.recipients.empty() || form_for(bundle, purpose) == nullptr) return false;
    if (purpose == Purpose::Training) return true;
    const auto& roles = bundle.policy.roles;
    return std::find(roles.begin(), roles.end(), engine::to_word(role_of(state.worker->role))) != roles.end();
}

Lasting certificate_lasting(const State& state) noexcept {
    if (!state.setup || !state.setup->certificate_end || !state.now.local_day.ok()) return Lasting::Long;
    const auto left = std::chrono::sys_days(*state.setup->certificate_end) - std::chrono::sys_days(state.now.local_day);
    if (left < std::chrono::days(0)) return Lasting::Ended;
    return left <= certificate_warning ? Lasting::Ending : Lasting::Long;
}

bool revoked(const State& state) noexcept {
    return state.setup && state.setup->bundle && state.setup->bundle->revokes(state.setup->device);
}

bool sending_waits(const State& state) noexcept {
    return certificate_lasting(state) == Lasting::Ended || revoked(state);
}

bool something_goes(const State& state) noexcept {
    if (state.counts().waiting > 0) return true;
    return state.setup && state.worker && state.setup->bundle && state.setup->bundle->policy.empty_batches;
}

bool may_accept(const State& state) noexcept {
    return state.leads() && !state.screening && state.unstored.empty() && !state.outlasting.has(Pending::Prepare);
}

bool storing(const State& state) noexcept {
    return state.waits(Pending::SealRecord) || state.waits(Pending::Withdraw);
}

bool first_lead_waits(const State& state) noexcept {
    if (const auto* adding = std::get_if<AddingWorker>(&state.screen)) return adding->first_lead && !state.waits();
    if (!std::holds_alternative<RepairedScreen>(state.screen) || !state.setup) return false;
    const auto& workers = state.setup->workers;
    return std::none_of(workers.begin(), workers.end(),
                        [](const auto& worker) { return worker.role == model::Role::ShiftLead; });
}

bool words_wait(const State& state) noexcept {
    if (state.worker) return false;
    if (std::holds_alternative<EnterWords>(state.screen)) return !state.waits();
    if (first_lead_waits(state)) return true;
    if (const auto* made = std::get_if<NewWords>(&state.screen)) return made->fresh.use == KeyUse::First;
    if (const auto* repeat = std::get_if<RepeatWords>(&state.screen)) return repeat->fresh.use == KeyUse::First;
    const auto* damaged = std::get_if<Damaged>(&state.screen);
    return damaged != nullptr && damaged->words && !state.waits();
}

std::optional<milliseconds> next_tick(const State& state, const Now& now) noexcept {
    const milliseconds minute = std::chrono::minutes(1);
    std::optional<milliseconds> next;
    const auto due_in = [&next](milliseconds time) {
        time = std::max(time, milliseconds(0));
        next = next ? std::min(*next, time) : time;
    };
    if (words_wait(state)) due_in(state.touched + words_time - now.steady);
    if (state.retry_at) due_in(*state.retry_at - now.steady);
    if (state.closes_at) due_in(*state.closes_at - now.steady);
    // By the wall clock, which is what is shown: the steady one turns its minutes at another second.
    if (std::holds_alternative<Clock>(state.screen)) due_in(minute - now.wall.time_since_epoch() % minute);
    if (const auto due = idle_at(state)) due_in(*due - now.steady);
    return next;
}

bool State::leads() const noexcept {
    return setup && worker && worker->role == model::Role::ShiftLead;
}

model::Counts State::counts() const noexcept {
    return setup ? setup->counts : lost_bundle ? lost_bundle->counts : model::Counts{};
}

std::optional<Purpose> State::doing() const noexcept {
    if (screening) return screening->purpose;
    for (const auto* one : {&screen, under ? &*under : nullptr}) {
        if (one == nullptr) continue;
        if (const auto* briefing = std::get_if<Briefing>(one)) return briefing->purpose;
        if (const auto* sealed = std::get_if<SealedScreen>(one)) return sealed->purpose;
        if (const auto* told = std::get_if<Told>(one)) return told->purpose;
    }
    return std::nullopt;
}

bool State::going_on() const noexcept {
    return (outlasting.has(Pending::Prepare) && preparing == Preparing::Longer) ||
           (std::holds_alternative<AskingLonger>(screen) && waits(Pending::SealRecord));
}

bool State::saving() const noexcept {
    return waits(Pending::SealPage);
}

std::optional<DeviceError> State::unstored_error() const noexcept {
    for (const auto& one : unstored)
        if (one.failed) return one.failed;
    return std::nullopt;
}

}  // namespace app::session

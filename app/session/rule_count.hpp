// How many flows have a rule for an event, counted while it is compiled. Knows no flow.
#pragma once

#include <variant>

namespace app::session {

/// A flow has a rule for an event on a screen, `on(screen, event)`, or for an event alone, `on(event)`.
template <class Flow, class... What>
inline constexpr bool has_rule = requires(Flow& flow, What&... what) {
    flow.on(what...);
};

template <class... Flow>
struct RuleCount {
    /// Flows that have that rule.
    template <class... What>
    static constexpr int of = (int{has_rule<Flow, What...>} + ... + 0);

    /// Screens on which some flow has a rule for the event.
    template <class E, class... S>
    static constexpr int screens(const std::variant<S...>* /* all screens */) {
        return (int{of<S, E> > 0} + ...);
    }
    /// An event that no rule is for would be dropped in silence.
    template <class E, class... S>
    static constexpr bool meant(const std::variant<S...>* all) {
        return of<E> > 0 || screens<E>(all) > 0;
    }
    /// Of two rules for the same screen, or for whatever is shown, it would be chance which came first.
    template <class E, class... S>
    static constexpr bool settled(const std::variant<S...>* all) {
        return of<E> + (screens<E>(all) > 0 ? 1 : 0) <= 1 && ((of<S, E> <= 1) && ...);
    }
};

}  // namespace app::session

// A std::variant that is made from what is one of its alternatives and from nothing else. Knows no event and no screen.
#pragma once

#include <concepts>
#include <utility>
#include <variant>

namespace app::session {

/// std::variant's own constructor looks for the best of all alternatives at each type that it is given, by overload
/// resolution; in variants as wide as these, one in another, that is most of what a file that sends events costs.
template <class... T>
struct Alternatives : std::variant<T...> {
    template <class A>
    static constexpr bool has = (std::same_as<A, T> || ...);

    Alternatives() = default;
    template <class A>
    requires has<A> Alternatives(A alternative) : std::variant<T...>(std::in_place_type<A>, std::move(alternative)) {}
};

}  // namespace app::session

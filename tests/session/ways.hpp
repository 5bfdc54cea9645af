// The ways to every screen and to every effect that is under way, and every event: what the table of the state machine
// is made over.
#pragma once

#include "tests/session/support.hpp"

namespace test {

using Way = std::function<void(Rig&)>;

/// How to get to each screen, in the order of the flow.
[[nodiscard]] const std::vector<std::pair<std::string_view, Way>>& screens();

/// A kiosk that has asked for an effect and has no answer yet.
struct UnderWay {
    std::string_view effect;  ///< as it is called
    std::string_view where;   ///< the screen, and how it comes to stand there
    Way go;
};
/// Every effect that is answered, on every screen on which its answer may arrive.
[[nodiscard]] const std::vector<UnderWay>& under_way();

struct Sample {
    std::string label;  ///< "SayConsent yes": the event, and which of its kinds it is
    session::Event event;
};
/// Every event that the variant lists, in its order, with each choice that it can carry, fitting where this rig stands.
[[nodiscard]] std::vector<Sample> samples(Rig& r);
/// One of them, made without the others.
[[nodiscard]] Sample sample(Rig& r, std::size_t index);

// ---- parts of ways -------------------------------------------------------------------------------------------------

/// The shift lead, at the list of people; or at the keys of the device.
void open_people(Rig& r);
void open_keys(Rig& r);
/// Up to the screen that shows new words.
void make_words(Rig& r);
inline constexpr std::string_view new_eight = "radio hotel canal zinc yoga plaza metro solar ";
[[nodiscard]] session::FreshWords fresh_words(session::KeyUse use = session::KeyUse::Change);
[[nodiscard]] session::Asked asked();
/// A kiosk that is not set up; new words on it; and a device that was made and asks.
void not_set_up(Rig& r);
void first_words(Rig& r);
void made_and_asks(Rig& r);
/// Its request was written; the words were the same.
void compare(Rig& r);
void bring_back(Rig& r);
/// The first lead of a device that was enrolled just now is being made.
void first_lead_of_new(Rig& r);
[[nodiscard]] session::BundleLost lost_bundle();
/// A newer bundle, what the device tells once it is taken, and the shift lead looking at it.
[[nodiscard]] model::News brought_news();
[[nodiscard]] session::Setup newer_setup();
void show_news(Rig& r);

}  // namespace test

// A kiosk without a device: the session with a small bundle in memory, driven by events, its effects kept to look at.
#pragma once

#include <catch2/catch_all.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/session/update.hpp"
#include "locales/translator.hpp"

namespace test {

namespace session = app::session;
namespace model = app::model;
namespace engine = questionnaires::engine;
namespace exchange = app::exchange;
using std::chrono::milliseconds;

crypto::SodiumReady ready();

/// "Home" for session::Home: what the tables below are written with.
template <class T>
[[nodiscard]] std::string_view type_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    text = text.substr(text.find("T = ") + 4);
    text = text.substr(0, text.find_first_of(";]"));
    return text.substr(text.rfind(':') + 1);
}
[[nodiscard]] std::string_view name_of(const session::Screen& screen);
[[nodiscard]] std::string_view name_of(const session::Event& event);

/// A questionnaire with every way to answer, a rule for each reading and two steps.
std::shared_ptr<const engine::Form> form();
/// One form that begins a screening, and those of a quick flag and of practice. Worker 1 works in a shelter, 2 at a
/// border, 3 is a shift lead.
session::Setup setup(const std::shared_ptr<const engine::Form>& asked = form());
/// A form that may be gone on with, `adult` and `child` beside it; worker 1 is trained for children.
session::Setup visit_setup();
/// Whether a record holds this text.
bool says(const std::string& record, std::string_view part);
/// The words of the program, read once: they never change while it runs.
const locales::Translator& built_in_texts();
session::Origin origin(char letter = 'a', std::size_t arena = session::arena_bytes);

class Rig {
  public:
    explicit Rig(model::Role role = model::Role::Shelter, std::shared_ptr<const engine::Form> asked = form());

    session::State state;
    session::Now now;
    const locales::Translator& texts = built_in_texts();
    /// Everything asked for since the last take().
    session::Effects effects;
    bool switched_on = false;
    bool slow_medium = false;  ///< else the page before is stored by the time that the next one is left
    std::function<session::Setup()> make_setup;  ///< what the device tells once it is unlocked

    /// Sends one event; false when neither the screen changed nor anything was asked for.
    void send(session::Event event);
    [[nodiscard]] std::string_view screen() const { return name_of(state.screen); }
    void pass(milliseconds time);
    /// Moves time to the next wanted tick and sends it.
    void idle();

    /// No key file was found; and letters typed into the field of the words.
    Rig& choose_slot();
    void type_words(std::string_view text);
    Rig& unlock();
    Rig& sign_in();                                                                 // up to home
    Rig& ask_consent(session::Mode mode = session::Mode::Assisted);                 // up to the consent
    Rig& say_yes();                                                                 // reads the consent on and agrees
    Rig& begin(session::Mode mode = session::Mode::Assisted);                       // up to the first question
    Rig& answer_all(std::string_view danger = "no", std::string_view help = "no");  // up to the review
    Rig& for_person(session::Mode mode = session::Mode::Assisted, std::string_view danger = "no");
    Rig& for_worker(std::string_view danger = "no");
    /// The questions of a visit's first form answered and reviewed; `age` "" is skipped.
    Rig& first_contact(std::string_view age = "adult", session::Mode mode = session::Mode::Assisted,
                       std::string_view danger = "no", std::string_view help = "no");
    Rig& go_on(std::string_view age = "adult");  // up to the first question of the longer form
    Rig& brief(session::Purpose purpose);        // up to the first question where nobody is asked
    /// The worker thread's answer to the last thing it was asked to seal.
    void stored();
    void not_stored(session::DeviceError error = session::DeviceError::NoRoom);
    /// From the neutral screen, once it listens again: a worker signs in.
    Rig& come_back(std::uint32_t number = 1, model::Role role = model::Role::Shelter);

    /// By its address: "age", "kid[2]/age".
    [[nodiscard]] engine::NodeId node(std::string_view address);
    void choose(std::string_view question, std::string_view choice);
    void type(std::string_view question, std::string_view text);
    void say(std::string_view question, engine::AnswerState state);

    /// The last effect of that kind, or null.
    template <class E>
    [[nodiscard]] E* last() {
        for (auto at = effects.rbegin(); at != effects.rend(); ++at)
            if (auto* found = std::get_if<E>(&*at)) return found;
        return nullptr;
    }
    template <class E>
    [[nodiscard]] std::size_t count() const {
        std::size_t n = 0;
        for (const auto& effect : effects) n += std::holds_alternative<E>(effect) ? 1U : 0U;
        return n;
    }
    /// The JSON of the last revision handed over for sealing.
    [[nodiscard]] std::string record();

  private:
    model::Role role_;
};

}  // namespace test

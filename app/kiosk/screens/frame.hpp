// What every screen of the kiosk has in common: the pen it draws with, the header, the buttons of the footer; it must
// not know any one screen.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "app/kiosk/screens/screens.hpp"

namespace app::kiosk::screens {

namespace engine = questionnaires::engine;

/// Everything a screen draws with. Lives for one pass.
struct Pen {
    ui::Ui& ui;
    const session::State& state;
    const Context& context;
    Inputs& out;

    [[nodiscard]] locales::Text tr(std::string_view key, locales::Values values = {}) const {
        return context.texts.tr(key, values);
    }
    [[nodiscard]] locales::Language language() const noexcept { return context.texts.language(); }
    /// The language of the interface as the questionnaire being asked knows it.
    [[nodiscard]] engine::LanguageId form_language() const noexcept { return state.screening->language_id(language()); }
    /// Nobody is asked: what is on the screen is the worker's own.
    [[nodiscard]] bool observing() const noexcept {
        return state.screening && state.screening->mode == session::Mode::Observation;
    }
    /// Says what the person did.
    template <class E>
    void send(E&& event) const {
        out.emplace_back(std::forward<E>(event));
    }
};

/// What stands at the left of the header.
enum class Left : std::uint8_t {
    name,      ///< "Amparo": screens of the worker
    nothing,   ///< screens shared with the person
    only_you,  ///< what the person is not meant to read
};

/// What the last button of the header does.
enum class Cross : std::uint8_t {
    none,   ///< nothing to leave
    lock,   ///< a worker is in: closes the session
    leave,  ///< an interview is open or being prepared: asks once, keep or erase
};

struct HeaderOptions {
    Left left = Left::name;
    Cross cross = Cross::none;
    float progress = -1;  ///< 0 to 1; negative: no bar
};

/// Names the screen, puts the DEMO strip and the header. First call of every screen but the clock.
void begin(const Pen& pen, std::string_view screen, const HeaderOptions& header = {},
           const ui::ScreenOptions& options = {});

/// The one primary button, at the end of the footer.
[[nodiscard]] bool primary(const Pen& pen, std::string_view key, std::string_view text,
                           ui::Icon after = ui::Icon::arrow_forward);
/// The way back, at the start of the footer.
[[nodiscard]] bool back(const Pen& pen, std::string_view key, std::string_view text = "button.back");

/// Whose device this is, where people sign in: the programme's name and words, and whether this device has a key to
/// hold them against.
void programme(const Pen& pen);

struct Saying {
    ui::Icon icon;
    ui::Tone tone;
    locales::Text title;
    locales::Text body;
};
/// A badge, a heading and a text in the middle: screens that say one thing. Keys: key + ".title", ".body".
void say(const Pen& pen, std::string_view key, const Saying& saying);

}  // namespace app::kiosk::screens

// Describes a screen with calls, lays it out, draws it and tells what was touched; it must not know what Amparo is for.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "app/platform/events.hpp"
#include "app/platform/fonts.hpp"
#include "app/platform/picture.hpp"
#include "app/platform/window.hpp"
#include "app/ui/core/icons.hpp"
#include "app/ui/core/styles.hpp"
#include "app/ui/core/text.hpp"
#include "app/ui/core/theme.hpp"
#include "app/ui/core/trace.hpp"
#include "crypto/ready.hpp"

namespace app::ui {

/// Stable name of a control, the same in every language: "question.next", "choice.yes". Unique within a screen.
using KeyName = std::string_view;

struct ButtonOptions {
    ButtonStyle style = ButtonStyle::plain;
    Icon before = Icon::none;
    Icon after = Icon::none;
    bool grow = false;  ///< takes its share of the room left in its row; in a column: the whole width
    bool enabled = true;
    bool by_default = false;  ///< Enter presses it when nothing else has the focus; implied by `primary`
};

struct ChoiceOptions {
    bool selected = false;
    bool multiple = false;  ///< square mark: several may be chosen
    bool enabled = true;
    Text second{};  ///< the same in the other language, or an explanation
};

struct IconTextOptions {
    Tone tone = Tone::primary;
    bool strong = false;
    Text second{};
};

struct ListRowOptions {
    Icon icon = Icon::none;
    Tone tone = Tone::soft;
    Text second{};
    Text value{};  ///< at the right
    bool enabled = true;
};

struct FieldOptions {
    bool numeric = false;  ///< the keyboard opens with digits
    bool multiline = false;
    bool autofocus = false;  ///< has the caret when the screen appears
    int revision = 0;        ///< another number: forget what was typed and take `value` again
    Text placeholder{};
    std::size_t capacity = 2000;  ///< bytes of UTF-8
};

/// What a text field holds now. `value` lies in locked memory and is valid until the next pass; it starts as the value
/// given and is the field's own afterwards.
struct Field {
    std::string_view value;
    bool changed = false;    ///< a key was pressed in this pass
    bool submitted = false;  ///< Enter, or the on-screen keyboard's done key
    bool focused = false;
};

struct KeyboardTexts {
    Text space{};  ///< "espacio"
    Text done{};   ///< "Listo"
};

enum class PinKey : std::uint8_t { none, digit, backspace, ok };

struct PinInput {
    PinKey key = PinKey::none;
    std::uint8_t digit = 0;  ///< 0 to 9
};

struct PinPadTexts {  ///< said of the two keys that carry an icon (trace, later screen readers)
    Text backspace{};
    Text ok{};
};

struct Segment {
    std::string_view id;  ///< the part of the key after the dot: "header.language" + "es"
    Text text{};
};

class Ui;

/// Ends a container when it goes out of scope. True when its content is wanted.
class [[nodiscard]] Scope {
  public:
    Scope(Ui* ui, bool wanted) noexcept : ui_(ui), wanted_(wanted) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();
    explicit operator bool() const noexcept { return wanted_; }

  private:
    Ui* ui_;
    bool wanted_;
};

/// One interface. A pass describes the whole screen, top to bottom, with the calls below; the Ui then measures,
/// arranges and draws it. A control answers whether it was used *in the frame the person saw*, so nothing moves under a
/// finger.
///
///     void draw_question(Ui& ui, const State& s, const Context& c, std::vector<Event>& out) noexcept {
///         ui.screen("question." + s.node);        // a new name: scrolled to the top, taps ignored for 300 ms
///         {
///             auto header = ui.header();
///             ui.push();                          // everything after it goes to the right
///             if (ui.icon_button("header.leave", Icon::close, c.tr("header.leave"))) out.push_back(Leave{});
///         }
///         {
///             auto middle = ui.middle();          // scrolls; at most 820 dp wide, centred
///             ui.heading("question.label", c.label(s.node));
///             auto grid = ui.choices();           // one column, two when wide in ems
///             for (const auto& one : s.choices)
///                 if (ui.choice("choice." + one.name, one.label, {.selected = one.on})) out.push_back(…);
///         }
///         {
///             auto footer = ui.footer();          // never scrolled away
///             if (ui.button("question.back", c.tr("back"), {.before = Icon::arrow_back})) out.push_back(Back{});
///             ui.push();
///             if (ui.button("question.next", c.tr("next"), {.style = ButtonStyle::primary})) out.push_back(Next{});
///         }
///     }
///
/// Texts are copied into locked memory, wiped at the start of every pass. Nothing here formats text, starts a thread,
/// reads a file or a clock.
class Ui {
  public:
    /// `fonts` must outlive the Ui. Errors: font_damaged; locked_memory.
    [[nodiscard]] static platform::Result<std::unique_ptr<Ui>> make(crypto::SodiumReady ready,
                                                                    const platform::FontFiles& fonts);
    ~Ui();
    Ui(const Ui&) = delete;
    Ui& operator=(const Ui&) = delete;

    // ------------------------------------------------------------------------------------------ running

    /// Takes all queued events and returns a frame to show, or nothing when no frame is due: idle costs nothing.
    /// `describe` is called once per event that presses, types or submits something, and again for as long as it
    /// returns true ("I changed the state", at most 8 times), so that a tap shows its result in the same frame.
    /// CloseEvent and WakeEvent make a pass too; see closed() and woken().
    [[nodiscard]] std::optional<platform::Picture> frame(const platform::Metrics& metrics, platform::EventQueue& events,
                                                         platform::Instant now,
                                                         const std::function<bool(Ui&)>& describe);
    /// When frame() wants to be called though nothing arrives (inertia, long press), or nothing.
    [[nodiscard]] std::optional<platform::Instant> next_wake(platform::Instant now) const noexcept;
    /// The next frame() draws even if nothing arrived: for state changed from outside.
    void invalidate() noexcept;
    void prefer(const Preferences& preferences) noexcept;
    [[nodiscard]] const Preferences& preferences() const noexcept;
    /// Of the last frame.
    [[nodiscard]] const Trace& trace() const noexcept;
    /// Wipes texts, fields and the last frame's trace: on locking. Within a pass: as soon as the pass ends.
    void forget() noexcept;

    // In a pass: what arrived besides taps.
    [[nodiscard]] bool escape()
        const noexcept;  ///< Esc was pressed (it also closes the keyboard and takes the focus away)
    [[nodiscard]] bool closed() const noexcept;   ///< the window is to close
    [[nodiscard]] bool woken() const noexcept;    ///< Window::wake() was called
    [[nodiscard]] bool touched() const noexcept;  ///< the person did anything at all: for idle timers
    [[nodiscard]] platform::Instant now() const noexcept;

    // ------------------------------------------------------------------------------------------ screen and containers

    /// First call of every pass.
    void screen(KeyName name, const ScreenOptions& options = {});
    /// A strip across the top, for DEMO and for what a narrow header has no room for. Several lie one below the other.
    void banner(KeyName key, Text text, Tone tone = Tone::amber);
    /// Fixed, full width: title or tag at the left, push(), icon buttons at the right. Breaks into two lines when
    /// needed.
    Scope header();
    Scope middle();
    Scope footer();
    Scope row(float gap = dp::gap, Align across = Align::center);  ///< breaks into lines when it does not fit
    Scope wrap(float gap = 10);                                    ///< natural widths, as many per line as fit
    Scope column(float gap = dp::gap, Align across = Align::start);
    Scope panel(float gap = dp::gap);  ///< a white rounded box
    Scope choices();                   ///< a grid of equal cells: 1 column, 2 from 38 em
    Scope narrow(float width = 360);   ///< centred, at most this wide, texts centred
    /// Children one below the other; side by side where the window is low and wide (a phone held sideways).
    Scope split();
    /// A line that opens and closes what is inside. Remembers itself while the screen stays.
    Scope fold(KeyName key, Icon icon, Text text);
    /// Takes the room that is left: in a column pushes what follows to the bottom, in a row to the right.
    void push();
    void space(float height);
    void divider();

    // ------------------------------------------------------------------------------------------ texts

    void heading(KeyName key, Text text, Text second = {});  ///< the question; second: the same in the other language
    void title(KeyName key, Text text);                      ///< a smaller heading; the app's name in the header
    void body(KeyName key, Text text);
    void strong(KeyName key, Text text);
    void hint(KeyName key, Text text, Tone tone = Tone::soft);   ///< soft, text size
    void small(KeyName key, Text text, Tone tone = Tone::soft);  ///< soft, 16
    void code(KeyName key, Text text);                           ///< large, bold, breaks only at hyphens
    void icon_text(KeyName key, Icon icon, Text text, const IconTextOptions& options = {});
    void badge(KeyName key, Icon icon, Tone tone);  ///< a large icon in a circle
    void tag(KeyName key, Tone tone, Text text, bool large = false);
    void stat(KeyName key, Icon icon, Text text, Text value, Tone tone = Tone::soft, bool strong = false);
    void progress(KeyName key, float fraction);  ///< directly after header(): the bar under it
    void progress_count(KeyName key, std::uint64_t done, std::uint64_t total, Text text);
    /// Large time and date over the whole screen; true when touched anywhere or any key was pressed.
    bool clock(KeyName key, Text time, Text date);

    // ------------------------------------------------------------------------------------------ controls: true when
    // used

    bool button(KeyName key, Text text, const ButtonOptions& options = {});
    bool icon_button(KeyName key, Icon icon, Text name, bool framed = false);  ///< framed: a button with an icon only
    /// The same for a way out: it also acts right after a change of screen, and on a page that is still moving.
    bool urgent_button(KeyName key, Icon icon, Text name);
    bool card(KeyName key, CardStyle style, Icon icon, Text title, Text subtitle, Tone tone = Tone::primary);
    bool choice(KeyName key, Text text, const ChoiceOptions& options = {});
    bool chip(KeyName key, Text text, bool selected = false, bool enabled = true);
    bool list_row(KeyName key, Text text, const ListRowOptions& options = {});
    /// The index touched. Keys of the parts: key + "." + id. `selected` is an id.
    std::optional<std::size_t> segments(KeyName key, std::span<const Segment> parts, std::string_view selected);
    std::optional<std::size_t> segments(KeyName key, std::initializer_list<Segment> parts, std::string_view selected);
    void pin_dots(KeyName key, std::size_t filled, std::size_t total);
    /// Keys: key + ".0" … ".9", ".backspace", ".ok". Digits, Backspace and Enter of a physical keyboard count too.
    PinInput pin_pad(KeyName key, const PinPadTexts& texts, bool ok_enabled = true);
    Field text_field(KeyName key, Text name, std::string_view value, const FieldOptions& options = {});
    /// Call last, after footer(). Appears while a text field has the caret. Keys: key + "." + character, ".shift",
    /// ".backspace", ".space", ".numbers", ".done"; accents by holding a vowel: key + ".alt." + character.
    void keyboard(KeyName key, const KeyboardTexts& texts);

    /// The em in dp and the width of the window in ems, for screens that arrange themselves.
    [[nodiscard]] float em() const noexcept;
    [[nodiscard]] float width_in_ems() const noexcept;

  private:
    friend class Scope;
    struct Impl;
    explicit Ui(std::unique_ptr<Impl> impl) noexcept;
    void close() noexcept;

    std::unique_ptr<Impl> impl_;
};

}  // namespace app::ui

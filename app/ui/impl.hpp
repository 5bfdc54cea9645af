// The state behind class Ui; only the .cpp files of this folder include it.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/ui/core/glyphs.hpp"
#include "app/ui/core/painter.hpp"
#include "app/ui/core/scene.hpp"
#include "app/ui/core/text_field.hpp"
#include "app/ui/core/touch.hpp"
#include "app/ui/ui.hpp"

namespace app::ui {

struct FieldState {
    TextField field;
    int revision = 0;
    bool multiline = false;
    bool numeric = false;
    bool seen = true;  ///< described in this pass
};

struct KeyboardState {
    bool shift = false;
    bool numbers = false;
    KeyCopy base;  ///< key whose pop-up is open
};

/// What holding a key of the keyboard offers; empty when nothing.
[[nodiscard]] std::string_view held_characters(std::string_view suffix, bool upper) noexcept;

/// What one event means for the pass that follows it.
struct Action {
    std::string_view tapped;  ///< in the texts of the frame the person saw
    std::string edited;
    std::string submitted;
    bool escape = false, closed = false, woken = false, touched = false, any_key = false;
};

struct Ui::Impl {
    Impl(crypto::SodiumReady r, std::unique_ptr<Glyphs> g)
        : ready(r), glyphs(std::move(g)), front(std::make_unique<Scene>(r)), back(std::make_unique<Scene>(r)) {}

    crypto::SodiumReady ready;
    std::unique_ptr<Glyphs> glyphs;
    Painter painter;
    std::unique_ptr<Scene> front;  ///< what the person sees
    std::unique_ptr<Scene> back;   ///< what is being described
    Preferences preferences;
    Look look;
    platform::Metrics metrics;
    platform::Instant now{};

    // input.cpp
    bool handle(const platform::Event& event);
    bool pointer(const platform::PointerEvent& event);
    bool apply(const TouchResult& result);
    bool tap(std::string_view key, platform::Point at);
    bool tap_key(std::string_view suffix);
    bool type(char32_t character);
    bool press_key(platform::Key key);
    bool edit_key(FieldState& field, platform::Key key);
    bool press_enter();
    bool pin_key(std::string_view name);
    void focus_field(std::string_view key);
    void leave_keyboard() noexcept;
    void move_focus(int by);
    void reveal(const Widget& widget);
    void scroll_by(float dp);
    void tick(platform::Instant time);
    void place_caret(std::string_view key, platform::Point at);
    [[nodiscard]] FieldState* focused_field();
    bool edited();

    // frame.cpp
    void run(Ui& ui, const std::function<bool(Ui&)>& describe);
    void end_pass();
    void new_screen();
    void mark_focus() noexcept;  ///< in the trace
    void update_look(const platform::Metrics& m);

    // build
    Node& leaf(const WidgetKind& kind, KeyName key, std::string_view text);
    NodeId container(const Node& node);
    [[nodiscard]] bool used(const Node& node) const { return node.enabled && action.tapped == node.key; }
    void add_key(NodeId keyboard, std::string_view suffix, std::string_view text, Icon icon, float weight,
                 std::size_t line);
    void add_popup(NodeId keyboard);

    Touch touch;
    Action action;
    float scroll = 0;
    std::string screen;
    bool has_screen = false;
    platform::Instant guard{};
    std::string focus;
    bool focus_visible = false;
    std::string revealed;  ///< the field that was scrolled into sight
    std::map<std::string, FieldState, std::less<>> fields;
    std::set<std::string, std::less<>> folds;
    KeyboardState keys;
    std::string keyboard_key;
    NodeId open = no_node;  ///< container that takes the next node
    int groups = 0;
    static constexpr int list_group = 1 << 20;  ///< rows of lists touch each other
    bool invalid = true;                        ///< the description is out of date
    bool dirty = true;                          ///< the picture is out of date
    bool field_failed = false;
    bool in_pass = false;
    bool forget_after = false;  ///< forget() was called while describing
};

}  // namespace app::ui

// What an event means: taps, keys, typed characters, focus.
#include <algorithm>
#include <array>

#include "app/ui/impl.hpp"

namespace app::ui {
namespace {

using platform::Key;

bool focusable(const Widget& w) {
    return w.target && w.enabled && w.area != Area::keyboard && w.area != Area::popup && w.rect.w > 0;
}

char32_t first_character(std::string_view text) {
    std::size_t at = 0;
    return text.empty() ? U'\0' : next_character(text, at);
}

// Capitals of the characters the keyboard can make: ASCII, and Latin-1 letters, which lie 32 below.
char32_t upper(char32_t c) {
    if ((c >= U'a' && c <= U'z') || (c >= U'\u00E0' && c <= U'\u00FE' && c != U'\u00F7')) return c - 32;
    return c;
}

}  // namespace

// True when the description has to run because of this event.
bool Ui::Impl::handle(const platform::Event& event) {
    action = {};
    now = std::max(now, event.when);
    return std::visit(
        [this](const auto& what) {
            using What = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<What, platform::PointerEvent>) {
                action.touched = true;
                return pointer(what);
            } else if constexpr (std::is_same_v<What, platform::WheelEvent>) {
                action.touched = true;
                touch.stop_inertia();
                scroll_by(what.notches * 64);
                return false;
            } else if constexpr (std::is_same_v<What, platform::KeyEvent>) {
                action.touched = action.any_key = true;
                return press_key(what.key);
            } else if constexpr (std::is_same_v<What, platform::CharacterEvent>) {
                action.touched = action.any_key = true;
                return type(what.character);
            } else if constexpr (std::is_same_v<What, platform::CloseEvent>) {
                action.closed = true;
                return true;
            } else if constexpr (std::is_same_v<What, platform::WakeEvent>) {
                action.woken = true;
                return true;
            } else {
                dirty = invalid = true;  // resized or exposed
                return false;
            }
        },
        event.what);
}

bool Ui::Impl::pointer(const platform::PointerEvent& event) {
    const platform::Point at{event.at.x / look.scale, event.at.y / look.scale};
    tick(now);
    switch (event.phase) {
        case platform::PointerPhase::press: {
            if (focus_visible) dirty = true;
            focus_visible = false;
            const Widget* const target = target_at(front->trace, at);
            const bool beside = target == nullptr || (target->area != Area::popup && !target->urgent);
            if (!keys.base.empty() && beside) {
                keys.base.clear();
                invalid = true;
                return false;
            }
            return apply(touch.press(at, now, front->trace, guard));
        }
        case platform::PointerPhase::move:
            return apply(touch.move(at, now));
        case platform::PointerPhase::release:
            return apply(touch.release(at, now, front->trace, !preferences.reduced_motion));
        case platform::PointerPhase::cancel:
            touch.stop();
            dirty = true;
            return false;
    }
    return false;
}

bool Ui::Impl::apply(const TouchResult& result) {
    dirty = dirty || result.redraw;
    if (result.scroll_by != 0) scroll_by(result.scroll_by);
    if (!result.held.empty()) {
        const std::string_view suffix = result.held.substr(std::min(result.held.size(), keyboard_key.size() + 1));
        if (held_characters(suffix, keys.shift).empty()) {
            touch.hold_refused();
        } else {
            keys.base.assign(suffix);
            invalid = true;
        }
    }
    return !result.tapped.empty() && tap(result.tapped, result.at);
}

void Ui::Impl::focus_field(std::string_view key) {
    focus.assign(key);
    const auto found = fields.find(key);
    leave_keyboard();
    keys.numbers = found != fields.end() && found->second.numeric;
    invalid = true;
}

void Ui::Impl::leave_keyboard() noexcept {
    keys.base.clear();
    keys.shift = keys.numbers = false;
}

bool Ui::Impl::tap(std::string_view key, platform::Point at) {
    const Widget* const widget = front->trace.find(key);
    if (widget == nullptr) return false;
    if (widget->kind == Kind::key) return tap_key(key.substr(std::min(key.size(), keyboard_key.size() + 1)));
    if (widget->kind == Kind::text_field) {
        if (focus != key) focus_field(key);
        if (at.x >= 0) place_caret(key, at);
        invalid = true;
        return false;
    }
    action.tapped = key;
    return true;
}

bool Ui::Impl::edited() {
    action.edited = focus;
    return true;
}

bool Ui::Impl::tap_key(std::string_view suffix) {
    FieldState* const field = focused_field();
    if (field == nullptr) return false;
    invalid = true;
    if (suffix == "shift") {
        keys.shift = !keys.shift;
        return false;
    }
    if (suffix == "numbers") {
        keys.numbers = !keys.numbers;
        keys.shift = false;
        return false;
    }
    if (suffix == "done") {
        action.submitted = focus;
        focus.clear();
        leave_keyboard();
        return true;
    }
    if (suffix == "backspace") return edit_key(*field, Key::backspace);
    const bool alternative = suffix.starts_with("alt.");
    const std::string_view name = alternative ? suffix.substr(4) : suffix;
    char32_t c = name == "space" ? U' ' : first_character(name);
    if (keys.shift && !keys.numbers && !alternative) c = upper(c);
    keys.base.clear();
    keys.shift = false;
    return field->field.insert(c) && edited();
}

FieldState* Ui::Impl::focused_field() {
    const auto found = fields.find(focus);
    return found == fields.end() ? nullptr : &found->second;
}

bool Ui::Impl::type(char32_t character) {
    if (FieldState* const field = focused_field()) return field->field.insert(character) && edited();
    if (character >= U'0' && character <= U'9') {
        const char name[1] = {static_cast<char>(character)};
        if (pin_key({name, 1})) return true;
    }
    if (character == U' ' && focus_visible) return press_enter();
    const Widget* const last = front->trace.widgets.empty() ? nullptr : &front->trace.widgets.front();
    return last != nullptr && last->kind == Kind::clock;
}

// A physical keyboard works the PIN pad without touching it.
bool Ui::Impl::pin_key(std::string_view name) {
    for (const Widget& w : front->trace.widgets) {
        if (w.kind != Kind::pin_key || !w.enabled || !w.key.ends_with(name)) continue;
        if (w.key.size() <= name.size() || w.key[w.key.size() - name.size() - 1] != '.') continue;
        action.tapped = w.key;
        return true;
    }
    return false;
}

bool Ui::Impl::edit_key(FieldState& state, Key key) {
    dirty = invalid = true;
    TextField& field = state.field;
    switch (key) {
        case Key::backspace:
            return field.erase_before() && edited();
        case Key::del:
            return field.erase_after() && edited();
        case Key::left:
            field.move(-1);
            return false;
        case Key::right:
            field.move(1);
            return false;
        case Key::home:
            field.home();
            return false;
        case Key::end:
            field.end();
            return false;
        case Key::enter:
            if (state.multiline) return field.insert(U'\n', true) && edited();
            action.submitted = focus;
            return true;
        case Key::tab:
        case Key::back_tab:
        case Key::escape:
        case Key::up:
        case Key::down:
        case Key::page_up:
        case Key::page_down:
            return false;
    }
    return false;
}

bool Ui::Impl::press_key(Key key) {
    const bool clock = !front->trace.widgets.empty() && front->trace.widgets.front().kind == Kind::clock;
    FieldState* const field = focused_field();
    if (key == Key::escape) {
        leave_keyboard();
        if (field != nullptr) focus.clear();
        focus_visible = false;
        dirty = invalid = true;
        action.escape = true;
        return true;
    }
    if (clock) return true;
    switch (key) {
        case Key::tab:
            move_focus(1);
            return false;
        case Key::back_tab:
            move_focus(-1);
            return false;
        case Key::page_up:
            scroll_by(-front->trace.middle.h * 0.8F);
            return false;
        case Key::page_down:
            scroll_by(front->trace.middle.h * 0.8F);
            return false;
        case Key::up:
            move_focus(-1);
            return false;
        case Key::down:
            move_focus(1);
            return false;
        case Key::left:
        case Key::right:
            if (field != nullptr) return edit_key(*field, key);
            move_focus(key == Key::left ? -1 : 1);
            return false;
        case Key::enter:
            return field != nullptr ? edit_key(*field, key) : press_enter();
        case Key::backspace:
            if (field == nullptr) return pin_key("backspace");
            return edit_key(*field, key);
        case Key::home:
        case Key::end:
        case Key::del:
            return field != nullptr && edit_key(*field, key);
        case Key::escape:
            return false;
    }
    return false;
}

bool Ui::Impl::press_enter() {
    if (now < guard) return false;
    if (focus_visible && !focus.empty()) return tap(focus, {-1, -1});
    if (pin_key("ok")) return true;
    for (const Node& n : front->nodes) {
        if (n.shape != Shape::leaf || !n.by_default || !n.enabled || n.hidden) continue;
        action.tapped = n.key;
        return true;
    }
    return false;
}

void Ui::Impl::move_focus(int by) {
    std::vector<const Widget*> stops;
    for (const Area area : {Area::middle, Area::footer, Area::header})
        for (const Widget& w : front->trace.widgets)
            if (w.area == area && focusable(w)) stops.push_back(&w);
    if (stops.empty()) return;
    const auto at = std::find_if(stops.begin(), stops.end(), [this](const Widget* w) { return w->key == focus; });
    const auto n = static_cast<std::ptrdiff_t>(stops.size());
    std::ptrdiff_t to = by > 0 ? 0 : n - 1;
    if (at != stops.end() && (focus_visible || focused_field() != nullptr)) to = (at - stops.begin() + by + n) % n;
    const Widget& chosen = *stops[static_cast<std::size_t>(to)];
    if (chosen.kind == Kind::text_field)
        focus_field(chosen.key);
    else
        focus.assign(chosen.key);
    focus_visible = true;
    keys.base.clear();
    reveal(chosen);
    dirty = invalid = true;
}

void Ui::Impl::reveal(const Widget& widget) {
    if (widget.area != Area::middle) return;
    const Rect& m = front->trace.middle;
    constexpr float margin = 32;
    if (widget.rect.y < m.y + margin)
        scroll_by(widget.rect.y - m.y - margin);
    else if (widget.rect.bottom() > m.bottom() - margin)
        scroll_by(widget.rect.bottom() - m.bottom() + margin);
}

void Ui::Impl::scroll_by(float by) {
    const float to = std::clamp(scroll + by, 0.0F, front->trace.scroll_range);
    if (to == scroll) {
        touch.stop_inertia();
        return;
    }
    scroll = to;
    // What is described stays the same; only its place changes.
    arrange(*front, look, *glyphs, scroll);
    mark_focus();
    dirty = true;
}

void Ui::Impl::tick(platform::Instant time) {
    const TouchResult result = touch.tick(time);
    (void)apply(result);
}

}  // namespace app::ui

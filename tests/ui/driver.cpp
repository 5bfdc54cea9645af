#include "tests/ui/driver.hpp"

#include <algorithm>
#include <stdexcept>

#include "app/ui/core/shaping.hpp"

namespace gallery {

using app::platform::CharacterEvent;
using app::platform::KeyEvent;
using app::platform::PointerEvent;
using app::platform::PointerPhase;

Driver::Driver(std::string screen, app::platform::WindowOptions options, app::ui::Preferences preferences)
    : window(options) {
    const auto ready = crypto::SodiumReady::init();
    auto found = app::platform::find_fonts();
    if (!ready || !found) throw std::runtime_error("the tests of the interface need the font packages");
    fonts = std::move(*found);
    auto made = app::ui::Ui::make(*ready, fonts);
    if (!made) throw std::runtime_error("the interface could not be made");
    ui = std::move(*made);
    ui->prefer(preferences);
    state.screen = std::move(screen);
    draw();
}

bool Driver::draw_once() {
    window.poll();
    const auto picture = ui->frame(window.metrics(), window.events(), window.now(), [this](app::ui::Ui& u) {
        ++described;
        return describe(u, state);
    });
    if (!picture) return false;
    last = picture;
    window.show(*picture);
    return true;
}

int Driver::draw() {
    int frames = 0;
    for (int i = 0; i < 1000; ++i) {
        if (draw_once()) ++frames;
        const auto next = ui->next_wake(window.now());
        if (!next && window.events().empty()) break;
        if (next) window.wait(next);
    }
    return frames;
}

void Driver::press(const std::string& key, float dx, float dy) {
    const app::ui::Widget& w = widget(key);
    const float scale = window.metrics().scale;
    at_ = {(w.visible.x + w.visible.w / 2 + dx) * scale, (w.visible.y + w.visible.h / 2 + dy) * scale};
    window.events().push({window.now(), PointerEvent{PointerPhase::press, at_}});
    draw_once();
}

void Driver::move(float dx, float dy) {
    const float scale = window.metrics().scale;
    at_ = {at_.x + dx * scale, at_.y + dy * scale};
    window.events().push({window.now(), PointerEvent{PointerPhase::move, at_}});
    draw_once();
}

void Driver::release() {
    window.events().push({window.now(), PointerEvent{PointerPhase::release, at_}});
    draw_once();
}

void Driver::tap(const std::string& key) {
    press(key);
    wait(50);
    release();
    draw();
}

void Driver::type(std::string_view text) {
    for (std::size_t at = 0; at < text.size();)
        window.events().push({window.now(), CharacterEvent{app::ui::next_character(text, at)}});
    draw();
}

void Driver::key(app::platform::Key which) {
    window.events().push({window.now(), KeyEvent{which}});
    draw();
}

const app::ui::Widget& Driver::widget(const std::string& key) const {
    const auto* const found = ui->trace().find(key);
    if (found == nullptr) throw std::runtime_error("no widget " + key);
    return *found;
}

bool Driver::used(const std::string& key) const {
    return std::find(state.used.begin(), state.used.end(), key) != state.used.end();
}

}  // namespace gallery

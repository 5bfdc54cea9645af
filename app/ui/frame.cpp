// The frame: events in, passes, one picture out.
#include <algorithm>
#include <utility>

#include "app/ui/impl.hpp"

namespace app::ui {

Ui::Ui(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Ui::~Ui() = default;

platform::Result<std::unique_ptr<Ui>> Ui::make(crypto::SodiumReady ready, const platform::FontFiles& fonts) {
    auto glyphs = Glyphs::make(fonts);
    if (!glyphs) return tl::unexpected(glyphs.error());
    auto impl = std::make_unique<Impl>(ready, std::move(*glyphs));
    if (!impl->front->pool.reserve() || !impl->back->pool.reserve())
        return tl::unexpected(platform::Failure{platform::Error::locked_memory, {}});
    return std::unique_ptr<Ui>(new Ui(std::move(impl)));
}

std::optional<platform::Picture> Ui::frame(const platform::Metrics& metrics, platform::EventQueue& events,
                                           platform::Instant now, const std::function<bool(Ui&)>& describe) {
    Impl& i = *impl_;
    i.update_look(metrics);
    i.now = std::max(i.now, now);
    if (i.front->nodes.empty()) {
        i.action = {};
        i.run(*this, describe);
    }
    platform::Event event;
    while (events.take(event)) {
        const bool wanted = i.handle(event);
        event = {};
        // A later event must meet the screen this one led to.
        if (wanted || i.invalid) i.run(*this, describe);
    }
    i.action = {};
    i.now = std::max(i.now, now);
    i.tick(i.now);
    if (i.invalid) i.run(*this, describe);
    if (!i.dirty) return std::nullopt;
    i.dirty = false;
    platform::Picture picture;
    const Paint paint{i.touch.pressed(), i.focus_visible, i.focus};
    const auto dark = i.front->options.always_dark && i.preferences.contrast == Contrast::light;
    Look look = i.look;
    if (dark) look.theme = &theme(Contrast::dark);
    // Again only when the atlas had to grow for glyphs met on the way.
    for (int attempt = 0; attempt < 4; ++attempt) {
        i.painter.begin(metrics.width, metrics.height, look.scale, *i.glyphs);
        draw(i.painter, *i.front, look, paint);
        if (i.painter.end(picture)) break;
    }
    picture.background = look.theme->background;
    picture.atlas = i.glyphs->finish();
    return picture;
}

void Ui::Impl::update_look(const platform::Metrics& m) {
    const bool same = m.width == metrics.width && m.height == metrics.height && m.scale == metrics.scale;
    if (same && look.theme != nullptr) return;
    metrics = m;
    look.scale = m.scale > 0 ? m.scale : 1;
    look.width = static_cast<float>(m.width) / look.scale;
    look.height = static_cast<float>(m.height) / look.scale;
    look.text = factor(preferences.text_size);
    look.wide = look.width >= dp::wide && look.height >= 560;
    look.low = look.height < 600;
    look.theme = &theme(preferences.contrast);
    look.high_contrast = preferences.contrast == Contrast::high;
    invalid = dirty = true;
}

// Describes until nothing changes any more; only the first time carries what was touched.
void Ui::Impl::run(Ui& ui, const std::function<bool(Ui&)>& describe) {
    constexpr int most = 8;
    for (int pass = 0; pass < most; ++pass) {
        back->clear();
        open = no_node;
        groups = 0;
        for (auto& [key, field] : fields) field.seen = false;
        in_pass = true;
        const bool changed = describe(ui);
        in_pass = false;
        action = {};
        const bool forgotten = std::exchange(forget_after, false);
        if (forgotten) ui.forget();
        if ((changed || forgotten) && pass + 1 < most) continue;
        end_pass();
        break;
    }
    invalid = false;
    dirty = true;
}

void Ui::Impl::end_pass() {
    std::erase_if(fields, [](const auto& entry) { return !entry.second.seen; });
    if (!has_screen || back->screen != screen) new_screen();
    arrange(*back, look, *glyphs, scroll);
    std::swap(front, back);
    back->clear();
    const bool focus_there = std::any_of(front->trace.widgets.begin(), front->trace.widgets.end(),
                                         [this](const Widget& w) { return w.key == focus && w.target && w.enabled; });
    if (!focus_there) {
        focus.clear();
        focus_visible = false;
    }
    // A field that has just got the caret may now lie below the keyboard.
    if (focused_field() == nullptr)
        revealed.clear();
    else if (revealed != focus) {
        revealed = focus;
        if (const Widget* const field = front->trace.find(focus)) reveal(*field);
    }
    mark_focus();
}

void Ui::Impl::mark_focus() noexcept {
    for (Widget& w : front->trace.widgets) w.focused = w.key == focus && (focus_visible || w.kind == Kind::text_field);
}

void Ui::Impl::new_screen() {
    if (has_screen) guard = now + tap_guard;
    has_screen = true;
    screen.assign(back->screen);
    scroll = 0;
    touch.stop();
    folds.clear();
    keys.base.clear();
    if (fields.find(focus) == fields.end()) focus_visible = false;
}

std::optional<platform::Instant> Ui::next_wake(platform::Instant now) const noexcept {
    if (impl_->invalid || impl_->dirty) return now;
    return impl_->touch.deadline();
}

void Ui::invalidate() noexcept {
    impl_->invalid = true;
}

void Ui::prefer(const Preferences& p) noexcept {
    Impl& i = *impl_;
    const bool same = p.contrast == i.preferences.contrast && p.text_size == i.preferences.text_size;
    i.preferences = p;
    if (same) return;
    i.look.theme = nullptr;
    i.update_look(i.metrics);
}

const Preferences& Ui::preferences() const noexcept {
    return impl_->preferences;
}
const Trace& Ui::trace() const noexcept {
    return impl_->front->trace;
}

void Ui::forget() noexcept {
    Impl& i = *impl_;
    if (i.in_pass) {
        i.forget_after = true;
        return;
    }
    i.fields.clear();
    i.focus.clear();
    i.leave_keyboard();
    i.folds.clear();
    i.front->clear();
    i.back->clear();
    i.invalid = true;
}

bool Ui::escape() const noexcept {
    return impl_->action.escape;
}
bool Ui::closed() const noexcept {
    return impl_->action.closed;
}
bool Ui::woken() const noexcept {
    return impl_->action.woken;
}
bool Ui::touched() const noexcept {
    return impl_->action.touched;
}
platform::Instant Ui::now() const noexcept {
    return impl_->now;
}

}  // namespace app::ui

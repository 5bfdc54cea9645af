#include "app/ui/core/touch.hpp"

#include <algorithm>
#include <cmath>

#include "app/ui/core/theme.hpp"

namespace app::ui {
namespace {

using platform::Instant;
using platform::Point;

constexpr float slowest = 20;    // dp/s: below this scrolling has stopped
constexpr float starts = 140;    // dp/s: below this a release does not throw
constexpr float fastest = 6000;  // dp/s
constexpr float decay = 0.325F;  // s
constexpr Instant frame_time{16};
constexpr Instant sample_window{90};

float seconds(Instant t) {
    return static_cast<float>(t.count()) / 1000.0F;
}

Rect reach(const Widget& w) {
    if (w.kind != Kind::key) return w.visible;
    return {w.visible.x - 3, w.visible.y - 3, w.visible.w + 6, w.visible.h + 6};
}

}  // namespace

const Widget* target_at(const Trace& trace, Point at) noexcept {
    const Widget* found = nullptr;
    for (const Widget& w : trace.widgets) {
        if (!w.target || !w.enabled || w.visible.w <= 0 || !reach(w).contains(at.x, at.y)) continue;
        if (found != nullptr && found->area == Area::popup && w.area != Area::popup) continue;
        found = &w;
    }
    return found;
}

TouchResult Touch::press(Point at, Instant when, const Trace& trace, Instant guard) {
    const bool caught = velocity_ != 0;
    stop();
    down_ = true;
    start_ = last_ = at;
    since_ = when;
    scrolls_ = trace.middle.contains(at.x, at.y);
    remember(at.y, when);
    const Widget* const target = target_at(trace, at);
    if (target != nullptr && target->area != Area::middle) scrolls_ = false;
    if (target != nullptr && (target->urgent || (!caught && when >= guard))) {
        pressed_.assign(target->key);
        lenient_ = target->kind == Kind::key;
        may_hold_ = lenient_;
    }
    TouchResult r;
    r.redraw = !pressed_.empty() || caught;
    return r;
}

TouchResult Touch::move(Point at, Instant when) {
    TouchResult r;
    if (!down_) return r;
    const float moved = std::hypot(at.x - start_.x, at.y - start_.y);
    if (!dragging_ && moved > (lenient_ ? 3 * dp::slop : dp::slop)) {
        dragging_ = true;
        may_hold_ = false;
        r.redraw = !pressed_.empty();
        if (!long_done_) pressed_.clear();
        // The distance to the slop is not made up for, so the content does not jump.
        last_ = at;
        sample_count_ = 0;
    }
    remember(at.y, when);
    if (dragging_ && scrolls_) {
        r.scroll_by = last_.y - at.y;
        r.redraw = r.redraw || r.scroll_by != 0;
    }
    last_ = at;
    return r;
}

TouchResult Touch::release(Point at, Instant when, const Trace& trace, bool inertia) {
    TouchResult r;
    if (!down_) return r;
    r = move(at, when);
    r.at = at;
    r.redraw = r.redraw || !pressed_.empty();
    const Widget* const target = target_at(trace, at);
    if (target != nullptr && (!dragging_ ? !pressed_.empty() && target->key == pressed_.view() && !long_done_
                                         : long_done_ && target->area == Area::popup))
        r.tapped = target->key;
    if (dragging_ && scrolls_ && inertia) {
        const float v = speed(when);
        velocity_ = std::abs(v) < starts ? 0 : std::clamp(v, -fastest, fastest);
        ticked_ = when;
    }
    down_ = dragging_ = false;
    pressed_.clear();
    return r;
}

TouchResult Touch::tick(Instant now) {
    TouchResult r;
    if (down_ && may_hold_ && !long_done_ && !pressed_.empty() && now >= since_ + long_press) {
        long_done_ = true;
        r.held = pressed_.view();
        may_hold_ = false;
        r.redraw = true;
    }
    if (velocity_ == 0 || now <= ticked_) return r;
    const float dt = std::min(seconds(now - ticked_), 0.1F);
    ticked_ = now;
    const float left = std::exp(-dt / decay);
    r.scroll_by = velocity_ * decay * (1 - left);
    velocity_ *= left;
    if (std::abs(velocity_) < slowest) velocity_ = 0;
    r.redraw = true;
    return r;
}

void Touch::stop() noexcept {
    down_ = dragging_ = scrolls_ = lenient_ = long_done_ = may_hold_ = false;
    pressed_.clear();
    velocity_ = 0;
    sample_count_ = 0;
}

std::optional<Instant> Touch::deadline() const noexcept {
    if (velocity_ != 0) return ticked_ + frame_time;
    if (down_ && may_hold_ && !long_done_ && !pressed_.empty()) return since_ + long_press;
    return std::nullopt;
}

void Touch::remember(float y, Instant when) noexcept {
    if (sample_count_ == samples_.size()) {
        std::move(samples_.begin() + 1, samples_.end(), samples_.begin());
        --sample_count_;
    }
    samples_[sample_count_++] = {y, when};
}

float Touch::speed(Instant when) const noexcept {
    if (sample_count_ < 2) return 0;
    const Sample& newest = samples_[sample_count_ - 1];
    std::size_t first = sample_count_ - 1;
    while (first > 0 && when - samples_[first - 1].when <= sample_window) --first;
    const Instant span = newest.when - samples_[first].when;
    if (span.count() <= 0) return 0;
    return (samples_[first].y - newest.y) / seconds(span);
}

}  // namespace app::ui

#include "app/ui/core/trace.hpp"

#include <algorithm>
#include <string>

#include "app/ui/core/theme.hpp"

namespace app::ui {

Rect Rect::intersection(const Rect& o) const noexcept {
    const float left = std::max(x, o.x);
    const float top = std::max(y, o.y);
    const float r = std::min(right(), o.right());
    const float b = std::min(bottom(), o.bottom());
    if (r <= left || b <= top) return {left, top, 0, 0};
    return {left, top, r - left, b - top};
}

const Widget* Trace::find(std::string_view key) const noexcept {
    for (const Widget& w : widgets)
        if (w.key == key) return &w;
    return nullptr;
}

namespace {

constexpr float hair = 0.6F;  // rounding to pixels

class Checker {
  public:
    explicit Checker(const Trace& trace) : trace_(trace) {}

    std::vector<Fault> run() {
        bool has_middle = false;
        for (std::size_t i = 0; i < trace_.widgets.size(); ++i) {
            const Widget& w = trace_.widgets[i];
            has_middle = has_middle || (w.area == Area::middle && w.kind != Kind::clock);
            alone(w);
            for (std::size_t j = i + 1; j < trace_.widgets.size(); ++j) together(w, trace_.widgets[j]);
        }
        if (trace_.middle.h < 96 && has_middle) fault({}, "less than 96 dp are left for the middle");
        return std::move(faults_);
    }

  private:
    void fault(std::string_view key, std::string what) { faults_.push_back({std::string(key), std::move(what)}); }

    void alone(const Widget& w) {
        if (w.overflow) fault(w.key, "text does not fit");
        if (w.missing_glyph) fault(w.key, "a character has no glyph");
        const Rect frame =
            w.area == Area::middle ? Rect{trace_.window.x, w.rect.y, trace_.window.w, w.rect.h} : trace_.window;
        if (w.rect.x < frame.x - hair || w.rect.right() > frame.right() + hair || w.rect.y < frame.y - hair ||
            w.rect.bottom() > frame.bottom() + hair)
            fault(w.key, "reaches outside the window");
        if (w.area == Area::middle) {
            const float scrolled = w.rect.y - trace_.middle.y + trace_.scroll;
            if (scrolled < -hair || scrolled + w.rect.h > trace_.middle.h + trace_.scroll_range + hair)
                fault(w.key, "cannot be scrolled into sight");
        }
        if (!w.target) return;
        const bool key = w.kind == Kind::key;
        const float least_w = key ? 32 : dp::target;
        const float inset = w.kind == Kind::segments ? 2 : 0;  // the control's border belongs to its parts
        if (w.rect.w < least_w - inset - hair || w.rect.h < dp::target - inset - hair)
            fault(w.key, "is too small to touch");
    }

    void together(const Widget& a, const Widget& b) {
        if (a.key == b.key) fault(a.key, "is there twice");
        if (a.area == Area::popup || b.area == Area::popup) {
            if (a.area != b.area) return;  // a pop-up covers what is below it
        }
        if (a.kind == Kind::clock || b.kind == Kind::clock) return;
        const bool scrolls = a.area == Area::middle && b.area == Area::middle;
        const Rect ra = scrolls ? a.rect : a.visible;
        const Rect rb = scrolls ? b.rect : b.visible;
        if (ra.w <= 0 || ra.h <= 0 || rb.w <= 0 || rb.h <= 0) return;
        const Rect common = ra.intersection(rb);
        if (common.w > hair && common.h > hair) return fault(a.key, "overlaps " + std::string(b.key));
        if (!a.target || !b.target || a.area != b.area || (a.group != 0 && a.group == b.group)) return;
        const float apart = a.kind == Kind::key && b.kind == Kind::key ? 4 : 8;
        const float dx = std::max(ra.x, rb.x) - std::min(ra.right(), rb.right());
        const float dy = std::max(ra.y, rb.y) - std::min(ra.bottom(), rb.bottom());
        if (dx < apart - hair && dy < apart - hair) fault(a.key, "is too close to " + std::string(b.key));
    }

    const Trace& trace_;
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> faults(const Trace& trace) {
    return Checker(trace).run();
}

}  // namespace app::ui

// Draws a pass: areas, the faces of containers, and each widget by its own file.
#include <algorithm>

#include "app/ui/core/widget_kind.hpp"

namespace app::ui {
namespace {

class Drawer {
  public:
    Drawer(Painter& painter, const Scene& scene, const Look& look, const Paint& paint)
        : p_(painter), scene_(scene), t_(*look.theme), brush_{painter, scene, look, *look.theme, paint} {}

    void run() {
        p_.clip(scene_.trace.middle);
        area(Area::middle);
        hints_of_more();
        p_.unclip();
        for (const Area a : {Area::banner, Area::header, Area::footer, Area::keyboard, Area::popup}) area(a);
    }

  private:
    void area(Area which) {
        if (which == Area::keyboard) {
            if (const NodeId id = scene_.root(Area::keyboard); id != no_node)
                p_.fill(scene_.at(id).rect, 0, t_.keyboard);
        }
        for (std::size_t i = 0; i < scene_.nodes.size(); ++i) {
            const Node& n = scene_.nodes[i];
            if (n.area != which || n.hidden) continue;
            if (n.shape == Shape::leaf)
                leaf(n, scene_.parts[i]);
            else if (n.decorated)
                container(n);
        }
    }

    void container(const Node& n) {
        if (n.kind != nullptr && n.kind->face != nullptr) {
            n.kind->face(brush_, n);
        } else if (n.area == Area::popup) {
            p_.fill({n.rect.x - 2, n.rect.y - 2, n.rect.w + 4, n.rect.h + 4}, 16, t_.primary);
            p_.fill(n.rect, 14, t_.keyboard);
        } else {
            p_.fill(n.rect, dp::panel_radius, t_.card);
            p_.frame(n.rect, dp::panel_radius, dp::hairline, t_.line);
        }
    }

    void leaf(const Node& n, const Parts& parts) {
        if (n.rect.intersection(scene_.trace.window).h <= 0) return;
        const WidgetKind& kind = *n.kind;
        kind.paint(brush_, n, parts);
        const bool focused = n.target && brush_.paint.focus_visible && brush_.paint.focus == n.key;
        if (focused) focus_ring(n, kind);
    }

    void focus_ring(const Node& n, const WidgetKind& kind) {
        const Rect outer{n.rect.x - 4, n.rect.y - 4, n.rect.w + 8, n.rect.h + 8};
        if (kind.ring == FocusRing::around) p_.frame(outer, kind.radius + 4, 3, t_.focus);
        if (kind.ring == FocusRing::inside) p_.frame(n.rect, 10, 3, t_.focus);
    }

    // The content fades where there is more of it, and a thin bar says how much.
    void hints_of_more() {
        const Trace& tr = scene_.trace;
        if (tr.scroll_range <= 0) return;
        const Rect& m = tr.middle;
        if (tr.scroll > 0) p_.fade({m.x, m.y, m.w, 14}, t_.background, 1, 0);
        if (tr.scroll < tr.scroll_range) p_.fade({m.x, m.bottom() - 28, m.w, 28}, t_.background, 0, 1);
        const float length = std::max(32.0F, m.h * m.h / (m.h + tr.scroll_range));
        const float y = m.y + (m.h - length) * (tr.scroll / tr.scroll_range);
        p_.fill({m.right() - 7, y + 2, 4, length - 4}, 2, mix(t_.soft, t_.background, 0.55F));
    }

    Painter& p_;
    const Scene& scene_;
    const Theme& t_;
    const Brush brush_;
};

}  // namespace

void draw(Painter& painter, const Scene& scene, const Look& look, const Paint& paint) {
    Drawer(painter, scene, look, paint).run();
}

}  // namespace app::ui

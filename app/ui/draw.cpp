// What each kind of widget looks like.
#include <algorithm>
#include <cmath>

#include "app/ui/painter.hpp"
#include "app/ui/scene.hpp"

namespace app::ui {
namespace {

class Drawer {
  public:
    Drawer(Painter& painter, const Scene& scene, const Look& look, const Paint& paint)
        : p_(painter), scene_(scene), look_(look), t_(*look.theme), paint_(paint) {}

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
        if (n.kind == Kind::segments) {
            p_.fill(n.rect, 14, t_.card);
            p_.frame(n.rect, 14, look_.high_contrast ? 2 : 1, t_.outline);
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
        switch (n.kind) {
            case Kind::heading:
            case Kind::title:
            case Kind::strong:
            case Kind::code:
            case Kind::body:
                words(n, parts, t_.ink, t_.soft);
                break;
            case Kind::hint:
            case Kind::small:
                words(n, parts, tone(n, t_.soft), t_.soft);
                break;
            case Kind::icon_text:
                p_.icon(n.icon, parts.lead, tone_colour(n.tone));
                words(n, parts, t_.ink, t_.soft);
                break;
            case Kind::badge:
                badge(n);
                break;
            case Kind::tag:
                tag(n, parts);
                break;
            case Kind::stat:
            case Kind::list_row:
                row(n, parts);
                break;
            case Kind::banner:
                p_.fill(n.rect, 0, tone_soft(n.tone));
                words(n, parts, tone_colour(n.tone), tone_colour(n.tone));
                break;
            case Kind::progress:
                progress(n, parts);
                break;
            case Kind::divider:
                p_.line(n.rect.x, n.rect.y, n.rect.right(), n.rect.y, 1, t_.line);
                break;
            case Kind::card:
                card(n, parts);
                break;
            case Kind::choice:
                choice(n, parts);
                break;
            case Kind::chip:
                chip(n, parts);
                break;
            case Kind::fold:
                fold(n, parts);
                break;
            case Kind::button:
                button(n, parts);
                break;
            case Kind::icon_button:
                icon_button(n);
                break;
            case Kind::segments:
                segment(n, parts);
                break;
            case Kind::pin_dots:
                pin_dots(n);
                break;
            case Kind::pin_key:
                pin_key(n, parts);
                break;
            case Kind::text_field:
                text_field(n, parts);
                break;
            case Kind::key:
                key(n, parts);
                break;
            case Kind::clock:
                clock(n, parts);
                break;
        }
        if (n.target && n.kind != Kind::text_field && paint_.focus_visible && paint_.focus == n.key &&
            n.kind != Kind::clock)
            focus_ring(n);
    }

    [[nodiscard]] bool pressed(const Node& n) const {
        return n.target && !paint_.pressed.empty() && paint_.pressed == n.key;
    }
    [[nodiscard]] Colour touched(const Node& n, Colour face, Colour front) const {
        return pressed(n) ? mix(front, face, look_.high_contrast ? 0.25F : pressed_share) : face;
    }
    // What cannot be used now is paler; its words say why elsewhere.
    [[nodiscard]] Colour able(const Node& n, Colour front, Colour back) const {
        return n.enabled ? front : mix(front, back, 0.45F);
    }

    [[nodiscard]] Colour tone_colour(Tone tone) const {
        switch (tone) {
            case Tone::ink:
                return t_.ink;
            case Tone::soft:
                return t_.soft;
            case Tone::primary:
                return t_.primary;
            case Tone::amber:
                return t_.amber;
            case Tone::danger:
                return t_.danger;
            case Tone::good:
                return t_.good;
        }
        return t_.ink;
    }
    [[nodiscard]] Colour tone(const Node& n, Colour otherwise) const {
        return n.tone == Tone::ink || n.tone == Tone::soft ? otherwise : tone_colour(n.tone);
    }
    [[nodiscard]] Colour tone_soft(Tone tone) const {
        switch (tone) {
            case Tone::ink:
            case Tone::soft:
                return t_.background;
            case Tone::primary:
                return t_.primary_soft;
            case Tone::amber:
                return t_.amber_soft;
            case Tone::danger:
                return t_.danger_soft;
            case Tone::good:
                return t_.good_soft;
        }
        return t_.background;
    }

    void words(const Node& n, const Parts& parts, Colour first, Colour second) {
        const Box box = box_of(n, look_);
        p_.text(n.text, parts.text_block, box.text.face, parts.text, first, n.centered || box.hug);
        if (!n.second.empty()) p_.text(n.second, parts.second_block, box.second.face, parts.second, second, n.centered);
    }

    void focus_ring(const Node& n) {
        const float radius = n.kind == Kind::chip   ? dp::chip_radius
                             : n.kind == Kind::card ? dp::big_radius
                                                    : dp::radius;
        const Rect outer{n.rect.x - 4, n.rect.y - 4, n.rect.w + 8, n.rect.h + 8};
        const bool inside = n.kind == Kind::segments || n.kind == Kind::fold || n.kind == Kind::list_row;
        p_.frame(inside ? n.rect : outer, inside ? 10 : radius + 4, 3, t_.focus);
    }

    void badge(const Node& n) {
        const float r = n.rect.w / 2;
        p_.disc(n.rect.x + r, n.rect.y + r, r, tone_soft(n.tone));
        if (look_.high_contrast) p_.ring(n.rect.x + r, n.rect.y + r, r, 2, tone_colour(n.tone));
        p_.icon(n.icon, {n.rect.x + r - 26, n.rect.y + r - 26, 52, 52}, tone_colour(n.tone));
    }

    void tag(const Node& n, const Parts& parts) {
        const bool outlined = n.tone == Tone::soft || n.tone == Tone::ink || look_.high_contrast;
        if (!outlined)
            p_.fill(n.rect, n.rect.h / 2, tone_soft(n.tone));
        else
            p_.frame(n.rect, n.rect.h / 2, 1, look_.high_contrast ? tone_colour(n.tone) : t_.line);
        words(n, parts, tone_colour(n.tone), t_.soft);
    }

    void row(const Node& n, const Parts& parts) {
        if (pressed(n)) p_.fill({n.rect.x, n.rect.y, n.rect.w, n.rect.h}, 10, touched(n, t_.background, t_.ink));
        p_.icon(n.icon, parts.lead, able(n, tone_colour(n.tone), t_.background));
        words(n, parts, able(n, t_.ink, t_.background), t_.soft);
        const Box box = box_of(n, look_);
        const bool number = n.kind == Kind::stat && n.strong;
        p_.text(n.value, parts.value_block, box.value.face, parts.value, number ? t_.ink : t_.soft, false);
        if (n.enabled) p_.icon(n.icon_after, parts.trail, t_.soft);
        if (n.next != no_node && scene_.at(n.next).kind == n.kind && scene_.at(n.next).shape == Shape::leaf)
            p_.line(n.rect.x, n.rect.bottom() - 1, n.rect.right(), n.rect.bottom() - 1, 1, t_.line);
    }

    void progress(const Node& n, const Parts& parts) {
        Rect bar = n.rect;
        if (!n.text.empty()) {
            words(n, parts, t_.soft, t_.soft);
            bar = {n.rect.x, n.rect.bottom() - 10, n.rect.w, 10};
        }
        p_.fill(bar, bar.h / 2, look_.high_contrast ? t_.background : t_.line);
        const float done = bar.w * std::clamp(n.fraction, 0.0F, 1.0F);
        if (done > 0) p_.fill({bar.x, bar.y, std::max(done, bar.h), bar.h}, bar.h / 2, t_.primary);
        if (look_.high_contrast) p_.frame(bar, bar.h / 2, 1, t_.primary);
    }

    void card(const Node& n, const Parts& parts) {
        const bool primary = n.card == CardStyle::primary;
        const Colour front = primary ? t_.on_primary : t_.ink;
        const Colour face = touched(n, primary ? t_.primary : t_.card, front);
        p_.fill(n.rect, dp::big_radius, face);
        if (n.card == CardStyle::dashed)
            p_.dashes(n.rect, dp::big_radius, dp::hairline,
                      look_.high_contrast ? t_.outline : mix(t_.soft, t_.card, 0.6F));
        else if (!primary)
            p_.frame(n.rect, dp::big_radius, look_.high_contrast ? 2 : dp::hairline, t_.outline);
        p_.icon(n.icon, parts.lead, primary ? front : tone_colour(n.tone));
        words(n, parts, front, mix(front, face, subtitle_share));
    }

    void choice(const Node& n, const Parts& parts) {
        const Colour face = touched(n, n.selected ? t_.primary_soft : t_.card, t_.ink);
        p_.fill(n.rect, dp::radius, face);
        p_.frame(n.rect, dp::radius, n.selected && look_.high_contrast ? 4 : dp::border,
                 n.selected ? t_.primary : t_.outline);
        const Rect& m = parts.lead;
        const float cx = m.x + m.w / 2;
        const float cy = m.y + m.h / 2;
        const Colour edge = able(n, n.selected ? t_.primary : t_.soft, face);
        if (n.multiple) {
            const Rect square{m.x + 1, m.y + 1, m.w - 2, m.h - 2};
            if (n.selected)
                p_.fill(square, 6, edge);
            else
                p_.frame(square, 6, dp::border, edge);
        } else if (n.selected) {
            p_.disc(cx, cy, m.w / 2, edge);
        } else {
            p_.ring(cx, cy, m.w / 2, dp::border, edge);
        }
        const float tick = m.w * 0.7F;
        if (n.selected) p_.icon(Icon::check, {cx - tick / 2, cy - tick / 2, tick, tick}, t_.on_primary);
        words(n, parts, able(n, t_.ink, face), t_.soft);
    }

    void chip(const Node& n, const Parts& parts) {
        const float radius = std::min(dp::chip_radius, n.rect.h / 2);
        if (n.selected || pressed(n))
            p_.fill(n.rect, radius, touched(n, n.selected ? t_.primary_soft : t_.background, t_.ink));
        p_.frame(n.rect, radius, n.selected ? 2 : 1, n.selected ? t_.primary : t_.outline);
        words(n, parts, able(n, n.selected ? t_.ink : t_.soft, t_.background), t_.soft);
    }

    void fold(const Node& n, const Parts& parts) {
        if (pressed(n)) p_.fill(n.rect, 10, touched(n, t_.background, t_.ink));
        p_.line(n.rect.x, n.rect.y, n.rect.right(), n.rect.y, 1, t_.line);
        p_.icon(n.icon, parts.lead, t_.soft);
        p_.icon(n.icon_after, parts.trail, t_.soft);
        words(n, parts, t_.soft, t_.soft);
    }

    void button(const Node& n, const Parts& parts) {
        Colour face = t_.background;
        Colour front = t_.ink;
        switch (n.button) {
            case ButtonStyle::primary:
                face = n.enabled ? t_.primary : mix(t_.soft, t_.background, 0.25F);
                front = n.enabled ? t_.on_primary : mix(t_.ink, face, 0.6F);
                break;
            case ButtonStyle::danger:
                front = t_.danger;
                [[fallthrough]];
            case ButtonStyle::plain:
                face = t_.card;
                front = able(n, front, face);
                break;
            case ButtonStyle::text:
                front = able(n, t_.soft, t_.background);
                break;
        }
        face = touched(n, face, front);
        if (n.button != ButtonStyle::text || pressed(n)) p_.fill(n.rect, dp::radius, face);
        if (n.button == ButtonStyle::plain) p_.frame(n.rect, dp::radius, dp::border, t_.outline);
        if (n.button == ButtonStyle::danger) p_.frame(n.rect, dp::radius, dp::border, t_.danger);
        p_.icon(n.icon, parts.lead, front);
        p_.icon(n.icon_after, parts.trail, front);
        words(n, parts, front, front);
    }

    void icon_button(const Node& n) {
        if (n.framed) {
            p_.fill(n.rect, dp::radius, touched(n, t_.card, t_.ink));
            p_.frame(n.rect, dp::radius, dp::border, t_.outline);
        } else if (pressed(n)) {
            p_.fill(n.rect, 14, touched(n, t_.background, t_.ink));
        }
        const float side =
            n.area == Area::header ? dp::icon * std::min(look_.tools(), 1.25F) : dp::icon * look_.icons();
        p_.icon(n.icon, {n.rect.x + (n.rect.w - side) / 2, n.rect.y + (n.rect.h - side) / 2, side, side},
                n.framed ? t_.ink : t_.soft);
    }

    void segment(const Node& n, const Parts& parts) {
        const Rect in{n.rect.x, n.rect.y, n.rect.w, n.rect.h};
        if (n.selected || pressed(n)) p_.fill(in, 12, touched(n, n.selected ? t_.primary : t_.card, t_.ink));
        words(n, parts, n.selected ? t_.on_primary : t_.soft, t_.soft);
    }

    void pin_dots(const Node& n) {
        float x = n.rect.x + 9;
        const float y = n.rect.y + n.rect.h / 2;
        for (std::size_t i = 0; i < n.total; ++i, x += 34) {
            if (i < n.count)
                p_.disc(x, y, 9, t_.ink);
            else
                p_.ring(x, y, 9, 2, t_.soft);
        }
    }

    void pin_key(const Node& n, const Parts& parts) {
        const bool go = n.button == ButtonStyle::primary;
        const Colour front = able(n, go ? t_.on_primary : t_.ink, go ? t_.primary : t_.card);
        const Colour face =
            touched(n, go ? (n.enabled ? t_.primary : mix(t_.primary, t_.background, 0.45F)) : t_.card, front);
        p_.fill(n.rect, 20, face);
        if (!go) p_.frame(n.rect, 20, look_.high_contrast ? 2 : 1, t_.outline);
        const Rect middle{n.rect.x + n.rect.w / 2 - 14, n.rect.y + n.rect.h / 2 - 14, 28, 28};
        if (n.icon != Icon::none)
            p_.icon(n.icon, middle, front);
        else
            words(n, parts, front, front);
    }

    void text_field(const Node& n, const Parts& parts) {
        p_.fill(n.rect, dp::radius, t_.card);
        p_.frame(n.rect, dp::radius, dp::border, n.focused ? t_.primary : t_.outline);
        const Box box = box_of(n, look_);
        if (n.text.empty() && !n.focused)
            p_.text(n.second, parts.second_block, Face::regular, parts.second, t_.soft, false);
        p_.text(n.text, parts.text_block, box.text.face, parts.text, t_.ink, false);
        if (n.focused) {
            const Rect at = caret_rect(n, parts);
            p_.fill(at, 1, t_.primary);
        }
    }

    [[nodiscard]] Rect caret_rect(const Node& n, const Parts& parts) const {
        const float height = parts.text_block.line * 0.9F;
        Rect at{parts.text.x, parts.text.y + parts.text_block.line * 0.05F, 2, height};
        at.x += n.caret_x;
        at.y += static_cast<float>(n.caret_line) * parts.text_block.line;
        return at;
    }

    void key(const Node& n, const Parts& parts) {
        const bool go = n.button == ButtonStyle::primary;
        const bool soft = n.button == ButtonStyle::text;
        const bool held = n.selected;
        const Colour back = go ? t_.primary : held ? t_.primary_soft : t_.card;
        const Colour front = go ? t_.on_primary : soft && !held ? t_.soft : t_.ink;
        p_.fill(n.rect, 10, touched(n, back, front));
        if (look_.high_contrast && !go) p_.frame(n.rect, 10, held ? 3 : 1, t_.outline);
        const float side = 24;
        if (n.icon != Icon::none)
            p_.icon(n.icon, {n.rect.x + (n.rect.w - side) / 2, n.rect.y + (n.rect.h - side) / 2, side, side}, front);
        else
            words(n, parts, front, front);
    }

    void clock(const Node& n, const Parts& parts) {
        p_.text(n.text, parts.text_block, Face::regular, parts.text, t_.ink, true);
        p_.text(n.second, parts.second_block, Face::regular, parts.second, t_.soft, true);
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
    const Look& look_;
    const Theme& t_;
    const Paint& paint_;
};

}  // namespace

void draw(Painter& painter, const Scene& scene, const Look& look, const Paint& paint) {
    Drawer(painter, scene, look, paint).run();
}

}  // namespace app::ui

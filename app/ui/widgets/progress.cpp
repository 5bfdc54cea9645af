// How far something is.
#include <algorithm>

#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box progress_box(const Node& node, const Look& look) {
    Box b;
    if (node.text.empty()) {
        b.min_h = 6;
        return b;
    }
    b = text_box(Face::regular, dp::small, 1.38F, look);
    b.second_gap = 18;  // the bar is drawn below the text
    return b;
}

void paint_progress(const Brush& b, const Node& n, const Parts& parts) {
    Rect bar = n.rect;
    if (!n.text.empty()) {
        b.words(n, parts, b.theme.soft, b.theme.soft);
        bar = {n.rect.x, n.rect.bottom() - 10, n.rect.w, 10};
    }
    b.painter.fill(bar, bar.h / 2, b.look.high_contrast ? b.theme.background : b.theme.line);
    const float done = bar.w * std::clamp(n.fraction, 0.0F, 1.0F);
    if (done > 0) b.painter.fill({bar.x, bar.y, std::max(done, bar.h), bar.h}, bar.h / 2, b.theme.primary);
    if (b.look.high_contrast) b.painter.frame(bar, bar.h / 2, 1, b.theme.primary);
}

}  // namespace

const WidgetKind widgets::progress{Kind::progress,    "progress", progress_box,    paint_progress,
                                   FocusRing::around, dp::radius, {.at_top = true}};

void Ui::progress(KeyName key, float fraction) {
    Impl& i = *impl_;
    if (i.open != no_node) {
        i.leaf(widgets::progress, key, {}).fraction = fraction;
        return;
    }
    Node box;
    box.shape = Shape::column;
    box.area = Area::header;
    box.max_width = dp::column;
    box.pad_left = box.pad_right = dp::gutter;
    i.container(box);
    i.leaf(widgets::progress, key, {}).fraction = fraction;
    i.open = no_node;
}

void Ui::progress_count(KeyName key, std::uint64_t done, std::uint64_t total, Text text) {
    Node& n = impl_->leaf(widgets::progress, key, text.view());
    n.fraction = total == 0 ? 0 : static_cast<float>(static_cast<double>(done) / static_cast<double>(total));
}

}  // namespace app::ui

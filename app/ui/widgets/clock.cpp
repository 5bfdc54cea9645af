// The neutral screen: the time, and nothing of ours.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box clock_box(const Node& /*node*/, const Look& /*look*/) {
    return fixed_box(0, 0);
}

void paint_clock(const Brush& b, const Node& n, const Parts& parts) {
    b.painter.text(n.text, parts.text_block, Face::regular, parts.text, b.theme.ink, true);
    b.painter.text(n.second, parts.second_block, Face::regular, parts.second, b.theme.soft, true);
}

}  // namespace

const WidgetKind widgets::clock{"clock", clock_box, paint_clock, FocusRing::none};

bool Ui::clock(KeyName key, Text time, Text date) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::clock, key, time.view());
    n.second = i.back->pool.keep(date.view());
    n.target = true;
    return i.used(n) || i.action.any_key;
}

}  // namespace app::ui

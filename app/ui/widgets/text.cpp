// Texts: from a question to a hint.
#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

Box heading_box(const Node& node, const Look& look) {
    Box b;
    b.text = style(Face::bold, look.wide ? dp::question_wide : dp::question, 1.28F, look.large());
    b.second = style(Face::regular, 19, 1.35F, look.text);
    b.second_gap = node.second.empty() ? 0 : 6;
    return b;
}

Box title_box(const Node& node, const Look& look) {
    Box b;
    const bool header = node.area == Area::header;
    b.text = style(Face::bold, header ? 20 : dp::title, 1.3F, header ? look.tools() : look.large());
    return b;
}

Box plain_box(const Node& /*node*/, const Look& look) {
    return text_box(Face::regular, dp::body, 1.38F, look);
}

Box strong_box(const Node& /*node*/, const Look& look) {
    return text_box(Face::bold, dp::body, 1.38F, look);
}

Box small_box(const Node& /*node*/, const Look& look) {
    return text_box(Face::regular, dp::small, 1.38F, look);
}

Box code_box(const Node& /*node*/, const Look& look) {
    return text_box(Face::bold, dp::code, 1.25F, look);
}

void paint_text(const Brush& b, const Node& n, const Parts& parts) {
    b.words(n, parts, b.theme.ink, b.theme.soft);
}

void paint_soft_text(const Brush& b, const Node& n, const Parts& parts) {
    b.words(n, parts, b.tone_or(n, b.theme.soft), b.theme.soft);
}

}  // namespace

const WidgetKind widgets::heading{Kind::heading, "heading", heading_box, paint_text};
const WidgetKind widgets::title{Kind::title, "title", title_box, paint_text};
const WidgetKind widgets::body{Kind::body, "body", plain_box, paint_text};
const WidgetKind widgets::strong{Kind::strong, "strong", strong_box, paint_text};
const WidgetKind widgets::hint{Kind::hint, "hint", plain_box, paint_soft_text};
const WidgetKind widgets::small{Kind::small, "small", small_box, paint_soft_text};
const WidgetKind widgets::code{Kind::code, "code", code_box, paint_text};

void Ui::heading(KeyName key, Text text, Text second) {
    Impl& i = *impl_;
    i.leaf(widgets::heading, key, text.view()).second = i.back->pool.keep(second.view());
}

void Ui::title(KeyName key, Text text) {
    impl_->leaf(widgets::title, key, text.view());
}

void Ui::body(KeyName key, Text text) {
    impl_->leaf(widgets::body, key, text.view());
}

void Ui::strong(KeyName key, Text text) {
    impl_->leaf(widgets::strong, key, text.view());
}

void Ui::hint(KeyName key, Text text, Tone tone) {
    impl_->leaf(widgets::hint, key, text.view()).tone = tone;
}

void Ui::small(KeyName key, Text text, Tone tone) {
    impl_->leaf(widgets::small, key, text.view()).tone = tone;
}

void Ui::code(KeyName key, Text text) {
    impl_->leaf(widgets::code, key, text.view());
}

}  // namespace app::ui

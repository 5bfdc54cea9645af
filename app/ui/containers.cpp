// Describing: screens and containers.
#include "app/ui/impl.hpp"

namespace app::ui {

Scope::~Scope() {
    ui_->close();
}

void Ui::close() noexcept {
    Impl& i = *impl_;
    if (i.open != no_node) i.open = i.back->at(i.open).parent;
}

NodeId Ui::Impl::container(const Node& node) {
    Node n = node;
    if (open != no_node) {
        n.area = back->at(open).area;
        n.centered = n.centered || back->at(open).centered;
    }
    open = back->add(open, n);
    return open;
}

Node& Ui::Impl::leaf(const WidgetKind& kind, KeyName key, std::string_view text) {
    Node n;
    n.kind = &kind;
    n.key = back->pool.keep(key);
    n.text = back->pool.keep(text);
    if (open != no_node) {
        n.area = back->at(open).area;
        n.centered = back->at(open).centered;
    }
    return back->at(back->add(open, n));
}

void Ui::screen(KeyName name, const ScreenOptions& options) {
    Impl& i = *impl_;
    i.back->screen = i.back->pool.keep(name);
    i.back->options = options;
}

Scope Ui::header() {
    Impl& i = *impl_;
    i.open = no_node;
    Node n;
    n.shape = Shape::row;
    n.area = Area::header;
    n.gap = 8;
    n.fraction = i.look.height < 480 ? 52 : dp::header;
    n.pad_left = dp::gutter;
    n.pad_right = 10;
    n.pad_top = n.pad_bottom = 2;
    i.container(n);
    return {this, true};
}

Scope Ui::middle() {
    Impl& i = *impl_;
    const bool roomy = i.look.wide && i.look.height >= 640;
    i.open = no_node;
    Node n;
    n.shape = Shape::column;
    n.area = Area::middle;
    n.across = i.back->options.centered ? Align::center : Align::start;
    n.gap = roomy ? dp::gap_wide : dp::gap;
    n.max_width = i.back->options.column;
    n.pad_left = n.pad_right = dp::gutter;
    n.pad_top = roomy ? 34 : i.look.height < 560 ? 10 : 18;
    n.pad_bottom = 12;
    i.container(n);
    return {this, true};
}

Scope Ui::footer() {
    Impl& i = *impl_;
    const bool low = i.look.height < 480;
    i.open = no_node;
    Node n;
    n.shape = Shape::row;
    n.area = Area::footer;
    n.gap = dp::gap;
    n.max_width = i.back->options.column;
    n.pad_left = n.pad_right = dp::gutter;
    n.pad_top = low ? 6 : 10;
    n.pad_bottom = low ? 8 : dp::gutter;
    i.container(n);
    return {this, true};
}

Scope Ui::row(float gap, Align across) {
    Node n;
    n.shape = Shape::row;
    n.gap = gap;
    n.across = across;
    impl_->container(n);
    return {this, true};
}

Scope Ui::wrap(float gap) {
    Node n;
    n.shape = Shape::wrap;
    n.gap = gap;
    impl_->container(n);
    return {this, true};
}

Scope Ui::column(float gap, Align across) {
    Node n;
    n.shape = Shape::column;
    n.gap = gap;
    n.across = across;
    n.centered = across == Align::center;
    impl_->container(n);
    return {this, true};
}

Scope Ui::panel(float gap) {
    Node n;
    n.shape = Shape::column;
    n.gap = gap;
    n.across = Align::start;
    n.decorated = true;
    n.pad_left = n.pad_right = 17;
    n.pad_top = n.pad_bottom = 16;
    impl_->container(n);
    return {this, true};
}

Scope Ui::choices() {
    Node n;
    n.shape = Shape::grid;
    n.gap = dp::gap;
    impl_->container(n);
    return {this, true};
}

Scope Ui::split() {
    Node n;
    n.shape = Shape::split;
    n.gap = 24;
    impl_->container(n);
    return {this, true};
}

Scope Ui::narrow(float width) {
    Node n;
    n.shape = Shape::column;
    n.gap = 18;
    n.max_width = width * std::min(impl_->look.text, 1.5F);
    n.centered = true;
    n.across = Align::center;
    impl_->container(n);
    return {this, true};
}

void Ui::push() {
    Impl& i = *impl_;
    Node n;
    n.shape = Shape::push;
    if (i.open != no_node) i.back->add(i.open, n);
}

void Ui::space(float height) {
    Impl& i = *impl_;
    Node n;
    n.shape = Shape::gap;
    n.gap = height;
    if (i.open != no_node) i.back->add(i.open, n);
}

float Ui::em() const noexcept {
    return dp::body * impl_->look.text;
}
float Ui::width_in_ems() const noexcept {
    return impl_->look.width / em();
}

}  // namespace app::ui

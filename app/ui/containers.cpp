// Describing: screens, containers and texts.
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

Node& Ui::Impl::leaf(Kind kind, KeyName key, std::string_view text) {
    Node n;
    n.kind = kind;
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

void Ui::banner(KeyName key, Text text, Tone tone) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::banner, key, text.view());
    n.area = Area::banner;
    n.tone = tone;
    n.centered = true;
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

Scope Ui::fold(KeyName key, Icon icon, Text text) {
    Impl& i = *impl_;
    Node box;
    box.shape = Shape::column;
    box.gap = 4;
    box.across = Align::start;
    i.container(box);
    Node& n = i.leaf(Kind::fold, key, text.view());
    n.icon = icon;
    n.target = true;
    if (i.used(n)) {
        if (const auto found = i.folds.find(key); found != i.folds.end())
            i.folds.erase(found);
        else
            i.folds.emplace(key);
    }
    const bool wanted = i.folds.find(key) != i.folds.end();
    n.selected = wanted;
    n.icon_after = wanted ? Icon::expand_less : Icon::expand_more;
    return {this, wanted};
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

void Ui::divider() {
    impl_->leaf(Kind::divider, {}, {});
}

void Ui::heading(KeyName key, Text text, Text second) {
    Impl& i = *impl_;
    i.leaf(Kind::heading, key, text.view()).second = i.back->pool.keep(second.view());
}

void Ui::title(KeyName key, Text text) {
    impl_->leaf(Kind::title, key, text.view());
}
void Ui::body(KeyName key, Text text) {
    impl_->leaf(Kind::body, key, text.view());
}
void Ui::strong(KeyName key, Text text) {
    impl_->leaf(Kind::strong, key, text.view());
}
void Ui::hint(KeyName key, Text text, Tone tone) {
    impl_->leaf(Kind::hint, key, text.view()).tone = tone;
}
void Ui::small(KeyName key, Text text, Tone tone) {
    impl_->leaf(Kind::small, key, text.view()).tone = tone;
}
void Ui::code(KeyName key, Text text) {
    impl_->leaf(Kind::code, key, text.view());
}

void Ui::icon_text(KeyName key, Icon icon, Text text, const IconTextOptions& options) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::icon_text, key, text.view());
    n.icon = icon;
    n.tone = options.tone;
    n.strong = options.strong;
    n.centered = false;
    n.second = i.back->pool.keep(options.second.view());
}

void Ui::badge(KeyName key, Icon icon, Tone tone) {
    Node& n = impl_->leaf(Kind::badge, key, {});
    n.icon = icon;
    n.tone = tone;
}

void Ui::tag(KeyName key, Tone tone, Text text, bool large) {
    Node& n = impl_->leaf(Kind::tag, key, text.view());
    n.tone = tone;
    n.large = large;
}

void Ui::stat(KeyName key, Icon icon, Text text, Text value, Tone tone, bool strong) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::stat, key, text.view());
    n.icon = icon;
    n.value = i.back->pool.keep(value.view());
    n.tone = tone;
    n.strong = strong;
    n.centered = false;
}

void Ui::progress(KeyName key, float fraction) {
    Impl& i = *impl_;
    if (i.open != no_node) {
        i.leaf(Kind::progress, key, {}).fraction = fraction;
        return;
    }
    Node box;
    box.shape = Shape::column;
    box.area = Area::header;
    box.max_width = dp::column;
    box.pad_left = box.pad_right = dp::gutter;
    i.container(box);
    i.leaf(Kind::progress, key, {}).fraction = fraction;
    i.open = no_node;
}

void Ui::progress_count(KeyName key, std::uint64_t done, std::uint64_t total, Text text) {
    Node& n = impl_->leaf(Kind::progress, key, text.view());
    n.fraction = total == 0 ? 0 : static_cast<float>(static_cast<double>(done) / static_cast<double>(total));
}

bool Ui::clock(KeyName key, Text time, Text date) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::clock, key, time.view());
    n.second = i.back->pool.keep(date.view());
    n.target = true;
    return i.used(n) || i.action.any_key;
}

float Ui::em() const noexcept {
    return dp::body * impl_->look.text;
}
float Ui::width_in_ems() const noexcept {
    return impl_->look.width / em();
}

}  // namespace app::ui

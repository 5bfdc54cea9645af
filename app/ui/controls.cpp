// Describing: what can be touched.
#include <array>

#include "app/ui/impl.hpp"

namespace app::ui {

bool Ui::button(KeyName key, Text text, const ButtonOptions& options) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::button, key, text.view());
    n.button = options.style;
    n.icon = options.before;
    n.icon_after = options.after;
    n.grow = options.grow;
    n.enabled = options.enabled;
    n.by_default = options.by_default || options.style == ButtonStyle::primary;
    n.target = true;
    return i.used(n);
}

bool Ui::icon_button(KeyName key, Icon icon, Text name, bool framed) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::icon_button, key, {});
    n.spoken = i.back->pool.keep(name.view());
    n.icon = icon;
    n.framed = framed;
    n.target = true;
    return i.used(n);
}

bool Ui::urgent_button(KeyName key, Icon icon, Text name) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::icon_button, key, {});
    n.spoken = i.back->pool.keep(name.view());
    n.icon = icon;
    n.urgent = true;
    n.target = true;
    // First in the header: its picture, not its edge, stands above the edge of the content.
    if (Node& row = i.back->at(i.open); row.area == Area::header && i.back->at(row.first).urgent)
        row.pad_left = dp::gutter - 12;
    return i.used(n);
}

bool Ui::card(KeyName key, CardStyle style, Icon icon, Text title, Text subtitle, Tone tone) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::card, key, title.view());
    n.second = i.back->pool.keep(subtitle.view());
    n.card = style;
    n.icon = icon;
    n.tone = tone;
    n.target = true;
    n.centered = false;
    return i.used(n);
}

bool Ui::choice(KeyName key, Text text, const ChoiceOptions& options) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::choice, key, text.view());
    n.second = i.back->pool.keep(options.second.view());
    n.selected = options.selected;
    n.multiple = options.multiple;
    n.enabled = options.enabled;
    n.target = true;
    n.centered = false;
    return i.used(n);
}

bool Ui::chip(KeyName key, Text text, bool selected, bool enabled) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::chip, key, text.view());
    n.selected = selected;
    n.enabled = enabled;
    n.target = true;
    return i.used(n);
}

bool Ui::list_row(KeyName key, Text text, const ListRowOptions& options) {
    Impl& i = *impl_;
    Node& n = i.leaf(Kind::list_row, key, text.view());
    n.second = i.back->pool.keep(options.second.view());
    n.value = i.back->pool.keep(options.value.view());
    n.icon = options.icon;
    n.icon_after = Icon::chevron_right;
    n.tone = options.tone;
    n.enabled = options.enabled;
    n.group = i.list_group;
    n.target = true;
    n.centered = false;
    return i.used(n);
}

std::optional<std::size_t> Ui::segments(KeyName key, std::span<const Segment> parts, std::string_view selected) {
    Impl& i = *impl_;
    Node box;
    box.shape = Shape::row;
    box.kind = Kind::segments;
    box.decorated = true;
    box.pad_left = box.pad_right = box.pad_top = box.pad_bottom = 1;
    i.container(box);
    const int group = ++i.groups;
    std::optional<std::size_t> used;
    for (std::size_t at = 0; at < parts.size(); ++at) {
        Node& n = i.leaf(Kind::segments, {}, parts[at].text.view());
        n.key = i.back->pool.join(key, ".", parts[at].id);
        n.selected = parts[at].id == selected;
        n.group = group;
        n.grow = n.area != Area::header;
        n.target = true;
        if (i.used(n)) used = at;
    }
    close();
    return used;
}

std::optional<std::size_t> Ui::segments(KeyName key, std::initializer_list<Segment> parts, std::string_view selected) {
    return segments(key, std::span<const Segment>(parts.begin(), parts.size()), selected);
}

void Ui::pin_dots(KeyName key, std::size_t filled, std::size_t total) {
    Node& n = impl_->leaf(Kind::pin_dots, key, {});
    n.count = filled;
    n.total = total;
}

PinInput Ui::pin_pad(KeyName key, const PinPadTexts& texts, bool ok_enabled) {
    Impl& i = *impl_;
    constexpr std::array<std::string_view, 12> names{"1", "2", "3", "4",         "5", "6",
                                                     "7", "8", "9", "backspace", "0", "ok"};
    Node box;
    box.shape = Shape::pin_grid;
    box.gap = i.look.height < 420 ? 8 : i.look.height < 700 ? 10 : 14;
    i.container(box);
    PinInput input;
    for (const std::string_view name : names) {
        const bool digit = name.size() == 1;
        const bool ok = name == "ok";
        Node& n = i.leaf(Kind::pin_key, {}, digit ? name : std::string_view{});
        n.key = i.back->pool.join(key, ".", name);
        if (!digit) {
            n.icon = ok ? Icon::check : Icon::backspace;
            n.spoken = i.back->pool.keep(ok ? texts.ok.view() : texts.backspace.view());
        }
        if (ok) n.button = ButtonStyle::primary;
        n.enabled = !ok || ok_enabled;
        n.target = true;
        if (!i.used(n)) continue;
        input.key = digit ? PinKey::digit : ok ? PinKey::ok : PinKey::backspace;
        if (digit) input.digit = static_cast<std::uint8_t>(name[0] - '0');
    }
    close();
    return input;
}

Field Ui::text_field(KeyName key, Text name, std::string_view value, const FieldOptions& options) {
    Impl& i = *impl_;
    auto found = i.fields.find(key);
    if (found == i.fields.end()) {
        auto made = TextField::make(i.ready, options.capacity);
        if (!made) {
            i.field_failed = true;  // shown as a field that takes nothing; fails closed
            i.leaf(Kind::text_field, key, {});
            return {};
        }
        found = i.fields.emplace(std::string(key), FieldState{std::move(*made), options.revision}).first;
        found->second.field.assign(value);
        found->second.numeric = options.numeric;
        if (options.autofocus && i.focus.empty()) i.focus_field(key);
    }
    FieldState& state = found->second;
    if (state.revision != options.revision) {
        state.revision = options.revision;
        state.field.assign(value);
    }
    state.seen = true;
    state.multiline = options.multiline;
    state.numeric = options.numeric;
    Node& n = i.leaf(Kind::text_field, key, state.field.text());
    n.spoken = i.back->pool.keep(name.view());
    n.second = state.field.text().empty() ? i.back->pool.keep(options.placeholder.view()) : std::string_view{};
    n.count = state.field.caret();
    n.focused = i.focus == key;
    n.target = true;
    n.centered = false;
    return {state.field.text(), i.action.edited == key, i.action.submitted == key, n.focused};
}

}  // namespace app::ui

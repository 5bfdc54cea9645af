// The on-screen keyboard: Spanish letters, accents by holding, digits and signs.
#include <algorithm>
#include <array>

#include "app/ui/impl.hpp"

namespace app::ui {
namespace {

constexpr std::array<std::string_view, 3> letters{"qwertyuiop", "asdfghjklñ", "zxcvbnm"};
constexpr std::array<std::string_view, 3> capitals{"QWERTYUIOP", "ASDFGHJKLÑ", "ZXCVBNM"};
constexpr std::array<std::string_view, 3> signs{"1234567890", "-/:;()$&@\"", "?!'#%+="};

struct Held {
    std::string_view base, more, more_upper;
};
constexpr std::array<Held, 9> held{{{"a", "áàä", "ÁÀÄ"},
                                    {"e", "éèë", "ÉÈË"},
                                    {"i", "íì", "ÍÌ"},
                                    {"o", "óòö", "ÓÒÖ"},
                                    {"u", "úüù", "ÚÜÙ"},
                                    {"n", "ñ", "Ñ"},
                                    {"á", "áéíóúü", "ÁÉÍÓÚÜ"},
                                    {"¿", "¿?¡!", "¿?¡!"},
                                    {".", ".,;:-", ".,;:-"}}};

constexpr float key_gap = 6;
constexpr float top_pad = 10;

float bottom_pad(const Look& look) {
    return look.height < 560 ? 6 : 14;
}
float key_height(const Look& look) {
    return look.height < 560 ? 48 : 50;
}
float line_gap(const Look& look) {
    return look.height < 560 ? 4 : 7;
}

std::string_view next_piece(std::string_view text, std::size_t& at) {
    const std::size_t start = at;
    (void)next_character(text, at);
    return text.substr(start, at - start);
}

}  // namespace

std::string_view held_characters(std::string_view suffix, bool upper) noexcept {
    for (const Held& h : held)
        if (h.base == suffix) return upper ? h.more_upper : h.more;
    return {};
}

float keyboard_height(const Look& look) noexcept {
    return top_pad + 4 * key_height(look) + 3 * line_gap(look) + bottom_pad(look);
}

void Ui::Impl::add_key(NodeId keyboard, std::string_view suffix, std::string_view text, Icon icon, float weight,
                       std::size_t line) {
    Node n;
    n.kind = Kind::key;
    n.area = Area::keyboard;
    n.key = back->pool.join(keyboard_key, ".", suffix);
    n.text = back->pool.keep(text);
    n.icon = icon;
    n.target = true;
    n.fraction = weight;
    n.count = line;
    back->add(keyboard, n);
}

void Ui::Impl::add_popup(NodeId keyboard) {
    const std::string_view more = held_characters(keys.base.view(), keys.shift);
    if (more.empty()) return;
    Node box;
    box.shape = Shape::row;
    box.area = Area::popup;
    box.decorated = true;
    box.gap = 4;
    const NodeId row = back->add(keyboard, box);
    for (std::size_t at = 0; at < more.size();) {
        const std::string_view piece = next_piece(more, at);
        Node n;
        n.kind = Kind::key;
        n.area = Area::popup;
        n.key = back->pool.join(keyboard_key, ".alt.", piece);
        n.text = back->pool.keep(piece);
        n.target = true;
        back->add(row, n);
    }
}

void Ui::keyboard(KeyName key, const KeyboardTexts& texts) {
    Impl& i = *impl_;
    i.keyboard_key.assign(key);
    FieldState* const field = i.focused_field();
    if (field == nullptr || !field->seen) {
        i.leave_keyboard();
        return;
    }
    if (i.look.height < 600) {
        // Too low for both: the keyboard's done key brings the footer back.
        for (Node& n : i.back->nodes) n.hidden = n.hidden || n.area == Area::footer;
        std::erase_if(i.back->roots, [&i](NodeId id) { return i.back->at(id).area == Area::footer; });
    }
    if (i.look.height < 420) {
        for (Node& n : i.back->nodes) n.hidden = n.hidden || n.area == Area::header;
        std::erase_if(i.back->roots, [&i](NodeId id) { return i.back->at(id).area == Area::header; });
    }
    Node board;
    board.shape = Shape::keyboard;
    board.area = Area::keyboard;
    const NodeId id = i.back->add(no_node, board);
    const auto& shown = i.keys.numbers ? signs : i.keys.shift ? capitals : letters;
    const auto& names = i.keys.numbers ? signs : letters;
    for (std::size_t line = 0; line < 3; ++line) {
        if (line == 2 && !i.keys.numbers) i.add_key(id, "shift", {}, Icon::arrow_upward, 0, 2);
        for (std::size_t at = 0, named = 0; at < shown[line].size();) {
            const std::string_view text = next_piece(shown[line], at);
            i.add_key(id, next_piece(names[line], named), text, Icon::none, 1, line);
        }
        if (line == 2) i.add_key(id, "backspace", {}, Icon::backspace, 0, 2);
    }
    i.add_key(id, "numbers", i.keys.numbers ? "ABC" : "123", Icon::none, 1.7F, 3);
    i.add_key(id, i.keys.numbers ? "," : "á", i.keys.numbers ? "," : i.keys.shift ? "Á" : "á", Icon::none, 1, 3);
    i.add_key(id, "¿", "¿", Icon::none, 1, 3);
    i.add_key(id, "space", texts.space.view(), Icon::none, 0, 3);
    i.add_key(id, ".", ".", Icon::none, 1, 3);
    i.add_key(id, "done", texts.done.view(), Icon::none, 1.9F, 3);
    for (Node& n : i.back->nodes) {
        if (n.kind != Kind::key) continue;
        const std::string_view suffix = n.key.substr(std::min(n.key.size(), key.size() + 1));
        if (suffix == "done") n.button = ButtonStyle::primary;
        if (suffix == "shift" || suffix == "backspace" || suffix == "numbers" || suffix == "space")
            n.button = ButtonStyle::text;
        if (suffix == "shift") n.selected = i.keys.shift;
        if (!i.keys.base.empty() && suffix == i.keys.base.view()) n.selected = true;
    }
    if (!i.keys.base.empty()) i.add_popup(id);
}

void arrange_keyboard(Scene& scene, Node& keyboard, const Look& look) {
    const float side = keyboard.rect.w < 372 ? 2 : 8;
    const float gap = keyboard.rect.w < 372 ? 4 : key_gap;
    const float width = std::min(keyboard.rect.w - 2 * side, 1000.0F);
    const float unit = (width - 9 * gap) / 10;
    const float left = keyboard.rect.x + (keyboard.rect.w - width) / 2;
    for (std::size_t line = 0; line < 4; ++line) {
        float fixed = -gap;
        int flexible = 0;
        for (NodeId id = keyboard.first; id != no_node; id = scene.at(id).next) {
            const Node& n = scene.at(id);
            if (n.kind != Kind::key || n.count != line) continue;
            fixed += gap + n.fraction * unit;
            flexible += n.fraction == 0 ? 1 : 0;
        }
        const float spare = flexible > 0 ? (width - fixed) / static_cast<float>(flexible) : 0;
        float x = left;
        const float y = keyboard.rect.y + top_pad + static_cast<float>(line) * (key_height(look) + line_gap(look));
        for (NodeId id = keyboard.first; id != no_node; id = scene.at(id).next) {
            Node& n = scene.at(id);
            if (n.kind != Kind::key || n.count != line) continue;
            n.rect = {x, y, n.fraction == 0 ? spare : n.fraction * unit, key_height(look)};
            x += n.rect.w + gap;
        }
    }
}

void arrange_popup(Scene& scene, const Look& look) {
    const NodeId board = scene.root(Area::keyboard);
    if (board == no_node) return;
    const Node* base = nullptr;
    NodeId popup = no_node;
    for (NodeId id = scene.at(board).first; id != no_node; id = scene.at(id).next) {
        const Node& n = scene.at(id);
        if (n.shape == Shape::row)
            popup = id;
        else if (n.selected && n.icon == Icon::none)
            base = &n;
    }
    if (popup == no_node || base == nullptr) return;
    int count = 0;
    for (NodeId id = scene.at(popup).first; id != no_node; id = scene.at(id).next) ++count;
    constexpr float side = 52;
    constexpr float pad = 6;
    Node& box = scene.at(popup);
    box.rect.w = static_cast<float>(count) * (side + 4) - 4 + 2 * pad;
    box.rect.h = side + 2 * pad;
    box.rect.x =
        std::clamp(base->rect.x + base->rect.w / 2 - box.rect.w / 2, 4.0F, std::max(4.0F, look.width - box.rect.w - 4));
    box.rect.y = std::max(4.0F, base->rect.y - box.rect.h - 4);
    float x = box.rect.x + pad;
    for (NodeId id = box.first; id != no_node; id = scene.at(id).next) {
        scene.at(id).rect = {x, box.rect.y + pad, side, side};
        x += side + 4;
    }
}

}  // namespace app::ui

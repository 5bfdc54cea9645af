// The keys of the on-screen keyboard: Spanish letters, accents by holding, digits and signs.
#include <algorithm>
#include <array>

#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

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

void Ui::Impl::add_key(NodeId keyboard, std::string_view suffix, std::string_view text, Icon icon, float weight,
                       std::size_t line) {
    Node n;
    n.kind = &widgets::key;
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
        n.kind = &widgets::key;
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
        if (n.kind != &widgets::key) continue;
        const std::string_view suffix = n.key.substr(std::min(n.key.size(), key.size() + 1));
        if (suffix == "done") n.button = ButtonStyle::primary;
        if (suffix == "shift" || suffix == "backspace" || suffix == "numbers" || suffix == "space")
            n.button = ButtonStyle::text;
        if (suffix == "shift") n.selected = i.keys.shift;
        if (!i.keys.base.empty() && suffix == i.keys.base.view()) n.selected = true;
    }
    if (!i.keys.base.empty()) i.add_popup(id);
}

}  // namespace app::ui

// Where the keys of the on-screen keyboard lie.
#include <algorithm>

#include "app/ui/core/scene.hpp"

namespace app::ui {
namespace {

constexpr float key_gap = 6;
constexpr float top_pad = 10;

float bottom_pad(const Look& look) {
    return look.height < 560 ? 6 : 14;
}
float key_height(const Look& look) {
    return look.height < 560 ? 48 : 50;
}
float row_gap(const Look& look) {
    return look.height < 560 ? 4 : 7;
}

}  // namespace

float keyboard_height(const Look& look) noexcept {
    return top_pad + 4 * key_height(look) + 3 * row_gap(look) + bottom_pad(look);
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
            if (n.shape != Shape::leaf || n.count != line) continue;
            fixed += gap + n.fraction * unit;
            flexible += n.fraction == 0 ? 1 : 0;
        }
        const float spare = flexible > 0 ? (width - fixed) / static_cast<float>(flexible) : 0;
        float x = left;
        const float y = keyboard.rect.y + top_pad + static_cast<float>(line) * (key_height(look) + row_gap(look));
        for (NodeId id = keyboard.first; id != no_node; id = scene.at(id).next) {
            Node& n = scene.at(id);
            if (n.shape != Shape::leaf || n.count != line) continue;
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

// Between a place on the screen and a place in typed text.
#include <algorithm>

#include "app/ui/impl.hpp"

namespace app::ui {
namespace {

const Node* field_node(const Scene& scene, std::string_view key, std::size_t& index) {
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        if (scene.nodes[i].kind == Kind::text_field && scene.nodes[i].key == key) {
            index = i;
            return &scene.nodes[i];
        }
    }
    return nullptr;
}

}  // namespace

void set_carets(Scene& scene, const Look& look, Glyphs& glyphs) {
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        Node& n = scene.nodes[i];
        if (n.kind != Kind::text_field || n.shape != Shape::leaf) continue;
        const Block& block = scene.parts[i].text_block;
        const TextStyle style = box_of(n, look).text;
        n.caret_line = 0;
        n.caret_x = 0;
        for (std::size_t l = 0; l < block.lines.size(); ++l) {
            const Line& line = block.lines[l];
            if (n.count < line.begin || (n.count > line.end && l + 1 < block.lines.size())) continue;
            // At a soft break the caret belongs to the start of the next line.
            if (n.count == line.end && l + 1 < block.lines.size() && block.lines[l + 1].begin == line.end) continue;
            n.caret_line = l;
            const std::size_t end = std::min<std::size_t>(n.count, line.end);
            n.caret_x = text_width(glyphs, n.text.substr(line.begin, end - line.begin), style);
        }
    }
}

void Ui::Impl::place_caret(std::string_view key, platform::Point at) {
    std::size_t index = 0;
    const Node* const node = field_node(*front, key, index);
    const auto found = fields.find(key);
    if (node == nullptr || found == fields.end()) return;
    const Parts& parts = front->parts[index];
    const Block& block = parts.text_block;
    if (block.lines.empty() || block.line <= 0) return;
    const float row = std::clamp((at.y - parts.text.y) / block.line, 0.0F, static_cast<float>(block.lines.size() - 1));
    const Line& line = block.lines[static_cast<std::size_t>(row)];
    const TextStyle style = box_of(*node, look).text;
    float pen = parts.text.x;
    std::size_t to = line.begin;
    for (std::size_t next = line.begin; next < line.end;) {
        const float wide = glyphs->advance(style.face, next_character(node->text, next)) * style.size;
        if (at.x < pen + wide / 2) break;
        pen += wide;
        to = next;
    }
    found->second.field.move_to(to);
}

}  // namespace app::ui

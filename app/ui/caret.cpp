// From a place on the screen to a place in typed text.
#include <algorithm>

#include "app/ui/impl.hpp"
#include "app/ui/widgets/widgets.hpp"

namespace app::ui {
namespace {

const Node* field_node(const Scene& scene, std::string_view key, std::size_t& index) {
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        if (scene.nodes[i].kind == &widgets::text_field && scene.nodes[i].key == key) {
            index = i;
            return &scene.nodes[i];
        }
    }
    return nullptr;
}

}  // namespace

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

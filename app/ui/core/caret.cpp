// Where the carets of text fields stand.
#include <algorithm>

#include "app/ui/core/widget_kind.hpp"

namespace app::ui {

void set_carets(Scene& scene, const Look& look, Glyphs& glyphs) {
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        Node& n = scene.nodes[i];
        if (n.shape != Shape::leaf || !n.kind->manner.typed) continue;
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

}  // namespace app::ui

#include "app/exports/answer_tree.hpp"

#include <algorithm>
#include <vector>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/outline.hpp"

namespace app::exports {
namespace {

/// The place that an address gives a repeat: 2 of "kid" in "kid[2]/age".
std::uint32_t place_in(std::string_view address, std::string_view repeat) {
    for (auto rest = address; !rest.empty();) {
        const auto part = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        const auto open = part.find('[');
        if (open == std::string_view::npos || part.substr(0, open) != repeat || !part.ends_with(']')) continue;
        const auto place = engine::parse_integer(part.substr(open + 1, part.size() - open - 2));
        if (place && *place >= 1 && *place <= 1e6) return static_cast<std::uint32_t>(*place);
    }
    return 1;
}

}  // namespace

AnswerNode::Inside answer_tree(const engine::Form& form, const Said& said) {
    AnswerNode::Inside top;
    for (const auto& line : said.lines) {
        std::vector<engine::QuestionId> way;
        for (auto around = engine::group_around(form, line.question); around;
             around = engine::group_around(form, *around))
            way.push_back(*around);
        auto* inside = &top;
        for (auto step = way.rbegin(); step != way.rend(); ++step) {
            const bool repeat = form.kind(*step) == engine::Kind::Repeat;
            inside = &(*inside)[{step->index, repeat ? place_in(line.address, form.name(*step)) : 0}].inside;
        }
        (*inside)[{line.question.index, 0}].line = &line;
    }
    return top;
}

}  // namespace app::exports

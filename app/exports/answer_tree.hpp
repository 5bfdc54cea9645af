// The lines of a screening as they lie in the groups and repeats of its form, for formats that are trees. Knows no
// format.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "app/exports/screening.hpp"

namespace app::exports {

/// A group, one place of a repeat, or a question; what is inside it in the order of the form.
struct AnswerNode {
    /// By question, and place in a repeat from 1; 0 outside of one.
    using Inside = std::map<std::pair<std::uint32_t, std::uint32_t>, AnswerNode>;
    const Line* line = nullptr;  ///< of a question
    Inside inside;
};

/// Of lines, which outlive it.
[[nodiscard]] AnswerNode::Inside answer_tree(const engine::Form& form, const Said& said);

}  // namespace app::exports

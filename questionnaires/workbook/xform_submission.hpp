// Writes answers as a submission of the XForm that to_xform() makes of the same questionnaire, as ODK and KoboToolbox
// take them; knows no interview and no files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::workbook {

/// A group, one place of a repeat, or an answer.
struct SubmittedNode {
    std::string name;
    std::string value;  ///< of an answer
    std::vector<SubmittedNode> inside;
};

/// Which nodes the XForm of one questionnaire has.
class Submissions {
  public:
    /// `form` is what engine::load made of `sheets`, and to_xform() takes both.
    Submissions(const engine::Workbook& sheets, const engine::Form& form);

    /// The XML; nothing when a node has no place in the XForm. `instance`: 32 hex digits.
    [[nodiscard]] std::optional<std::string> write(const std::vector<SubmittedNode>& nodes,
                                                   std::string_view instance) const;

  private:
    [[nodiscard]] bool has_all(const std::vector<SubmittedNode>& nodes, const std::string& path) const;

    std::string id_;
    std::string version_;
    std::unordered_set<std::string> paths_;
};

}  // namespace questionnaires::workbook

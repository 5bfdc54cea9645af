// Walks through a questionnaire with made-up answers and remembers what was met: a small search that keeps the answers
// which met something new and changes a few of them.
#pragma once

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/forms/form_support.hpp"

namespace forms_test {

/// By question: a value as it is recorded, or "-skipped", "-refused", "-unknown".
using Answers = std::map<std::string, std::string>;

/// Ids of the folders under questionnaires/forms.
[[nodiscard]] std::vector<std::string> shipped_forms();

/// The form with its `hidden` rows filled, as after a handover.
[[nodiscard]] std::shared_ptr<const engine::Form> load_with(const std::string& id, const Answers& hidden);

/// The form as it begins after first-contact, where this was said.
[[nodiscard]] inline std::shared_ptr<const engine::Form> load_form_after(const std::string& id, const Answers& said) {
    Answers hidden;
    for (const auto& [question, value] : said) hidden.emplace("fc_" + question, value);
    return load_with(id, hidden);
}

/// Everything that walks met; each is a set of names, so that what is missing has a name too.
struct Met {
    std::set<std::string> asked, not_asked;                 ///< questions
    std::set<std::string> refused, chosen;                  ///< questions whose constraint said no; "question choice"
    std::set<std::string> fired, quiet;                     ///< indicators
    std::set<std::string> levels;                           ///< rows of the levels sheet
    std::set<std::string> advised, not_advised;             ///< "action shelter"
    std::map<std::string, std::set<std::string>> computed;  ///< values of calculations
    std::set<std::string> ways;                             ///< questions asked, in order: the path classes
    int most_asked = 0;

    [[nodiscard]] std::size_t size() const;
};

/// One person's way: as `hint` says where it can be said, otherwise by chance. What was really said is returned.
Answers walk(const std::shared_ptr<const engine::Form>& form, const Answers& hint, std::mt19937& random, Met& met);

/// At least `walks` ways through that form: started by itself, and after first-contact where it takes answers over.
[[nodiscard]] Met walk_often(const std::string& id, int walks);

}  // namespace forms_test

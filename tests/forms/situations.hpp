// The described situations of situations/*.md: what somebody tells, what a specialist would read in it, and the
// answers that tell it to a form. The expected readings were written before the indicators of the longer forms.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace forms_test {

/// What is said to one form, in order: question and value; "-" is a skip, "?" does not know.
using Said = std::vector<std::pair<std::string, std::string>>;

struct Situation {
    std::string file;
    std::string title;
    std::string told;
    std::map<std::string, std::string> readings;  ///< by form: "danger=strong harm=some risk=none-reported"
    std::vector<std::string> why;
    std::vector<std::string> rests_on;
    std::vector<std::string> changed;  ///< each begins with the day on which an expectation was changed
    /// Where the form reads otherwise, and stays so: "first-contact risk some: why".
    std::vector<std::string> differs;
    std::vector<std::string> not_given;                     ///< "adult drugs_care: why" a wanted step is not given
    std::map<std::string, Said> said;                       ///< by form
    std::map<std::string, std::set<std::string>> signs;     ///< by form: indicators that must fire, no more and no less
    std::map<std::string, std::set<std::string>> wanted;    ///< by form: steps that a shelter must be given
    std::map<std::string, std::set<std::string>> unwanted;  ///< by form: steps that must not come
};

/// All situations in the order of their numbers. Throws with file and line when one is not written as agreed.
[[nodiscard]] std::vector<Situation> read_situations();

}  // namespace forms_test

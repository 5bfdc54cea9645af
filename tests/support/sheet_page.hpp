#pragma once
// A sheet of a recovery key, as somebody reads it.

#include <regex>
#include <string>

namespace test {

/// The words on the page, without the numbers of their rows.
inline std::string words_on_page(const std::string& page) {
    const std::regex word("font-size=\"44\">([a-z]+)<");
    std::string words;
    for (auto i = std::sregex_iterator(page.begin(), page.end(), word); i != std::sregex_iterator(); ++i)
        words += (*i)[1].str() + " ";
    return words;
}

}  // namespace test

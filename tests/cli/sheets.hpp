// Sheets of a recovery key, as somebody reads and types them.
#pragma once

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/support.hpp"
#include "tests/support/sheet_page.hpp"

namespace test {

/// Makes sheets of the programme's recovery key.
inline std::string make_line(const std::string& programme, const std::string& folder) {
    return "amparo deployment shares make " + programme + " " + folder;
}

/// Writes what only its owner can read.
inline void keep(const Desk& desk, const std::string& name, const std::string& text) {
    desk.write(name, text);
    std::filesystem::permissions(desk.path() / name, std::filesystem::perms::owner_read);
}

/// What somebody types who has the sheet before them: its words, without the numbers.
inline std::string words_on(const Desk& desk, const std::string& sheet) {
    return words_on_page(desk.read(sheet));
}

/// Makes a set in `folder` and writes down the words of each sheet, as `folder-1` and so on.
inline void make_set(const Desk& desk, const std::string& programme, const std::string& folder,
                     const std::string& numbers = "") {
    desk.good(make_line(programme, folder) + numbers);
    for (int n = 1; desk.has(folder + "/sheet-" + std::to_string(n) + ".svg"); ++n)
        keep(desk, folder + "-" + std::to_string(n), words_on(desk, folder + "/sheet-" + std::to_string(n) + ".svg"));
}

/// The rows of a sheet as somebody types them.
inline std::vector<std::string> rows_of(const std::string& words) {
    std::vector<std::string> rows;
    std::istringstream in(words);
    std::string word;
    for (int i = 0; in >> word; ++i) i % 6 == 0 ? rows.push_back(word) : void(rows.back() += " " + word);
    return rows;
}

}  // namespace test

// What a page of docs/guide tells people to do, read from its Markdown. Must not know what any command does.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace guide {

/// A row of the table under a command: what the program asks, and what is typed.
struct Answer {
    std::string question;
    std::string typed;
    bool meant = false;  ///< written in italics: said in words, not to be typed as it stands
};
/// A block of one command. `who`: whose computer it is typed on, the word after "sh".
struct Command {
    std::string who;
    std::string line;
    std::vector<Answer> answers;
};
/// A row of a table "Ana copies": with the file manager. `to`: a folder; empty: the stick.
struct Copying {
    std::string who;
    std::string from;
    std::string to;
};
/// A row of a table "Ana deletes for good".
struct Deleting {
    std::string who;
    std::string what;
};
/// "Tap **Label**".
struct Tap {
    std::string label;
};
/// "Open **Amparo**": in the menu of the device.
struct Opening {
    std::string name;
};
struct Picture {
    std::string file;  ///< as it is linked, relative to the page
};
using Step = std::variant<Command, Copying, Deleting, Opening, Tap, Picture>;

struct Page {
    std::string title;
    std::size_t commands = 0;  ///< as its head says
    std::size_t taps = 0;
    std::vector<std::vector<Step>> sections;  ///< before the first "## ", and behind each

    [[nodiscard]] std::vector<Step> steps() const;
};

[[nodiscard]] std::filesystem::path folder(const std::string& language);
/// The pages of a language, by name without ending, sorted.
[[nodiscard]] std::vector<std::string> pages(const std::string& language);
/// A table without a heading that is known, a block without a name, or a head without counts is a failure of the test.
[[nodiscard]] Page read_page(const std::string& language, const std::string& name);

template <class Kind>
[[nodiscard]] std::size_t count(const std::vector<Step>& steps) {
    std::size_t all = 0;
    for (const auto& step : steps) all += std::holds_alternative<Kind>(step) ? 1U : 0U;
    return all;
}

}  // namespace guide

#include "tests/forms/situations.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace forms_test {
namespace {

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// Reads one file line by line; the heading says what the lines below it are.
class Reader {
  public:
    explicit Reader(const std::filesystem::path& path) : path_(path) { situation_.file = path.filename().string(); }

    Situation read() {
        std::ifstream in(path_);
        for (std::string line; std::getline(in, line);) {
            ++line_;
            if (line.starts_with("# ")) {
                situation_.title = line.substr(2);
            } else if (line.starts_with("## ")) {
                heading_ = line.substr(3);
            } else if (line.starts_with("|")) {
                read_row(line);
            } else if (line.starts_with("- ")) {
                read_point(line.substr(2));
            } else if (line.starts_with("  ")) {
                if (last_ == nullptr) wrong();
                *last_ += " " + trimmed(line);
            } else if (!line.empty()) {
                if (!heading_.empty()) wrong();
                situation_.told += (situation_.told.empty() ? "" : " ") + line;
            }
        }
        return situation_;
    }

  private:
    [[noreturn]] void wrong() const {
        throw std::runtime_error(situation_.file + ":" + std::to_string(line_) + " is not written as agreed");
    }

    void read_row(const std::string& line) {
        std::vector<std::string> cells;
        for (std::size_t at = 1; at < line.size();) {
            const auto bar = line.find('|', at);
            if (bar == std::string::npos) wrong();
            cells.push_back(trimmed(line.substr(at, bar - at)));
            at = bar + 1;
        }
        if (cells.size() != 4) wrong();
        if (cells[0] == "form" || cells[0].starts_with("---")) return;
        for (std::size_t i = 1; i < 4; ++i)
            if (cells[i] != "none-reported" && cells[i] != "some" && cells[i] != "strong") wrong();
        const bool is_new =
            situation_.readings.emplace(cells[0], "danger=" + cells[1] + " harm=" + cells[2] + " risk=" + cells[3])
                .second;
        if (!is_new) wrong();
    }

    void read_point(const std::string& text) {
        last_ = nullptr;
        if (heading_ == "Why") return keep(situation_.why, text);
        if (heading_ == "Rests on") return keep(situation_.rests_on, text);
        if (heading_ == "Changed") return keep(situation_.changed, text);
        if (heading_ == "Differs") return keep(situation_.differs, text);
        if (heading_ == "Not given") return keep(situation_.not_given, text);
        if (heading_.starts_with("Said to ")) {
            const auto colon = text.find(": ");
            if (colon == std::string::npos) wrong();
            situation_.said[heading_.substr(8)].emplace_back(text.substr(0, colon), text.substr(colon + 2));
            return;
        }
        auto* const list = heading_.starts_with("Signs of ")      ? &situation_.signs
                           : heading_.starts_with("Wanted of ")   ? &situation_.wanted
                           : heading_.starts_with("Unwanted of ") ? &situation_.unwanted
                                                                  : nullptr;
        if (list == nullptr) wrong();
        if (!(*list)[heading_.substr(heading_.find(" of ") + 4)].insert(text).second) wrong();
    }

    void keep(std::vector<std::string>& list, const std::string& text) {
        list.push_back(text);
        last_ = &list.back();
    }

    std::filesystem::path path_;
    Situation situation_;
    std::string heading_;
    std::string* last_ = nullptr;  ///< the point that an indented line goes on with
    int line_ = 0;
};

}  // namespace

std::vector<Situation> read_situations() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(AMPARO_SOURCE_DIR "/tests/forms/situations"))
        if (entry.path().extension() == ".md") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<Situation> all;
    for (const auto& file : files) all.push_back(Reader(file).read());
    return all;
}

}  // namespace forms_test

#include "tests/guide/page.hpp"

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <fstream>
#include <optional>
#include <regex>

namespace guide {
namespace {

namespace fs = std::filesystem;

constexpr const char* ending = ".md";

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    for (std::size_t at = 1; at < line.size();) {
        const auto end = std::min(line.find('|', at), line.size());
        auto cell = line.substr(at, end - at);
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
        cells.push_back(std::move(cell));
        at = end + 1;
    }
    return cells;
}

/// Without what surrounds it, where that does.
std::optional<std::string> inside(const std::string& text, char mark) {
    if (text.size() < 3 || text.front() != mark || text.back() != mark) return std::nullopt;
    return text.substr(1, text.size() - 2);
}

/// "Ana copia" is of "ana".
std::string first_word(const std::string& text) {
    auto word = text.substr(0, text.find(' '));
    for (auto& letter : word)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return word;
}

class Reader {
  public:
    explicit Reader(const fs::path& file) : in_(file), file_(file) { REQUIRE(in_); }

    Page read() {
        page_.sections.emplace_back();
        while (next()) {
            INFO(file_ << ": " << line_);
            if (line_.starts_with("# ")) page_.title = line_.substr(2);
            if (line_.starts_with("## ")) page_.sections.emplace_back();
            if (line_.starts_with("```")) {
                command();
            } else if (line_.starts_with("|")) {
                table();
            } else {
                head();
                taps_and_pictures();
            }
        }
        return std::move(page_);
    }

  private:
    bool next() { return static_cast<bool>(std::getline(in_, line_)); }
    void add(Step step) { page_.sections.back().push_back(std::move(step)); }

    void head() {
        static const std::regex counts(R"(\*\*(?:Comandos|Commands): (\d+) · (?:Toques|Taps): (\d+)\*\*)");
        std::smatch found;
        if (!std::regex_match(line_, found, counts)) return;
        page_.commands = std::stoul(found[1]);
        page_.taps = std::stoul(found[2]);
    }
    void command() {
        REQUIRE(line_.starts_with("```sh "));
        Command read{line_.substr(6), {}, {}};
        REQUIRE(next());
        read.line = line_;
        REQUIRE(next());
        REQUIRE(line_ == "```");
        add(std::move(read));
    }
    void table() {
        const auto heading = cells_of(line_);
        REQUIRE(next());
        REQUIRE(line_.starts_with("|---"));
        const auto& named = heading.front();
        const auto who = first_word(named);
        while (next() && line_.starts_with("|")) {
            const auto cells = cells_of(line_);
            if (named.find(" copia") != std::string::npos || named.find(" copies") != std::string::npos) {
                const auto from = inside(cells.at(0), '`');
                REQUIRE(from);
                const auto& to = cells.at(1);
                REQUIRE((to == "la memoria USB" || to == "the USB stick" || inside(to, '`')));
                add(Copying{who, *from, inside(to, '`').value_or("")});
            } else if (named.find(" borra para siempre") != std::string::npos ||
                       named.find(" deletes for good") != std::string::npos) {
                REQUIRE(inside(cells.at(0), '`'));
                add(Deleting{who, *inside(cells.at(0), '`')});
            } else {
                REQUIRE((named == "El programa pregunta" || named == "The program asks"));
                answer(first_word(heading.at(1)), cells);
            }
        }
        REQUIRE_FALSE(line_.starts_with("```"));
    }
    void answer(const std::string& who, const std::vector<std::string>& cells) {
        auto& steps = page_.sections.back();
        const auto asking = std::find_if(steps.rbegin(), steps.rend(),
                                         [](const Step& step) { return std::holds_alternative<Command>(step); });
        REQUIRE(asking != steps.rend());
        auto& command = std::get<Command>(*asking);
        CHECK(command.who == who);
        const auto meant = inside(cells.at(1), '*');
        command.answers.push_back({cells.at(0), meant.value_or(cells.at(1)), meant.has_value()});
    }
    void taps_and_pictures() {
        static const std::regex either(
            R"((?:[Tt]oque|[Tt]ap) \*\*([^*]+)\*\*|(?:abr[ae]|opens?) \*\*([^*]+)\*\*|!\[[^\]]+\]\(([^)]+)\))");
        // A label may stand on the line after the word.
        if (line_.ends_with(" toque") || line_.ends_with(" Toque") || line_.ends_with(" tap") ||
            line_.ends_with(" Tap")) {
            auto begun = line_;
            REQUIRE(next());
            line_ = begun + " " + line_.substr(line_.find_first_not_of(' '));
        }
        for (auto i = std::sregex_iterator(line_.begin(), line_.end(), either); i != std::sregex_iterator(); ++i) {
            if ((*i)[1].matched)
                add(Tap{(*i)[1]});
            else if ((*i)[2].matched)
                add(Opening{(*i)[2]});
            else
                add(Picture{(*i)[3]});
        }
    }

    std::ifstream in_;
    fs::path file_;
    std::string line_;
    Page page_;
};

}  // namespace

std::vector<Step> Page::steps() const {
    std::vector<Step> all;
    for (const auto& section : sections) all.insert(all.end(), section.begin(), section.end());
    return all;
}

fs::path folder(const std::string& language) {
    return fs::path(AMPARO_SOURCE_DIR) / "docs" / "guide" / language;
}

std::vector<std::string> pages(const std::string& language) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder(language)))
        if (entry.path().extension() == ending) names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

Page read_page(const std::string& language, const std::string& name) {
    return Reader(folder(language) / (name + ending)).read();
}

}  // namespace guide

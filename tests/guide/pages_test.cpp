// The pages say the same in both languages, count what they ask for, and show pictures that are there.
#include <algorithm>
#include <catch2/catch_all.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/guide/page.hpp"

namespace fs = std::filesystem;
using guide::Command;
using guide::Copying;
using guide::Deleting;
using guide::Opening;
using guide::Page;
using guide::Picture;
using guide::Tap;

namespace {

/// Names of files and folders are words of the language.
std::string in_english(std::string text) {
    static const std::vector<std::pair<std::string, std::string>> names{{"primer-contacto.xlsx", "first-contact.xlsx"},
                                                                        {"recuperada", "recovered"},
                                                                        {"respaldo-1.age", "backup-1.age"},
                                                                        {"hojas", "sheets"},
                                                                        {"casa", "shelter"}};
    for (const auto& [spanish, english] : names)
        for (auto at = text.find(spanish); at != std::string::npos; at = text.find(spanish, at + english.size())) {
            const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '/';
            const auto end = at + spanish.size();
            const bool ends = end == text.size() || text[end] == ' ' || text[end] == '/';
            if (begins && ends) text.replace(at, spanish.size(), english);
        }
    return text;
}

/// What a page has people do, without the words around it.
std::vector<std::string> outline(const Page& page) {
    std::vector<std::string> all;
    for (const auto& step : page.steps()) {
        if (const auto* const command = std::get_if<Command>(&step)) {
            all.push_back(command->who + ": " + in_english(command->line) + " (" +
                          std::to_string(command->answers.size()) + ")");
        } else if (const auto* const copying = std::get_if<Copying>(&step)) {
            all.push_back(copying->who + " copies " + in_english(copying->from) + " > " + in_english(copying->to));
        } else if (const auto* const deleting = std::get_if<Deleting>(&step)) {
            all.push_back(deleting->who + " deletes " + in_english(deleting->what));
        } else if (const auto* const opening = std::get_if<Opening>(&step)) {
            all.push_back("opens " + opening->name);
        } else if (const auto* const picture = std::get_if<Picture>(&step)) {
            all.push_back("picture " + picture->file);
        } else {
            all.emplace_back("tap");
        }
    }
    return all;
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file);
    std::ostringstream all;
    all << in.rdbuf();
    return std::move(all).str();
}

}  // namespace

TEST_CASE("every page of the guide is there in both languages and has people do the same") {
    const auto names = guide::pages("es");
    REQUIRE(names.size() == 8);
    REQUIRE(names == guide::pages("en"));
    for (const auto& name : names) {
        INFO(name);
        CHECK(outline(guide::read_page("es", name)) == outline(guide::read_page("en", name)));
    }
}

TEST_CASE("a page of the guide counts its commands and taps, and a programme takes eight commands at most") {
    for (const std::string language : {"es", "en"}) {
        std::size_t programme = 0;
        for (const auto& name : guide::pages(language)) {
            INFO(language << "/" << name);
            const auto page = guide::read_page(language, name);
            const auto steps = page.steps();
            CHECK(page.commands == guide::count<Command>(steps));
            CHECK(page.taps == guide::count<Tap>(steps));
            if (name < "4") programme += page.commands;
        }
        CHECK(programme == 7);  // as page 3 and the index say
        CHECK(programme <= 8);
    }
}

TEST_CASE("the guide refers to every picture, and every picture is there and small") {
    std::uintmax_t bytes = 0;
    for (const std::string language : {"es", "en"}) {
        std::set<std::string> wanted;
        for (const auto& name : guide::pages(language))
            for (const auto& step : guide::read_page(language, name).steps())
                if (const auto* const picture = std::get_if<Picture>(&step))
                    wanted.insert(picture->file.substr(picture->file.find('/') + 1));
        std::set<std::string> there;
        for (const auto& entry : fs::directory_iterator(guide::folder(language) / "pictures")) {
            there.insert(entry.path().filename().string());
            bytes += entry.file_size();
        }
        CHECK(wanted == there);
    }
    CHECK(bytes < 1'500'000);
}

TEST_CASE("links between the pages of the guide lead somewhere, and the index names every page with its counts") {
    for (const std::string language : {"es", "en"}) {
        const auto index = text_of(guide::folder(language).parent_path() / "README.md");
        for (const auto& name : guide::pages(language)) {
            INFO(language << "/" << name);
            const auto page = guide::read_page(language, name);
            CHECK(index.find("| [" + page.title + "](" + language + "/" + name + ".md) | " +
                             std::to_string(page.commands) + " | " + std::to_string(page.taps) + " |") !=
                  std::string::npos);
            const auto text = text_of(guide::folder(language) / (name + ".md"));
            for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
                const auto link = text.substr(at + 2, text.find(')', at) - at - 2);
                INFO(link);
                CHECK(fs::exists(guide::folder(language) / link));
            }
        }
    }
}

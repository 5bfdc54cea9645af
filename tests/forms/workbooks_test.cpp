// Small forms, each for one column, type, appearance or fault: what is said of it is in expected.txt beside it. The
// spreadsheets were saved by LibreOffice Calc. After a change: AMPARO_WRITE_EXPECTED=1 test_small_forms,
// then read what changed.
#include <catch2/catch_all.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/writer.hpp"
#include "questionnaires/workbook/xlsx.hpp"

namespace fs = std::filesystem;
namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;

namespace {

const fs::path root = AMPARO_SOURCE_DIR "/tests/forms/workbooks";

struct Example {
    std::string name;
    fs::path folder;
    fs::path source;  ///< the folder itself, or the spreadsheet in it
    bool spreadsheet = false;
};

std::vector<Example> examples() {
    std::vector<Example> found;
    for (const auto& entry : fs::directory_iterator(root)) {
        Example example{entry.path().filename().string(), entry.path(), entry.path()};
        for (const auto& file : fs::directory_iterator(entry.path()))
            if (file.path().stem() == "form") {
                example.source = file.path();
                example.spreadsheet = true;
            }
        found.push_back(std::move(example));
    }
    std::sort(found.begin(), found.end(), [](const Example& a, const Example& b) { return a.name < b.name; });
    return found;
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What is said of a form: one line for each fault, then what it consists of, so that a row that is silently lost
/// shows.
std::string said(const Example& example) {
    std::string text;
    const auto say = [&](const engine::Workbook& book, const engine::Diagnostics& faults) {
        for (const auto& fault : faults) {
            if (example.spreadsheet && fault.row > 0) text += workbook::cell_of(book, fault) + " ";
            text += engine::to_text(fault) + "\n";
        }
    };
    const auto read = workbook::read_spreadsheet(example.source);
    if (!read) {
        say({}, read.error());
        return text;
    }
    say(read->workbook, read->warnings);
    if (example.spreadsheet)
        for (const auto& sheet : read->workbook.sheets)
            text += "-- " + std::string(sheet.name()) + "\n" + workbook::write_csv(sheet);
    const auto form = engine::load(read->workbook);
    if (example.spreadsheet) text += "--\n";
    say(read->workbook, form ? (*form)->warnings() : form.error());
    if (!form) return text;
    text += "good: " + std::string((*form)->id());
    for (const auto& language : (*form)->languages()) text += " " + language.code;
    text += "\n";
    for (std::uint32_t i = 0; i < (*form)->size(); ++i) {
        text += std::string(engine::to_word((*form)->kind(engine::QuestionId{i}))) + " " +
                std::string((*form)->name(engine::QuestionId{i})) + ": " +
                std::string((*form)->label(engine::QuestionId{i}, (*form)->default_language())) + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("every small form says exactly what is expected of it") {
    const bool update = std::getenv("AMPARO_WRITE_EXPECTED") != nullptr;
    const auto all = examples();
    CHECK(all.size() >= 60);
    for (const auto& example : all) {
        INFO(example.name);
        const auto text = said(example);
        if (update) std::ofstream(example.folder / "expected.txt", std::ios::binary) << text;
        CHECK(text == text_of(example.folder / "expected.txt"));
    }
}

TEST_CASE("every small form comes back from a spreadsheet without loss") {
    std::size_t tried = 0;
    for (const auto& example : examples()) {
        INFO(example.name);
        const auto read = workbook::read_spreadsheet(example.source);
        if (!read) continue;
        ++tried;
        const auto bytes = workbook::write_xlsx(read->workbook);
        REQUIRE(bytes);
        const auto again = workbook::read_xlsx(*bytes);
        REQUIRE(again);
        REQUIRE(workbook::same_sheets(read->workbook, again->workbook));
        for (const auto& sheet : again->workbook.sheets)
            if (!example.spreadsheet) {
                CHECK(workbook::write_csv(sheet) == text_of(example.folder / (std::string(sheet.name()) + ".csv")));
            }
        const auto first = engine::load(read->workbook);
        const auto second = engine::load(again->workbook);
        CHECK(first.has_value() == second.has_value());
    }
    CHECK(tried >= 55);
}

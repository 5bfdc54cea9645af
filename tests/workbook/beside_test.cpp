// Tables beside a spreadsheet: which ones a survey speaks of, and what is taken.
#include <catch2/catch_all.hpp>
#include <filesystem>
#include <fstream>

#include "questionnaires/workbook/beside.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/scenario.hpp"

namespace fs = std::filesystem;
namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;
using Catch::Matchers::ContainsSubstring;
using scenario::Sheets;

namespace {

std::string taken(engine::Workbook& sheets, const test::Folder& folder) {
    const fs::path paths[] = {folder.path() / "not-there", folder.path()};
    return scenario::all_text(workbook::take_files(sheets, paths));
}

engine::Workbook asking(const std::string& file) {
    Sheets sheets;
    sheets.survey("type | name | label\n select_one_from_file " + file + " | a | A");
    return sheets.workbook();
}

}  // namespace

TEST_CASE("every way to speak of a file is found, and nothing else") {
    Sheets sheets;
    sheets.survey(R"(
type                           | name   | label               | calculation
select_one_from_file one.csv   | a      | A                   |
select_multiple_from_file two.CSV | b   | B                   |
csv-external                   | three  |                     |
calculate                      | d      |                     | pulldata('four', 'x', 'y', ${a}) + pulldata(“five”, 'x', 'y', 1)
calculate                      | e      |                     | count(instance( 'six' )/root/item)
calculate                      | f      |                     | count(instance('l')/root/item) + pulldata('here', 'x', 'y', 1)
select_one_from_file map.xml   | g      | pulldata is a word  |
select_one_from_file ../up.csv | h      | H                   |
select_one_from_file .x.csv    | i      | I                   |
select_one_from_file one.csv   | j      | J                   |
)");
    sheets.choices("list_name | name | label\n l | a | A");
    sheets.add("here", "x | y\n 1 | 2");
    const std::vector<std::string> wanted{"one", "two", "three", "four", "five", "six"};
    CHECK(workbook::files_wanted(sheets.workbook()) == wanted);
}

TEST_CASE("a file becomes a sheet of its name") {
    const test::Folder folder;
    folder.write("towns.csv", "name,label\na,A\n");
    auto sheets = asking("towns.csv");
    CHECK(taken(sheets, folder).empty());
    REQUIRE(sheets.find("towns") != nullptr);
    CHECK(sheets.find("towns")->cell(1, 1) == "A");
    CHECK(taken(sheets, folder).empty());
}

TEST_CASE("a file that is not there stays missing, so that the form says it") {
    const test::Folder folder;
    auto sheets = asking("towns.csv");
    CHECK(taken(sheets, folder).empty());
    CHECK(sheets.find("towns") == nullptr);
}

TEST_CASE("a file in other capitals is taken under the name that was asked for, with a warning") {
    const test::Folder folder;
    folder.write("TOWNS.csv", "name,label\na,A\n");
    auto sheets = asking("towns.csv");
    CHECK_THAT(taken(sheets, folder), ContainsSubstring("towns: warning: the file is named 'TOWNS.csv'"));
    CHECK(sheets.find("towns") != nullptr);
}

TEST_CASE("a link, a broken table, one that is too large and one with the name of a sheet are refused") {
    const test::Folder folder;
    folder.write("real.csv", "name,label\na,A\n");
    fs::create_symlink(folder.path() / "real.csv", folder.path() / "linked.csv");
    auto linked = asking("linked.csv");
    CHECK_THAT(taken(linked, folder), ContainsSubstring("linked: not a regular file"));
    folder.write("broken.csv", "name,label\n\"a,A\n");
    auto broken = asking("broken.csv");
    CHECK_THAT(taken(broken, folder), ContainsSubstring("broken row 2: a quotation mark"));
    folder.write("large.csv", std::string(engine::Limits::file_bytes + 1, 'x'));
    auto large = asking("large.csv");
    CHECK_THAT(taken(large, folder), ContainsSubstring("large: larger than"));
    folder.write("Levels.csv", "name,label\na,A\n");
    auto reserved = asking("Levels.csv");
    CHECK_THAT(taken(reserved, folder), ContainsSubstring("cannot have the name of a sheet"));
    for (const auto* const sheets : {&linked, &broken, &large, &reserved}) {
        CHECK(sheets->sheets.size() == 2);
        CHECK(sheets->unreadable.size() == 1);
    }
}

TEST_CASE("a table that cannot be read hides no other fault, and nothing follows from it") {
    const test::Folder folder;
    folder.write("towns.csv", "name,label\n\"a,A\n");
    Sheets sheets;
    sheets.survey(R"(
type                           | name  | label | calculation                                    | choice_filter | relevant
select_one_from_file towns.csv | a     | A     |                                                | x = 1         |
select_multiple_from_file towns.csv | b | B    |                                                |               |
csv-external                   | towns |       |                                                |               |
calculate                      | c     |       | pulldata('towns', 'x', 'name', ${a})           |               |
calculate                      | d     |       | count(instance('towns')/root/item[name = 'x']) |               |
text                           | e     | E     |                                                |               | ${nobody} = 1
)");
    engine::Workbook book = sheets.workbook();
    const fs::path paths[] = {folder.path()};
    const auto found = workbook::weigh_tables(book, workbook::take_files(book, paths));
    CHECK(scenario::all_text(found) ==
          "towns row 2: a quotation mark is misplaced or never closed (write \" inside a quoted cell as \"\")\n");
    const auto form = engine::load(book);
    REQUIRE_FALSE(form);
    CHECK(scenario::all_text(form.error()) ==
          "survey row 7, column relevant: at character 1: there is no question named 'nobody'\n");
}

TEST_CASE("a form does not load while a table that it asks for cannot be read") {
    const test::Folder folder;
    folder.write("towns.csv", "name,label\n\"a,A\n");
    auto book = asking("towns.csv");
    const fs::path paths[] = {folder.path()};
    CHECK(engine::has_errors(workbook::weigh_tables(book, workbook::take_files(book, paths))));
    const auto form = engine::load(book);
    REQUIRE_FALSE(form);
    CHECK(form.error().empty());
}

TEST_CASE("of what cannot be read, only what the survey asks for is a fault") {
    auto book = asking("towns.csv");
    book.unreadable = {"towns", "notes"};
    const auto fault = [](std::string sheet, std::uint32_t row, engine::Sentence message) {
        return engine::Diagnostic{
            engine::Severity::Warning, engine::Fault::Encoding, std::move(sheet), row, {}, std::move(message), {}};
    };
    const auto found = workbook::weigh_tables(
        book, {fault("notes", 2, "one"), fault("notes", 3, "two"), fault("survey", 0, "this sheet is hidden"),
               fault("towns", 4, engine::said("this sheet is left out: {}", engine::Sentence("its XML is damaged"))),
               fault("towns", 5, "three")});
    CHECK(scenario::all_text(found) ==
          "notes row 2: warning: this sheet is left out: one\n"
          "survey: warning: this sheet is hidden\n"
          "towns row 4: its XML is damaged\n"
          "towns row 5: three\n");
    CHECK(book.unreadable == std::vector<std::string>{"towns"});
}

#include <catch2/catch_all.hpp>
#include <filesystem>
#include <fstream>

#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "tests/support/folder.hpp"

namespace engine = questionnaires::engine;
namespace fs = std::filesystem;
namespace workbook = questionnaires::workbook;

namespace {

std::string fault(const fs::path& path) {
    const auto book = workbook::read_folder(path);
    return book ? std::string() : engine::to_text(book.error().front());
}

}  // namespace

TEST_CASE("a folder of CSV files is a workbook that makes a form") {
    const test::Folder folder;
    folder.write("survey.csv", "type,name,label\ntext,a,\"Hello, you\"\n");
    folder.write("settings.csv", "form_id\nhello\n");
    folder.write("README.txt", "not a sheet");
    const auto book = workbook::read_folder(folder.path());
    REQUIRE(book);
    CHECK(book->sheets.size() == 2);
    const auto form = engine::load(*book);
    REQUIRE(form);
    CHECK((*form)->label(questionnaires::engine::QuestionId{0U}, {}) == "Hello, you");
}

TEST_CASE("what is not a folder of sheets is named") {
    const test::Folder folder;
    CHECK(fault(folder.path() / "nothing").find("not a folder") != std::string::npos);
    CHECK(fault(folder.path()).find("no .csv file") != std::string::npos);
    folder.write("file", "x");
    CHECK(fault(folder.path() / "file").find("not a folder") != std::string::npos);
}

TEST_CASE("a link or a folder in the place of a sheet is refused") {
    const test::Folder folder;
    folder.write("real.txt", "a\n");
    fs::create_symlink(folder.path() / "real.txt", folder.path() / "survey.csv");
    CHECK(fault(folder.path()) == "survey: not a regular file");
    fs::remove(folder.path() / "survey.csv");
    fs::create_directory(folder.path() / "survey.csv");
    CHECK(fault(folder.path()) == "survey: not a regular file");
}

TEST_CASE("a file above the limit is refused") {
    const test::Folder folder;
    folder.write("survey.csv", std::string(engine::Limits::file_bytes + 10, 'x'));
    CHECK(fault(folder.path()) == "survey: larger than 4 MiB");
}

#include <catch2/catch_all.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace engine = questionnaires::engine;
namespace fs = std::filesystem;
namespace workbook = questionnaires::workbook;

namespace {

class TemporaryFolder {
  public:
    TemporaryFolder()
        : path_(fs::temp_directory_path() / ("amparo-workbook-" + std::to_string(std::random_device{}()))) {
        fs::create_directory(path_);
    }
    ~TemporaryFolder() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    void write(const std::string& name, std::string_view text) const { std::ofstream(path_ / name) << text; }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::string fault(const fs::path& path) {
    const auto book = workbook::read_folder(path);
    return book ? std::string() : engine::to_text(book.error().front());
}

}  // namespace

TEST_CASE("a folder of CSV files is a workbook that makes a form") {
    const TemporaryFolder folder;
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
    const TemporaryFolder folder;
    CHECK(fault(folder.path() / "nothing").find("not a folder") != std::string::npos);
    CHECK(fault(folder.path()).find("no .csv file") != std::string::npos);
    folder.write("file", "x");
    CHECK(fault(folder.path() / "file").find("not a folder") != std::string::npos);
}

TEST_CASE("a link or a folder in the place of a sheet is refused") {
    const TemporaryFolder folder;
    folder.write("real.txt", "a\n");
    fs::create_symlink(folder.path() / "real.txt", folder.path() / "survey.csv");
    CHECK(fault(folder.path()) == "survey: not a regular file");
    fs::remove(folder.path() / "survey.csv");
    fs::create_directory(folder.path() / "survey.csv");
    CHECK(fault(folder.path()) == "survey: not a regular file");
}

TEST_CASE("a file above the limit is refused") {
    const TemporaryFolder folder;
    folder.write("survey.csv", std::string(engine::Limits::file_bytes + 10, 'x'));
    CHECK(fault(folder.path()) == "survey: larger than 4 MiB");
}

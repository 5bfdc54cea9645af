#include <catch2/catch_all.hpp>

#include "questionnaires/workbook/reader.hpp"

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;

namespace {

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// Cells as "a|b/c|d", or the first fault.
std::string read(std::string_view text) {
    const auto sheet = workbook::read_csv("survey", bytes(text));
    if (!sheet) return engine::to_text(sheet.error().front());
    std::string result;
    for (std::size_t row = 0; row < sheet->rows(); ++row) {
        if (row > 0) result += '/';
        for (std::size_t column = 0; column < sheet->width(row); ++column) {
            if (column > 0) result += '|';
            result += sheet->cell(row, column);
        }
    }
    return result;
}

}  // namespace

TEST_CASE("CSV is read as RFC 4180 writes it") {
    CHECK(read("a,b\nc,d\n") == "a|b/c|d");
    CHECK(read("a,b\r\nc,d\r\n") == "a|b/c|d");
    CHECK(read("a,b\nc,d") == "a|b/c|d");
    CHECK(read("a,,c\n") == "a||c");
    CHECK(read("\"a,b\",\"c\"\"d\"\n") == "a,b|c\"d");
    CHECK(read("\"two\nlines\",x\n") == "two\nlines|x");
    CHECK(read("\"two\r\nlines\",x\r\n") == "two\nlines|x");
    CHECK(read(" a , b \n") == "a|b");
    CHECK(read("").empty());
    CHECK(read("Español,¿Sí?\n") == "Español|¿Sí?");
}

TEST_CASE("blank lines keep their place, so rows count as in a spreadsheet") {
    const auto sheet = workbook::read_csv("survey", bytes("a\n\nb\n"));
    REQUIRE(sheet);
    REQUIRE(sheet->rows() == 3);
    CHECK(sheet->width(1) <= 1);
    CHECK(sheet->cell(1, 0).empty());
    CHECK(sheet->cell(2, 0) == "b");
    CHECK(read("a\r\n\r\nb\r\n") == "a//b");
    CHECK(read("a\n\n\nb\n") == "a///b");
    CHECK(read("a\r\n\nb") == "a//b");
}

TEST_CASE("a byte order mark at the start is tolerated, anywhere else it is not") {
    CHECK(read("\xEF\xBB\xBF"
               "a,b\n") == "a|b");
    CHECK(read("a,\xEF\xBB\xBF"
               "b\n")
              .find("invalid UTF-8") != std::string::npos);
}

TEST_CASE("broken quoting is named with its row") {
    CHECK(read("a,b\nc,\"d\n") ==
          "survey row 2: a quotation mark is misplaced or never closed (write \" inside a quoted cell as \"\")");
    CHECK(read("a\nb\"c\n").substr(0, 13) == "survey row 2:");
    CHECK(read("\"a\"b\n").substr(0, 13) == "survey row 1:");
}

TEST_CASE("unsafe text is named with row and column") {
    CHECK(read("type,name\ntext,a\xFF\n").substr(0, 26) == "survey row 2, column name:");
    CHECK(read("type,name\ntext,\"a\x01\"\n").substr(0, 26) == "survey row 2, column name:");
    CHECK(read("type,name\ntext,a\u202E\n").substr(0, 26) == "survey row 2, column name:");
    CHECK(read(std::string_view("type,name\nte\0xt,a\n", 18)).substr(0, 26) == "survey row 2, column type:");
    CHECK(read("type,name\n\"a\rb\",a\n").substr(0, 26) == "survey row 2, column type:");
}

TEST_CASE("unsafe headers and sheet names are refused and never quoted") {
    CHECK(read("type,a\xFF\ntext,b\xFF\n") ==
          "survey row 1: invalid UTF-8, or an invisible control or direction character (save the file as UTF-8)");
    const auto sheet = workbook::read_csv("survey", bytes("type,a\xFF\ntext,b\xFF\n"));
    REQUIRE_FALSE(sheet);
    for (const auto& fault : sheet.error()) CHECK(engine::find_unsafe(engine::to_text(fault)) == std::string::npos);
    const auto named = workbook::read_csv("sur\u202Evey", bytes("a\n"));
    REQUIRE_FALSE(named);
    CHECK(engine::to_text(named.error().front()) ==
          "workbook: the name of a sheet is not clean UTF-8 (rename the file)");
}

TEST_CASE("sizes are limited") {
    std::string rows;
    for (int i = 0; i < 10'001; ++i) rows += "x\n";  // the header and as many rows as there may be
    CHECK(read(rows).size() == 2 * 10'001 - 1);
    CHECK(read(rows + "x\n") == "survey: more than 10000 rows");
    CHECK(read(std::string(engine::Limits::file_bytes + 1, 'x')) == "survey: larger than 4 MiB");
    CHECK(read(std::string(256, ',')).find("more than 256 columns") != std::string::npos);
    CHECK(read(std::string(255, ',')) == std::string(255, '|'));
}

TEST_CASE("faults of one table are reported together, at most fifty") {
    std::string text = "a\n";
    for (int i = 0; i < 100; ++i) text += "\x01\n";
    const auto sheet = workbook::read_csv("survey", bytes(text));
    REQUIRE_FALSE(sheet);
    CHECK(sheet.error().size() == 50);
}

TEST_CASE("members of a bundle become sheets, other members are left alone") {
    workbook::Members members;
    members.emplace("survey.csv", bytes("a\n"));
    members.emplace("choices.csv", bytes("b\n"));
    members.emplace("notes.txt", bytes("\xFF"));
    members.emplace(".csv", bytes("c\n"));
    const auto book = workbook::read_memory(members);
    REQUIRE(book);
    REQUIRE(book->sheets.size() == 2);
    CHECK(book->find("survey")->cell(0, 0) == "a");
    CHECK(book->find("notes") == nullptr);
    members.emplace("levels.csv", bytes("\"a"));
    CHECK_FALSE(workbook::read_memory(members));
}

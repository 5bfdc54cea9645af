// Screenings as a spreadsheet, read back by our own reader and looked at as the XML that it is.
#include "questionnaires/workbook/xlsx.hpp"
#include "questionnaires/workbook/xlsx_tables.hpp"
#include "questionnaires/workbook/zip.hpp"
#include "tests/exports/support.hpp"
#include "tests/support/folder.hpp"

using namespace test;
namespace workbook = questionnaires::workbook;

namespace {

std::string spreadsheet_of(const std::vector<record::Record>& records, bool words) {
    const Folder scratch;
    const auto spoken = locales::Translator::built_in(locales::Language::En);
    const auto format = exports::make_xlsx(spoken, scratch.path());
    const auto written = export_all(*format, records, words);
    CHECK(std::filesystem::is_empty(scratch.path()));  // no piece of it stays
    REQUIRE(written.files.size() == 1);
    return written.files.at("cases.xlsx");
}

std::span<const std::byte> bytes_of(const std::string& text) {
    return std::as_bytes(std::span(text));
}

std::vector<std::vector<std::string>> cells_of(const engine::Workbook& sheets, const std::string& name) {
    const auto* const sheet = sheets.find(name);
    REQUIRE(sheet != nullptr);
    std::vector<std::vector<std::string>> rows;
    for (std::size_t row = 0; row < sheet->rows(); ++row) {
        rows.emplace_back();
        for (std::size_t column = 0; column < sheet->width(row); ++column)
            rows.back().emplace_back(sheet->cell(row, column));
        if (row > 0) rows.back().resize(rows.front().size());
    }
    return rows;
}

}  // namespace

TEST_CASE("a spreadsheet says what the screenings say, in labels, with a dictionary and what was left out") {
    std::vector<record::Record> records;
    records.push_back(record_of());
    records.push_back(record_of({{"answers", {answer("age", "answered", "41")}}}));
    const auto file = spreadsheet_of(records, true);
    const auto read = workbook::read_xlsx(bytes_of(file));
    REQUIRE(read);
    const auto rows = cells_of(read->workbook, "screenings");
    REQUIRE(rows.size() == 3);
    CHECK(cell(rows, 1, "day") == "2026-11-24");
    CHECK(cell(rows, 1, "sample/safe") == "No");
    CHECK(cell(rows, 1, "sample/with") == "Alone; Family");
    CHECK(cell(rows, 1, "sample/age:state") == "refused");
    CHECK(cell(rows, 1, "sample/kid[1]/born") == "2019-02-28");
    CHECK(cell(rows, 1, "tell_worker_now") == "TRUE");
    CHECK(cell(rows, 1, "sample/story") == "=cmd|' /C calc'!A0");
    CHECK(cell(rows, 2, "sample/age") == "41");
    const auto dictionary = cells_of(read->workbook, "dictionary");
    for (std::size_t i = 0; i < rows.front().size(); ++i) CHECK(dictionary.at(i + 1).front() == rows.front()[i]);
    CHECK(cells_of(read->workbook, "left out").at(1).at(1) == "2");
}

TEST_CASE("numbers, days and yes are typed, the header stays, and nothing is a formula") {
    std::vector<record::Record> records;
    records.push_back(record_of({{"answers",
                                  {answer("age", "answered", "41"), answer("story", "answered", "=1+1"),
                                   answer("kid[1]/born", "answered", "2019-02-28")}}}));
    const auto file = spreadsheet_of(records, true);
    auto parts = workbook::ZipParts::open(bytes_of(file));
    REQUIRE(parts);
    const auto page = parts->read("xl/worksheets/sheet1.xml");
    REQUIRE(page);
    CHECK(page->find("<f>") == std::string::npos);
    CHECK(page->find("state=\"frozen\"") != std::string::npos);
    CHECK(page->find("<v>41</v>") != std::string::npos);
    CHECK(page->find("<v>43524</v>") != std::string::npos);  // 2019-02-28, counted from 1899-12-30
    CHECK(page->find("t=\"b\"") != std::string::npos);
    CHECK(page->find(">=1+1<") != std::string::npos);
    for (const auto* const name : {"xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}) {
        const auto other = parts->read(name);
        REQUIRE(other);
        CHECK(other->find("state=\"frozen\"") != std::string::npos);
    }
}

TEST_CASE("the same screenings give the same bytes") {
    std::vector<record::Record> records;
    records.push_back(record_of());
    CHECK(spreadsheet_of(records, false) == spreadsheet_of(records, false));
}

TEST_CASE("what a sheet cannot hold is left out, and not cut") {
    const Folder scratch;
    const auto spoken = locales::Translator::built_in(locales::Language::En);
    const auto format = exports::make_xlsx(spoken, scratch.path());
    Written written;
    const auto said = record_of({{"answers", {answer("story", "answered", std::string(40'000, 'x'))}}});
    const exports::Screening screening{said, sample_form()};
    CHECK(format->add(screening, exports::said_in(screening, true), {}, written) == exports::Taken::NotFit);
    using Cell = workbook::TypedCell;
    CHECK_FALSE(workbook::write_tables(
        std::vector<workbook::TypedTable>{{"a", {{Cell{Cell::Type::Text, std::string(32'768, 'x')}}}}},
        scratch.path()));
    CHECK_FALSE(workbook::write_tables(std::vector<workbook::TypedTable>{{"a/b", {}}}, scratch.path()));
    // What is not what its type says is a text.
    const std::vector<workbook::TypedTable> odd{
        {"a",
         {{Cell{Cell::Type::Number, "=2"}, Cell{Cell::Type::Day, "1850-01-01"}, Cell{Cell::Type::YesNo, "maybe"},
           Cell{Cell::Type::Number, "12345678901234567"}}}}};
    const auto bytes = workbook::write_tables(odd, scratch.path());
    REQUIRE(bytes);
    const auto read = workbook::read_xlsx(*bytes);
    REQUIRE(read);
    CHECK(cells_of(read->workbook, "a") ==
          std::vector<std::vector<std::string>>{{"=2", "1850-01-01", "maybe", "12345678901234567"}});
}

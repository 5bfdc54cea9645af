#include <catch2/catch_all.hpp>

#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/workbook/beside.hpp"
#include "questionnaires/workbook/xlsx.hpp"
#include "tests/workbook/package.hpp"

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;
using Catch::Matchers::ContainsSubstring;
using package::Workbook;

namespace {

std::string sheet_text(const engine::Sheet& sheet) {
    std::string result;
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
        if (row > 0) result += '/';
        for (std::size_t column = 0; column < sheet.width(row); ++column) {
            if (column > 0) result += '|';
            result += sheet.cell(row, column);
        }
    }
    return result;
}

/// Cells of the first sheet as "a|b/c|d", or the first fault.
std::string read(const Workbook& book) {
    const auto spreadsheet = workbook::read_xlsx(package::bytes_of(book.bytes()));
    if (!spreadsheet) return engine::to_text(spreadsheet.error().front());
    return sheet_text(spreadsheet->workbook.sheets.front());
}

std::string said_text(const engine::Diagnostics& said) {
    std::string text;
    for (const auto& one : said) text += engine::to_text(one) + "\n";
    return text;
}

std::string rows(const std::string& xml) {
    return read({.rows = xml});
}

}  // namespace

TEST_CASE("cells of every kind are read as text") {
    CHECK(read({.rows = R"(<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>)",
                .strings = "<si><t>name</t></si><si><t>type</t></si>"}) == "type|name");
    CHECK(rows(R"(<row r="1"><c r="A1" t="inlineStr"><is><t>año &amp; &lt;b&gt;</t></is></c></row>)") == "año & <b>");
    CHECK(rows(R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="n"><v>2.50</v></c></row>)") == "1|2.5");
    CHECK(rows(R"(<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>)") == "TRUE|FALSE");
    CHECK(
        rows(R"(<row r="1"><c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>)") ==
        "ab|2");
    CHECK(rows(R"(<row r="1"><c r="A1" t="d"><v>2026-03-11</v></c></row>)") == "2026-03-11");
    CHECK(rows(R"(<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>prefixed</x:t></x:is></x:c></x:row>)") ==
          "prefixed");
}

TEST_CASE("rich text keeps its words and its spaces and loses its looks") {
    CHECK(read({.rows = R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)",
                .strings =
                    R"(<si><r><rPr><b/></rPr><t xml:space="preserve">Don't </t></r><r><t>say</t></r>)"
                    R"(<r><t xml:space="preserve"> </t></r><r><t>it</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>)"}) ==
          "Don't say it");
    CHECK(read({.rows = R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)",
                .strings = R"(<si><t>two_x000D_&#10;lines</t></si>)"}) == "two\nlines");
}

TEST_CASE("dates follow the number format of the cell") {
    const std::string formats =
        R"(<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>)"
        R"(<numFmt numFmtId="165" formatCode="0&quot; d&quot;"/></numFmts>)"
        R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="165"/></cellXfs>)";
    const std::string cells = R"(<row r="1"><c r="A1" s="1"><v>46092</v></c><c r="B1" s="2"><v>46092.25</v></c>)"
                              R"(<c r="C1" s="3"><v>46092</v></c><c r="D1" s="99"><v>46092</v></c></row>)";
    CHECK(read({.rows = cells, .formats = formats}) == "2026-03-11|2026-03-11T06:00:00|46092|46092");
    CHECK(read({.rows = cells, .formats = formats, .properties = R"(<workbookPr date1904="1"/>)"}) ==
          "2030-03-12|2030-03-12T06:00:00|46092|46092");
}

TEST_CASE("sparse rows and cells keep their places, blank ones at the end are nothing") {
    CHECK(rows(R"(<row r="2"><c r="C2"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>)") == "/||1//2");
    CHECK(rows(R"(<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>)") == "1|2/3");
    CHECK(
        rows(R"(<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576"/></row>)") ==
        "1");
    CHECK(rows("").empty());
}

TEST_CASE("every sheet is read, in its order, under the usual name") {
    Workbook book{.rows = R"(<row r="1"><c r="A1"><v>1</v></c></row>)"};
    book.sheets = Workbook::sheet("Notes", "rId1") + Workbook::sheet(" SURVEY ", "rId2", " state=\"veryHidden\"") +
                  Workbook::sheet("Chart", "rId3");
    book.more["xl/worksheets/sheet2.xml"] = "<worksheet/>";
    const auto read = workbook::read_xlsx(package::bytes_of(book.bytes()));
    REQUIRE(read);
    REQUIRE(read->workbook.sheets.size() == 2);
    CHECK(read->workbook.sheets[0].name() == "Notes");
    CHECK(read->workbook.sheets[1].name() == "survey");
    REQUIRE(read->warnings.size() == 1);
    CHECK(engine::to_text(read->warnings[0]) ==
          "survey: warning: this sheet is hidden in the spreadsheet, and is read all the same (show the sheet, or "
          "remove it)");
}

TEST_CASE("a cell that is wrong is read as what it shows, and judged where somebody reads it") {
    const auto book = workbook::read_xlsx(package::bytes_of(Workbook{
        .rows = R"(<row r="1"><c r="A1" t="str"><v>type</v></c><c r="B1" t="str"><v>name</v></c>)"
                R"(<c r="C1" t="str"><v>label</v></c><c r="D1" t="str"><v>notes</v></c></row>)"
                R"(<row r="2"><c r="A2" t="str"><v>text</v></c><c r="B2" t="str"><v>a</v></c>)"
                R"(<c r="C2" t="e"><v>#REF!</v></c><c r="D2" t="e"><v>#N/A</v></c></row>)"
                R"(<row r="3"><c r="A3" t="str"><v>text</v></c><c r="B3" t="str"><v>b</v></c><c r="C3"><f>A1</f></c>)"
                "<c r=\"D3\" t=\"str\"><v>a\xE2\x80\xAE</v></c></row>"}
                                                                .bytes()));
    REQUIRE(book);
    const auto form = engine::load(book->workbook);
    REQUIRE_FALSE(form);
    std::string all;
    for (const auto& fault : form.error()) {
        all += workbook::cell_of(book->workbook, fault) + " " + fault.message.text() + "\n";
    }
    CHECK(all ==
          "survey!D1 this column is not known and is ignored\n"
          "survey!C2 the spreadsheet shows an error here: '#REF!'\n"
          "survey!C3 the formula was saved without its value\n");
}

TEST_CASE("text that may not be in a form is named where somebody reads it, and never quoted") {
    for (const auto* const bad : {"a\xE2\x80\xAE", "a\xFF", "_x0007_"}) {
        const auto book = workbook::read_xlsx(package::bytes_of(
            Workbook{.rows = R"(<row r="1"><c r="A1" t="str"><v>type</v></c></row><row r="2"><c r="A2" t="str"><v>)" +
                             std::string(bad) + "</v></c></row>"}
                .bytes()));
        REQUIRE(book);
        const auto form = engine::load(book->workbook);
        REQUIRE_FALSE(form);
        CHECK(said_text(form.error()) ==
              "survey row 2, column type: invalid UTF-8, or an invisible control or direction character\n");
    }
}

TEST_CASE("what only pretends to be a table is refused") {
    CHECK_THAT(rows(R"(<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>)"),
               ContainsSubstring("rows are not in order"));
    CHECK_THAT(rows(R"(<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>)"),
               ContainsSubstring("cells are not in order"));
    for (const auto* const reference : {"A", "AAAA1", "1", "a1", "4294967297"}) {
        const auto text = rows(std::string("<row r=\"1\"><c r=\"Z1\"><v>1</v></c><c r=\"") + reference + "\"/></row>");
        CHECK_THAT(text, ContainsSubstring("not in order"));
    }
    for (const auto* const row : {"0", "-1", "99999999999", "x"}) {
        CHECK_THAT(rows(std::string("<row r=\"") + row + "\"/>"), ContainsSubstring("rows are not in order"));
    }
}

TEST_CASE("a sheet that is too long is read for its author to cut, and what is too wide is left out") {
    std::string many;
    for (int i = 0; i < 10'002; ++i) many += "<row><c t=\"str\"><v>x</v></c></row>";
    const auto survey = workbook::read_xlsx(package::bytes_of(Workbook{.rows = many}.bytes()));
    REQUIRE(survey);
    CHECK(survey->workbook.sheets[0].rows() == 10'002);
    CHECK_THAT(said_text(engine::load(survey->workbook).error()), ContainsSubstring("more than 10000 rows"));
    for (const auto* const cell : {"IW1", "XFD1"}) {
        const auto wide = workbook::read_xlsx(package::bytes_of(Workbook{
            .rows = std::string("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"") + cell + "\"><v>1</v></c></row>"}
                                                                    .bytes()));
        REQUIRE(wide);
        CHECK(wide->workbook.sheets[0].width(0) == 1);
        CHECK(said_text(wide->warnings) == "survey: warning: what stands beyond its first 256 columns is left out\n");
    }
    CHECK_THAT(rows(R"(<row r="1048577"><c r="A1048577"><v>1</v></c></row>)"), ContainsSubstring("not in order"));
    // One long shared text, used often: small in the file, large as a table.
    std::string cells;
    for (int i = 0; i < 700; ++i) cells += "<row><c t=\"s\"><v>0</v></c></row>";
    const auto large = workbook::read_xlsx(package::bytes_of(
        Workbook{.rows = cells, .strings = "<si><t>" + std::string(30'000, 'x') + "</t></si>"}.bytes()));
    REQUIRE(large);
    CHECK(large->workbook.sheets[0].rows() == (16U << 20U) / 30'000);
    CHECK(said_text(large->warnings) ==
          "survey: warning: what stands from row 560 on is left out: larger than 16 MiB\n");
    CHECK(said_text(workbook::too_large(large->workbook)) ==
          "survey: larger than 4 MiB (take out languages or rows)\n");
}

TEST_CASE("a sheet without a usual name is left out when it cannot be one here, whatever is wrong with it") {
    const auto with = [](const std::string& sheets, const std::string& second = "<worksheet/>") {
        const auto read = workbook::read_xlsx(package::bytes_of(Workbook{
            .rows = "<row><c><v>1</v></c></row>",
            .sheets = Workbook::sheet("survey", "rId1") + sheets,
            .more = {{"xl/worksheets/sheet2.xml", second}}}.bytes()));
        REQUIRE(read);
        CHECK(read->workbook.sheets.size() == 1);
        return said_text(read->warnings);
    };
    for (const auto* const name :
         {"../x", "a/b", ".hidden", "a:b", "'x", "con\\x", "Plan 2024 ", "12345678901234567890123456789012"}) {
        CHECK(with(Workbook::sheet(name, "rId2")) ==
              std::string(name) + ": warning: this sheet is left out: its name cannot be the name of a file\n");
    }
    for (const auto* const name : {"", "a\xE2\x80\xAE"}) {
        CHECK_THAT(with(Workbook::sheet(name, "rId2")), ContainsSubstring("workbook: warning: the name of a sheet"));
    }
    std::string many = "<worksheet><sheetData>";
    for (int i = 0; i < 10'002; ++i) many += "<row><c><v>1</v></c></row>";
    const auto second = Workbook::sheet("data", "rId2");
    CHECK_THAT(with(second, many + "</sheetData></worksheet>"), ContainsSubstring("left out: more than 10000 rows"));
    CHECK_THAT(with(second, R"(<worksheet><sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>)"),
               ContainsSubstring("left out: more than 256 columns"));
    CHECK_THAT(with(second, R"(<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>)"),
               ContainsSubstring("left out: its rows are not in order"));
    CHECK_THAT(with(second, "<worksheet><sheetData>"), ContainsSubstring("left out: its XML is damaged"));
    CHECK_THAT(with(Workbook::sheet("data", "rId9")), ContainsSubstring("left out: it is not in the file"));
    CHECK_THAT(with(Workbook::sheet("Survey", "rId1")), ContainsSubstring("the second is left out"));
}

TEST_CASE("a usual sheet that is not in the file, and a file without sheets, are refused") {
    CHECK_THAT(read({.sheets = Workbook::sheet("survey", "rId9")}), ContainsSubstring("is not in the file"));
    CHECK_THAT(read({.sheets = ""}), ContainsSubstring("no sheets"));
    std::string many;
    for (int i = 0; i < 65; ++i) many += Workbook::sheet("s" + std::to_string(i), "rId1");
    const auto book = workbook::read_xlsx(package::bytes_of(Workbook{.sheets = many}.bytes()));
    REQUIRE(book);
    CHECK(book->workbook.sheets.size() == 64);
    CHECK(book->warnings.size() == 1);
}

TEST_CASE("XML that does more than hold data is refused") {
    const std::string bomb = R"(<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>)";
    Workbook book;
    book.more["xl/worksheets/sheet1.xml"] = bomb + "<worksheet><sheetData/></worksheet>";
    CHECK_THAT(read(book), ContainsSubstring("document type"));
    book.more["xl/worksheets/sheet1.xml"] = std::string("<worksheet>\0</worksheet>", 24);
    CHECK_THAT(read(book), ContainsSubstring("not plain UTF-8"));
    for (const auto* const null : {"&#0;", "&#x0;", "&#000;", "&#x00;"}) {
        CHECK_THAT(rows(std::string("<row><c t=\"str\"><v>a") + null + "b</v></c></row>"),
                   ContainsSubstring("not plain UTF-8"));
    }
    book.more["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>";
    CHECK_THAT(read(book), ContainsSubstring("XML is damaged"));
    // An entity that nobody defined is text; nothing is expanded or fetched.
    CHECK(rows("<row><c t=\"str\"><v>&boom;</v></c></row>") == "&boom;");
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    for (int i = 0; i < 100'000; ++i) deep += "</a>";
    CHECK(rows(deep).empty());
}

#include <catch2/catch_all.hpp>
#include <set>

#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/writer.hpp"
#include "questionnaires/workbook/xlsx.hpp"
#include "tests/support/scenario.hpp"
#include "tests/workbook/package.hpp"

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;
using Catch::Matchers::ContainsSubstring;

namespace {

engine::Sheet csv(const std::string& name, std::string_view text) {
    auto sheet = workbook::read_csv(name, package::bytes_of(text));
    REQUIRE(sheet);
    return std::move(*sheet);
}

/// The sheet after export and import.
std::string through_xlsx(std::string_view text) {
    const engine::Workbook book{{csv("survey", text)}};
    const auto bytes = workbook::write_xlsx(book);
    if (!bytes) return engine::to_text(bytes.error().front());
    const auto read = workbook::read_xlsx(*bytes);
    if (!read) return engine::to_text(read.error().front());
    return workbook::write_csv(read->workbook.sheets.front());
}

}  // namespace

TEST_CASE("canonical CSV comes back from a spreadsheet byte for byte") {
    for (const std::string_view text :
         {"type,name\ntext,a\n", "a,b,c\n,,x\n\n,y,\n", "\"a,b\",\"c\"\"d\"\n", "\"two\nlines\",x\n", "\" a \",b\n",
          "007,1.0\n1E5,TRUE\n2026-01-02,01/02/03\n", "=1+1,+1\n-1,@x\n", "_x0041_,_x000D_\n", "Español,¿Sí? año €\n",
          "<b>&amp;</b>,'x\n", "\"a\tb\",https://example.org/a\n", "😀,\u00A0x\n", "", "a\n\n\nb\n"}) {
        INFO(text);
        const auto canonical = workbook::write_csv(csv("survey", text));
        CHECK(through_xlsx(text) == canonical);
        CHECK(workbook::write_csv(csv("survey", canonical)) == canonical);
    }
}

TEST_CASE("canonical CSV is quoted only where needed and has no blank ends") {
    CHECK(workbook::write_csv(csv("s", "a,b,,\n1,\"2\",,\n,,,\n")) == "a,b\n1,2\n");
    CHECK(workbook::write_csv(csv("s", "a,b\r\n1\r\n")) == "a,b\n1,\n");
    CHECK(workbook::write_csv(csv("s", "\"a\",\" \",\"b \"\n")) == "a,,\"b \"\n");
    CHECK(workbook::write_csv(csv("s", ",\n,\n")).empty());
}

TEST_CASE("unknown sheets and columns are kept; the usual sheets come first") {
    const engine::Workbook book{{csv("zoo", "animal\nowl\n"), csv("settings", "form_id\nx\n"), csv("año 1", "a\n"),
                                 csv("survey", "type,name,colour\ntext,a,red\n")}};
    const auto bytes = workbook::write_xlsx(book);
    REQUIRE(bytes);
    const auto read = workbook::read_xlsx(*bytes);
    REQUIRE(read);
    CHECK(workbook::same_sheets(book, read->workbook));
    CHECK(read->workbook.sheets[0].name() == "survey");
    CHECK(read->workbook.sheets[1].name() == "settings");
    CHECK(read->warnings.empty());
}

TEST_CASE("the same sheets give the same spreadsheet") {
    const engine::Workbook book{{csv("survey", "type,name\ntext,a\n")}};
    CHECK(workbook::write_xlsx(book).value() == workbook::write_xlsx(book).value());
}

TEST_CASE("what a spreadsheet cannot hold is said before anything is written") {
    const auto fault = [](engine::Workbook book) {
        const auto bytes = workbook::write_xlsx(book);
        return bytes ? std::string() : engine::to_text(bytes.error().front());
    };
    CHECK_THAT(fault({}), ContainsSubstring("no sheets"));
    CHECK_THAT(fault({{csv("a name of more than 31 characters", "a\n")}}), ContainsSubstring("sheet of this name"));
    CHECK_THAT(fault({{csv("a:b", "a\n")}}), ContainsSubstring("sheet of this name"));
    CHECK_THAT(fault({{csv("a", "a\n"), csv("A", "a\n")}}), ContainsSubstring("but for its case"));
    CHECK(through_xlsx("a\n" + std::string(32'768, 'x') + "\n") ==
          "survey row 2, column A: a cell of a spreadsheet holds at most 32767 characters");
    CHECK(through_xlsx("a\n" + std::string(32'767, 'x') + "\n").size() == 32'770);
}

TEST_CASE("a fault is placed where the spreadsheet shows it") {
    const engine::Workbook book{{csv("survey", "type,name,label::Español (es)\n")}};
    const auto at = [&](const std::string& sheet, std::uint32_t row, const std::string& column) {
        return workbook::cell_of(book, {engine::Severity::Error, engine::Fault::Name, sheet, row, column, "x", {}});
    };
    CHECK(at("survey", 12, "label::Español (es)") == "survey!C12");
    CHECK(at("survey", 12, "hint") == "survey!12");
    CHECK(at("survey", 12, "AB") == "survey!AB12");
    CHECK(at("survey", 0, "name").empty());
    CHECK(at("levels", 2, "").append("") == "levels!2");
    // Of two columns with one header, the second is the one too many.
    CHECK(workbook::cell_of({{csv("survey", "type,name,label,label\n")}},
                            {engine::Severity::Error, engine::Fault::Structure, "survey", 1, "label", "x", {}, 4}) ==
          "survey!D1");
    CHECK(workbook::column_letters(0) == "A");
    CHECK(workbook::column_letters(25) == "Z");
    CHECK(workbook::column_letters(26) == "AA");
    CHECK(workbook::column_letters(255) == "IV");
    CHECK(workbook::column_letters(16'383) == "XFD");
}

// The file around the sheets: other kinds of file, damage, bombs.
#include <catch2/catch_all.hpp>
#include <random>

#include "questionnaires/workbook/xlsx.hpp"
#include "tests/workbook/package.hpp"

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;
using Catch::Matchers::ContainsSubstring;
using package::Workbook;

namespace {

/// The one fault of a file that is none.
std::string fault(std::string_view bytes) {
    const auto read = workbook::read_xlsx(package::bytes_of(bytes));
    return read ? std::string() : engine::to_text(read.error().front());
}

std::string utf16(std::string_view text) {
    std::string result;
    for (const char c : text) result += {c, '\0'};
    return result;
}

const Workbook small{.rows = R"(<row r="1"><c r="A1"><v>1</v></c></row>)"};

}  // namespace

TEST_CASE("other kinds of file are told apart, each with what to do") {
    const std::string compound("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    CHECK(fault(compound + std::string(600, '\0') + utf16("EncryptedPackage") + std::string(600, '\0')) ==
          "workbook: the spreadsheet is locked with a password (save it without a password)");
    CHECK(fault(compound + std::string(600, '\0') + utf16("Workbook")) ==
          "workbook: this is a spreadsheet of the old kind (.xls) (save it as .xlsx)");
    CHECK(fault(package::zip(
              {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}})) ==
          "workbook: this is an OpenDocument file (.ods) (save it as .xlsx)");
    CHECK_THAT(fault(package::zip({{"word/document.xml", "<x/>"}})), ContainsSubstring("no .xlsx workbook"));
    for (const std::string_view text : {"", "P", "type,name\ntext,a\n", "%PDF-1.4", "<html>"}) {
        CHECK_THAT(fault(text), ContainsSubstring("neither a folder of CSV files nor an .xlsx"));
    }
    Workbook binary = small;
    binary.more["_rels/.rels"] =
        R"(<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>)";
    binary.more["xl/workbook.bin"] = "binary";
    CHECK_THAT(fault(binary.bytes()), ContainsSubstring(".xlsb"));
}

TEST_CASE("a spreadsheet cut anywhere is refused or complete, never half read") {
    const std::string whole = small.bytes();
    REQUIRE(fault(whole).empty());
    for (std::size_t size = 2; size < whole.size(); ++size) {
        INFO(size);
        CHECK_FALSE(fault(std::string_view(whole).substr(0, size)).empty());
    }
}

TEST_CASE("a changed byte is noticed or harmless, and faults hold clean words") {
    const std::string whole = small.bytes();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x55);
        const auto text = fault(changed);
        CHECK(engine::find_unsafe(text) == std::string_view::npos);
    }
}

TEST_CASE("a zip bomb is stopped while it unpacks") {
    Workbook bomb = small;
    bomb.more["xl/worksheets/sheet1.xml"] = "<worksheet>" + std::string(8U << 20U, ' ') + "</worksheet>";
    CHECK_THAT(fault(bomb.bytes()), ContainsSubstring("unpacks to far more"));
    Workbook wide = small;  // beyond one part, though no part is a bomb of its own
    std::mt19937 random(1);
    std::string noise;
    while (noise.size() < (200U << 10U)) noise += static_cast<char>('a' + random() % 26);
    std::string sheets;
    for (int i = 0; i < 40; ++i) {
        const auto id = std::to_string(i);
        sheets += Workbook::sheet("s" + id, "rId1");
    }
    wide.sheets = sheets;
    wide.more["xl/worksheets/sheet1.xml"] = "<worksheet><!--" + noise + std::string(2U << 20U, ' ') + "--></worksheet>";
    const auto read = workbook::read_xlsx(package::bytes_of(wide.bytes()));
    REQUIRE(read);  // nobody needs these sheets, so those beyond the limit are left out
    CHECK(read->workbook.sheets.size() < 30);
    REQUIRE_FALSE(read->warnings.empty());
    CHECK_THAT(engine::to_text(read->warnings.back()), ContainsSubstring("unpacks to far more"));
}

TEST_CASE("what is large without being read costs nothing") {
    Workbook book = small;
    book.more["xl/media/picture.xml"] = std::string(20U << 20U, ' ');
    CHECK(fault(book.bytes()).empty());
}

TEST_CASE("too many parts, and two of one name, are refused") {
    package::Files files;
    for (int i = 0; i < 2'001; ++i) files.emplace_back("p" + std::to_string(i), "");
    CHECK_THAT(fault(package::zip(files)), ContainsSubstring("more than 2000 parts"));
    CHECK_THAT(fault(package::zip({{"xl/workbook.xml", "<a/>"}, {"XL/Workbook.xml", "<b/>"}})),
               ContainsSubstring("two parts of the same name"));
}

TEST_CASE("a file above the limit is not opened") {
    CHECK(fault("PK" + std::string(workbook::most_spreadsheet_bytes, 'x')) == "workbook: larger than 32 MiB");
}

TEST_CASE("parts that the workbook names and lacks are named") {
    Workbook book = small;
    book.sheets = Workbook::sheet("survey", "rId2");
    CHECK_THAT(fault(book.bytes()), ContainsSubstring("it has no part 'xl/worksheets/sheet2.xml'"));
    book.more["xl/_rels/workbook.xml.rels"] =
        "<Relationships><Relationship Id=\"rId2\" Type=\"x/worksheet\" Target=\"/\xFF\"/></Relationships>";
    CHECK(fault(book.bytes()) == "workbook: the spreadsheet cannot be read: it has no part of the name it gives");
}

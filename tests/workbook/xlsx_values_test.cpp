#include <catch2/catch_all.hpp>

#include "questionnaires/workbook/xlsx_values.hpp"

using namespace questionnaires::workbook;

TEST_CASE("numbers are written as a form author typed them") {
    const auto text = [](std::string_view number) { return cell_text(number, CellFormat::Plain, false); };
    CHECK(text("1") == "1");
    CHECK(text("1.0") == "1");
    CHECK(text("-3") == "-3");
    CHECK(text("0") == "0");
    CHECK(text("-0") == "0");
    CHECK(text("0.1") == "0.1");
    CHECK(text("0.10000000000000001") == "0.1");
    CHECK(text("3.1400000000000001") == "3.14");
    CHECK(text("1000000") == "1000000");
    CHECK(text("1E6") == "1000000");
    CHECK(text("1.5E+3") == "1500");
    CHECK(text("1.5E-7") == "0.00000015");
    CHECK(text("-2.5e-1") == "-0.25");
    CHECK(text("123456789012345") == "123456789012345");
    CHECK(text("1E20") == "100000000000000000000");
    CHECK(text(" 7 ") == "7");
}

TEST_CASE("what is no number of a sensible size stays as it was") {
    for (const auto* const word : {"1E300", "1E-300", "1E9999", "NaN", "1E", "E5", "1,5", "abc", "0x10", "1E5E5", ""}) {
        CHECK(cell_text(word, CellFormat::Plain, false) == word);
        CHECK(cell_text(word, CellFormat::Date, false) == word);
    }
}

TEST_CASE("dates are ISO 8601, whatever the format shows") {
    const auto date = [](std::string_view serial) { return cell_text(serial, CellFormat::Date, false); };
    CHECK(date("46092") == "2026-03-11");
    CHECK(date("1") == "1900-01-01");
    CHECK(date("59") == "1900-02-28");
    CHECK(date("61") == "1900-03-01");
    CHECK(date("36585") == "2000-02-29");
    CHECK(date("2958465") == "9999-12-31");
    CHECK(date("46092.5") == "2026-03-11T12:00:00");
    CHECK(cell_text("46092", CellFormat::DateTime, false) == "2026-03-11T00:00:00");
    CHECK(cell_text("46092.99999999", CellFormat::DateTime, false) == "2026-03-12T00:00:00");
    CHECK(cell_text("0.5", CellFormat::Time, false) == "12:00:00");
    CHECK(cell_text("0.354166666666667", CellFormat::Time, false) == "08:30:00");
    CHECK(cell_text("0", CellFormat::Date, true) == "1904-01-01");
    CHECK(cell_text("44630", CellFormat::Date, true) == "2026-03-11");
}

TEST_CASE("a day that never was stays the number it is") {
    CHECK(cell_text("60", CellFormat::Date, false) == "60");
    CHECK(cell_text("0", CellFormat::Date, false) == "0");
    CHECK(cell_text("-1", CellFormat::Date, false) == "-1");
    CHECK(cell_text("2958466", CellFormat::Date, false) == "2958466");
    CHECK(cell_text("1E15", CellFormat::DateTime, true) == "1000000000000000");
    CHECK(cell_text("30.5", CellFormat::Time, false) == "30.5");
}

TEST_CASE("a format code is a date by its letters, not by its quoted words, colours and currencies") {
    for (const auto* const code : {"yyyy\\-mm\\-dd", "d/m/yy", "mmm-yy", "[$-C0A]dddd, d \"de\" mmmm \"de\" yyyy",
                                   "mmmm", "YYYY-MM-DD;@", "[$-409]d-mmm;@"}) {
        INFO(code);
        CHECK(format_of(code) == CellFormat::Date);
    }
    for (const auto* const code : {"yyyy-mm-dd hh:mm", "d/m/yy h:mm AM/PM", "dd/mm/yyyy\\ hh:mm:ss.000"}) {
        CHECK(format_of(code) == CellFormat::DateTime);
    }
    for (const auto* const code : {"hh:mm", "h:mm AM/PM", "mm:ss", "[h]:mm", "[hh]:mm:ss"}) {
        CHECK(format_of(code) == CellFormat::Time);
    }
    for (const auto* const code :
         {"General", "GENERAL", "0", "0.00", "#,##0.00", "0%", "0.00E+00", "@", "[Red]0.00", "0\" días\"", "\"año\" 0",
          "[$$-80A]#,##0.00", "_-* #,##0.00_-", "0\\d", "[$USD] 0.00", "", "\"", "[", "\\"}) {
        INFO(code);
        CHECK(format_of(code) == CellFormat::Plain);
    }
    CHECK(built_in_format(14) == CellFormat::Date);
    CHECK(built_in_format(22) == CellFormat::DateTime);
    CHECK(built_in_format(20) == CellFormat::Time);
    CHECK(built_in_format(0) == CellFormat::Plain);
    CHECK(built_in_format(9) == CellFormat::Plain);
    CHECK(built_in_format(49) == CellFormat::Plain);
}

TEST_CASE("escapes of a spreadsheet's text are decoded once") {
    CHECK(plain_text("a_x000D_\nb") == "a\nb");
    CHECK(plain_text("a\r\nb\rc") == "a\nb\nc");
    CHECK(plain_text("_x005F_x0041_") == "_x0041_");
    CHECK(plain_text("_x00e1_") == "á");
    CHECK(plain_text("_x20AC_") == "€");
    CHECK(plain_text("_x00G1_ _x12_ _x") == "_x00G1_ _x12_ _x");
    CHECK(plain_text("_xD83D_") == "_xD83D_");
    CHECK(plain_text("_x0000_") == std::string(1, '\0'));
    for (const auto* const text : {"_x0041_", "__x0041__", "_x005F_x0041_", "my_x1234_name", "_x_x0041_", "plain"}) {
        CHECK(plain_text(escaped_text(text)) == text);
    }
}

// The referral directory as it ships: who answers is named, and nothing claims to have been checked.
#include <algorithm>
#include <array>
#include <catch2/catch_all.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "questionnaires/workbook/reader.hpp"

namespace {

questionnaires::engine::Sheet shipped_referrals() {
    std::ifstream file(AMPARO_SOURCE_DIR "/questionnaires/referrals.csv", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    auto sheet = questionnaires::workbook::read_csv("referrals", std::as_bytes(std::span(bytes)));
    if (!sheet) FAIL("referrals.csv cannot be read");
    return std::move(*sheet);
}

constexpr std::array columns{"country",   "service",     "channel",     "number", "hours",
                             "languages", "who_answers", "verified_on", "source", "note"};
constexpr std::size_t who_answers = 6;
constexpr std::size_t verified_on = 7;

}  // namespace

TEST_CASE("the referral directory has the columns and countries of the programme") {
    const auto sheet = shipped_referrals();
    REQUIRE(sheet.width(0) == columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) CHECK(sheet.cell(0, i) == columns[i]);
    std::set<std::string_view> countries;
    for (std::size_t row = 1; row < sheet.rows(); ++row) countries.insert(sheet.cell(row, 0));
    CHECK(countries == std::set<std::string_view>{"GT", "HN", "MX", "SV", "US"});
}

TEST_CASE("every referral has a source and says who answers, and its number or that it is a place to fill") {
    const auto sheet = shipped_referrals();
    for (std::size_t row = 1; row < sheet.rows(); ++row) {
        INFO(sheet.cell(row, 1) << " " << sheet.cell(row, 3));
        for (const std::size_t column : {1U, 2U, 8U}) CHECK_FALSE(sheet.cell(row, column).empty());
        // What nobody knows yet is an empty row with a name, never a guess.
        CHECK(sheet.cell(row, 3).empty() == sheet.cell(row, 8).starts_with("A place to fill"));
        constexpr std::array kinds{"ngo", "ombudsman", "government", "prosecutor", "police"};
        CHECK(std::find(kinds.begin(), kinds.end(), sheet.cell(row, who_answers)) != kinds.end());
    }
}

TEST_CASE("no shipped referral claims to have been verified, because nobody has called") {
    const auto sheet = shipped_referrals();
    REQUIRE(sheet.rows() > 1);
    for (std::size_t row = 1; row < sheet.rows(); ++row) CHECK(sheet.cell(row, verified_on).empty());
}

TEST_CASE("every country has places for asylum, child protection, rights at work, violence at home and interpreters") {
    const auto sheet = shipped_referrals();
    for (const std::string country : {"MX", "GT", "HN", "SV"})
        for (const std::string what :
             {"Asylum", "Child protection", "Rights at work", "Violence at home", "Interpreters"}) {
            INFO(country << " " << what);
            bool found = false;
            for (std::size_t row = 1; row < sheet.rows(); ++row)
                found = found || (sheet.cell(row, 0) == country &&
                                  sheet.cell(row, 1).find("/ " + what) != std::string_view::npos);
            CHECK(found);
        }
}

TEST_CASE("no name or note of the directory needs the eye") {
    const auto sheet = shipped_referrals();
    for (std::size_t row = 1; row < sheet.rows(); ++row)
        for (const std::size_t column : {1U, 9U}) {
            const auto text = std::string(sheet.cell(row, column));
            INFO(text);
            const auto bar = text.find(" / ");
            CHECK(text.find('/', bar == std::string::npos ? 0 : bar + 2) == std::string::npos);
            for (const std::string mark : {"(", ")", "[", "]", "\"", "«", "“"})
                CHECK(text.find(mark) == std::string::npos);
        }
}

TEST_CASE("every service and note of the directory is written in both languages") {
    const auto sheet = shipped_referrals();
    for (std::size_t row = 1; row < sheet.rows(); ++row)
        for (const std::size_t column : {1U, 9U}) {
            INFO(sheet.cell(row, column));
            CHECK((sheet.cell(row, column).empty() || sheet.cell(row, column).find(" / ") != std::string_view::npos));
        }
}

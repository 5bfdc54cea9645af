// Screenings as CSV: what a spreadsheet, a person and a program make of it, also of what was meant to harm them.
#include "tests/exports/support.hpp"

using namespace test;

namespace {

const locales::Translator& english() {
    static const auto words = locales::Translator::built_in(locales::Language::En);
    return words;
}

}  // namespace

TEST_CASE("no row is held until the last screening is known") {
    const auto format = exports::make_csv(english());
    Written written;
    const auto said = record_of();
    const exports::Screening screening{said, sample_form()};
    for (std::size_t i = 1; i <= 3; ++i) {
        REQUIRE(format->add(screening, exports::said_in(screening, true), sample_sheets(), written) ==
                exports::Taken::Yes);
        CHECK(written.aside.size() == i);
    }
    REQUIRE(format->end({}, written));
    CHECK(written.aside.empty());
    CHECK(rows_of(written.files.at("cases.csv")).size() == 4);
}

TEST_CASE("a screening is one row, with what was answered and what became of it apart") {
    const auto format = exports::make_csv(english());
    std::vector<record::Record> records;
    records.push_back(record_of());
    records.push_back(record_of({{"answers", {answer("age", "answered", "-5")}}, {"kind", "partial"}}));
    const auto written = export_all(*format, records);
    const auto rows = rows_of(written.files.at("cases.csv"));
    REQUIRE(rows.size() == 3);
    for (const auto& row : rows) CHECK(row.size() == rows.front().size());
    CHECK(cell(rows, 1, "record") == "0123456789abcdef0123456789abcdef");
    CHECK(cell(rows, 1, "day") == "2026-11-24");
    CHECK(cell(rows, 1, "danger") == "strong");
    CHECK(cell(rows, 1, "indicators") == "unsafe");
    CHECK(cell(rows, 1, "tell_worker_now") == "yes");
    CHECK(cell(rows, 2, "kind") == "partial");
    CHECK(cell(rows, 1, "sample/safe") == "no");
    CHECK(cell(rows, 1, "sample/safe:state") == "answered");
    CHECK(cell(rows, 1, "sample/with") == "alone kin");
    CHECK(cell(rows, 1, "sample/age").empty());
    CHECK(cell(rows, 1, "sample/age:state") == "refused");
    CHECK(cell(rows, 1, "sample/read:state") == "skipped");
    CHECK(cell(rows, 1, "sample/kid[1]/born") == "2019-02-28");
    CHECK(cell(rows, 1, "sample/kid[2]/born:state") == "unknown");
    CHECK(cell(rows, 2, "sample/safe:state").empty());
    CHECK(cell(rows, 2, "sample/age") == "-5");  // a number is no formula
}

TEST_CASE("what was said in own words stays, unless it is asked for, and is counted") {
    for (const bool words : {false, true}) {
        const auto format = exports::make_csv(english());
        std::vector<record::Record> records;
        records.push_back(record_of());
        const auto written = export_all(*format, records, words);
        const auto rows = rows_of(written.files.at("cases.csv"));
        CHECK(cell(rows, 1, "sample/story") == (words ? "'=cmd|' /C calc'!A0" : ""));
        CHECK(cell(rows, 1, "sample/story:state") == "answered");
        const auto left = rows_of(written.files.at("left-out.csv"));
        const auto kept =
            std::find_if(left.begin(), left.end(), [](const auto& row) { return row.front() == "kept_back"; });
        REQUIRE(kept != left.end());
        CHECK(kept->at(1) == (words ? "0" : "1"));
    }
}

TEST_CASE("a value that the form does not have never leaves, whatever is asked for") {
    for (const auto& [name, value] : {std::pair<std::string, std::string>{"safe", "=1+1"},
                                      {"safe", "yes no"},
                                      {"with", "alone stranger"},
                                      {"age", "=2"},
                                      {"age", "1e5"},
                                      {"age", "seven"},
                                      {"read", "OK "},
                                      {"kid[1]/born", "2019-02-30"}}) {
        const auto said = record_of({{"answers", {answer(name, "answered", value)}}});
        const auto lines = exports::said_in({said, sample_form()}, true);
        INFO(name << " " << value);
        REQUIRE(lines.lines.size() == 1);
        CHECK(lines.lines.front().kept_back);
        CHECK(lines.lines.front().value.empty());
        CHECK(lines.kept_back == 1);
    }
}

TEST_CASE("what the form computes, and what it does not have, is no answer") {
    const auto said = record_of(
        {{"answers",
          {answer("sum", "answered", "2"), answer("more", "answered", "x"), answer("name", "answered", "Eva")}}});
    const auto lines = exports::said_in({said, sample_form()}, true);
    CHECK(lines.lines.empty());
    CHECK(lines.foreign == 1);
}

TEST_CASE("no cell of text is a formula, and none hides a line") {
    for (const std::string formula : {"=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", " =1", "'=1", "\"=1",
                                      "\xef\xbc\x9d"
                                      "1",
                                      "\xef\xbc\x8b"
                                      "1",
                                      "\xef\xbc\x8d"
                                      "1",
                                      "\xef\xbc\xa0"
                                      "1",
                                      "\xe2\x88\x92"
                                      "1",
                                      "\xc2\xa0=1", "\xe2\x80\x9c=1", "\xef\xbb\xbf=1"}) {
        INFO(formula);
        CHECK(exports::looks_like_formula(formula));
        const auto plain = exports::plain_cell({exports::CellType::Text, formula});
        CHECK(plain.starts_with('\''));
        CHECK(plain.find_first_of("\t\r\n") == std::string::npos);
        // What says that it is a number has to be one.
        CHECK(exports::plain_cell({exports::CellType::Number, formula}).starts_with(formula == "-1" ? '-' : '\''));
    }
    for (const std::string text : {"", "a=1", "radio-hotel", "1-2", "\xc3\xa1=", "3"})
        CHECK_FALSE(exports::looks_like_formula(text));
    const auto line = exports::csv_line(
        {exports::text_cell("a,\"b\"\n"), exports::text_cell("c"), exports::text_cell("\xe2\x80\xae")});
    CHECK(line == "\"a,\"\"b\"\"\\n\",c,\\u{202E}\r\n");
}

TEST_CASE("a dictionary says what every column is, in the language of the export") {
    for (const auto language : {locales::Language::Es, locales::Language::En}) {
        const auto words = locales::Translator::built_in(language);
        const auto format = exports::make_csv(words);
        std::vector<record::Record> records;
        records.push_back(record_of());
        const auto written = export_all(*format, records);
        const auto header = rows_of(written.files.at("cases.csv")).front();
        const auto dictionary = rows_of(written.files.at("dictionary.csv"));
        REQUIRE(dictionary.size() == header.size() + 2);  // its own header, and the apostrophe
        for (std::size_t i = 0; i < header.size(); ++i) {
            CHECK(dictionary[i + 1][0] == header[i]);
            INFO(header[i]);
            CHECK_FALSE((dictionary[i + 1][1].empty() || dictionary[i + 1][1].starts_with('[')));
            CHECK_FALSE(dictionary[i + 1][2].empty());
        }
        const auto safe = std::find_if(dictionary.begin(), dictionary.end(),
                                       [](const auto& row) { return row.front() == "sample/safe"; });
        REQUIRE(safe != dictionary.end());
        const bool es = language == locales::Language::Es;
        CHECK(safe->at(1) == (es ? "¿Está a salvo?" : "Are you safe?"));
        CHECK(safe->at(3) == (es ? "yes = Sí; no = No" : "yes = Yes; no = No"));
    }
}

TEST_CASE("what stays here stays for everybody, and more of it for others") {
    using exports::LeftOut;
    using exports::Reader;
    const json declined{{"consent", {{"answer", "declined"}, {"scope", "sample"}, {"tell_worker_now", false}}}};
    const json unasked{{"consent", {{"answer", "not_asked"}, {"scope", "sample"}, {"tell_worker_now", false}}},
                       {"mode", "observation"}};
    for (const auto reader : {Reader::Own, Reader::Others}) {
        CHECK_FALSE(exports::kept_here(record_of(), reader));
        CHECK(exports::kept_here(record_of({{"training", true}}), reader) == LeftOut::Training);
        CHECK(exports::kept_here(record_of(declined), reader) == LeftOut::Declined);
        CHECK(exports::kept_here(record_of({{"kind", "withdrawn"}, {"answers", json::array()}}), reader) ==
              LeftOut::Withdrawn);
    }
    CHECK_FALSE(exports::kept_here(record_of(unasked), Reader::Own));
    CHECK(exports::kept_here(record_of(unasked), Reader::Others) == LeftOut::NotAsked);
}

#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using scenario::Scenario;
using scenario::Sheets;

namespace {

/// A survey cell by cell, for what the text format of the helper cannot say.
engine::Workbook survey_of(const std::vector<std::vector<std::string>>& rows) {
    engine::Workbook workbook;
    engine::Sheet sheet("survey");
    for (const auto& row : rows) {
        for (const auto& cell : row) sheet.add_cell(cell);
        sheet.end_row();
    }
    workbook.sheets.push_back(std::move(sheet));
    workbook.sheets.push_back(scenario::sheet("settings", "form_id\n hostile"));
    return workbook;
}

std::string faults(const engine::Workbook& workbook) {
    const auto loaded = engine::load(workbook);
    return loaded ? std::string() : scenario::all_text(loaded.error());
}

}  // namespace

TEST_CASE("text that is not clean UTF-8 is refused with its cell") {
    const std::string bad = GENERATE(as<std::string>(), "a\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                     "a\x01", std::string("a\0b", 3), "\u202Ea", "\u2066a", "\u200Fa", "\uFEFFa",
                                     "a\x7F", "\xC3", "\uFFFE", "\u2028", "a\r");
    CHECK_THAT(faults(survey_of({{"type", "name", "label"}, {"text", "a", bad}})),
               ContainsSubstring("survey row 2, column label: invalid UTF-8"));
    if (bad != "\u2028")  // a space of its own kind: such a column has no name, and nobody reads it
        CHECK_THAT(faults(survey_of({{"type", "name", bad}, {"text", "a", "A"}})), ContainsSubstring("survey row 1"));
    engine::Workbook named = survey_of({{"type", "name", "label"}, {"text", "a", "A"}});
    named.sheets.emplace_back(bad);
    const auto loaded = engine::load(named);  // nobody reads that sheet, so it may be called what it likes
    REQUIRE(loaded);
    CHECK(scenario::all_text((*loaded)->warnings()) ==
          "workbook: warning: the name of a sheet holds an invisible character; the sheet is ignored\n");
}

TEST_CASE("a column that is read is checked, however its header is spaced") {
    const std::string bad = GENERATE(as<std::string>(), "\xD8\xD8('' \xD8", "a\u202Eb");
    for (const std::string spaced :
         {"\uFEFF#", "#\uFEFF", "\u00A0#", "#\u3000", "\u200B#\u2060", "\u2028#", "\u00AD#", " \u200D# "}) {
        for (const std::string column : {"type", "name", "relevant", "label", "bind::calculation", "list_name"}) {
            std::string header = spaced;
            header.replace(header.find('#'), 1, column);
            std::vector<std::string> headers{"type", "name", "label", "relevant", "bind::calculation", header};
            for (std::string& own : headers) own = own == column ? "other" : own;
            const std::string said = faults(survey_of({headers, {"text", "a", "A", "", "", bad}}));
            INFO(header << ": " << said);
            CHECK(engine::find_unsafe(said) == std::string::npos);
            if (column == "list_name") continue;
            const std::string good = column == "type" ? "text" : column == "name" ? "a" : "'a'";
            CHECK(faults(survey_of({headers, {"text", "a", "A", "", "", good}})).empty());
            CHECK_THAT(said, ContainsSubstring("survey row 2, column " + column));
        }
    }
}

TEST_CASE("marks that mean something elsewhere are plain text here") {
    const std::string label = "100 % ##key {x} <b> &amp; %s %n $ } \\ ñ 你 \n line\ttab";
    const auto form = engine::load(survey_of({{"type", "name", "label"}, {"text", "a", label}}));
    REQUIRE(form);
    Scenario s(*form);
    CHECK(s.label("a") == label);
}

TEST_CASE("limits are kept") {
    using Rows = std::vector<std::vector<std::string>>;
    Rows many{{"type", "name", "label"}};
    for (int i = 0; i < 10'001; ++i) many.push_back({"text", "q" + std::to_string(i), "x"});
    CHECK_THAT(faults(survey_of(many)), ContainsSubstring("more than 10000 rows"));
    many.pop_back();
    CHECK(faults(survey_of(many)).empty());
    CHECK_THAT(faults(survey_of({{"type", "name", "label"}, {"text", "a", std::string(4097, 'x')}})),
               ContainsSubstring("longer than 4096 bytes"));
    CHECK_THAT(faults(survey_of({{"type", "name", "label"}, {"text", std::string(300, 'x'), "A"}})),
               ContainsSubstring("not a name"));
    Rows deep{{"type", "name", "label"}};
    for (int i = 0; i < 17; ++i) deep.push_back({"begin group", "g" + std::to_string(i), ""});
    deep.push_back({"text", "a", "A"});
    for (int i = 0; i < 17; ++i) deep.push_back({"end group", "", ""});
    CHECK_THAT(faults(survey_of(deep)), ContainsSubstring("nested deeper than 16"));
    std::string long_sum = "1";
    for (int i = 0; i < 40'000; ++i) long_sum += "+1";
    CHECK_THAT(faults(survey_of({{"type", "name", "label", "relevant"}, {"text", "a", "A", long_sum}})),
               ContainsSubstring("longer than 65536 bytes"));
    Rows wide{std::vector<std::string>(300, "x")};
    CHECK_THAT(faults(survey_of(wide)), ContainsSubstring("more than 256 columns"));
}

TEST_CASE("ten thousand faulty rows are all reported, quickly") {
    std::vector<std::vector<std::string>> rows{{"type", "name", "label", "relevant"}};
    for (int i = 0; i < 10'000; ++i) {
        rows.push_back({"text", "question_" + std::to_string(i), "x", "${questoin_" + std::to_string(i) + "} = 1"});
    }
    const auto loaded = engine::load(survey_of(rows));
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().size() == 10'000);
}

TEST_CASE("a cycle through ten thousand calculations is found without recursion") {
    std::vector<std::vector<std::string>> rows{{"type", "name", "label", "calculation"}};
    for (int i = 0; i < 10'000; ++i) {
        rows.push_back({"calculate", "c" + std::to_string(i), "", "${c" + std::to_string((i + 1) % 10'000) + "} + 1"});
    }
    const std::string text = faults(survey_of(rows));
    CHECK_THAT(text, ContainsSubstring("depends on itself"));
    CHECK(text.size() < 1000);
}

TEST_CASE("a chain of ten thousand calculations is followed without recursion") {
    std::vector<std::vector<std::string>> rows{{"type", "name", "label", "calculation"}, {"integer", "c0", "c0", ""}};
    for (int i = 1; i < 10'000; ++i) {
        rows.push_back({"calculate", "c" + std::to_string(i), "", "${c" + std::to_string(i - 1) + "} + 1"});
    }
    engine::Workbook workbook = survey_of(rows);
    workbook.sheets.push_back(scenario::sheet(
        "indicators",
        "indicator | dimension | strength | when | label | basis\n i | d | weak | ${c9999} > 5 | I | design"));
    const auto form = engine::load(workbook);
    REQUIRE(form);
    Scenario s(*form);
    REQUIRE(s.answer("c0", "1").empty());
    CHECK(s.value("c9999") == "10000");
    CHECK(s.fired() == "i(c0)");
}

TEST_CASE("a list of ten thousand choices with a filter works") {
    engine::Workbook workbook = survey_of({{"type", "name", "label", "choice_filter"},
                                           {"text", "t", "T", ""},
                                           {"select_one l", "s", "S", "starts-with(name, ${t})"}});
    engine::Sheet choices("choices");
    for (const char* cell : {"list_name", "name", "label"}) choices.add_cell(cell);
    choices.end_row();
    for (int i = 0; i < 9'999; ++i) {
        const std::string name = "c" + std::to_string(i);
        for (const std::string& cell : {std::string("l"), name, name}) choices.add_cell(cell);
        choices.end_row();
    }
    workbook.sheets.push_back(std::move(choices));
    const auto form = engine::load(workbook);
    REQUIRE(form);
    Scenario s(*form);
    REQUIRE(s.answer("t", "c999").empty());
    CHECK(s.choices("s") == "c999 c9990 c9991 c9992 c9993 c9994 c9995 c9996 c9997 c9998");
}

TEST_CASE("a pattern built to run for ever does not") {
    Sheets sheets;
    sheets.survey("type | name | label | constraint\n text | a | A | regex(., '(a*)*(a*)*b')");
    Scenario s(sheets);
    CHECK(s.answer("a", std::string(4000, 'a')) == "constraint");
}

TEST_CASE("everything skipped fires no indicator, and every reading is none-reported") {
    Sheets sheets;
    sheets.survey(R"(
type              | name  | label | calculation
select_one yn     | a     | a     |
select_multiple m | b     | b     |
integer           | n     | n     |
text              | t     | t     |
calculate         | score |       | if(${a} = 'no', 0, 1) + if(selected(${b}, 'x'), 0, 1)
)");
    sheets.choices("list_name | name | label\n yn | yes | Y\n yn | no | N\n m | x | X\n m | y | Y");
    sheets.indicators(R"(
indicator | dimension | strength | when                                  | label | basis
i1        | harm      | strong   | ${a} != 'no'                          | I     | design
i2        | harm      | strong   | not(selected(${b}, 'x'))              | I     | design
i3        | danger    | strong   | ${score} > 0                          | I     | design
i4        | risk      | strong   | ${n} = '' or string-length(${t}) = 0  | I     | design
)");
    sheets.levels(R"(
reading | level  | when                 | label
danger  | strong | strong('danger') > 0 | L
harm    | strong | positive('harm')     | L
risk    | some   | strong('risk') > 0   | L
)");
    Scenario s(sheets);
    for (const std::string_view name : {"a", "b", "n", "t"}) REQUIRE(s.skip(name).empty());
    CHECK(s.fired().empty());
    CHECK(s.readings() == "danger=none-reported harm=none-reported risk=none-reported");
}

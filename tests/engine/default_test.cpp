// Defaults that are computed and defaults that are the value itself, as pyxform tells them apart.
#include <catch2/catch_all.hpp>

#include "questionnaires/engine/form/dynamic_default.hpp"
#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using engine::DefaultForm;
using engine::Kind;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets form_with_default(const std::string& type, const std::string& value) {
    Sheets sheets;
    sheets.survey("type | name | label | default\n text | t | T |\n " + type + " | d | D | " + value);
    if (type.find("select") == 0) sheets.choices("list_name | name | label\n l | a | A\n l | 3-5 | B\n l | a-b | C");
    return sheets;
}

std::string value_of(const std::string& type, const std::string& value) {
    Scenario s(form_with_default(type, value));
    return s.value("d");
}

std::string warnings_of(const std::string& type, const std::string& value) {
    Scenario s(form_with_default(type, value));
    return scenario::all_text(s.form().warnings());
}

}  // namespace

TEST_CASE("a default is the value itself unless it has an operator, a call or a reference") {
    struct Row {
        Kind kind;
        const char* text;
        DefaultForm form;
    };
    const auto row = GENERATE(values<Row>({
        {Kind::Integer, "foo", DefaultForm::Value},
        {Kind::Integer, "123", DefaultForm::Value},
        {Kind::Integer, "-5", DefaultForm::Value},
        {Kind::Text, "bar123", DefaultForm::Value},
        {Kind::Text, "https://my-site.com", DefaultForm::Value},
        {Kind::Text, "(https://mysite.com)", DefaultForm::Value},
        {Kind::Text, "go to https://mysite.com", DefaultForm::Value},
        {Kind::Text, "Repeat after me: '~!@#$%^&()_", DefaultForm::Value},
        {Kind::Text, "not_func$", DefaultForm::Value},
        {Kind::Text, "f-g", DefaultForm::Value},
        {Kind::Text, "f-4", DefaultForm::Value},
        {Kind::Text, "./f-4", DefaultForm::Value},
        {Kind::Text, "yes/no", DefaultForm::Value},
        {Kind::Text, "niño-niña", DefaultForm::Value},
        {Kind::Text, "'a + b'", DefaultForm::Value},
        {Kind::Text, "call (me)", DefaultForm::Value},
        {Kind::Text, "555 123-4567", DefaultForm::Value},
        {Kind::Text, "uuid", DefaultForm::Value},
        {Kind::Date, "2022-03-14", DefaultForm::Value},
        {Kind::Date, "-2022-03-14", DefaultForm::Value},
        {Kind::Time, "01:02:55", DefaultForm::Value},
        {Kind::Time, "01:02:55Z", DefaultForm::Value},
        {Kind::Time, "01:02:55+10:00", DefaultForm::Value},
        {Kind::Time, "01:02:55-07:00", DefaultForm::Value},
        {Kind::Date, "2022-03-14T01:02:55", DefaultForm::Value},
        {Kind::DateTime, "2022-03-14T01:02:55Z", DefaultForm::Value},
        {Kind::DateTime, "2022-03-14T01:02:55-07:00", DefaultForm::Value},
        {Kind::Integer, "random()", DefaultForm::Expression},
        {Kind::Text, "uuid()", DefaultForm::Expression},
        {Kind::Text, "ends-with('mystr', \"str\")", DefaultForm::Expression},
        {Kind::Text, "jr:itext('/test/ref_text:label')", DefaultForm::Expression},
        {Kind::Text, "if(../t2 = 'test', 1, 2) + 15 - int(1.2)", DefaultForm::Expression},
        {Kind::Text, "1 + decimal-date-time(now())", DefaultForm::Expression},
        {Kind::Text, "concat(if(../t1 = \"this\", 'go', \"to\"), \"https://mysite.com\")", DefaultForm::Expression},
        {Kind::Integer, "7 - 4", DefaultForm::Operators},
        {Kind::Text, "3 mod 3", DefaultForm::Operators},
        {Kind::Text, "5 div 5", DefaultForm::Operators},
        {Kind::Text, "2 + 3 * 4", DefaultForm::Operators},
        {Kind::Integer, "random() + 2 * 5", DefaultForm::Expression},
        {Kind::Text, "./f - 4", DefaultForm::Operators},
        {Kind::Text, "../t2 - ./t4", DefaultForm::Operators},
        {Kind::Text, "../t2 | ./t4", DefaultForm::Operators},
        {Kind::Text, "1 + 2 - 3 * 4 div 5 mod 6", DefaultForm::Operators},
        {Kind::Date, "concat('2022-03', '-14')", DefaultForm::Expression},
        {Kind::Date, "today() - 1", DefaultForm::Expression},
        {Kind::Text, "${ref_text}", DefaultForm::Expression},
        {Kind::Text, "since ${ref_text}", DefaultForm::Expression},
    }));
    INFO(row.text);
    CHECK(engine::form_of_default(row.text, row.kind) == row.form);
}

TEST_CASE("a default of any type is computed when the interview begins") {
    CHECK(value_of("text", "uuid()").size() == 36);
    CHECK(value_of("text", "concat('a', 'b')") == "ab");
    CHECK(value_of("text", "if(1 = 1, 'yes', 'no')") == "yes");
    CHECK(value_of("text", "string(2 + 3)") == "5");
    CHECK(value_of("text", "2 + 3 * 4") == "14");
    CHECK(value_of("hidden", "concat('x', 1)") == "x1");
    CHECK(value_of("integer", "1 + 1") == "2");
    CHECK(value_of("integer", "7 - 4") == "3");
    CHECK(value_of("decimal", "1 div 4") == "0.25");
    CHECK(value_of("date", "today()") == "2026-03-10");
    CHECK(value_of("date", "date(today() - 1)") == "2026-03-09");
    CHECK(value_of("select_one l", "concat('a', '')") == "a");
    CHECK(value_of("acknowledge", "if(true(), 'OK', '')") == "OK");
}

TEST_CASE("a default that only looks like an expression stays as it is") {
    CHECK(value_of("text", "a-b") == "a-b");
    CHECK(value_of("text", "yes/no") == "yes/no");
    CHECK(value_of("text", "https://example.org/a-b") == "https://example.org/a-b");
    CHECK(value_of("date", "2020-01-01") == "2020-01-01");
    CHECK(value_of("time", "10:30+02:00") == "10:30+02:00");
    CHECK(value_of("select_one l", "a-b") == "a-b");
    CHECK(value_of("text", "N/A - none") == "N/A - none");
    CHECK(value_of("text", "+503 2222-3333") == "+503 2222-3333");
    CHECK(warnings_of("text", "a-b").empty());
    CHECK_THAT(warnings_of("text", "N/A - none"),
               ContainsSubstring("survey row 3, column default: warning: this default has an operator and is no "
                                 "expression, so it is read as text"));
    CHECK_THAT(warnings_of("text", "10 - 12"), ContainsSubstring("this default has an operator, so it is computed"));
}

TEST_CASE("a default that begins with a path into the form is never text") {
    for (const std::string text : {"/data/nobody + 1", "/data/nobody - 1"}) {
        INFO(text);
        const auto loaded = form_with_default("text", text).load();
        REQUIRE_FALSE(loaded.has_value());
        CHECK_THAT(questionnaires::engine::to_text(loaded.error().front()),
                   ContainsSubstring("survey row 3, column default: at character 7: nothing here is named 'nobody'"));
    }
    CHECK(value_of("text", "/etc/passwd - none") == "/etc/passwd - none");
}

TEST_CASE("a default that is a broken expression is a fault with its place") {
    for (const std::string text : {"uiid()", "concat('a'", "${nobody}", "Ana(hermana)"}) {
        INFO(text);
        const auto loaded = form_with_default("text", text).load();
        REQUIRE_FALSE(loaded.has_value());
        CHECK_THAT(scenario::all_text(loaded.error()), ContainsSubstring("survey row 3, column default: at character"));
    }
    CHECK_FALSE(form_with_default("integer", "1 + x").load().has_value());
}

TEST_CASE("a computed default keeps its value whatever changes later, and can be answered over") {
    Sheets sheets;
    sheets.survey("type | name | label | default\n text | u | U | concat(uuid(), ${t})\n text | t | T | x-y");
    Scenario s(sheets);
    const std::string first = s.value("u");
    CHECK(first.size() == 39);
    REQUIRE(s.answer("t", "z").empty());
    CHECK(s.value("u") == first);
    s.reopen();
    CHECK(s.value("u") == first);
    REQUIRE(s.answer("u", "mine").empty());
    CHECK(s.value("u") == "mine");
}

TEST_CASE("a computed default in a repeat is computed for each new instance") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | default\n begin repeat | r | R |\n text | a | A | concat('n', position(..))\n"
        "text | b | B | uuid()\n end repeat | | |");
    Scenario s(sheets);
    REQUIRE(s.add("r").empty());
    CHECK(s.value("r[1]/a") == "n1");
    CHECK(s.value("r[2]/a") == "n2");
    CHECK(s.value("r[1]/b") != s.value("r[2]/b"));
    s.reopen();
    CHECK(s.value("r[2]/a") == "n2");
}

TEST_CASE("defaults of the form are there before those in its repeats, and outer ones before inner ones") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | default\n begin repeat | kid | K |\n date | e | E | ${d}\n"
        "begin repeat | toy | T |\n text | t | T | concat(${e}, '!')\n end repeat | | |\n end repeat | | |\n"
        "date | d | D | today()");
    Scenario s(sheets);
    CHECK(s.value("d") == "2026-03-10");
    CHECK(s.value("kid[1]/e") == "2026-03-10");
    CHECK(s.value("kid[1]/toy[1]/t") == "2026-03-10!");
}

TEST_CASE("a calculate row may have a computed default instead of a calculation") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | calculation | default | relevant\n calculate | dyn | | | random() + 0.5 |\n"
        "calculate | twice | | ${dyn} * 2 | |\n note | n | N ${dyn} | | | ${dyn} > 0.4");
    Scenario s(sheets);
    const std::string first = s.value("dyn");
    CHECK_FALSE(first.empty());
    CHECK_FALSE(s.value("twice").empty());
    CHECK(s.relevant("n"));
    CHECK(s.label("n") == "N " + first);
    s.reopen();
    CHECK(s.value("dyn") == first);
    Sheets without;
    without.survey("type | name | label | calculation | default\n calculate | c | | |");
    CHECK_FALSE(without.load().has_value());
}

TEST_CASE("a default beside a calculation is said to be of no use") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | calculation | default\n calculate | c | | 1 + 1 | 5\n"
        "calculate | d | | 2 | random()\n calculate | e | | once(3) | 7");
    Scenario s(sheets);
    CHECK(s.value("c") == "2");
    CHECK(s.value("d") == "2");
    CHECK(s.value("e") == "7");
    CHECK(s.form().warnings().size() == 2);
    CHECK_THAT(scenario::all_text(s.form().warnings()), ContainsSubstring("the calculation stands"));
}

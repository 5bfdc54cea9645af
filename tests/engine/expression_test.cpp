#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

namespace {

/// Questions the table speaks of; `r` is the expression, as XPath string() writes its value.
Sheets form_of(std::string_view expression) {
    // A cell may hold '|' nowhere in these tests, so the text format of the helper is enough.
    Sheets sheets;
    sheets.survey(R"(
type              | name | label | calculation
integer           | n    | n     |
integer           | neg  | neg   |
decimal           | dec  | dec   |
text              | t    | t     |
text              | u    | u     |
integer           | i    | i     |
date              | d    | d     |
select_multiple l | m    | m     |
select_one l      | o    | o     |
select_multiple l | none | none  |
calculate         | c    |       | ${n} + 1
calculate         | r    |       | string()" +
                  std::string(expression) + ")\n");
    sheets.choices(R"(
list_name | name | label
l         | a    | Apple
l         | b    | Bread
l         | c    | Corn
)");
    return sheets;
}

std::string value_of(std::string_view expression) {
    Scenario s(form_of(expression));
    REQUIRE(s.answer("n", "5").empty());
    REQUIRE(s.answer("neg", "-7").empty());
    REQUIRE(s.answer("dec", "2.5").empty());
    REQUIRE(s.answer("t", "Señora Ana").empty());
    REQUIRE(s.answer("d", "2026-01-31").empty());
    REQUIRE(s.answer("m", "c a").empty());
    REQUIRE(s.answer("o", "b").empty());
    return s.value("r");
}

struct Row {
    std::string_view source;  ///< XPath = XPath 1.0 section; ODK = ODK XForms specification
    std::string_view expression;
    std::string_view expected;
};

}  // namespace

TEST_CASE("operators follow XPath 1.0") {
    const auto row = GENERATE(values<Row>({
        {"XPath 3.4", "1 = 1", "true"},
        {"XPath 3.4", "1 = 2", "false"},
        {"XPath 3.4", "1 != 2", "true"},
        {"XPath 3.4", "'a' = 'a'", "true"},
        {"XPath 3.4", "'1' = 1", "true"},
        {"XPath 3.4", "'1.0' = '1'", "false"},
        {"XPath 3.4", "true() = 'x'", "true"},
        {"XPath 3.4", "true() = ''", "false"},
        {"XPath 3.4", "true() = 5", "true"},
        {"XPath 3.4", "'2' < '10'", "true"},
        {"XPath 3.4", "'a' < 'b'", "false"},
        {"XPath 3.4", "3 <= 3", "true"},
        {"XPath 3.4", "3 > 3", "false"},
        {"XPath 3.4", "3 >= 4", "false"},
        {"XPath 3.4", "2 > 1 = true()", "true"},
        {"XPath 3.4", "3 > 2 > 1", "false"},
        {"XPath 3.4", "1 = 1 or 1 = 2", "true"},
        {"XPath 3.4", "1 = 1 and 1 = 2", "false"},
        {"XPath 3.4", "true() or false() and false()", "true"},
        {"XPath 3.4", "number('x') = number('x')", "false"},
        {"XPath 3.4", "number('x') != number('x')", "true"},
        {"XPath 3.5", "1 + 2 * 3", "7"},
        {"XPath 3.5", "(1 + 2) * 3", "9"},
        {"XPath 3.5", "10 - 4 - 3", "3"},
        {"XPath 3.5", "7 div 2", "3.5"},
        {"XPath 3.5", "1 div 0", "Infinity"},
        {"XPath 3.5", "-1 div 0", "-Infinity"},
        {"XPath 3.5", "0 div 0", "NaN"},
        {"XPath 3.5", "5 mod 2", "1"},
        {"XPath 3.5", "5 mod -2", "1"},
        {"XPath 3.5", "-5 mod 2", "-1"},
        {"XPath 3.5", "1.5 mod .5", "0"},
        {"XPath 3.5", "- - 3", "3"},
        {"XPath 3.5", "---3", "-3"},
        {"XPath 3.5", "2 * -3", "-6"},
        {"XPath 3.5", "'3' + '4'", "7"},
        {"XPath 3.5", "'x' + 1", "NaN"},
        {"XPath 3.5", "true() + true()", "2"},
        {"XPath 3.7", "6 div 3 div 2", "1"},
        {"XPath 3.7", "8 mod 5 * 2", "6"},
        {"XPath 3.7", "(((((1)))))", "1"},
        {"XPath 3.7", "\"it's\"", "it's"},
        {"XPath 4.2", "0.1 + 0.2", "0.30000000000000004"},
        {"XPath 4.2", "1000000 * 1000000", "1000000000000"},
        {"XPath 4.2", "0 - 0.5", "-0.5"},
        {"XPath 4.2", "-0", "0"},
        {"XPath 4.2", "1 div 3", "0.3333333333333333"},
    }));
    INFO(row.source << ": " << row.expression);
    CHECK(value_of(row.expression) == row.expected);
}

TEST_CASE("questions are taken by the type of their answer, and an empty one is empty text") {
    const auto row = GENERATE(values<Row>({
        {"ODK", "${n} + 1", "6"},
        {"ODK", "${ n }", "5"},
        {"ODK", "${n}-1", "4"},
        {"ODK", "${n} = 5", "true"},
        {"ODK", "${n} = '5'", "true"},
        {"ODK", "${n} = '5.0'", "true"},
        {"ODK", "${dec} * 2", "5"},
        {"ODK", "${c} = 6", "true"},
        {"ODK", "${c} + ${n}", "11"},
        {"ODK", "${i} = ''", "true"},
        {"ODK", "${i} + 1", "NaN"},
        {"ODK", "${u} = ''", "true"},
        {"ODK", "${u} != 'x'", "true"},
        {"ODK", "${i} < 5", "false"},
        {"ODK", "${i} >= 5", "false"},
        {"ODK", "boolean(${u})", "false"},
        {"ODK", "boolean(${t})", "true"},
        {"ODK", "${d} = '2026-01-31'", "true"},
        {"ODK", "${d} < today()", "true"},
        {"ODK", "today() - ${d}", "38"},
        {"ODK", "${d} + 1 = date('2026-02-01')", "true"},
        {"ODK", "${m}", "a c"},
        {"ODK", "${o} = 'b'", "true"},
    }));
    INFO(row.expression);
    CHECK(value_of(row.expression) == row.expected);
}

TEST_CASE("functions of XPath 1.0") {
    const auto row = GENERATE(values<Row>({
        {"XPath 4.2", "string(12)", "12"},
        {"XPath 4.2", "string(true())", "true"},
        {"XPath 4.2", "string(${u})", ""},
        {"XPath 4.2", "concat('a', 1, true())", "a1true"},
        {"XPath 4.2", "concat('a')", "a"},
        {"XPath 4.2", "starts-with('hola', 'ho')", "true"},
        {"XPath 4.2", "starts-with('hola', '')", "true"},
        {"XPath 4.2", "starts-with('h', 'ho')", "false"},
        {"XPath 4.2", "contains('hola', 'ol')", "true"},
        {"XPath 4.2", "contains('hola', 'x')", "false"},
        {"XPath 4.2", "contains(${u}, '')", "true"},
        {"XPath 4.2", "substring-before('1999/04/01', '/')", "1999"},
        {"XPath 4.2", "substring-after('1999/04/01', '/')", "04/01"},
        {"XPath 4.2", "substring-before('a', '/')", ""},
        {"XPath 4.2", "substring('12345', 2, 3)", "234"},
        {"XPath 4.2", "substring('12345', 2)", "2345"},
        {"XPath 4.2", "substring('12345', 1.5, 2.6)", "234"},
        {"XPath 4.2", "substring('12345', 0, 3)", "12"},
        {"XPath 4.2", "substring('12345', 0 div 0, 3)", ""},
        {"XPath 4.2", "substring('12345', 1, 0 div 0)", ""},
        {"XPath 4.2", "substring('12345', -42, 1 div 0)", "12345"},
        {"XPath 4.2", "substring('12345', -1 div 0, 1 div 0)", ""},
        {"XPath 4.2", "substring('niño', 3, 1)", "ñ"},
        {"XPath 4.2", "string-length('niño')", "4"},
        {"XPath 4.2", "string-length('')", "0"},
        {"XPath 4.2", "normalize-space('  a   b ')", "a b"},
        {"XPath 4.2", "normalize-space('')", ""},
        {"XPath 4.2", "translate('bar', 'abc', 'ABC')", "BAr"},
        {"XPath 4.2", "translate('--aaa--', 'abc-', 'ABC')", "AAA"},
        {"XPath 4.2", "translate('niño', 'ñ', 'n')", "nino"},
        {"XPath 4.2", "translate('aa', 'aa', 'xy')", "xx"},
        {"XPath 4.3", "boolean(0)", "false"},
        {"XPath 4.3", "boolean(-1)", "true"},
        {"XPath 4.3", "boolean(0 div 0)", "false"},
        {"XPath 4.3", "boolean('false')", "true"},
        {"XPath 4.3", "not(1)", "false"},
        {"XPath 4.3", "not('')", "true"},
        {"XPath 4.3", "true()", "true"},
        {"XPath 4.3", "false()", "false"},
        {"XPath 4.4", "number(' 12.50 ')", "12.5"},
        {"XPath 4.4", "number('-.5')", "-0.5"},
        {"XPath 4.4", "number('5.')", "5"},
        {"XPath 4.4", "number('1e3')", "NaN"},
        {"XPath 4.4", "number('+1')", "NaN"},
        {"XPath 4.4", "number('.')", "NaN"},
        {"XPath 4.4", "number('')", "NaN"},
        {"XPath 4.4", "number(true())", "1"},
        {"XPath 4.4", "floor(-2.5)", "-3"},
        {"XPath 4.4", "ceiling(-2.5)", "-2"},
        {"XPath 4.4", "round(2.5)", "3"},
        {"XPath 4.4", "round(-2.5)", "-2"},
        {"XPath 4.4", "round(-0.4)", "0"},
        {"XPath 4.1", "sum(1, '2', 3)", "6"},
    }));
    INFO(row.source << ": " << row.expression);
    CHECK(value_of(row.expression) == row.expected);
}

TEST_CASE("functions of the ODK specification") {
    const auto row = GENERATE(values<Row>({
        {"if", "if(${n} > 3, 'big', 'small')", "big"},
        {"if", "if(${u} = '', 1, 2)", "1"},
        {"coalesce", "coalesce(${u}, 'x')", "x"},
        {"coalesce", "coalesce(${t}, 'x')", "Señora Ana"},
        {"coalesce", "coalesce(${i} + 1, 9)", "9"},
        {"selected", "selected(${m}, 'a')", "true"},
        {"selected", "selected(${m}, 'b')", "false"},
        {"selected", "selected(${m}, ' c ')", "true"},
        {"selected", "selected(${none}, 'a')", "false"},
        {"selected", "selected(${o}, 'b')", "true"},
        {"selected", "selected('abc', 'b')", "false"},
        {"selected-at", "selected-at(${m}, 0)", "a"},
        {"selected-at", "selected-at(${m}, 1)", "c"},
        {"selected-at", "selected-at(${m}, 2)", ""},
        {"selected-at", "selected-at(${m}, -1)", ""},
        {"count-selected", "count-selected(${m})", "2"},
        {"count-selected", "count-selected(${none})", "0"},
        {"jr:choice-name", "jr:choice-name(${o}, '${o}')", "Bread"},
        {"jr:choice-name", "jr:choice-name(selected-at(${m}, 1), ' ${m} ')", "Corn"},
        {"jr:choice-name", "jr:choice-name('zzz', '${o}')", ""},
        {"regex", "regex('2026', '[0-9]{4}')", "true"},
        {"regex: the whole text", "regex('x2026', '[0-9]{4}')", "false"},
        {"regex", "regex(${t}, 'Señor.*')", "true"},
        {"ends-with", "ends-with('hola', 'la')", "true"},
        {"ends-with", "ends-with('a', 'la')", "false"},
        {"substr", "substr('hello', 1, 3)", "el"},
        {"substr", "substr('hello', 2)", "llo"},
        {"substr", "substr('hello', -2)", "lo"},
        {"substr", "substr('hello', 0, -1)", "hell"},
        {"boolean-from-string", "boolean-from-string('true')", "true"},
        {"boolean-from-string", "boolean-from-string('1')", "true"},
        {"boolean-from-string", "boolean-from-string('yes')", "false"},
        {"int", "int(7.9)", "7"},
        {"int", "int(-7.9)", "-7"},
        {"int", "int('x')", "NaN"},
        {"round", "round(3.14159, 2)", "3.14"},
        {"round", "round(1250, -2)", "1300"},
        {"min", "min(3, ${n}, 2.5)", "2.5"},
        {"max", "max(3, ${n}, 2.5)", "5"},
        {"max", "max(1, 'x')", "NaN"},
        {"min", "min(${neg}, 0)", "-7"},
        {"count-non-empty", "count-non-empty(${n}, ${u}, ${t})", "2"},
        {"pow", "pow(2, 10)", "1024"},
        {"log", "log(1)", "0"},
        {"log10", "log10(1000)", "3"},
        {"abs", "abs(${neg})", "7"},
        {"sqrt", "sqrt(16)", "4"},
        {"exp", "exp(0)", "1"},
        {"exp10", "exp10(2)", "100"},
        {"pi", "round(pi(), 5)", "3.14159"},
        {"sin", "sin(0)", "0"},
        {"cos", "cos(0)", "1"},
        {"tan", "tan(0)", "0"},
        {"asin", "asin(0)", "0"},
        {"acos", "acos(1)", "0"},
        {"atan", "atan(0)", "0"},
        {"atan2", "atan2(0, 1)", "0"},
        {"today", "today()", "2026-03-10"},
        {"date", "date('2026-02-28') + 1 = date('2026-03-01')", "true"},
        {"date", "date(0)", "1970-01-01"},
        {"date", "date('2024-02-29T10:00:00')", "2024-02-29"},
        {"date", "date('2025-02-29')", ""},
        {"date", "number(date('1970-01-02'))", "1"},
        {"join", "join(', ', ${t}, ${n}, ${u}, 'x')", "Señora Ana, 5, , x"},
        {"join", "join('', 'a', 'b')", "ab"},
        {"number: a date in text", "number('1970-01-11')", "10"},
        {"number: a date in text", "'2026-01-30' < ${d}", "true"},
        {"number: a date in text", "'2026-02-30' < ${d}", "false"},
        {"digest", "digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"digest: base64 unless said", "digest('abc', 'MD5')", "kAFQmDzST7DWlj99KOF/cg=="},
        {"digest", "digest('abc', 'MD5', 'base64')", "kAFQmDzST7DWlj99KOF/cg=="},
        {"digest", "digest(${u}, 'MD5', 'hex')", "d41d8cd98f00b204e9800998ecf8427e"},
        {"base64-decode", "base64-decode('bmnDsW8=')", "niño"},
        {"base64-decode", "base64-decode(' bm nDsW8 ')", "niño"},
        {"base64-decode", "base64-decode('')", ""},
        {"base64-decode: not base64", "base64-decode('a')", ""},
        {"base64-decode: not base64", "base64-decode('bm*D')", ""},
        {"base64-decode: padding inside", "base64-decode('bg==bg==')", ""},
        {"base64-decode: not UTF-8", "base64-decode('/w==')", ""},
        {"base64-decode: a control character", "base64-decode('AA==')", ""},
        {"checklist", "checklist(1, 2, 1 = 1, 2 = 2, 1 = 2)", "true"},
        {"checklist", "checklist(-1, 1, 1 = 1, 2 = 2)", "false"},
        {"weighted-checklist", "weighted-checklist(3, -1, 1 = 1, 2, 2 = 2, 1)", "true"},
        {"weighted-checklist", "weighted-checklist(3, -1, 1 = 1, 2, 1 = 2, 1)", "false"},
    }));
    INFO(row.source << ": " << row.expression);
    CHECK(value_of(row.expression) == row.expected);
}

TEST_CASE("a faulty expression is refused at its place with words that help") {
    struct Fault {
        std::string_view expression;
        std::string_view words;
    };
    // Positions count from the start of the cell, which begins with "string(" here: add 7.
    const auto row = GENERATE(values<Fault>({
        {"1 +", "at character 11: a value is missing"},
        {"", "string() needs an argument here"},
        {"(1", "is missing"},
        {"1)) + (1", "')' closes nothing"},
        {"1 2", "an operator, ',' or ')' is missing"},
        {"${n} adn 1", "did you mean and?"},
        {"${m", "${ is never closed"},
        {"$n", "write ${name}"},
        {"${nn}", "there is no question named 'nn'"},
        {"${nome}", "did you mean none?"},
        {"n = 1", "write ${n}"},
        {"selectd(${m}, 'a')", "did you mean selected?"},
        {"distance(${t})", "they are never recorded"},
        {"pulldata('f', 'a', 'b', 'c')", "there is no list or file named 'f'"},
        {"selected(${m})", "selected() takes 2 arguments, not 1"},
        {"concat()", "concat() takes 1 or more arguments, not 0"},
        {"round(1, 2, 3)", "round() takes 1 to 2 arguments, not 3"},
        {"'abc", "never closed"},
        {"“a", "straight quotes"},
        {"1 == 1", "write = once"},
        {"!true()", "write not"},
        {"1 & 2", "not an operator"},
        {". = 1", "'.' is the answer of this row, which only its constraint may ask for"},
        {"../nn", "nothing here is named 'nn'"},
        {"/data/nn", "nothing here is named 'nn'"},
        {"${m}[1", "']' is missing"},
        {"12abc", "a number cannot be followed by a letter"},
        {"regex(${t}, '(?=a)b')", "look-around"},
        {"regex(${t}, '[')", "the pattern cannot be used"},
        {"regex(${t}, ${u})", "written in quotes"},
        {"jr:choice-name(${o}, ${n})", "a select question in quotes"},
        {"jr:choice-name(${o}, 'o')", "write '${name}'"},
        {"'${n}'", "take it out of the quotes"},
        {"state(${n})", "for the indicators"},
        {"strong('x')", "levels and actions"},
        {"weighted-checklist(1, 2, 3, 4, 5)", "pairs"},
        {"digest(${t}, 'sha1')", "'SHA-1'"},
        {"digest(${t}, ${u})", "in quotes"},
        {"digest(${t}, 'MD5', 'utf')", "'hex' or 'base64'"},
        {"format-date(${d}, '%Q')", "no part of a date is written '%Q'"},
        {"format-date(${d}, '%ñ')", "no part of a date is written '%ñ'"},
        {"format-date(${d}, '100%')", "no part of a date is written '%'"},
    }));
    INFO(row.expression);
    const auto loaded = form_of(row.expression).load();
    REQUIRE_FALSE(loaded.has_value());
    REQUIRE(loaded.error().size() == 1);
    CHECK_THAT(scenario::all_text(loaded.error()), Catch::Matchers::ContainsSubstring(std::string(row.words)));
    CHECK_THAT(scenario::all_text(loaded.error()), Catch::Matchers::StartsWith("survey row 13, column calculation: "));
}

TEST_CASE("a long chain of operators is not deep, nesting beyond 64 is refused") {
    std::string sum = "1";
    for (int i = 0; i < 3000; ++i) sum += " + 1";
    CHECK(value_of(sum) == "3001");
    std::string any = "false()";
    for (int i = 0; i < 3000; ++i) any += " or false()";
    CHECK(value_of(any) == "false");
    std::string minus(1001, '-');
    CHECK(value_of(minus + "1") == "-1");

    const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "1" + std::string(depth, ')'); };
    CHECK(value_of(nested(60)) == "1");
    CHECK_FALSE(form_of(nested(70)).load().has_value());
    CHECK_FALSE(form_of(nested(20'000)).load().has_value());
    std::string equal = "1";
    for (int i = 0; i < 500; ++i) equal += " = 1";
    CHECK_FALSE(form_of(equal).load().has_value());
}

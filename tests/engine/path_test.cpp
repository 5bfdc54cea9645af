// Paths, predicates and the functions over node-sets, without repeats: XPath 1.0 sections 2, 3.3 and 4.1; ODK XForms,
// "XPath Paths", "XPath Axes" and the function table.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets form() {
    Sheets sheets;
    sheets.survey(R"(
type         | name   | label::English (en) | label::Español (es)
integer      | n      | n                   | n
text         | t      | t                   | t
text         | u      | u                   | u
begin group  | g      | G                   | G
integer      | x      | How many x?         | ¿Cuántas x?
integer      | y      | y                   | y
begin group  | h      | H                   | H
text         | z      | z                   | z
end group    |        |                     |
text         | r      | r                   | r
end group    |        |                     |
select_one l | o      | o                   | o
)");
    sheets.choices(R"(
list_name | name | label::English (en) | label::Español (es) | kind  | price
l         | a    | Apple               | Manzana             | fruit | 3
l         | b    | Bread               | Pan                 | grain | 10
l         | c    | Corn                | Maíz                | grain | 2
m         | d    | Dill                | Eneldo              | herb  |
)");
    sheets.settings("form_id | version | default_language\n test | 1 | English (en)");
    return sheets;
}

/// What the expression gives where the question r stands, or the words of the fault.
std::string value_of(std::string_view expression) {
    Scenario s(form());
    REQUIRE(s.answer("n", "2").empty());
    REQUIRE(s.answer("t", "grain").empty());
    REQUIRE(s.answer("x", "5").empty());
    REQUIRE(s.answer("y", "7").empty());
    REQUIRE(s.answer("z", "deep").empty());
    REQUIRE(s.answer("o", "b").empty());
    const auto value = s.interview().evaluate(expression, s.node("r"), s.language());
    return value ? std::string(value->text) : value.error().message.text() + "; " + value.error().suggestion.text();
}

struct Row {
    std::string_view source;
    std::string_view expression;
    std::string_view expected;
};

}  // namespace

TEST_CASE("paths lead where XPath 1.0 says") {
    const auto row = GENERATE(values<Row>({
        {"XPath 2.5", "../x", "5"},
        {"XPath 2.5", "./../x", "5"},
        {"XPath 2.5", "../../n", "2"},
        {"XPath 2.5", "../h/z", "deep"},
        {"XPath 2.5", "/data/n", "2"},
        {"XPath 2.5", "/test/n", "2"},
        {"XPath 2.5", "/data/g/h/z", "deep"},
        {"XPath 2.5", "//z", "deep"},
        {"XPath 2.5", "/data//z", "deep"},
        {"XPath 2.5", "..//z", "deep"},
        {"XPath 2.1", "/data/child::g/child::x", "5"},
        {"XPath 2.1", "parent::*/x", "5"},
        {"XPath 2.1", "parent::node()/x", "5"},
        {"XPath 2.1", "../x/self::node()", "5"},
        {"XPath 2.3", "count(../*)", "4"},
        {"XPath 2.3", "count(/*)", "1"},
        {"XPath 2.3", "count(/data/*)", "5"},
        {"XPath 2.3", "count(//*)", "11"},
        {"XPath 2.4", "../*[1]", "5"},
        {"XPath 2.4", "../*[2]", "7"},
        {"XPath 2.4", "../*[position() = 2]", "7"},
        {"XPath 2.4", "../*[. > 5]", "7"},
        {"XPath 2.4", "../*[. > 5][1]", "7"},
        {"XPath 2.4", "../*[1][. > 5]", ""},
        {"XPath 2.4", "../*[last()]", ""},
        {"XPath 2.4", "/data/g[x = 5]/y", "7"},
        {"XPath 2.4", "/data/g[x = 6]/y", ""},
        {"XPath 2.4", "/data/g[x = ${x}]/y", "7"},
        {"XPath 2.4", "count(/data/*[x])", "1"},
        {"XPath 3.3", "count(../x | ../y | ../x)", "2"},
        {"XPath 3.3", "string(../y | ../x)", "5"},
        {"XPath 3.3", "(../x | ../y)[2]", "7"},
        {"XPath 3.3", "(//*)[2]", "2"},
        {"XPath 3.3", "(../..)/n", "2"},
        {"XPath 3.4", "../* = 7", "true"},
        {"XPath 3.4", "../* = 8", "false"},
        {"XPath 3.4", "../x | ../y != 5", "true"},
        {"XPath 3.4", "(../x | ../y) > (../x | ../y)", "true"},
        {"XPath 3.4", "(../x | ../y) < 5", "false"},
        {"XPath 3.4", "../*[. = 'no'] = false()", "true"},
        {"JavaRosa unpack: no node is the empty text", "../*[. = 'no'] = ''", "true"},
        {"XPath 3.7", "../x * ../y", "35"},
        {"XPath 3.7", "../x div ../y > 0 and ../x", "true"},
        {"XPath 3.7", "/ = ''", "true"},
        {"XPath 4.3", "boolean(../*[. = 'no'])", "false"},
        {"XPath 4.3", "boolean(..)", "true"},
        {"XPath 4.3", "not(/data/g/h)", "false"},
        {"ODK paths", "/data/g/../n", "2"},
        {"ODK current", "current()/../x", "5"},
        {"ODK current", "../*[. = current()/../y]", "7"},
        {"ODK current", "/data/g[current()/../x = 5]/y", "7"},
    }));
    INFO(row.source << ": " << row.expression);
    CHECK(value_of(row.expression) == row.expected);
}

TEST_CASE("functions over node-sets") {
    const auto row = GENERATE(values<Row>({
        {"XPath 4.1 count", "count(../x)", "1"},
        {"XPath 4.1 count", "count(${x})", "1"},
        {"XPath 4.1 count", "count(../*[. = 'no'])", "0"},
        {"XPath 4.1 last", "../*[last() - 2]", "7"},
        {"XPath 4.1 last", "last()", "1"},
        {"XPath 4.1 position", "position()", "1"},
        {"ODK position", "position(..)", "1"},
        {"ODK position", "position(../y)", "1"},
        {"ODK position", "position(instance('l')/root/item[name = 'b'])", "2"},
        {"ODK position: nothing there", "position(../*[. = 'no'])", "0"},
        {"XPath 4.1 name", "name(..)", "g"},
        {"XPath 4.1 name", "name(/data)", "data"},
        {"XPath 4.1 name", "name(/)", ""},
        {"XPath 4.1 name", "name(../*[2])", "y"},
        {"XPath 4.1 name", "name(../*[name() = 'x'])", "x"},
        {"XPath 4.1 local-name", "local-name(${n})", "n"},
        {"XPath 4.1 local-name", "local-name(../*[. = 'no'])", ""},
        {"XPath 4.1 local-name", "local-name(instance('l')/root/item/*[1])", "name"},
        {"XPath 4.1 local-name", "local-name(instance('l')/root/*)", "item"},
        {"XPath 4.1 namespace-uri", "namespace-uri(..)", ""},
        {"XPath 4.1 id", "count(id('x'))", "0"},
        {"XPath 4.1 id", "id('x') = 'x'", "false"},
        {"XPath 4.3 lang: no xml:lang", "lang('en')", "false"},
        {"XPath 4.4 sum", "sum(../x | ../y)", "12"},
        {"XPath 4.4 sum: empty left out", "sum(../x | ${u})", "5"},
        {"XPath 4.4 sum: no nodes", "sum(../*[. = 'no'])", "0"},
        {"XPath 4.4 sum: text", "sum(../x | ../h/z)", "NaN"},
        {"ODK min", "min(../x | ../y)", "5"},
        {"ODK max", "max(../x | ../y, 6)", "7"},
        {"ODK max: no nodes", "max(../*[. = 'no'])", "NaN"},
        {"ODK concat", "concat(../x | ../y, '-', ../h/*)", "57-deep"},
        {"ODK join", "join('+', ../x | ../y)", "5+7"},
        {"ODK join", "join('+', ../*[. = 'no'])", ""},
        {"JavaRosa getNonEmptySize: groups too", "count-non-empty(//*)", "9"},
        {"ODK checklist", "checklist(2, 2, ../x | ../y)", "true"},
        {"ODK weighted-checklist", "weighted-checklist(12, 12, ../x | ../y, ../x | ../y)", "true"},
        {"ODK randomize", "randomize(instance('l')/root/item, 1)/name = 'b'", "true"},
        {"ODK randomize", "count(randomize(instance('l')/root/item))", "3"},
        {"ODK randomize: Park-Miller", "join('', randomize(instance('l')/root/item/name, 601))", "cab"},
        {"ODK jr:itext", "jr:itext('/data/g/x:label')", "How many x?"},
        {"ODK jr:itext", "jr:itext('l-1')", "Bread"},
        {"ODK jr:itext", "jr:itext(instance('l')/root/item[name = 'c']/itextId)", "Corn"},
        {"ODK jr:itext: no such id", "jr:itext('l-9')", ""},
        {"ODK jr:itext: no such id", "jr:itext('none:label')", ""},
        {"ODK jr:itext: no such id", "jr:itext('')", ""},
    }));
    INFO(row.source << ": " << row.expression);
    CHECK(value_of(row.expression) == row.expected);
}

TEST_CASE("lists are secondary instances") {
    const auto row = GENERATE(values<Row>({
        {"ODK instance", "instance('l')/root/item[name = 'b']/label", "Bread"},
        {"ODK instance", "instance('l')/item[name = 'b']/label", "Bread"},
        {"ODK instance", "instance('l')/root/item[name = ${o}]/price", "10"},
        {"ODK instance", "instance('l')/root/item[name = current()/../../o]/price", "10"},
        {"ODK instance", "instance('l')/root/item[price > 2 and kind = 'grain']/name", "b"},
        {"ODK instance", "count(instance('l')/root/item)", "3"},
        {"ODK instance", "sum(instance('l')/root/item/price)", "15"},
        {"ODK instance", "sum(instance('l')/root/item[kind = ${t}]/price)", "12"},
        {"ODK instance", "instance('l')/root/item[2]/name", "b"},
        {"ODK instance", "instance('l')/root/item[last()]/name", "c"},
        {"ODK instance", "(instance('l')/root/item/name)[3]", "c"},
        {"ODK instance: document root", "instance('l')/root/item[name = /data/o]/kind", "grain"},
        {"ODK instance", "instance('m')/root/item/price", ""},
        {"ODK instance", "count(instance('l')//name)", "3"},
        {"ODK instance", "count(instance('l')/root/item/..)", "1"},
        {"ODK instance", "instance('l')/root/item/name/../kind", "fruit"},
        {"ODK pulldata", "pulldata('l', 'price', 'name', ${o})", "10"},
        {"ODK pulldata", "pulldata('l', 'name', 'price', 2)", "c"},
        {"ODK pulldata: nothing found", "pulldata('l', 'price', 'name', 'zzz')", ""},
        {"ODK pulldata: the first", "pulldata('l', 'name', 'kind', 'grain')", "b"},
    }));
    INFO(row.source << ": " << row.expression);
    CHECK(value_of(row.expression) == row.expected);
}

TEST_CASE("a faulty path is refused with words that help") {
    struct Fault {
        std::string_view expression;
        std::string_view words;
    };
    const auto row = GENERATE(values<Fault>({
        {"../xx", "nothing here is named 'xx'"},
        {"/data/x", "nothing here is named 'x'; write ${x}"},
        {"/nothing/x", "nothing here is named 'nothing'"},
        {"../@x", "there are no attributes here"},
        {"ancestor::g", "the axis 'ancestor' does not exist here"},
        {"following-sibling::*", "the axis"},
        {"self::g", "after self:: stands *"},
        {"../", "a path ends where a name is expected"},
        {"../count(x)", "a function is no step of a path"},
        {"../x[", "the expression ends"},
        {"../x[1", "']' is missing"},
        {"../x]", "']' closes nothing"},
        {"5[1]", "only a path can be followed"},
        {"concat('a')/x", "only a path can be followed"},
        {"5 | 6", "'|' joins paths"},
        {"../x | 6", "'|' joins paths"},
        {"../x | instance('l')/root", "of the form or of one list"},
        {"count(5)", "count() takes nodes"},
        {"position('x')", "position() takes nodes"},
        {"randomize('x')", "randomize() takes nodes"},
        {"instance(${t})/root", "written in quotes"},
        {"instance('nope')/root", "there is no list or file named 'nope'"},
        {"instance('l')/root/item/nam", "did you mean name?"},
        {"pulldata('l', 'prize', 'name', 'a')", "did you mean price?"},
        {"pulldata('l', 'price', ${t}, 'a')", "written in quotes"},
        {"indexed-repeat(5, ${x}, 1)", "the first argument is a question"},
        {"indexed-repeat(${x}, ${g}/h, 1)", "this is no repeat around the question"},
        {"indexed-repeat(${x}, ${h}/z, 1, 2)", "then pairs of repeat and index"},
    }));
    INFO(row.expression);
    CHECK_THAT(value_of(row.expression), Catch::Matchers::ContainsSubstring(std::string(row.words)));
}

TEST_CASE("a path that leads back to the row that calculates is a cycle") {
    const std::string path = GENERATE(as<std::string>(), "../c + 1", "sum(../*)", "//c", "count(/data/*)");
    Sheets sheets;
    sheets.survey("type | name | label | calculation\n integer | a | A |\n calculate | c | | " + path);
    const auto loaded = sheets.load();
    REQUIRE_FALSE(loaded.has_value());
    CHECK_THAT(scenario::all_text(loaded.error()), Catch::Matchers::ContainsSubstring("depends on itself"));
}

TEST_CASE("a choice filter may ask about other lists and about the question's neighbours") {
    Sheets sheets;
    sheets.survey(R"(
type         | name  | label | choice_filter
select_one l | first | F     |
select_one l | next  | N     | name != ${first} and name != current()/../first
select_one l | kinds | K     | kind = instance('l')/root/item[name = ${first}]/kind
select_one l | label | L     | string-length(label) > 4 and itextId != 'l-0'
)");
    sheets.choices("list_name | name | label | kind\n l | a | Apple | x\n l | b | Bread | y\n l | c | Corn | y");
    Scenario s(sheets);
    REQUIRE(s.answer("first", "b").empty());
    CHECK(s.choices("next") == "a c");
    CHECK(s.choices("kinds") == "b c");
    CHECK(s.choices("label") == "b");
}

TEST_CASE("what is not relevant is in no node-set, and what was not answered makes the set uncertain") {
    Sheets sheets;
    sheets.survey(R"(
type        | name | label | relevant    | calculation
begin group | g    | G     |             |
integer     | a    | A     |             |
integer     | b    | B     | ${a} > 1    |
end group   |      |       |             |
calculate   | c    |       |             | count(/data/g/*)
)");
    sheets.indicators(R"(
indicator | dimension | strength | when                   | label | basis
many      | d         | weak     | count(/data/g/*) = 2   | I     | design
one       | d         | weak     | count(/data/g/*) = 1   | I     | design
sum       | d         | weak     | sum(/data/g/*) >= 0    | I     | design
some      | d         | weak     | /data/g/* = 3          | I     | design
)");
    Scenario s(sheets);
    CHECK(s.value("c") == "1");
    CHECK(s.fired().empty());
    REQUIRE(s.answer("a", "1").empty());
    CHECK(s.fired() == "one(a) sum(a)");
    REQUIRE(s.answer("a", "3").empty());
    CHECK(s.value("c") == "2");
    CHECK(s.fired() == "many(a) some(a)");
    REQUIRE(s.answer("b", "4").empty());
    CHECK(s.fired() == "many(a,b) sum(a,b) some(a,b)");
    REQUIRE(s.skip("a").empty());
    CHECK(s.fired().empty());
}

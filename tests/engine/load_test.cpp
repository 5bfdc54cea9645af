#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using scenario::Scenario;
using scenario::Sheets;

namespace {

std::string faults(const Sheets& sheets) {
    const auto loaded = sheets.load();
    return loaded ? std::string() : scenario::all_text(loaded.error());
}

std::string warnings(const Sheets& sheets) {
    const auto loaded = sheets.load();
    REQUIRE(loaded);
    return scenario::all_text((*loaded)->warnings());
}

Sheets survey(std::string_view text) {
    Sheets sheets;
    sheets.survey(text);
    sheets.choices("list_name | name | label\n yn | yes | Yes\n yn | no | No");
    return sheets;
}

}  // namespace

TEST_CASE("a faulty survey is refused with sheet, row, column and help") {
    struct Row {
        std::string_view survey;
        std::string_view words;
    };
    const auto row = GENERATE(values<Row>({
        {"type | name\n", "the survey has no questions"},
        {"type | label\n text | a", "survey row 1: the columns type and name are needed"},
        {"type | name | label\n txt | a | A", "survey row 2, column type: there is no type 'txt' (did you mean text?)"},
        {"type | name | label\n | a | A", "survey row 2, column type: the type is missing"},
        {"type | name | label\n geopoint | a | A", "refused on purpose: it records where a person is or was"},
        {"type | name | label\n start-geopoint | a | A", "refused on purpose"},
        {"type | name | label\n deviceid | a | A", "refused on purpose: it identifies the device"},
        {"type | name | label\n image | a | A", "refused on purpose"},
        {"type | name | label\n audit | a | A", "refused on purpose"},
        {"type | name | label\n barcode | a | A", "refused on purpose"},
        {"type | name | label\n begin repeat | a | A", "the repeat 'a' is never ended"},
        {"type | name | label\n rank l | a | A", "no list named 'l'"},
        {"type | name | label\n select_one_from_file x.csv | a | A", "there is no file 'x.csv'"},
        {"type | name | label\n select_one | a | A", "needs the name of its list"},
        {"type | name | label\n select_one ny | a | A", "no list named 'ny' (did you mean yn?)"},
        {"type | name | label\n text | | A", "survey row 2, column name: the name is missing"},
        {"type | name | label\n text | 1a | A", "not a name: '1a'"},
        {"type | name | label\n text | a | A\n text | a | B",
         "survey row 3, column name: the name 'a' is already used in row 2"},
        {"type | name | label\n text | a |", "has no label"},
        {"type | name | label\n begin group | g | G\n text | a | A", "the group 'g' is never ended"},
        {"type | name | label\n text | a | A\n end group | |", "no group is open here"},
        {"type | name | label | calculation\n calculate | c | |", "needs a calculation"},
        {"type | name | label | relevant\n text | a | A | ${b} = 1", "there is no question named 'b'"},
        {"type | name | label | relevant\n begin group | g | G | \n text | a | A | ${g} = 1\n end group | | |",
         "is a group"},
        {"type | name | label | choice_filter\n select_one yn | a | A | kind = 1", "the choices have no column 'kind'"},
        {"type | name | label | default\n integer | a | A | x", "is not a possible answer"},
        {"type | name | label | default\n select_one yn | a | A | maybe", "is not a possible answer"},
        {"type | name | label | appearance\n text | a | A | ex:org.app", "refused on purpose"},
        {"type | name | label\n xml-external | a | A", "use csv-external"},
        {"type | name | label | label\n text | a | A | B", "this column is there twice"},
        {"type | name | label\n text | a | Hello ${b}", "which is no question"},
        {"type | name | label\n text | a | Hello ${b", "which is no question"},
    }));
    INFO(row.survey);
    CHECK_THAT(faults(survey(row.survey)), ContainsSubstring(std::string(row.words)));
}

TEST_CASE("all faults are found in one pass, in sheet order") {
    Sheets sheets = survey("type | name | label\n txt | a | A\n text | 1 | B\n select_one zz | c |");
    sheets.indicators("indicator | dimension | strength | when | label | basis\n i | d | huge | ${x} = 1 | I | guess");
    const auto loaded = sheets.load();
    REQUIRE_FALSE(loaded);
    REQUIRE(loaded.error().size() == 7);
    for (std::size_t i = 1; i < loaded.error().size(); ++i) {
        const bool same = loaded.error()[i - 1].sheet == loaded.error()[i].sheet;
        CHECK((!same || loaded.error()[i - 1].row <= loaded.error()[i].row));
    }
    CHECK(loaded.error().back().sheet == "indicators");
}

TEST_CASE("a cycle is refused with its path") {
    CHECK_THAT(faults(survey(R"(
type      | name | label | calculation | relevant
calculate | a    |       | ${c} + 1    |
calculate | b    |       | ${a} + 1    |
calculate | c    |       | ${b} + 1    |
)")),
               ContainsSubstring("the value depends on itself: a → c → b → a"));
    CHECK_THAT(faults(survey("type | name | label | relevant\n text | a | A | ${a} = 1")), ContainsSubstring("a → a"));
    CHECK_THAT(faults(survey("type | name | label | relevant\n text | a | A | ${b} = 1\n text | b | B | ${a} = 1")),
               ContainsSubstring("depends on itself"));
    CHECK_THAT(faults(survey(R"(
type        | name | label | relevant
begin group | g    |       | ${a} = 'x'
text        | a    | A     |
end group   |      |       |
)")),
               ContainsSubstring("depends on itself"));
}

TEST_CASE("usual aliases of columns and types are understood") {
    Scenario s(survey(R"(
Type            | name | caption | relevance     | readonly | calculate
select one yn   | a    | A       |               |          |
select_one from yn | b | B       | ${a} = 'yes'  |          |
select multiple from yn | m | M  |               |          |
begin_group     | g    | G       |               |          |
int             | n    | N       |               | yes      |
string          | t    | T       |               |          |
trigger         | k    | K       |               |          |
end_group       |      |         |               |          |
calculation     | c    |         |               |          | 1 + 1
)"));
    CHECK(s.interview().kind(s.node("m")) == engine::Kind::SelectMultiple);
    CHECK(s.interview().kind(s.node("n")) == engine::Kind::Integer);
    CHECK(s.interview().kind(s.node("k")) == engine::Kind::Acknowledge);
    CHECK(s.interview().read_only(s.node("n")));
    CHECK(s.value("c") == "2");
    CHECK_FALSE(s.relevant("b"));
}

TEST_CASE("unknown columns, sheets and settings warn and are ignored") {
    Sheets sheets = survey("type | name | label | relevent | colour\n text | a | A | ${zz} | red");
    sheets.add("notes", "a | b");
    const std::string text = warnings(sheets);
    CHECK_THAT(text, ContainsSubstring(
                         "column relevent: warning: this column is not known and is ignored (did you mean relevant?)"));
    CHECK_THAT(text, ContainsSubstring("column colour"));
    CHECK_THAT(text, ContainsSubstring("notes: warning"));
}

TEST_CASE("settings are optional, have one row, and the id may be any text") {
    const auto with = [](std::string_view settings) {
        Sheets sheets;
        sheets.survey("type | name | label\n text | a | A").settings(settings);
        return engine::load(sheets.workbook(), "the file");
    };
    engine::Workbook none{{scenario::sheet("survey", "type | name | label\n text | a | A")}};
    CHECK((*engine::load(none, "the file"))->id() == "the file");
    CHECK((*engine::load(none))->id() == "form");
    for (const auto* const empty : {"form_title | form_id\n", "version\n vAbC", "form_id | version\n | 1"}) {
        const auto form = with(empty);
        REQUIRE(form);
        CHECK((*form)->id() == "the file");
        CHECK((*form)->warnings().empty());
    }
    for (const auto* const id : {"my form", "2024", "v1.0", "encuesta número 3", "f-1"}) {
        const auto form = with("form_id\n" + std::string(id));
        REQUIRE(form);
        CHECK((*form)->id() == id);
    }
    CHECK_THAT(scenario::all_text(with("form_id\n" + std::string(256, 'x')).error()),
               ContainsSubstring("settings row 2, column form_id: form_id is too long"));
    const auto two = with("form_id\n a\n b\n c");
    REQUIRE(two);
    CHECK((*two)->id() == "a");
    CHECK(scenario::all_text((*two)->warnings()) ==
          "settings row 3: warning: settings has one row only; the others are ignored\n");
    const auto good = with("form_title | form_id | version\n Title | f-1 | 2026.1");
    REQUIRE(good);
    CHECK((*good)->title() == "Title");
    CHECK((*good)->version() == "2026.1");
}

TEST_CASE("every text is asked for in every language, with the same placeholders") {
    const auto with = [](std::string_view rows) {
        Sheets sheets;
        sheets.settings("form_id | default_language\n t | es");
        sheets.survey("type | name | label::Español (es) | label::English (en) | hint::English (en)\n" +
                      std::string(rows));
        return sheets;
    };
    CHECK(faults(with("text | a | Hola | Hello |")).empty());
    CHECK_THAT(faults(with("text | a | Hola | |")),
               ContainsSubstring("survey row 2, column label::English (en): the label is missing in English"));
    CHECK(faults(with("text | a | Hola | Hello | hint")) ==
          "survey row 2, column hint::Español (es): the hint is missing in Español\n");
    CHECK_THAT(faults(with("text | a | Hola | Hello |\n text | b | ${a} | ${a} ${b} |")),
               ContainsSubstring("row 3, column label::English (en): the ${…} placeholders differ"));
    Sheets choices = with("select_one l | a | Hola | Hello |");
    choices.choices("list_name | name | label::Español (es)\n l | x | equis");
    CHECK_THAT(faults(choices), ContainsSubstring("choices row 2"));
    Sheets wrong;
    wrong.settings("form_id | default_language\n t | fr").survey("type | name | label::English (en)\n text | a | A");
    CHECK_THAT(warnings(wrong), ContainsSubstring("no column has the language 'fr'; English is the default"));
}

TEST_CASE("a column without a language is in the default language, whatever the order of the columns") {
    const auto with = [](std::string_view setting, std::string_view survey) {
        Sheets sheets;
        sheets.settings("form_id | default_language\n t | " + std::string(setting)).survey(survey);
        return sheets;
    };
    for (const auto* const header : {"label | label::Español (es)", "label::Español (es) | label"}) {
        const bool bare_first = std::string_view(header).substr(0, 7) == "label |";
        const std::string row = bare_first ? "Hello | Hola" : "Hola | Hello";
        const std::string survey = "type | name | " + std::string(header) + "\n text | a | " + row;
        Scenario named(with("English (en)", survey));
        CHECK(named.label("a") == "Hello");
        CHECK(named.form().languages().size() == 2);
        CHECK(named.form().language("en") == named.form().default_language());
        Scenario unnamed(with("", survey));
        CHECK(unnamed.label("a") == "Hello");
        CHECK(unnamed.form().language("default") == unnamed.form().default_language());
        CHECK(unnamed.form().language("es"));
    }
    Scenario hint(with("es",
                       "type | name | label::English (en) | label | hint::Español (es) | hint::English (en)\n"
                       "text | a | Hello | Hola | |"));
    CHECK(hint.label("a") == "Hola");
    // A picture without a language is no language: it belongs to the default one.
    Scenario picture(with("", "type | name | label::Español (es) | media::image\n text | a | Hola | a.png"));
    CHECK(picture.form().languages().size() == 1);
    CHECK(picture.form().media(engine::QuestionId{0U}, engine::Media::Image, picture.form().default_language()) ==
          "a.png");
    // Nor is an empty column.
    CHECK(Scenario(with("", "type | name | label | label::Español (es)\n text | a | | Hola")).label("a") == "Hola");
}

TEST_CASE("two columns of one text in one language are one fault that names both, never a loss") {
    const auto with = [](std::string_view header, std::string_view row) {
        Sheets sheets;
        sheets.settings("form_id | default_language\n t | Español (es)");
        sheets.survey("type | name | " + std::string(header) + "\n text | a | " + std::string(row));
        return faults(sheets);
    };
    CHECK(with("label | label::Español (es)", "One | Uno") ==
          "survey row 1, column label::Español (es): the columns 'label' and 'label::Español (es)' are both in Español "
          "(keep one of them)\n");
    CHECK_THAT(with("label::Español (es) | label", "Uno | One"),
               ContainsSubstring("'label::Español (es)' and 'label'"));
    CHECK_THAT(with("label::Español (es) | label::Spanish (ES)", "Uno | Una"), ContainsSubstring("are both in"));
    CHECK_THAT(with("label::Español (es) | label::español", "Uno | Una"), ContainsSubstring("are both in"));
    CHECK_THAT(with("label::Español (es) | hint | hint::es", "Uno | a | b"),
               ContainsSubstring("'hint' and 'hint::es'"));
    CHECK(with("label | label::Español (es)", "| Uno").empty());
    CHECK(with("label | label::Español (es)", "Uno |").empty());
}

TEST_CASE("a language is one language however its headers are written") {
    Sheets sheets;
    sheets.survey("type | name | label::English | hint::English (en)\n select_one l | a | A | H");
    sheets.choices("list_name | name | label::english (EN)\n l | x | X");
    Scenario s(sheets);
    CHECK(s.form().languages().size() == 1);
    CHECK(s.form().languages()[0].code == "en");
}

TEST_CASE("choices need names, labels and no doubles") {
    const auto with = [](std::string_view rows) {
        Sheets sheets;
        sheets.survey("type | name | label\n text | a | A");
        sheets.choices("list_name | name | label\n" + std::string(rows));
        return sheets;
    };
    CHECK_THAT(faults(with("| x | X")), ContainsSubstring("list_name is missing"));
    CHECK_THAT(faults(with("l | | X")), ContainsSubstring("name is missing"));
    CHECK_THAT(faults(with("l | x\ty | X")), ContainsSubstring("one line without tabs"));
    CHECK_THAT(faults(with("l | x |")), ContainsSubstring("choices row 2, column label: the choice 'x' has no label"));
    CHECK_THAT(faults(with("l | x | X\n l | x | Y")), ContainsSubstring("has the choice 'x' twice"));
    CHECK_THAT(faults(with("l | x | X ${b}")), ContainsSubstring("which is no question"));
}

TEST_CASE("indicators, levels and actions are checked cell by cell") {
    const auto with = [](std::string_view name, std::string_view text) {
        Sheets sheets = survey("type | name | label\n text | a | A");
        sheets.add("indicators",
                   "indicator | dimension | strength | when | label | basis\n ok | d | weak | ${a} = 1 | I | ilo");
        if (name == "indicators") {
            sheets = survey("type | name | label\n text | a | A");
        }
        sheets.add(name, text);
        return sheets;
    };
    const std::string header = "indicator | dimension | strength | when | label | basis\n";
    CHECK_THAT(faults(with("indicators", header + "i | d | huge | ${a} = 1 | I | ilo")),
               ContainsSubstring("strength is one of"));
    CHECK_THAT(faults(with("indicators", header + "i | d | weak | ${a} = 1 | I | guess")),
               ContainsSubstring("basis is one of"));
    CHECK_THAT(faults(with("indicators", header + "i | d | weak | | I | ilo")), ContainsSubstring("when is missing"));
    CHECK_THAT(faults(with("indicators", header + "i | d | weak | ${a} = 1 | | ilo")),
               ContainsSubstring("label is missing"));
    CHECK_THAT(
        faults(with("indicators", header + "i | d | weak | ${a} = 1 | I | ilo\n i | d | weak | ${a} = 1 | I | ilo")),
        ContainsSubstring("already used"));
    CHECK_THAT(faults(with("indicators", header + "i | d | weak | ${a} = 1 | said ${a} | ilo")),
               ContainsSubstring("never quoted"));
    CHECK_THAT(faults(with("indicators", header + "i | d | weak | strong('d') | I | ilo")),
               ContainsSubstring("levels and actions"));
    CHECK_THAT(faults(with("indicators", "indicator | when\n i | 1")),
               ContainsSubstring("the column dimension is missing"));
    CHECK_THAT(faults(with("levels", "reading | level | when | label\n fear | some | 1 | L")),
               ContainsSubstring("reading is one of danger, harm, risk"));
    CHECK_THAT(faults(with("levels", "reading | level | when | label\n harm | sone | 1 | L")),
               ContainsSubstring("did you mean some?"));
    CHECK_THAT(faults(with("levels", "reading | level | when | label\n harm | some | strong('e') | L")),
               ContainsSubstring("no indicator has the dimension 'e'"));
    CHECK_THAT(faults(with("levels", "reading | level | when | label\n harm | some | strong(d) | L")),
               ContainsSubstring("write '…' around text"));
    CHECK_THAT(faults(with("actions", "action | when | role | label\n x | | police | L")),
               ContainsSubstring("role is one of"));
    CHECK(faults(with("actions", "action | when | role | label\n x | strong('d') > 0 | both | L")).empty());
}

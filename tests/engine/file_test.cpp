// Files beside the sheets, rank, or_other, times: types of question that need more than a row.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using Catch::Matchers::ContainsSubstring;
using scenario::Scenario;
using scenario::Sheets;

namespace {

const char* const towns = R"(
name | label   | label::English (en) | country | people | code
tap  | Tapachula |                   | MX      | 350    | 07
tec  | Tecún Umán | Tecun Uman       | GT      | 33     | 12
hid  | Hidalgo  |                    | MX      | 9      | 13
)";

std::string faults(const Sheets& sheets) {
    const auto loaded = sheets.load();
    return loaded ? std::string() : scenario::all_text(loaded.error());
}

}  // namespace

TEST_CASE("choices come from a file, with its columns for filters and paths") {
    Sheets sheets;
    sheets.survey(R"(
type                                | name    | label | choice_filter      | calculation
text                                | country | C     |                    |
select_one_from_file places.csv     | place   | P     | country = ${country} |
select_multiple_from_file places.csv | all    | A     |                    |
begin repeat                        | r       | R     |                    |
select one from file places.csv     | again   | A     | name != ${place}   |
end repeat                          |         |       |                    |
calculate                           | people  |       |                    | instance('places')/root/item[name = ${place}]/people
calculate                           | pulled  |       |                    | pulldata('places', 'people', 'name', ${place})
calculate                           | shown   |       |                    | jr:choice-name(${place}, '${place}')
calculate                           | sum     |       |                    | sum(instance('places')/root/item[country = 'MX']/people)
calculate                           | zero    |       |                    | pulldata('places', 'name', 'code', '07')
)");
    sheets.file("places.csv", towns);
    Scenario s(sheets);
    CHECK(s.choices("place").empty());
    REQUIRE(s.answer("country", "MX").empty());
    CHECK(s.choices("place") == "tap hid");
    CHECK(s.answer("place", "tec") == "not a choice");
    REQUIRE(s.answer("place", "tap").empty());
    CHECK(s.choices("r[1]/again") == "tec hid");
    CHECK(s.value("people") == "350");
    CHECK(s.value("pulled") == "350");
    CHECK(s.value("shown") == "Tapachula");
    CHECK(s.value("sum") == "359");
    CHECK(s.value("zero") == "tap");
    REQUIRE(s.answer("all", "hid tap").empty());
    CHECK(s.value("all") == "tap hid");
}

TEST_CASE("parameters name other columns for value and label") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | parameters\n select_one_from_file places.csv | p | P | value=code label=country");
    sheets.file("places.csv", towns);
    Scenario s(sheets);
    CHECK(s.choices("p") == "07 12 13");
    CHECK(std::string(s.interview().choice_label(s.node("p"), questionnaires::engine::ChoiceId{1U}, s.language())) ==
          "GT");
}

TEST_CASE("a sheet that the survey speaks of is a file; one that it does not speak of is warned about") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | calculation\n csv-external | places | |\n calculate | c | | "
        "instance('places')/root/item[2]/name");
    sheets.add("places", towns);
    sheets.add("nothing", "a | b\n 1 | 2");
    Scenario s(sheets);
    CHECK(s.value("c") == "tec");
    REQUIRE(s.form().warnings().size() == 1);
    CHECK_THAT(engine::to_text(s.form().warnings()[0]), ContainsSubstring("nothing"));
}

TEST_CASE("files that are not there or not fit are refused with their row") {
    Sheets missing;
    missing.survey("type | name | label\n select_one_from_file places.csv | p | P");
    CHECK_THAT(faults(missing), ContainsSubstring("row 2, column type: there is no file 'places.csv'"));
    Sheets external;
    external.survey("type | name | label\n csv-external | places |\n text | a | A");
    CHECK_THAT(faults(external), ContainsSubstring("there is no file 'places.csv'"));
    Sheets xml;
    xml.survey("type | name | label\n select_one_from_file places.xml | p | P");
    CHECK_THAT(faults(xml), ContainsSubstring("choices come from a .csv file"));
}

TEST_CASE("a fault inside a file is named with its row and its cause, once") {
    const auto of = [](const std::string& table, const std::string& type = "select_one_from_file") {
        Sheets sheets;
        sheets.survey("type | name | label\n " + type + " t.csv | p | P\n " + type + " t.csv | q | Q");
        sheets.file("t.csv", table);
        return faults(sheets);
    };
    CHECK(of("label\n A") == "t.csv row 1: the file has no column 'name'\n");
    CHECK(of("name\n a") == "t.csv row 1: the file has no column 'label'\n");
    CHECK_THAT(of("name;label\n a;A"), ContainsSubstring("put commas between the columns"));
    CHECK(of("name | label") == "t.csv: the file has no rows to choose from\n");
    CHECK(of("name | label\n a | A\n b | B\n a | C") ==
          "t.csv row 4, column name: the name 'a' is already used in row 2\n");
    CHECK(of("name | label\n | A") == "t.csv row 2, column name: name is missing\n");
    CHECK(of("name | label | x\n a | | 1") == "t.csv row 2, column label: the choice 'a' has no label\n");
    CHECK(of("name | label\n a b | A").empty());
    CHECK(of("name | label\n c | C\n a b | A", "select_multiple_from_file") ==
          "t.csv row 3, column name: where several can be chosen, a name cannot hold spaces: 'a b' (write _ or - in "
          "place of the space)\n");
    std::string many = "name | label\n";
    for (int i = 0; i < 500; ++i) many += "a | A\n";
    const std::string said = of(many);
    CHECK(std::count(said.begin(), said.end(), '\n') == 20);
}

TEST_CASE("a file may have a name twice where the settings allow it, and its own columns") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | parameters\n select_one_from_file t.csv | p | P |\n"
        "select_one_from_file t.csv | q | Q | value=code label=title");
    sheets.settings("form_id | version | allow_choice_duplicates\n test | 1 | yes");
    sheets.file("t.csv", "name | label | code | title\n a | A | 1 | One\n a | B | 2 | Two");
    Scenario s(sheets);
    CHECK(s.choices("p") == "a a");
    CHECK(s.choices("q") == "1 2");
}

TEST_CASE("a file whose name differs in capitals only is named") {
    Sheets sheets;
    sheets.survey("type | name | label\n select_one_from_file Towns.csv | p | P");
    sheets.file("towns.csv", "name | label\n a | A");
    CHECK_THAT(faults(sheets), ContainsSubstring("there is no file 'Towns.csv' (there is 'towns.csv', with other"));
}

TEST_CASE("a choice name may have spaces where one choice is the answer") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | relevant | choice_filter | calculation\n select_one c | a | A | | |\n"
        "text | b | B | ${a} = 'El Salvador' | |\n select_one c | f | F | | name != ${a} |\n"
        "calculate | s | | | | selected(${a}, 'El Salvador')\n"
        "calculate | n | | | | jr:choice-name(${a}, '${a}')");
    sheets.choices("list_name | name | label\n c | El Salvador | The Saviour\n c | Honduras | H\n c | El | E");
    Scenario s(sheets);
    CHECK(s.answer("a", "Salvador") == "not a choice");
    CHECK(s.answer("a", "El Salvador Honduras") == "not a choice");
    REQUIRE(s.answer("a", "El Salvador").empty());
    CHECK(s.value("a") == "El Salvador");
    CHECK(s.value("s") == "true");
    CHECK(s.value("n") == "The Saviour");
    CHECK(s.relevant("b"));
    CHECK(s.interview().selected(s.node("a"), questionnaires::engine::ChoiceId{0U}));
    CHECK_FALSE(s.interview().selected(s.node("a"), questionnaires::engine::ChoiceId{2U}));
    REQUIRE(s.interview().toggle(s.node("f"), questionnaires::engine::ChoiceId{1U}, s.language()).has_value());
    REQUIRE(s.interview().toggle(s.node("a"), questionnaires::engine::ChoiceId{1U}, s.language()).has_value());
    CHECK(s.value("a") == "Honduras");
    CHECK(s.value("f").empty());
    REQUIRE(s.interview().toggle(s.node("f"), questionnaires::engine::ChoiceId{0U}, s.language()).has_value());
    CHECK(s.value("f") == "El Salvador");
    s.reopen();
    CHECK(s.value("f") == "El Salvador");
}

TEST_CASE("a choice name with spaces is refused where several can be chosen, with its row, once") {
    for (const std::string type : {"select_multiple", "rank"}) {
        Sheets sheets;
        sheets.survey("type | name | label\n " + type + " c | a | A\n " + type + " c | b | B\n select_one c | d | D");
        sheets.choices("list_name | name | label\n c | x | X\n c | El Salvador | S\n c | a b | T");
        const std::string said = faults(sheets);
        CHECK(std::count(said.begin(), said.end(), '\n') == 2);
        CHECK_THAT(said, ContainsSubstring("choices row 3, column name: where several can be chosen"));
        CHECK_THAT(said, ContainsSubstring("choices row 4, column name: where several can be chosen"));
    }
}

TEST_CASE("a file keeps the limits of sheets") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | calculation\n text | k | K |\n calculate | c | | pulldata('big', 'v', 'name', ${k})");
    std::string table = "name | v\n";
    for (int i = 0; i < 10'000; ++i) table += "n" + std::to_string(i) + " | " + std::to_string(i * 2) + "\n";
    Sheets large = sheets;
    sheets.file("big.csv", table);
    Scenario s(sheets);
    REQUIRE(s.answer("k", "n9999").empty());
    CHECK(s.value("c") == "19998");
    large.file("big.csv", table + "more | 1\n");
    CHECK_THAT(faults(large), ContainsSubstring("more than 10000 rows"));
    Sheets unsafe;
    unsafe.survey("type | name | label\n text | k | K");
    unsafe.file("x.csv", "name\n a\u202Eb");
    CHECK_THAT(faults(unsafe), ContainsSubstring("invalid UTF-8"));
}

TEST_CASE("rank keeps the order that was given") {
    Sheets sheets;
    sheets.survey("type | name | label | calculation\n rank l | r | R |\n calculate | first | | selected-at(${r}, 0)");
    sheets.choices("list_name | name | label\n l | a | A\n l | b | B\n l | c | C");
    Scenario s(sheets);
    REQUIRE(s.answer("r", "c a b").empty());
    CHECK(s.value("r") == "c a b");
    CHECK(s.value("first") == "c");
    CHECK(s.answer("r", "c c a") == "not a choice");
    CHECK(s.answer("r", "c x") == "not a choice");
    REQUIRE(s.interview().toggle(s.node("r"), questionnaires::engine::ChoiceId{2U}, s.language()));
    CHECK(s.value("r") == "a b");
    REQUIRE(s.interview().toggle(s.node("r"), questionnaires::engine::ChoiceId{2U}, s.language()));
    CHECK(s.value("r") == "a b c");
}

TEST_CASE("or_other adds a choice and asks what it is") {
    const std::string type = GENERATE(as<std::string>(), "select_one l or_other", "select_multiple l or_other",
                                      "select one from l or specify other");
    Sheets sheets;
    sheets.survey("type | name | label::Español (es) | label::English (en)\n" + type +
                  " | work | Trabajo | Work\n select_one l | plain | P | P");
    sheets.choices("list_name | name | label::Español (es) | label::English (en)\n l | a | A | A\n l | b | B | B");
    sheets.settings("form_id | version | default_language\n test | 1 | es");
    Scenario s(sheets);
    CHECK(s.choices("work") == "a b other");
    CHECK(s.choices("plain") == "a b");
    CHECK(s.label("work_other") == "¿Cuál?");
    CHECK_FALSE(s.relevant("work_other"));
    REQUIRE(s.answer("work", "other").empty());
    CHECK(s.relevant("work_other"));
    CHECK(s.next() == "work_other");
    REQUIRE(s.answer("work_other", "x").empty());
}

TEST_CASE("or_other uses words of its own where it has them, and English ones with a warning elsewhere") {
    struct Row {
        const char* language;
        const char* specify;
        bool warned;
    };
    for (const Row& row : {Row{"Español (es)", "¿Cuál?", false}, Row{"Español", "¿Cuál?", false},
                           Row{"español (es-MX)", "¿Cuál?", false}, Row{"English", "Specify other.", false},
                           Row{"English (en)", "Specify other.", false}, Row{"French", "Specify other.", true},
                           Row{"Français (fr)", "Specify other.", true}, Row{"Português (pt)", "Specify other.", true},
                           Row{"Mam (mam)", "Specify other.", true}}) {
        INFO(row.language);
        Sheets sheets;
        const std::string label = "label::" + std::string(row.language);
        sheets.survey("type | name | " + label + "\n select_one l or_other | o | O\n select_one l or_other | p | P");
        sheets.choices("list_name | name | " + label + "\n l | a | A");
        sheets.settings("form_id | version\n test | 1");
        Scenario s(sheets);
        CHECK(s.choices("o") == "a other");
        CHECK(s.label("o_other") == row.specify);
        CHECK(s.form().warnings().size() == (row.warned ? 1 : 0));
        if (row.warned)
            CHECK_THAT(engine::to_text(s.form().warnings()[0]), ContainsSubstring("or_other has no words in"));
    }
}

TEST_CASE("or_other is refused where it cannot be kept") {
    const auto with = [](const std::string& survey, const std::string& labels) {
        Sheets sheets;
        sheets.survey(survey);
        sheets.choices("list_name | name | " + labels + "\n l | a | A");
        sheets.settings("form_id | version\n test | 1");
        return faults(sheets);
    };
    CHECK_THAT(with("type | name | label::English (en) | choice_filter\n select_one l or_other | o | O | name = 'a'",
                    "label::English (en)"),
               ContainsSubstring("or_other does not go with a choice_filter"));
    CHECK_THAT(with("type | name | label::English (en)\n select_one l or_other | o | O\n text | o_other | X",
                    "label::English (en)"),
               ContainsSubstring("'o_other'"));
    CHECK_THAT(with("type | name | label::English (en)\n rank l or_other | o | O", "label::English (en)"),
               ContainsSubstring("or_other goes with"));
}

TEST_CASE("times and moments are taken as XML Schema writes them") {
    Sheets sheets;
    sheets.survey(R"(
type      | name | label | calculation
time      | t    | T     |
dateTime  | m    | M     |
end       | e    |       |
calculate | noon |       | decimal-time(${t})
calculate | late |       | ${m} > date-time('2026-03-10T12:00:00Z')
)");
    Scenario s(sheets);
    CHECK(s.answer("t", "25:00") == "not a date");
    CHECK(s.answer("t", "noon") == "not a date");
    CHECK(s.answer("t", "12:00").empty());
    CHECK(s.value("noon") == "0.5");
    CHECK(s.answer("m", "2026-03-10") == "not a date");
    CHECK(s.answer("m", "2026-02-30T10:00") == "not a date");
    CHECK(s.answer("m", "2026-03-10T13:00:00.000Z").empty());
    CHECK(s.value("late") == "true");
    CHECK_FALSE(s.value("e").empty());
}

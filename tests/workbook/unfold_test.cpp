// What an import writes in the words of a form here: loops, and one name in several groups.
#include <catch2/catch_all.hpp>

#include "questionnaires/workbook/offer.hpp"
#include "questionnaires/workbook/writer.hpp"
#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;
using scenario::Sheets;

namespace {

workbook::Offered unfolded(const Sheets& sheets) {
    workbook::Offered offered{sheets.workbook(), {}, {}};
    workbook::leave_out_refused(offered);
    workbook::write_out_loops(offered);
    workbook::tell_names_apart(offered);
    return offered;
}

std::string survey_of(const workbook::Offered& offered) {
    return workbook::write_csv(*workbook::compact(offered).find("survey"));
}

std::string faults_of(const workbook::Offered& offered) {
    const auto form = engine::load(offered.workbook);
    return form ? std::string() : scenario::all_text(form.error());
}

}  // namespace

TEST_CASE("one name in two groups becomes two names, and is said") {
    Sheets sheets;
    sheets.survey(R"(
type         | name | label | relevant
begin group  | home | Home  |
text         | name | Name  |
begin group  | age  | Age   |
integer      | n    | N     |
end group    |      |       |
end group    |      |       |
begin group  | work | Work  |
text         | name | Name  |
begin repeat | age  | Age   |
integer      | n    | N     | ../../name != '' and /data/home/age/n > 1
end repeat   |      |       |
end group    |      |       |
text         | n    | N     |
text         | own  | Own   | /data/work/name = '' and count(/data/work/age[n > 3]) = 0
)");
    sheets.indicators(
        "indicator | dimension | strength | when | label | basis\n i | d | weak | /data/work/name = 'x' | I | design");
    const auto result = unfolded(sheets);
    CHECK(faults_of(result).empty());
    CHECK(survey_of(result) == R"(type,name,label,relevant
begin group,home,Home,
text,name,Name,
begin group,age,Age,
integer,n,N,
end group,,,
end group,,,
begin group,work,Work,
text,work_name,Name,
begin repeat,work_age,Age,
integer,work_age_n,N,../../work_name != '' and /data/home/age/n > 1
end repeat,,,
end group,,,
text,n_2,N,
text,own,Own,/data/work/work_name = '' and count(/data/work/work_age[work_age_n > 3]) = 0
)");
    CHECK(result.workbook.find("indicators")->cell(1, 3) == "/data/work/work_name = 'x'");
    CHECK(scenario::all_text(result.notes) ==
          "survey row 9, column name: warning: the name 'name' is already used in row 3; it is called 'work_name'\n"
          "survey row 10, column name: warning: the name 'age' is already used in row 4; it is called 'work_age'\n"
          "survey row 11, column name: warning: the name 'n' is already used in row 5; it is called 'work_age_n'\n"
          "survey row 14, column name: warning: the name 'n' is already used in row 5; it is called 'n_2'\n");
}

TEST_CASE("a name that stands twice in one group, or that ${…} speaks of, stays for its author to decide") {
    const auto of = [](std::string_view rows) {
        Sheets sheets;
        sheets.survey("type | name | label\n" + std::string(rows));
        return unfolded(sheets);
    };
    const auto twice = of("text | a | A\n text | a | B");
    CHECK(twice.notes.empty());
    CHECK(faults_of(twice) == "survey row 3, column name: the name 'a' is already used in row 2\n");
    const auto meant =
        of("begin group | g | G\n text | a | A\n end group | |\n begin group | h | H\n text | a | A\n end group | |\n"
           "note | n | ${ a }");
    CHECK(meant.notes.empty());
    CHECK(faults_of(meant) == "survey row 6, column name: the name 'a' is already used in row 3\n");
    const auto taken =
        of("text | h_a | A\n begin group | g | G\n text | a | A\n end group | |\n begin group | h | H\n text | a | A\n"
           "end group | |");
    CHECK(faults_of(taken).empty());
    CHECK(taken.workbook.find("survey")->cell(6, 1) == "h_a_2");
}

TEST_CASE("a form in which every name stands once keeps every cell") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | relevant | default\n begin group | g | G | |\n text | a | A | ../b = “x” | N/A\n"
        "text | b | a/b | | a/b\n end group | | | |");
    const auto before = workbook::write_csv(*sheets.workbook().find("survey"));
    const auto result = unfolded(sheets);
    CHECK(survey_of(result) == before);
    CHECK(result.notes.empty());
}

TEST_CASE("a loop becomes a group for each choice, with its texts in every language") {
    Sheets sheets;
    sheets.survey(R"(
type                 | name  | label::English (en)   | label::Español (es) | constraint    | relevant
deviceid             | d     |                       |                     |               |
begin loop over kind | cars  | Cars                  | Carros              |               |
integer              | total | How many %(label)s?   | ¿Cuántos %(label)s? |               |
integer              | work  | Of them, %(name)s     | De ellos, %(name)s  | . <= ../total |
end loop             |       |                       |                     |               |
text                 | last  | Last                  | Último              |               | /data/cars/moto/total > 1
)");
    sheets.choices(
        "list_name | name | label::Español (es) | label::English (en)\n kind | car | carros | cars\n"
        "kind | moto | motos | motorcycles\n other | x | x | x");
    const auto result = unfolded(sheets);
    CHECK(faults_of(result).empty());
    CHECK(survey_of(result) == R"(type,name,label::English (en),label::Español (es),constraint,relevant
begin group,cars,Cars,Carros,,
begin group,car,cars,carros,,
integer,total,How many cars?,¿Cuántos carros?,,
integer,work,"Of them, car","De ellos, car",. <= ../total,
end group,,,,,
begin group,moto,motorcycles,motos,,
integer,moto_total,How many motorcycles?,¿Cuántos motos?,,
integer,moto_work,"Of them, moto","De ellos, moto",. <= ../moto_total,
end group,,,,,
end group,,,,,
text,last,Last,Último,,/data/cars/moto/moto_total > 1
)");
    CHECK(scenario::all_text(result.notes) ==
          "survey row 3, column type: warning: the loop is written out: a group for each of 2 choices\n"
          "survey row 4, column name: warning: the name 'total' is already used in row 4; it is called 'moto_total'\n"
          "survey row 5, column name: warning: the name 'work' is already used in row 5; it is called 'moto_work'\n");
    CHECK(result.survey_rows == std::vector<std::uint32_t>{0, 1, 2, 2, 3, 4, 5, 2, 3, 4, 5, 5, 6});
}

TEST_CASE("a loop in a loop, one with groups, and choices whose names are no names") {
    Sheets sheets;
    sheets.survey(
        "type | name | label\n begin loop over a | outer | O\n begin_loop over b | inner | I\n begin group | g | G\n"
        "text | q | %(label)s\n end group | |\n end_loop | |\n end loop | |");
    sheets.choices("list_name | name | label\n a | 1 | One\n a | two | Two\n b | x | X\n b | y | Y");
    const auto result = unfolded(sheets);
    CHECK(faults_of(result).empty());
    const auto survey = survey_of(result);
    for (const auto* const row : {"begin group,outer_1,One", "begin group,two,Two", "text,q,One", "text,y_g_q,One"}) {
        INFO(survey);
        CHECK(survey.find(row) != std::string::npos);
    }
}

TEST_CASE("a loop that cannot be written out stays, and the form says so") {
    const auto of = [](std::string_view rows, std::string_view choices) {
        Sheets sheets;
        sheets.survey("type | name | label\n" + std::string(rows));
        sheets.choices(choices);
        return faults_of(unfolded(sheets));
    };
    CHECK(of("begin loop over z | l | L\n text | a | A\n end loop | |", "list_name | name | label\n a | x | X") ==
          "survey row 2, column type: 'begin loop over z' is written out by form import when the choices sheet has its "
          "list\n");
    CHECK(of("begin loop over a | l | L\n text | a | A", "list_name | name | label\n a | x | X")
              .find("is written out by form import") != std::string::npos);
    std::string many = "list_name | name | label\n";
    for (int i = 0; i < 4'000; ++i) many += "a | c" + std::to_string(i) + " | X\n";
    CHECK(of("begin loop over a | l | L\n text | a | A\n end loop | |", many).find("is written out by form import") !=
          std::string::npos);
}

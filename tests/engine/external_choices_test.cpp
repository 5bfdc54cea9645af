// select_one_external: choices in a sheet of their own, which pyxform writes to itemsets.csv.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

namespace {

std::string complaints_of(const Sheets& sheets) {
    const auto form = sheets.load();
    return scenario::all_text(form ? (*form)->warnings() : form.error());
}

Sheets places() {
    Sheets sheets;
    sheets.survey(R"(
type                      | name   | label  | choice_filter
select_one state          | state  | State  |
select_one_external city  | city   | City   | state=${state}
select one external suburb | suburb | Suburb | state=${state} and city=${city}
)");
    sheets.choices("list_name | name | label | note\n state | nsw | NSW | x\n state | vic | Victoria |");
    return sheets;
}

const std::string rows =
    "list_name | name | label | state | city\n city | sydney | Sydney | nsw |\n city | melbourne | Melbourne | vic |\n"
    "suburb | balmain | Balmain | nsw | sydney\n suburb | footscray | Footscray | vic | melbourne\n";

}  // namespace

TEST_CASE("choices of the sheet external_choices are chosen from and filtered like others") {
    Sheets sheets = places();
    sheets.add("external_choices", rows);
    CHECK(complaints_of(sheets).empty());
    Scenario s(sheets);
    CHECK(s.answer("state", "vic").empty());
    CHECK(s.choices("city") == "melbourne");
    CHECK(s.answer("city", "melbourne").empty());
    CHECK(s.choices("suburb") == "footscray");
}

TEST_CASE("external choices need no sheet of other choices") {
    Sheets sheets;
    sheets.survey("type | name | label\n select_one_external l | a | A");
    sheets.add("external_choices", "list_name | name | label\n l | x | X\n l | y | Y");
    CHECK(complaints_of(sheets).empty());
    CHECK(Scenario(sheets).choices("a") == "x y");
}

TEST_CASE("faults among external choices name their sheet, once") {
    Sheets sheets = places();
    sheets.add("external_choices",
               "list_name | name | label | state | city\n city | sydney | | nsw |\n city | sydney | S | nsw |\n"
               "suburb | x | ${nobody} | |\n suburb | | Y | |\n state | act | A | |\n state | nt | N | |\n"
               "unused | z | Z | |");
    CHECK(complaints_of(sheets) ==
          "external_choices row 2, column label: the choice 'sydney' has no label\n"
          "external_choices row 3, column name: the list 'city' has the choice 'sydney' twice\n"
          "external_choices row 4, column label: a text speaks of ${nobody}, which is no question\n"
          "external_choices row 5, column name: name is missing\n"
          "external_choices row 6, column list_name: the list 'state' is in the sheet choices as well (rename one of "
          "them)\n");
    Sheets missing = places();
    CHECK(complaints_of(missing) ==
          "survey row 3, column type: the sheet external_choices has no list named 'city'\n"
          "survey row 4, column type: the sheet external_choices has no list named 'suburb'\n");
}

#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets small() {
    Sheets sheets;
    sheets.survey(R"(
type                | name   | label           | relevant          | constraint | constraint_message | required | appearance | calculation
integer             | age    | How old?        |                   | . >= 0 and . < 120 | Between 0 and 119 | yes |     |
select_one yesno    | owes   | Do you owe?     | ${age} >= 18      |            |                    |          |            |
select_multiple who | whom   | To whom?        | ${owes} = 'yes'   |            |                    |          |            |
begin group         | about  | About you       |                   |            |                    |          | field-list |
text                | town   | Town of ${age}? |                   |            |                    |          |            |
note                | thanks | Thank you       |                   |            |                    |          |            |
end group           |        |                 |                   |            |                    |          |            |
calculate           | minor  |                 |                   |            |                    |          |            | if(${age} < 18, 'yes', 'no')
)");
    sheets.choices(R"(
list_name | name   | label
yesno     | yes    | Yes
yesno     | no     | No
who       | boss   | The boss
who       | guide  | The guide
)");
    return sheets;
}

}  // namespace

TEST_CASE("pages follow relevance, one question each unless a field-list holds them together") {
    Scenario s(small());
    CHECK(s.page() == "age");
    CHECK(s.answer("age", "17").empty());
    CHECK(s.next() == "town thanks");
    CHECK(s.back() == "age");
    CHECK(s.answer("age", "30").empty());
    CHECK(s.next() == "owes");
    CHECK(s.answer("owes", "yes").empty());
    CHECK(s.next() == "whom");
    CHECK(s.next() == "town thanks");
    CHECK(s.next() == "end");
    CHECK(s.back() == "town thanks");
}

TEST_CASE("a calculation follows what it depends on") {
    Scenario s(small());
    CHECK(s.answer("age", "17").empty());
    CHECK(s.value("minor") == "yes");
    CHECK(s.answer("age", "18").empty());
    CHECK(s.value("minor") == "no");
}

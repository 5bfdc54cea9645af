// What an import offers of a form that another tool made.
#include <catch2/catch_all.hpp>

#include "questionnaires/workbook/offer.hpp"
#include "questionnaires/workbook/writer.hpp"
#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;
using Catch::Matchers::ContainsSubstring;
using scenario::Sheets;

namespace {

workbook::Offered offered(const Sheets& sheets) {
    return {sheets.workbook(), {}, {}};
}

workbook::Offered without_refused(const Sheets& sheets) {
    auto result = offered(sheets);
    workbook::leave_out_refused(result);
    return result;
}

std::string csv(const workbook::Offered& offered, std::string_view sheet) {
    return workbook::write_csv(*workbook::compact(offered).find(sheet));
}

}  // namespace

TEST_CASE("an imported form is offered without what identifies people or places") {
    Sheets sheets;
    sheets.survey(R"(
type           | name  | label | appearance
deviceid       | dev   |       |
text           | a     | A     | multiline ex:org.app(x='a b') numbers
geopoint       | place | Place |
text           | b     | B     |
)");
    sheets.add("Entities", "dataset | label\n x | y");
    const auto result = without_refused(sheets);
    CHECK(scenario::all_text(result.left_out) ==
          "survey row 2, column type: warning: the type 'deviceid' is refused on purpose: it identifies the device or "
          "its owner\n"
          "survey row 3, column appearance: warning: the appearance 'ex:org.app(x='a' starts another program; it is "
          "refused on purpose\n"
          "survey row 4, column type: warning: the type 'geopoint' is refused on purpose: it records where a person "
          "is or was\n"
          "Entities: warning: entities follow a person across forms; they are refused on purpose\n");
    REQUIRE(engine::load(result.workbook));
    CHECK(result.workbook.find("survey")->cell(4, 1) == "b");
    CHECK(csv(result, "survey") == "type,name,label,appearance\ntext,a,A,multiline numbers\ntext,b,B,\n");
    CHECK(workbook::compact(result).find("Entities") == nullptr);
}

TEST_CASE("what is refused is found in a column whose header has special spaces") {
    Sheets sheets;
    sheets.survey(
        "\uFEFFtype | \u00A0name | label | appearance\u200B\n geopoint | place | Place | \n"
        " text | a | A | ex:org.app(x='a') numbers");
    const auto result = without_refused(sheets);
    CHECK_THAT(scenario::all_text(result.left_out), ContainsSubstring("survey row 2, column type: warning: the type") &&
                                                        ContainsSubstring("survey row 3, column appearance"));
    CHECK(engine::load(result.workbook));
}

TEST_CASE("every type that records a place, a device, a face or a voice is refused by its kind") {
    for (const auto* const type : {"background-geopoint",
                                   "start-geopoint",
                                   "start geopoint",
                                   "geopoint",
                                   "geotrace",
                                   "geoshape",
                                   "osm",
                                   "osm tags",
                                   "audit",
                                   "image",
                                   "photo",
                                   "add photo prompt",
                                   "q picture",
                                   "audio",
                                   "background-audio",
                                   "video",
                                   "file",
                                   "barcode",
                                   "q barcode",
                                   "deviceid",
                                   "get device id",
                                   "phonenumber",
                                   "phone number",
                                   "email",
                                   "username",
                                   "subscriberid",
                                   "simserial",
                                   "uri:deviceid"}) {
        INFO(type);
        Sheets sheets;
        sheets.survey("type | name | label\n text | a | A\n " + std::string(type) + " | b | B");
        const auto result = without_refused(sheets);
        CHECK(result.left_out.size() == 1);
        CHECK(engine::load(result.workbook).has_value());
    }
    Sheets unknown;
    unknown.survey("type | name | label\n text | a | A\n hologram | b | B");
    CHECK(without_refused(unknown).left_out.empty());
    CHECK(csv(without_refused(unknown), "survey") == "type,name,label\ntext,a,A\nhologram,b,B\n");
}

TEST_CASE("what speaks of a row that goes is named, and reads it as a question that nobody answered") {
    Sheets sheets;
    sheets.survey(R"(
type       | name  | label                  | relevant      | calculation            | choice_filter
deviceid   | dev   |                        |               |                        |
geopoint   | gps   | Where                  |               |                        |
geopoint   | gps2  | Not spoken of          | ${gps} = ''   |                        |
image      | photo | Photo                  |               |                        |
note       | n     | Device ${ dev }        | ${gps} != ''  |                        |
calculate  | uid   |                        |               | concat(${dev}, '-')    |
select_one l | s   | S: gps, /gps           | ../photo = '' |                        | name != ${gps}
)");
    sheets.choices("list_name | name | label\n l | x | X ${gps}");
    const auto result = without_refused(sheets);
    std::string cells;
    for (const auto& one : result.left_out) {
        if (one.message.text().find("speaks of") != std::string::npos) cells += engine::to_text(one) + "\n";
    }
    CHECK(cells ==
          "survey row 6, column label: warning: this speaks of 'dev', which is left out and reads as empty\n"
          "survey row 6, column relevant: warning: this speaks of 'gps', which is left out and reads as empty\n"
          "survey row 7, column calculation: warning: this speaks of 'dev', which is left out and reads as empty\n"
          "survey row 8, column relevant: warning: this speaks of 'photo', which is left out and reads as empty\n"
          "survey row 8, column choice_filter: warning: this speaks of 'gps', which is left out and reads as empty\n"
          "choices row 2, column label: warning: this speaks of 'gps', which is left out and reads as empty\n");
    CHECK_THAT(csv(result, "survey"),
               ContainsSubstring("\nhidden,dev,,,,\nhidden,gps,,,,\nhidden,photo,,,,\n") && !ContainsSubstring("gps2"));
    const auto form = engine::load(result.workbook);
    REQUIRE(form);
    scenario::Scenario s(*form);
    CHECK_FALSE(s.relevant("n"));
    CHECK(s.relevant("s"));
    CHECK(s.value("uid") == "-");
}

TEST_CASE("a group of nothing but refused rows, and a trigger that is refused, are no fault") {
    Sheets sheets;
    sheets.survey(R"(
type         | name | label | calculation | trigger
begin group  | g    | G     |             |
geopoint     | gps  | Where |             |
end group    |      |       |             |
calculate    | when |       | now()       | ${gps}
text         | a    | A     |             |
)");
    const auto form = engine::load(without_refused(sheets).workbook);
    CHECK(scenario::all_text(form ? engine::Diagnostics{} : form.error()).empty());
}

TEST_CASE("an expression that measures places, or asks for the last interview, is left out and named") {
    Sheets sheets;
    sheets.survey(R"(
type      | name | label | calculation              | default            | relevant
geotrace  | way  | Way   |                          |                    |
calculate | d    |       | round(distance (${way})) |                    |
text      | a    | A     |                          | ${last-saved#a}    | area(${way}) > 1
text      | b    | B     |                          | the area of land  | ${a} = 'area(x)x'
)");
    const auto result = without_refused(sheets);
    CHECK(result.left_out.size() == 4);
    CHECK(csv(result, "survey") ==
          "type,name,label,calculation,default,relevant\ncalculate,d,,'',,\ntext,a,A,,,\n"
          "text,b,B,,the area of land,${a} = 'area(x)x'\n");
    CHECK(engine::load(result.workbook));
}

TEST_CASE("a cell that goes speaks of nothing any more") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | calculation\n geopoint | here | H |\n calculate | far | | distance(${here}, ${here})\n"
        "text | a | A |");
    const auto result = without_refused(sheets);
    CHECK(scenario::all_text(result.left_out) ==
          "survey row 2, column type: warning: the type 'geopoint' is refused on purpose: it records where a person is "
          "or was\n"
          "survey row 3, column calculation: warning: the function 'distance' measures where a person is or was; the "
          "cell is left out\n");
    CHECK(csv(result, "survey") == "type,name,label,calculation\ncalculate,far,,''\ntext,a,A,\n");
}

TEST_CASE("invisible characters go, and the cells that are read differently are named") {
    engine::Workbook book =
        Sheets().survey("type | name | label | hint\n text | a | x | y\n text | b | x | y").workbook();
    const std::vector<std::vector<std::string>> rows{{"type", "name", "label", "hint"},
                                                     {"text", "a", "\u200Funo\u202E", "one\vtwo\x01"},
                                                     {"text", "b", "dos\uFEFF",
                                                      "a\xFF"
                                                      "b"}};
    engine::Sheet survey("survey");
    for (const auto& row : rows) {
        for (const auto& cell : row) survey.add_cell(cell);
        survey.end_row();
    }
    book.sheets[0] = std::move(survey);
    CHECK_FALSE(engine::load(book));
    workbook::Offered result{std::move(book), {}, {}};
    workbook::clean_cells(result);
    CHECK(csv(result, "survey") == "type,name,label,hint\ntext,a,uno,\"one\ntwo\"\ntext,b,dos,ab\n");
    CHECK(scenario::all_text(result.notes) ==
          "survey row 2, column label: warning: invisible characters are left out of 2 cells\n"
          "survey row 2, column hint: warning: invisible characters are left out of 2 cells\n");
    CHECK(engine::load(result.workbook));
}

TEST_CASE("a form without an id is called as its file, and says so") {
    const auto settings = [](std::string_view text, const workbook::Names& names) {
        Sheets sheets;
        sheets.survey("type | name | label\n text | a | A").settings(text);
        auto result = offered(sheets);
        workbook::write_settings(result, names);
        return csv(result, "settings") + scenario::all_text(result.notes);
    };
    const std::string note = "warning: the form has no id; it is called 'my file', as its file\n";
    CHECK(settings("version\n vAbC", {"my file", {}, {}}) ==
          "version,form_id\nvAbC,my file\nsettings row 2, column form_id: " + note);
    CHECK(settings("form id | version\n | 1", {"my file", {}, {}}) ==
          "form id,version\nmy file,1\nsettings row 2, column form id: " + note);
    CHECK(settings("id_string | version\n old | 1", {"my file", {}, {}}) == "id_string,version\nold,1\n");
    CHECK(settings("", {"my file", {}, {}}) == "form_id\nmy file\nsettings row 2, column form_id: " + note);
    CHECK(settings("form_id\n 2024", {"my file", {}, {}}) == "form_id\n2024\n");
    CHECK(settings("form_id\n 2024", {"my file", "other", {}}) == "form_id\nother\n");
    CHECK(settings("version | default_language\n 1 | en", {"x", "y", "Español (es)"}) ==
          "version,default_language,form_id\n1,Español (es),y\n");
}

TEST_CASE("languages that nobody asked for are left out, and named") {
    Sheets sheets;
    sheets.settings("form_id | default_language\n x | English (en)");
    sheets.survey(
        "type | name | label | label::Español (es) | hint::Français (fr)\n select_one l | a | One | Uno | Un");
    sheets.choices("list_name | name | label::Español (es) | label\n l | x | Equis | X");
    std::string all;
    for (const auto& language : workbook::languages_of(sheets.workbook())) all += language.code + " ";
    CHECK(all == "en es fr ");
    auto spanish = offered(sheets);
    REQUIRE(workbook::choose_languages(spanish, {"es"}));
    CHECK(csv(spanish, "survey") == "type,name,label::Español (es)\nselect_one l,a,Uno\n");
    CHECK(csv(spanish, "choices") == "list_name,name,label::Español (es)\nl,x,Equis\n");
    CHECK(csv(spanish, "settings") == "form_id,default_language\nx,Español (es)\n");
    CHECK(spanish.notes.size() == 3);
    CHECK(engine::load(spanish.workbook));
    auto both = offered(sheets);
    REQUIRE(workbook::choose_languages(both, {"Español", "English (en)"}));
    CHECK(csv(both, "survey") == "type,name,label,label::Español (es)\nselect_one l,a,One,Uno\n");
    CHECK(csv(both, "settings") == "form_id,default_language\nx,English (en)\n");
    auto none = offered(sheets);
    CHECK_FALSE(workbook::choose_languages(none, {"es", "pt"}));
    CHECK(workbook::same_sheets(none.workbook, sheets.workbook()));
}

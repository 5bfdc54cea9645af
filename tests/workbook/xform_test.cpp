// The XForm of a questionnaire: structure by XPath, each case citing the section of the ODK XForms specification.
#include <catch2/catch_all.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "questionnaires/workbook/reader.hpp"
#include "tests/workbook/xform_support.hpp"

using scenario::Sheets;
using xform_test::Written;

namespace {

Sheets two_languages() {
    Sheets sheets;
    sheets.settings("form_id | form_title | version | default_language\n visit | Visita & más | 3 | Español (es)");
    sheets.survey(R"(
        type               | name | label::English (en) | label::Español (es) | hint::Español (es) | hint::English (en) | guidance_hint::Español (es) | guidance_hint::English (en) | media::audio::Español (es)
        select_one yn      | eats | Do you eat?         | ¿Come?              | Hoy                | Today              | Despacio                    | Slowly                      | come.mp3
        note               | bye  | Bye ${eats} <b> now | Adiós ${eats}       |                    |                    |                             |                             |
    )");
    sheets.choices(R"(
        list_name | name | label::Español (es) | label::English (en) | media::image::English (en) | group
        yn        | yes  | Sí                  | Yes                 | yes.png                    | a
        yn        | no   | No                  | No                  |                            | b
        other     | x    | X                   | X                   |                            |
    )");
    return sheets;
}

}  // namespace

TEST_CASE("head, title and primary instance name the form, its id and its version (Structure)") {
    const Written form(two_languages());
    CHECK(form.text("/h:html/h:head/h:title") == "Visita & más");
    for (const auto* const part :
         {"<h:html ", " xmlns=\"http://www.w3.org/2002/xforms\"", " xmlns:h=\"http://www.w3.org/1999/xhtml\"",
          " xmlns:jr=\"http://openrosa.org/javarosa\"", " xmlns:odk=\"http://www.opendatakit.org/xforms\""})
        CHECK(form.xml().find(part) != std::string::npos);
    CHECK(form.text("//model/@odk:xforms-version") == "1.0.0");
    CHECK(form.text("//model/instance[1]/data/@id") == "visit");
    CHECK(form.text("//model/instance[1]/data/@version") == "3");
    CHECK(form.count("//model/instance[1]/data/eats") == 1);
    CHECK(form.count("//model/instance[1]/data/meta/instanceID") == 1);
    CHECK(form.bind("/data/meta/instanceID", "jr:preload") == "uid");
}

TEST_CASE("texts are in every language, the default one first and marked (Languages)") {
    const Written form(two_languages());
    CHECK(form.text("//translation[1]/@lang") == "Español (es)");
    CHECK(form.text("//translation[1]/@default") == "true()");
    CHECK(form.text("//translation[2]/@lang") == "English (en)");
    CHECK(form.count("//translation[2]/@default") == 0);
    CHECK(form.itext("Español (es)", "/data/eats:label") == "¿Come?");
    CHECK(form.itext("English (en)", "/data/eats:label") == "Do you eat?");
    CHECK(form.text("//select1[@ref='/data/eats']/label/@ref") == "jr:itext('/data/eats:label')");
    CHECK(form.text("//select1[@ref='/data/eats']/hint/@ref") == "jr:itext('/data/eats:hint')");
    CHECK(form.itext("English (en)", "/data/eats:hint") == "Today");
    CHECK(form.text("//translation[1]/text[@id='/data/eats:hint']/value[@form='guidance']") == "Despacio");
}

TEST_CASE("media are further forms of a text, in the languages that have them (Media)") {
    const Written form(two_languages());
    CHECK(form.text("//translation[1]/text[@id='/data/eats:label']/value[@form='audio']") == "jr://audio/come.mp3");
    CHECK(form.count("//translation[2]/text[@id='/data/eats:label']/value[@form='audio']") == 0);
    CHECK(form.text("//translation[2]/text[@id='yn-0']/value[@form='image']") == "jr://images/yes.png");
}

TEST_CASE("a value in a text is an output, and the words around it keep their spaces (Outputs)") {
    const Written form(two_languages());
    const std::string value = "//translation[2]/text[@id='/data/bye:label']/value";
    CHECK(form.text(value + "/output/@value") == "/data/eats");
    CHECK(form.text(value + "/text()[1]") == "Bye ");
    CHECK(form.text(value) == "Bye  <b> now");
    CHECK(form.text("//translation[1]/text[@id='/data/bye:label']/value") == "Adiós ");
}

TEST_CASE("choices are secondary instances with their further columns, only for lists in use (Secondary Instances)") {
    const Written form(two_languages());
    CHECK(form.count("//instance[@id='yn']/root/item") == 2);
    CHECK(form.text("//instance[@id='yn']/root/item[1]/name") == "yes");
    CHECK(form.text("//instance[@id='yn']/root/item[1]/itextId") == "yn-0");
    CHECK(form.text("//instance[@id='yn']/root/item[2]/group") == "b");
    CHECK(form.count("//instance[@id='other']") == 0);
    CHECK(form.text("//select1/itemset/@nodeset") == "instance('yn')/root/item");
    CHECK(form.text("//select1/itemset/value/@ref") == "name");
    CHECK(form.text("//select1/itemset/label/@ref") == "jr:itext(itextId)");
    CHECK(form.itext("English (en)", "yn-1") == "No");
}

TEST_CASE("each type has its control and its data type (Body Elements, Bindings)") {
    Sheets sheets;
    sheets.survey(R"(
        type              | name | label | parameters           | calculation | appearance
        text              | a    | A     |                      |             | multiline
        integer           | b    | B     |                      |             |
        decimal           | c    | C     |                      |             |
        date              | d    | D     |                      |             | month-year
        select_one l      | e    | E     |                      |             | minimal
        select_multiple l | f    | F     | randomize=true       |             |
        range             | g    | G     | start=1 end=9 step=2 |             |
        range             | h    | H     | start=0 end=1 step=0.5 |           |
        acknowledge       | i    | I     |                      |             |
        note              | j    | J     |                      |             |
        calculate         | k    |       |                      | ${b} + 1    |
        hidden            | m    |       |                      |             |
        today             | n    |       |                      |             |
        start             | o    |       |                      |             |
    )");
    sheets.choices("list_name | name | label\n l | x | X\n l | y | Y");
    const Written form(sheets);
    const auto control = [&](const std::string& name) {
        return form.text("name(//h:body//*[@ref='/data/" + name + "'])");
    };
    const auto type = [&](const std::string& name) { return form.bind("/data/" + name, "type"); };
    CHECK(control("a") == "input");
    CHECK(type("a") == "string");
    CHECK(type("b") == "int");
    CHECK(type("c") == "decimal");
    CHECK(type("d") == "date");
    CHECK(control("e") == "select1");
    CHECK(control("f") == "select");
    CHECK(type("f") == "string");
    CHECK(form.text("//select/itemset/@nodeset") == "randomize(instance('l')/root/item)");
    CHECK(control("g") == "range");
    CHECK(type("g") == "int");
    CHECK(form.text("//range[@ref='/data/g']/@start") == "1");
    CHECK(form.text("//range[@ref='/data/g']/@end") == "9");
    CHECK(form.text("//range[@ref='/data/g']/@step") == "2");
    CHECK(type("h") == "decimal");
    CHECK(form.text("//range[@ref='/data/h']/@step") == "0.5");
    CHECK(control("i") == "trigger");
    CHECK(control("j") == "input");
    CHECK(form.bind("/data/j", "readonly") == "true()");
    CHECK(control("k").empty());
    CHECK(form.bind("/data/k", "calculate") == "/data/b  + 1");
    CHECK(control("m").empty());
    CHECK(form.bind("/data/n", "jr:preload") == "date");
    CHECK(form.bind("/data/n", "jr:preloadParams") == "today");
    CHECK(type("o") == "dateTime");
    CHECK(form.bind("/data/o", "jr:preloadParams") == "start");
    CHECK(form.text("//input[@ref='/data/a']/@appearance") == "multiline");
    CHECK(form.count("//itemset") == 2);
}

TEST_CASE("the bindings of a question say when and what it may be (Bindings)") {
    Sheets sheets;
    sheets.settings("form_id | version | default_language\n t | 1 | en");
    sheets.survey(R"(
        type    | name | label::en | relevant    | constraint           | constraint_message::en | required | required_message::en | read_only
        integer | a    | A         |             | . > 0 and . < ${b}-1 | Below ${b}             | yes      | Please               |
        integer | b    | B         | ${a} != 'x' |                      |                        | ${a} = 1 |                      | TRUE
        text    | y    | Y         | No          |                      |                        |          |                      |
    )");
    const Written form(sheets);
    CHECK(form.bind("/data/a", "constraint") == ". > 0 and . <  /data/b -1");
    CHECK(form.bind("/data/a", "jr:constraintMsg") == "jr:itext('/data/a:jr:constraintMsg')");
    CHECK(form.text("//text[@id='/data/a:jr:constraintMsg']/value/output/@value") == "/data/b");
    CHECK(form.bind("/data/a", "required") == "true()");
    CHECK(form.bind("/data/a", "jr:requiredMsg") == "jr:itext('/data/a:jr:requiredMsg')");
    CHECK(form.bind("/data/b", "relevant") == "/data/a  != 'x'");
    CHECK(form.bind("/data/b", "required") == "/data/a  = 1");
    CHECK(form.bind("/data/b", "readonly") == "true()");
    CHECK(form.bind("/data/y", "relevant") == "false()");
}

TEST_CASE("groups nest, are bound only when there is something to say, and keep their appearance (Groups)") {
    Sheets sheets;
    sheets.survey(R"(
        type        | name  | label | relevant | appearance
        integer     | a     | A     |          |
        begin group | outer | O     | ${a} > 1 | field-list
        begin_group | inner |       |          |
        text        | b     | B     | ${a} > 2 |
        end_group   |       |       |          |
        end group   |       |       |          |
    )");
    const Written form(sheets);
    CHECK(form.text("//group[@ref='/data/outer']/@appearance") == "field-list");
    CHECK(form.count("/h:html/h:body/group/group/input[@ref='/data/outer/inner/b']") == 1);
    CHECK(form.bind("/data/outer", "relevant") == "/data/a  > 1");
    CHECK(form.count("//bind[@nodeset='/data/outer/inner']") == 0);
    CHECK(form.count("//group[@ref='/data/outer/inner']/label") == 0);
    CHECK(form.count("//data/outer/inner/b") == 1);
    CHECK(form.bind("/data/outer/inner/b", "relevant") == "/data/a  > 2");
}

TEST_CASE("a default is in the instance, or set at the start when it is computed (Actions)") {
    Sheets sheets;
    sheets.survey(R"(
        type    | name | label | default
        integer | a    | A     | 7
        date    | d    | D     | today()
        text    | e    | E     | f (x) & <y>
        integer | f    | F     | ${a} + 1
        text    | u    | U     | uuid()
        integer | i    | I     | 7 - 4
        text    | h    | H     | a-b
        text    | o    | O     | N/A - none
        begin repeat | r | R   |
        text    | k    | K     | concat('a', “b”)
        end repeat |   |       |
        calculate | c  |       | random() + 0.5
    )");
    const Written form(sheets);
    CHECK(form.text("//data/a") == "7");
    CHECK(form.text("//data/e") == "f (x) & <y>");
    CHECK(form.text("//data/u").empty());
    CHECK(form.text("//model/setvalue[@ref='/data/u']/@value") == "uuid()");
    CHECK(form.text("//model/setvalue[@ref='/data/i']/@value") == "7 - 4");
    CHECK(form.text("//data/h") == "a-b");
    CHECK(form.text("//data/o") == "N/A - none");
    CHECK(form.text("//repeat/setvalue[@ref='/data/r/k']/@value") == "concat('a', \"b\")");
    CHECK(form.text("//repeat/setvalue[@ref='/data/r/k']/@event") == "odk-instance-first-load odk-new-repeat");
    CHECK(form.text("//model/setvalue[@ref='/data/c']/@value") == "random() + 0.5");
    CHECK(form.bind("/data/c", "calculate").empty());
    CHECK(form.text("//data/d").empty());
    CHECK(form.text("//setvalue[@ref='/data/d']/@event") == "odk-instance-first-load");
    CHECK(form.text("//setvalue[@ref='/data/d']/@value") == "today()");
    CHECK(form.text("//model/setvalue[@ref='/data/f']/@value") == "/data/a  + 1");
    CHECK(form.count("//setvalue") == 6);
}

TEST_CASE("a calculation with a trigger is set where the trigger is answered (Actions)") {
    Sheets sheets;
    sheets.survey(R"(
        type      | name | label | calculation | trigger
        text      | a    | A     |             |
        text      | b    | B     |             |
        calculate | when |       | now()       | ${a}, ${b}
        integer   | size | S     | string-length(${a}) | ${a}
    )");
    const Written form(sheets);
    CHECK(form.text("//input[@ref='/data/b']/setvalue[@ref='/data/when']/@event") == "xforms-value-changed");
    CHECK(form.text("//input[@ref='/data/a']/setvalue[@ref='/data/size']/@value") == "string-length( /data/a )");
    CHECK(form.count("//input[@ref='/data/a']/setvalue") == 2);
    CHECK(form.bind("/data/when", "calculate").empty());
    CHECK(form.count("//bind[@nodeset='/data/when']") == 1);
}

TEST_CASE("a choice filter is a predicate, and a question named in quotes becomes its path (Secondary Instances)") {
    Sheets sheets;
    sheets.survey(R"(
        type          | name | label                  | choice_filter              | parameters | calculation
        select_one s  | s    | S                      |                            |            |
        select_one t  | t    | T                      | state = ${s} and name != 'z' | randomize=true seed=${n} |
        integer       | n    | N                      |                            |            |
        calculate     | c    |                        |                            |            | jr:choice-name(${t}, '${t}')
    )");
    sheets.choices("list_name | name | label | state\n s | a | A |\n t | x | X | a\n t | z | Z | a");
    const Written form(sheets);
    CHECK(form.text("//select1[@ref='/data/t']/itemset/@nodeset") ==
          "randomize(instance('t')/root/item[state =  /data/s  and name != 'z'], /data/n)");
    CHECK(form.bind("/data/c", "calculate") == "jr:choice-name( /data/t , '/data/t')");
}

TEST_CASE("what an XForm has no place for is named and left out") {
    Sheets sheets;
    sheets.survey("type | name | label\n integer | a | A");
    sheets.indicators(
        "indicator | dimension | strength | when | label | basis | source\n i | d | weak | ${a} > 1 | I | design | us");
    const Written form(sheets);
    REQUIRE(form.left_out().size() == 1);
    CHECK(form.left_out()[0].sheet == "indicators");
    CHECK(form.xml().find("weak") == std::string::npos);
}

TEST_CASE("a name that no XML element can have is refused with its row") {
    for (const std::string name : {"meta", "a\xC3\x97", "\xC2\xBF"}) {
        Sheets sheets;
        sheets.survey("type | name | label\n integer | ok | A\n integer | " + name + " | B");
        const auto workbook = sheets.workbook();
        const auto form = questionnaires::engine::load(workbook);
        INFO(name);
        REQUIRE(form);
        const auto made = questionnaires::workbook::to_xform(workbook, **form);
        REQUIRE_FALSE(made);
        CHECK(made.error()[0].row == 3);
    }
    Sheets sheets;
    sheets.survey("type | name | label\n integer | año.2-b | A");
    CHECK(Written(sheets).count("//data/año.2-b") == 1);
}

TEST_CASE("text that looks like markup stays text") {
    Sheets sheets;
    sheets.survey("type | name | label | relevant\n note | a | ]]> <input/> & \" ' &amp; | 1 < 2 and \"'\" != '\"'");
    const Written form(sheets);
    CHECK(form.itext("default", "/data/a:label") == "]]> <input/> & \" ' &amp;");
    CHECK(form.bind("/data/a", "relevant") == "1 < 2 and \"'\" != '\"'");
    CHECK(form.count("//h:body//input") == 1);
}

TEST_CASE("the shipped questionnaire is an XForm of the same questions") {
    const auto workbook =
        questionnaires::workbook::read_folder(AMPARO_SOURCE_DIR "/questionnaires/forms/first-contact");
    REQUIRE(workbook);
    const auto form = questionnaires::engine::load(*workbook);
    REQUIRE(form);
    const auto made = questionnaires::workbook::to_xform(*workbook, **form);
    REQUIRE(made);
    pugi::xml_document document;
    REQUIRE(document.load_string(made->xml.c_str()));
    CHECK(document.select_nodes("//translation").size() == 2);
    std::size_t shown = 0;
    for (std::uint32_t i = 0; i < (*form)->size(); ++i) {
        const auto name = std::string((*form)->name(questionnaires::engine::QuestionId{i}));
        INFO(name);
        CHECK(document.select_nodes(("//instance[1]/data//" + name).c_str()).size() == 1);
        if ((*form)->kind(questionnaires::engine::QuestionId{i}) == questionnaires::engine::Kind::SelectOne) ++shown;
    }
    CHECK(document.select_nodes("//select1").size() == shown);
    CHECK(made->left_out.size() == 3);
}

// Writes it: AMPARO_WRITE_XFORM=1 build/dev/bin/test_workbook "the XForm of a small form*"
TEST_CASE("the XForm of a small form is the one committed") {
    const Written form(two_languages());
    const std::string path = AMPARO_SOURCE_DIR "/tests/workbook/visit.xml";
    if (const auto* const write = std::getenv("AMPARO_WRITE_XFORM"); write != nullptr && std::string_view(write) == "1")
        std::ofstream(path, std::ios::binary) << form.xml();
    std::ifstream in(path, std::ios::binary);
    const std::string committed((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    CHECK(form.xml() == committed);
}

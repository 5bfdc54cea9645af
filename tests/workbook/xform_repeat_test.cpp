// The XForm of repeats, files, ranks and other: what needs more than one node of a row, or more than the sheets.
#include <catch2/catch_all.hpp>

#include "tests/workbook/xform_support.hpp"

using scenario::Sheets;
using xform_test::Written;

TEST_CASE("a repeat is in the instance twice and speaks of its own values (Repeats)") {
    Sheets sheets;
    sheets.survey(R"(
        type         | name   | label           | relevant      | calculation         | default     | choice_filter
        text         | home   | Home            |               |                     |             |
        begin repeat | kid    | Kid of ${home}  |               |                     |             |
        text         | name   | Name            |               |                     | x           |
        begin group  | more   | More            |               |                     |             |
        integer      | age    | Age of ${name}  | ${name} != '' |                     |             |
        integer      | next   | Next            |               |                     | ${age} + 1  |
        select_one s | school | School          |               |                     |             | place = ${name} or place = ${home}
        end group    |        |                 |               |                     |             |
        calculate    | where  |                 |               | concat(${age}, ${home}) |         |
        end repeat   |        |                 |               |                     |             |
        calculate    | total  |                 |               | sum(${age})         |             |
        calculate    | first  |                 |               | indexed-repeat(${name}, ${kid}, ${total}) | |
    )");
    sheets.choices("list_name | name | label | place\n s | a | A | x");
    const Written form(sheets);
    CHECK(form.count("//data/kid") == 2);
    CHECK(form.count("//data/kid[1]/@jr:template") == 1);
    CHECK(form.count("//data/kid[2]/@jr:template") == 0);
    CHECK(form.text("//data/kid[2]/name") == "x");
    CHECK(form.count("//group[@ref='/data/kid']/repeat[@nodeset='/data/kid']/group/input[@ref='/data/kid/more/age']") ==
          1);
    CHECK(form.bind("/data/kid/more/age", "relevant") == "../../name  != ''");
    CHECK(form.text("//text[@id='/data/kid/more/age:label']/value/output/@value") == "../../name");
    CHECK(form.text("//text[@id='/data/kid:label']/value/output/@value") == "/data/home");
    CHECK(form.bind("/data/kid/where", "calculate") == "concat( ../more/age ,  /data/home )");
    CHECK(form.bind("/data/total", "calculate") == "sum( /data/kid/more/age )");
    CHECK(form.bind("/data/first", "calculate") == "indexed-repeat( /data/kid/name ,  /data/kid ,  /data/total )");
    CHECK(form.text("//itemset/@nodeset") ==
          "instance('s')/root/item[place =  current()/../../name  or place =  /data/home]");
    CHECK(form.text("//repeat/setvalue[@ref='/data/kid/more/next']/@event") ==
          "odk-instance-first-load odk-new-repeat");
    CHECK(form.text("//repeat/setvalue/@value") == "../age  + 1");
    CHECK(form.count("//model/setvalue") == 0);
}

TEST_CASE("a repeat in a repeat is once in the template and once in the repetition (Repeats)") {
    Sheets sheets;
    sheets.survey(R"(
        type         | name   | label  | calculation
        begin repeat | house  | House  |
        text         | street | Street |
        begin repeat | person | Person |
        text         | who    | Who    |
        calculate    | full   |        | concat(${who}, ${street})
        end repeat   |        |        |
        calculate    | n      |        | count(${person})
        end repeat   |        |        |
    )");
    const Written form(sheets);
    CHECK(form.count("//data/house") == 2);
    CHECK(form.count("//data/house[@jr:template]/person") == 1);
    CHECK(form.count("//data/house[@jr:template]/person/@jr:template") == 1);
    CHECK(form.count("//data/house[not(@jr:template)]/person") == 1);
    CHECK(form.count("//data/house[not(@jr:template)]/person/@jr:template") == 0);
    CHECK(form.bind("/data/house/person/full", "calculate") == "concat( ../who ,  ../../street )");
    CHECK(form.bind("/data/house/n", "calculate") == "count( ../person )");
}

TEST_CASE("a repeat count is a path, by way of a node of its own when it is computed (Repeats)") {
    Sheets sheets;
    sheets.survey(R"(
        type         | name | label | repeat_count
        integer      | n    | N     |
        begin repeat | a    | A     | ${n}
        text         | b    | B     |
        end repeat   |      |       |
        begin repeat | c    | C     | ${n} + 1
        text         | d    | D     |
        end repeat   |      |       |
    )");
    const Written form(sheets);
    CHECK(form.text("//repeat[@nodeset='/data/a']/@jr:count") == "/data/n");
    CHECK(form.text("//repeat[@nodeset='/data/a']/@jr:noAddRemove") == "true()");
    CHECK(form.text("//repeat[@nodeset='/data/c']/@jr:count") == "/data/c_count");
    CHECK(form.bind("/data/c_count", "calculate") == "/data/n  + 1");
    CHECK(form.count("//data/c_count") == 1);
}

TEST_CASE("times, ranks and metadata have the types of the specification (Bindings)") {
    Sheets sheets;
    sheets.survey("type | name | label\n time | t | T\n dateTime | d | D\n rank l | r | R\n end | e |");
    sheets.choices("list_name | name | label\n l | x | X\n l | y | Y");
    const Written form(sheets);
    CHECK(form.bind("/data/t", "type") == "time");
    CHECK(form.bind("/data/d", "type") == "dateTime");
    CHECK(form.bind("/data/r", "type") == "odk:rank");
    CHECK(form.text("//odk:rank[@ref='/data/r']/itemset/@nodeset") == "instance('l')/root/item");
    CHECK(form.bind("/data/e", "jr:preloadParams") == "end");
}

TEST_CASE("or_other adds a choice, not offered elsewhere, and a question that asks which (pyxform, or_other)") {
    for (const std::string type :
         {"select_one l or_other", "select multiple l or other", "select_one l or specify other"}) {
        Sheets sheets;
        sheets.survey("type | name | label\n " + type + " | a | A\n select_one l | b | B");
        sheets.choices("list_name | name | label\n l | x | X");
        const Written form(sheets);
        INFO(type);
        CHECK(form.count("//instance[@id='l']/root/item") == 1);
        CHECK(form.text("//instance[@id='l_other']/root/item[2]/name") == "other");
        CHECK(form.text("//*[@ref='/data/a']/itemset/@nodeset") == "instance('l_other')/root/item");
        CHECK(form.itext("default", "l_other-1") == "Other");
        CHECK(form.bind("/data/a_other", "relevant") == "selected( /data/a , 'other')");
        CHECK(form.itext("default", "/data/a_other:label") == "Specify other.");
    }
    Sheets sheets;
    sheets.settings("form_id | version | default_language\n t | 1 | es");
    sheets.survey("type | name | label::es | label::en\n select_one l or_other | a | A | A");
    sheets.choices("list_name | name | label::es | label::en\n l | x | X | X");
    CHECK(Written(sheets).itext("es", "/data/a_other:label") == "¿Cuál?");
}

TEST_CASE("choices of a file and look-ups are external instances (Secondary Instances - External)") {
    Sheets sheets;
    sheets.survey(R"(
        type                            | name  | label | choice_filter | parameters          | calculation
        select_one_from_file places.csv | p     | P     | zone = 'n'    | value=code label=en |
        csv-external                    | fruit |       |               |                     |
        calculate                       | c     |       |               |                     | pulldata('fruit', 'name', 'key', 'k1')
        calculate                       | i     |       |               |                     | instance('places')/root/item[code = ${p}]/en
    )");
    sheets.file("places.csv", "code | en | zone\n p1 | One | n");
    sheets.file("fruit.csv", "key | name\n k1 | Apple");
    const Written form(sheets);
    CHECK(form.text("//instance[@id='places']/@src") == "jr://file-csv/places.csv");
    CHECK(form.text("//instance[@id='fruit']/@src") == "jr://file-csv/fruit.csv");
    CHECK(form.count("//instance[@src]") == 2);
    CHECK(form.text("//select1/itemset/@nodeset") == "instance('places')/root/item[zone = 'n']");
    CHECK(form.text("//select1/itemset/value/@ref") == "code");
    CHECK(form.text("//select1/itemset/label/@ref") == "en");
    CHECK(form.count("//data/fruit") == 0);
    CHECK(form.bind("/data/i", "calculate") == "instance('places')/root/item[code =  /data/p ]/en");
}

TEST_CASE("choices that are answers of a repeat are its instances (Secondary Instances, itemset)") {
    Sheets sheets;
    sheets.survey(R"(
        type              | name   | label | choice_filter
        begin repeat      | member | M     |
        text              | who    | W     |
        begin group       | more   | G     |
        integer           | age    | A     |
        end group         |        |       |
        select_one ${who} | mother | Mo    | position() != position(current()/..)
        end repeat        |        |       |
        integer           | least  | L     |
        select_one ${who} | head   | H     |
        select_multiple ${age} | ages | S  | ${age} > ${least} and ${who} != ‘x’
    )");
    const Written form(sheets);
    CHECK(form.text("//select1[@ref='/data/head']/itemset/@nodeset") == "../member[./who != '']");
    CHECK(form.text("//select1[@ref='/data/head']/itemset/value/@ref") == "who");
    CHECK(form.text("//select1[@ref='/data/head']/itemset/label/@ref") == "who");
    CHECK(form.text("//select1[@ref='/data/member/mother']/itemset/@nodeset") ==
          "../../member[./who != '' and (position() != position(current()/..))]");
    CHECK(form.text("//select[@ref='/data/ages']/itemset/@nodeset") ==
          "../member[./more/age != '' and (./more/age >  /data/least  and ./who != 'x')]");
    CHECK(form.text("//select[@ref='/data/ages']/itemset/value/@ref") == "more/age");
    CHECK(form.count("//instance[@id]") == 0);
}

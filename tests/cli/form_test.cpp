// amparo form check.
#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/support.hpp"

using test::Desk;

TEST_CASE("the shipped questionnaire has no faults") {
    const Desk desk;
    desk.good("amparo form check " AMPARO_SOURCE_DIR "/questionnaires/forms/first-contact");
}

TEST_CASE("every fault is named with its sheet and row") {
    const Desk desk;
    std::filesystem::create_directory(desk.path() / "form");
    desk.write(
        "form/survey.csv",
        "type,name,label::Español (es),label::English (en)\nbarcode,a,A,A\ntext,b b,B,B\nselect_one none,c,C,C\n");
    desk.write("form/settings.csv", "form_title,form_id,version,default_language\nX,x,1,Español (es)\n");
    const auto ran = desk.run("amparo form check form");
    CHECK(ran.code == 1);
    CHECK(ran.out.find("survey") != std::string::npos);
    CHECK(test::is_one_sentence(ran.err));
    const auto as_json = nlohmann::json::parse(desk.run("amparo form check form --json").out, nullptr, false);
    REQUIRE(as_json.is_array());
    CHECK(as_json.size() >= 3);
    CHECK(as_json[0]["sheet"] == "survey");
    CHECK(as_json[0]["row"] == 2);
}

TEST_CASE("a path that is no folder is said to be none") {
    const Desk desk;
    desk.write("file", "x");
    CHECK(desk.run("amparo form check file").code == 1);
    CHECK(desk.run("amparo form check missing").code == 1);
    CHECK(desk.run("amparo form check").code == 64);
}

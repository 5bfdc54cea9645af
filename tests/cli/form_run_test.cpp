// amparo form run.
#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/support.hpp"

using nlohmann::json;
using test::Desk;

namespace {

void make_short_form(const Desk& desk) {
    std::filesystem::create_directory(desk.path() / "form");
    desk.write("form/survey.csv",
               "type,name,label::Español (es),label::English (en),relevant,constraint,constraint_message::Español (es),"
               "constraint_message::English (en),required,calculation\n"
               "integer,age,Edad,Age,,. >= 0,\"No, más\",\"No, more\",yes,\n"
               "select_one who,with,¿Con quién?,With whom?,${age} < 18,,,,,\n"
               "calculate,twice,,,,,,,,${age} * 2\n"
               "note,bye,Adiós ${age},Bye ${age},,,,,,\n");
    desk.write(
        "form/choices.csv",
        "list_name,name,label::Español (es),label::English (en)\nwho,alone,A solas,Alone\nwho,kin,Familia,Kin\n");
    desk.write("form/settings.csv", "form_id,version,default_language\nsmall,1,es\n");
    desk.write("form/indicators.csv",
               "indicator,dimension,strength,when,label::Español (es),label::English (en),basis,source\n"
               "child_alone,alone,strong,\"${age} < 18 and ${with} = 'alone'\",Sin nadie,Alone,design,ours\n");
    desk.write("form/levels.csv",
               "reading,level,when,label::Español (es),label::English (en),explanation::Español (es),"
               "explanation::English (en)\nrisk,strong,strong('alone') > 0,Riesgo,Risk,Por eso,Because\n");
}

std::vector<json> lines(const std::string& text) {
    std::vector<json> all;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        all.push_back(json::parse(line, nullptr, false));
        INFO(line);
        REQUIRE(all.back().is_object());
    }
    return all;
}

/// The last line whose member has that value.
json last(const std::vector<json>& all, const char* member, const std::string& value) {
    json found;
    for (const auto& line : all)
        if (line.value(member, "") == value) found = line;
    return found;
}

}  // namespace

TEST_CASE("a script runs an interview and every node is printed at the end") {
    const Desk desk;
    make_short_form(desk);
    desk.write("script",
               "{\"do\":\"answer\",\"node\":\"age\",\"value\":-1}\n"
               "{\"do\":\"expect-refusal\",\"kind\":\"constraint\"}\n"
               "{\"do\":\"next\"}\n"
               "\n"
               "{\"do\":\"answer\",\"node\":\"age\",\"value\":15}\r\n"
               "{\"do\":\"next\"}\n"
               "{\"do\":\"language\",\"code\":\"en\"}\n"
               "{\"do\":\"expect\",\"node\":\"with\",\"relevant\":true,\"label\":\"With "
               "whom?\",\"choices\":[\"alone\",\"kin\"]}\n"
               "{\"do\":\"answer\",\"node\":\"with\",\"value\":\"alone\"}\n"
               "{\"do\":\"expect-page\",\"nodes\":[\"with\"]}\n"
               "{\"do\":\"next\"}\n"
               "{\"do\":\"expect\",\"node\":\"twice\",\"value\":30}\n"
               "{\"do\":\"next\"}");
    const auto all = lines(desk.good("amparo form run form --script script").out);
    CHECK(all[0] == json::parse(R"({"line":1,"do":"answer","node":"age","ok":false,"refused":"constraint","at":"age",
                                    "message":"No, más"})"));
    CHECK(all[2]["refused"] == "required");
    CHECK(all[4]["line"] == 6);
    CHECK(all[4]["page"] == json::parse(R"(["with"])"));
    CHECK(last(all, "do", "next")["end"] == true);
    CHECK(last(all, "node", "age") ==
          json::parse(
              R"({"node":"age","kind":"integer","relevant":true,"state":"answered","value":"15","label":"Age"})"));
    CHECK(last(all, "node", "bye")["label"] == "Bye 15");
    CHECK(last(all, "indicator", "child_alone")["because"] == json::parse(R"(["age","with"])"));
    CHECK(last(all, "reading", "risk")["level"] == "strong");
    CHECK(last(all, "reading", "danger")["level"] == "none-reported");
}

TEST_CASE("everything else a person can do is a step too") {
    const Desk desk;
    make_short_form(desk);
    desk.write(
        "script",
        "{\"do\":\"skip\",\"node\":\"age\"}\n{\"do\":\"expect\",\"node\":\"age\",\"state\":\"skipped\"}\n"
        "{\"do\":\"refuse\",\"node\":\"age\"}\n{\"do\":\"expect\",\"node\":\"age\",\"state\":\"refused\"}\n"
        "{\"do\":\"unknown\",\"node\":\"age\"}\n{\"do\":\"expect\",\"node\":\"age\",\"state\":\"unknown\"}\n"
        "{\"do\":\"clear\",\"node\":\"age\"}\n{\"do\":\"expect\",\"node\":\"age\",\"state\":\"not_asked\"}\n"
        "{\"do\":\"jump\",\"node\":\"bye\"}\n{\"do\":\"expect-page\",\"nodes\":[\"bye\"]}\n"
        "{\"do\":\"back\"}\n{\"do\":\"expect-page\",\"nodes\":[\"age\"]}\n"
        "{\"do\":\"print\"}\n"
        "{\"do\":\"answer\",\"node\":\"twice\",\"value\":1}\n{\"do\":\"expect-refusal\",\"kind\":\"read-only\"}\n"
        "{\"do\":\"answer\",\"node\":\"with\",\"value\":\"kin\"}\n"
        "{\"do\":\"expect-refusal\",\"kind\":\"not-relevant\"}\n");
    const auto ran = desk.run("amparo form run form --script - < script");
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    const auto all = lines(ran.out);
    CHECK(last(all, "open", "age")["refused"] == "required");
    CHECK(desk.good("amparo form run form --script script --each").out.size() > 3 * ran.out.size());
}

TEST_CASE("an expectation that does not hold is shown and fails the run, which still goes on") {
    const Desk desk;
    make_short_form(desk);
    desk.write("script",
               "{\"do\":\"expect\",\"node\":\"age\",\"value\":\"3\",\"relevant\":true}\n"
               "{\"do\":\"answer\",\"node\":\"age\",\"value\":\"4\"}\n");
    const auto ran = desk.run("amparo form run form --script script");
    CHECK(ran.code == 1);
    CHECK(test::is_one_sentence(ran.err));
    const auto all = lines(ran.out);
    CHECK(all[0]["ok"] == false);
    CHECK(all[0]["wanted"] == json::parse(R"({"value":"3","relevant":true})"));
    CHECK(all[0]["got"] == json::parse(R"({"value":"","relevant":true})"));
    CHECK(last(all, "node", "age")["value"] == "4");
}

TEST_CASE("a line that is no step stops the run with its number") {
    const Desk desk;
    make_short_form(desk);
    for (const std::string line :
         {"nonsense", "[]", "{}", "{\"do\":1}", "{\"do\":\"dance\"}", "{\"do\":\"answer\",\"node\":\"age\"}",
          "{\"do\":\"answer\",\"value\":1}", "{\"do\":\"answer\",\"node\":\"nobody\",\"value\":1}",
          "{\"do\":\"answer\",\"node\":7,\"value\":1}", "{\"do\":\"answer\",\"node\":\"age\",\"value\":{}}",
          "{\"do\":\"answer\",\"node\":\"age\",\"value\":null}", "{\"do\":\"next\",\"node\":\"age\"}",
          "{\"do\":\"language\",\"code\":\"fr\"}", "{\"do\":\"expect\",\"nod\":\"age\"}",
          "{\"do\":\"answer\",\"node\":\"\\u202e\",\"value\":1}", "{\"do\":\"\xff\"}"}) {
        desk.write("script", "{\"do\":\"next\"}\n\n" + line + "\n{\"do\":\"print\"}\n");
        const auto ran = desk.run("amparo form run form --script script");
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == 1);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.err.find("ine 3") != std::string::npos);
        CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') == 1);
    }
    desk.write("script", "{\"do\":\"" + std::string(70'000, 'x') + "\"}\n");
    CHECK(desk.run("amparo form run form --script script").err.find("ine 1") != std::string::npos);
    desk.write("script",
               R"({"do":"answer","node":"age","value":)" + std::string(30'000, '[') + std::string(30'000, ']') + "}\n");
    CHECK(desk.run("amparo form run form --script script").code == 1);
    CHECK(desk.run("amparo form run form --script missing").code == 1);
    CHECK(desk.run("amparo form run missing --script script").code == 1);
    CHECK(desk.run("amparo form run form").code == 64);
    CHECK(desk.run("amparo form run").code == 64);
}

TEST_CASE("refusals of the engine are lines of the output whatever the text") {
    const Desk desk;
    make_short_form(desk);
    desk.write(
        "script",
        "{\"do\":\"answer\",\"node\":\"age\",\"value\":\"\\u202e\"}\n{\"do\":\"answer\",\"node\":\"age\",\"value\":\"" +
            std::string(5000, '1') +
            "\"}\n{\"do\":\"answer\",\"node\":\"age\",\"value\":1e300}\n"
            "{\"do\":\"answer\",\"node\":\"bye\",\"value\":\"x\"}\n{\"do\":\"skip\",\"node\":\"bye\"}\n"
            "{\"do\":\"jump\",\"node\":\"twice\"}\n{\"do\":\"back\"}\n");
    const auto ran = desk.run("amparo form run form --script script");
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
    const auto all = lines(ran.out);
    for (std::size_t i = 0; i < 7; ++i) CHECK(all[i]["ok"] == false);
    CHECK(all[0]["refused"] == "unsafe-text");
}

TEST_CASE("the shipped questionnaire runs from a script") {
    const Desk desk;
    desk.write("script", "{\"do\":\"next\"}\n{\"do\":\"next\"}\n");
    const auto all = lines(
        desk.good("amparo form run " AMPARO_SOURCE_DIR "/questionnaires/forms/first-contact --script script").out);
    CHECK(last(all, "reading", "danger")["level"] == "none-reported");
}

TEST_CASE("a spreadsheet runs as the folder it was made from") {
    const Desk desk;
    make_short_form(desk);
    desk.write("script", "{\"do\":\"answer\",\"node\":\"age\",\"value\":15}\n{\"do\":\"next\"}\n");
    desk.good("amparo form export form form.xlsx");
    const auto ran = desk.good("amparo form run form.xlsx --script script");
    CHECK(ran.out == desk.good("amparo form run form --script script").out);
    CHECK(desk.good("amparo form xform form.xlsx").out == desk.good("amparo form xform form").out);
}

TEST_CASE("repeats grow and shrink, and their nodes are named by the place of each instance") {
    const Desk desk;
    std::filesystem::create_directory(desk.path() / "form");
    desk.write("form/survey.csv",
               "type,name,label,calculation\ntext,home,Home,\nbegin repeat,house,House,\nbegin repeat,kid,Kid,\n"
               "integer,age,Age,\nend repeat,,,\nend repeat,,,\ncalculate,total,,sum(${age})\n");
    desk.write("form/settings.csv", "form_id,version\nx,1\n");
    desk.write("script",
               "{\"do\":\"add\",\"node\":\"house\"}\n{\"do\":\"add\",\"node\":\"house\"}\n"
               "{\"do\":\"add\",\"node\":\"house[2]/kid\"}\n{\"do\":\"add\",\"node\":\"house[2]/kid\"}\n"
               "{\"do\":\"answer\",\"node\":\"house[2]/kid[1]/age\",\"value\":3}\n"
               "{\"do\":\"answer\",\"node\":\"house[2]/kid[2]/age\",\"value\":4}\n"
               "{\"do\":\"expect\",\"node\":\"total\",\"value\":7}\n"
               "{\"do\":\"remove\",\"node\":\"house[2]/kid[1]\"}\n"
               "{\"do\":\"expect\",\"node\":\"house[2]/kid[1]/age\",\"value\":4}\n"
               "{\"do\":\"expect\",\"node\":\"total\",\"value\":4}\n"
               "{\"do\":\"add\",\"node\":\"home\"}\n{\"do\":\"expect-refusal\",\"kind\":\"no-value\"}\n"
               "{\"do\":\"remove\",\"node\":\"kid\"}\n{\"do\":\"expect-refusal\",\"kind\":\"no-value\"}\n");
    const auto ran = desk.run("amparo form run form --script script");
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    const auto all = lines(ran.out);
    CHECK(all[2]["added"].get<std::string>().starts_with("house[2]/kid["));
    CHECK(last(all, "node", "house[2]/kid[1]/age")["value"] == "4");
    CHECK(last(all, "node", "house[2]")["kind"] == last(all, "node", "house")["kind"]);
    for (const auto* const node : {"house[9]", "house[0]", "house[", "house[1", "house[1]/home", "house[1]/", "kid/age",
                                   "house[99999999999]", "house[-1]", "/", "[1]"}) {
        desk.write("script", std::string("{\"do\":\"skip\",\"node\":\"") + node + "\"}\n");
        INFO(node);
        CHECK(desk.run("amparo form run form --script script").err.find("ine 1") != std::string::npos);
    }
}

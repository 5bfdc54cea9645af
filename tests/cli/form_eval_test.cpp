// amparo form eval.
#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/support.hpp"

using test::Desk;

namespace {

const char* const survey =
    "type,name,label::Español (es),label::English (en),relevant,constraint\n"
    "integer,age,Edad,Age,,. >= 0\n"
    "select_multiple things,has,Tiene,Has,${age} > 17,\n"
    "text,name,Nombre,Name,,\n";
const char* const choices =
    "list_name,name,label::Español (es),label::English (en)\n"
    "things,car,Carro,Car\n"
    "things,home,Casa,Home\n";
const char* const settings_sheet = "form_id,version,default_language\nsmall,1,es\n";

void make_form(const Desk& desk) {
    std::filesystem::create_directory(desk.path() / "form");
    desk.write("form/survey.csv", survey);
    desk.write("form/choices.csv", choices);
    desk.write("form/settings.csv", settings_sheet);
}

}  // namespace

TEST_CASE("an expression without answers has a value") {
    const Desk desk;
    CHECK(desk.good("amparo form eval \"1 + 2 * 3\"").out == "7\n");
    CHECK(desk.good("amparo form eval \"concat(\\\"a\\\", 1 div 4)\"").out == "a0.25\n");
    CHECK(desk.good("amparo form eval \"1 > 2\"").out == "false\n");
    CHECK(desk.good("amparo form eval \"today()\" --today 2026-02-28").out == "2026-02-28\n");
    CHECK(desk.good("amparo form eval \"random()\" --seed 7").out ==
          desk.good("amparo form eval \"random()\" --seed 7").out);
    CHECK(desk.good("amparo form eval \"random()\" --seed 7").out !=
          desk.good("amparo form eval \"random()\" --seed 8").out);
}

TEST_CASE("without a form the names are those of the answers") {
    const Desk desk;
    desk.write("a.json",
               R"({"age": 17, "half": 0.5, "has": ["car", "home"], "no": null, "why": {"state": "refused"}})");
    CHECK(desk.good("amparo form eval \"\\${age} + 1\" --answers a.json").out == "18\n");
    CHECK(desk.good("amparo form eval \"\\${half} * 2\" --answers a.json").out == "1\n");
    CHECK(desk.good("amparo form eval \"selected(\\${has}, \\\"home\\\")\" --answers a.json").out == "true\n");
    CHECK(desk.good("amparo form eval \"state(\\${why})\" --answers a.json").out == "refused\n");
    CHECK(desk.good("amparo form eval \"\\${no} = \\\"\\\"\" --answers a.json").out == "true\n");
    CHECK(desk.good("amparo form eval \". > 16\" --self age --answers a.json").out == "true\n");
}

TEST_CASE("with a form its types, choices and texts count, and the order of the answers does not") {
    const Desk desk;
    make_form(desk);
    desk.write("a.json", R"({"has": ["car"], "age": 40})");
    const std::string eval = "amparo form eval --form form --answers a.json ";
    const std::string name = "\"jr:choice-name(\\${has}, \\\"\\${has}\\\")\"";
    CHECK(desk.good(eval + name).out == "Carro\n");
    CHECK(desk.good(eval + name + " --form-lang en").out == "Car\n");
    CHECK(desk.run(eval + name + " --form-lang fr").code == 1);
    desk.write("a.json", R"({"has": ["car"], "age": 3})");
    const auto ran = desk.run(eval + "1");
    CHECK(ran.code == 1);
    CHECK(ran.err.find("the form does not ask it now") != std::string::npos);
    desk.write("a.json", R"({"age": -3})");
    CHECK(desk.run(eval + "1").err.find("the form's condition says no") != std::string::npos);
    desk.write("a.json", R"({"agee": 3})");
    CHECK(desk.run(eval + "1").err.find("agee") != std::string::npos);
}

TEST_CASE("JSON says the type of the value and whether it rests on an answer") {
    const Desk desk;
    desk.write("a.json", R"({"age": 17, "no": null})");
    const auto value = [&](const std::string& expression) {
        return nlohmann::json::parse(desk.good("amparo form eval --json --answers a.json \"" + expression + "\"").out,
                                     nullptr, false);
    };
    CHECK(value("\\${age} + 1") == nlohmann::json{{"value", 18}, {"type", "number"}, {"known", true}});
    CHECK(value("\\${no} + 1") == nlohmann::json{{"value", "NaN"}, {"type", "number"}, {"known", false}});
    CHECK(value("\\${age} > 1") == nlohmann::json{{"value", true}, {"type", "boolean"}, {"known", true}});
}

TEST_CASE("a fault is one sentence with its position in characters") {
    const Desk desk;
    desk.write("a.json", R"({"edad": 17})");
    const auto fault = [&](const std::string& expression) {
        const auto ran = desk.run("amparo form eval --answers a.json \"" + expression + "\"");
        INFO(expression << "\n" << ran.err);
        CHECK(ran.code == 1);
        CHECK(ran.out.empty());
        CHECK(test::is_one_sentence(ran.err));
        return ran.err;
    };
    CHECK(fault("1 +").find("Character 4:") != std::string::npos);
    CHECK(fault("\\\"ñandú\\\" = \\${edda}").find("Character 11:") != std::string::npos);
    CHECK(fault("\\${edda}").find("edad") != std::string::npos);
    CHECK(fault("nonsense(1)").find("Character 1:") != std::string::npos);
}

TEST_CASE("on a terminal a caret stands under the fault") {
    const Desk desk;
    desk.write("run", "amparo form eval \"'ñ' + )\"\n");
    const auto ran = desk.run("script -qec \"sh run\" /dev/null");
    INFO(ran.out);
    CHECK(ran.out.find("'ñ' + )\r\n      ^\r\n") != std::string::npos);
}

TEST_CASE("answers that are none are refused whole") {
    const Desk desk;
    for (const auto* text :
         {"", "[]", "{", "{\"a\":{}}", "{\"a\":{\"state\":\"answered\"}}", "{\"a\":[1]}", "{\"a\":{\"state\":1}}",
          "{\"b b\":1}", "{\"\":1}", "{\"a\":\"\\u202e\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\u0000\"}"}) {
        desk.write("a.json", text);
        const auto ran = desk.run("amparo form eval 1 --answers a.json");
        INFO(text << "\n" << ran.err);
        CHECK(ran.code == 1);
        CHECK(ran.out.empty());
        CHECK(test::is_one_sentence(ran.err));
    }
    desk.write("a.json", "{\"a\":" + std::string(200'000, '[') + std::string(200'000, ']') + "}");
    CHECK(desk.run("amparo form eval 1 --answers a.json").code == 1);
    desk.write("a.json", "{\"a\":\"" + std::string(5000, 'x') + "\"}");
    CHECK(desk.run("amparo form eval 1 --answers a.json").err.find("it is too long") != std::string::npos);
    CHECK(desk.run("amparo form eval 1 --answers missing.json").code == 1);
    CHECK(desk.run("amparo form eval 1 --form missing").code == 1);
    CHECK(desk.run("amparo form eval").code == 64);
    CHECK(desk.run("amparo form eval 1 --today tomorrow").code == 64);
    CHECK(desk.run("amparo form eval 1 --today 2026-01-01T25:00").code == 64);
}

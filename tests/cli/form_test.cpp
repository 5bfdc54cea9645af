// amparo form check, import and export.
#include <catch2/catch_all.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/imported.hpp"

using test::Desk;
namespace fs = std::filesystem;

namespace {

const std::string settings = "form_title,form_id,version,default_language\nX,x,1,Español (es)\n";
const std::string faulty =
    "type,name,label::Español (es),label::English (en)\nbarcode,a,A,A\ntext,b b,B,B\nselect_one none,c,C,C\n";
const std::string shipped = AMPARO_SOURCE_DIR "/questionnaires/forms/first-contact";

void make_form(const Desk& desk, const std::string& name, const std::string& survey) {
    fs::create_directory(desk.path() / name);
    desk.write(name + "/survey.csv", survey);
    desk.write(name + "/settings.csv", settings);
}

/// The files of a folder by name.
std::map<std::string, std::string> files_in(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        files[entry.path().filename().string()] = {std::istreambuf_iterator<char>(in), {}};
    }
    return files;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

}  // namespace

TEST_CASE("the shipped questionnaire has no faults") {
    const Desk desk;
    desk.good("amparo form check " + shipped);
}

TEST_CASE("every fault is named with its sheet and row") {
    const Desk desk;
    make_form(desk, "form", faulty);
    const auto ran = desk.run("amparo form check form");
    CHECK(ran.code == 1);
    CHECK(ran.out.find("fault: survey row 3, column name: ") != std::string::npos);
    CHECK(test::is_one_sentence(ran.err));
    CHECK(desk.run("amparo form check form --lang es").out.find("falla: survey fila 3, columna name: ") !=
          std::string::npos);
    const auto as_json = nlohmann::json::parse(desk.run("amparo form check form --json").out, nullptr, false);
    REQUIRE(as_json.is_array());
    CHECK(as_json.size() >= 3);
    CHECK(as_json[0]["sheet"] == "survey");
    CHECK(as_json[0]["row"] == 2);
    CHECK_FALSE(as_json[0].contains("cell"));
}

TEST_CASE("in a spreadsheet every fault is named with its cell") {
    const Desk desk;
    make_form(desk, "form", faulty);
    desk.good("amparo form export form form.xlsx");
    const auto ran = desk.run("amparo form check form.xlsx");
    CHECK(ran.code == 1);
    CHECK(ran.out.find("fault: survey!A2: ") != std::string::npos);
    CHECK(ran.out.find("fault: survey!B3: ") != std::string::npos);
    CHECK(ran.out.find("fault: survey!A4: ") != std::string::npos);
    const auto as_json = nlohmann::json::parse(desk.run("amparo form check form.xlsx --json").out, nullptr, false);
    REQUIRE(as_json.is_array());
    CHECK(as_json[0]["cell"] == "survey!A2");
}

TEST_CASE("what is said of the small forms is said in Spanish too", "[long]") {
    const Desk desk;
    const fs::path root = AMPARO_SOURCE_DIR "/tests/forms/workbooks";
    std::size_t said = 0;
    for (const auto& entry : fs::directory_iterator(root)) {
        auto source = entry.path();
        for (const auto* file : {"form.xlsx", "form.xls", "form.ods"})
            if (fs::exists(entry.path() / file)) source = entry.path() / file;
        const auto english =
            nlohmann::json::parse(desk.run("amparo form check --json " + source.string()).out, nullptr, false);
        const auto spanish = lines_of(desk.run("amparo form check --lang es " + source.string()).out);
        REQUIRE(english.is_array());
        REQUIRE(english.size() <= spanish.size());
        for (std::size_t i = 0; i < english.size(); ++i) {
            INFO(spanish[i] << "\n" << english[i].dump());
            CHECK(spanish[i].find(english[i]["message"].get<std::string>()) == std::string::npos);
            ++said;
        }
    }
    CHECK(said > 120);
}

TEST_CASE("a path that is no questionnaire is said to be none") {
    const Desk desk;
    desk.write("file", "x");
    const auto ran = desk.run("amparo form check file");
    CHECK(ran.code == 1);
    CHECK(ran.out.find("neither a folder of CSV files nor an .xlsx spreadsheet") != std::string::npos);
    CHECK(desk.run("amparo form check missing").code == 1);
    CHECK(desk.run("amparo form check").code == 64);
}

TEST_CASE("a questionnaire that was exported and imported again is the same, byte for byte") {
    const Desk desk;
    desk.good("amparo form export " + shipped + " form.xlsx");
    test::imported(desk, "amparo form import form.xlsx again");
    CHECK(files_in(desk.path() / "again") == files_in(shipped));
    desk.good("amparo form check again");
    desk.good("amparo form export again/ again.xlsx");
    CHECK(desk.read("form.xlsx") == desk.read("again.xlsx"));
}

TEST_CASE("tables beside a spreadsheet are taken in, from the folder that ODK names, or from --media") {
    const Desk desk;
    make_form(desk, "form",
              "type,name,label::Español (es),label::English (en),calculation\n"
              "select_one_from_file towns.csv,t,T,T,\ncalculate,p,,,\"pulldata('people', 'n', 'name', ${t})\"\n");
    desk.good("amparo form export form form.xlsx");
    CHECK(desk.run("amparo form check form.xlsx").out.find("there is no file 'towns.csv'") != std::string::npos);
    fs::create_directory(desk.path() / "form-media");
    fs::create_directory(desk.path() / "elsewhere");
    desk.write("towns.csv", "name,label\ntgu,Tegucigalpa\n");
    desk.write("form-media/people.csv", "name,n\ntgu,1100000\n");
    desk.write("people.csv", "name,n\ntgu,5\n");
    desk.good("amparo form check form.xlsx");
    test::imported(desk, "amparo form import form.xlsx made");
    CHECK(desk.read("made/towns.csv") == "name,label\ntgu,Tegucigalpa\n");
    CHECK(desk.read("made/people.csv") == "name,n\ntgu,1100000\n");
    desk.good("amparo form check made");
    desk.write("elsewhere/people.csv", "name,n\ntgu,7\n");
    test::imported(desk, "amparo form import form.xlsx other --media elsewhere");
    CHECK(desk.read("other/people.csv") == "name,n\ntgu,7\n");
    CHECK(test::is_one_sentence(desk.run("amparo form import form.xlsx third --media nowhere").err));
    desk.write("script",
               "{\"do\": \"answer\", \"node\": \"t\", \"value\": \"tgu\"}\n"
               "{\"do\": \"expect\", \"node\": \"p\", \"value\": \"1100000\"}\n");
    desk.good("amparo form run form.xlsx --script script");
}

TEST_CASE("an imported form is offered without what identifies a person, and says so") {
    const Desk desk;
    make_form(desk, "form",
              "type,name,label::Español (es),label::English (en),note\ndeviceid,d,,,\ntext,b,B,B,mine\n"
              "geopoint,c,C,C,\n");
    desk.good("amparo form export form form.xlsx");
    const auto ran = test::imported(desk, "amparo form import form.xlsx offered/");
    CHECK(ran.out.find("survey!A2: ") != std::string::npos);
    CHECK(ran.out.find("survey!A4: ") != std::string::npos);
    CHECK(desk.read("offered/survey.csv") ==
          "type,name,label::Español (es),label::English (en),note\ntext,b,B,B,mine\n");
}

TEST_CASE("what is there already is never replaced") {
    const Desk desk;
    make_form(desk, "form", "type,name,label::Español (es),label::English (en)\ntext,a,A,A\n");
    desk.good("amparo form export form form.xlsx");
    const auto before = desk.read("form.xlsx");
    CHECK(desk.run("amparo form export form form.xlsx").code == 1);
    CHECK(desk.read("form.xlsx") == before);
    fs::create_directory(desk.path() / "made");
    CHECK(desk.run("amparo form import form.xlsx made").code == 1);
    CHECK(fs::is_empty(desk.path() / "made"));
}

TEST_CASE("import and export say what they need") {
    const Desk desk;
    for (const auto* line : {"amparo form import", "amparo form import a.xlsx", "amparo form export",
                             "amparo form export a", "amparo form export a b c"})
        CHECK(desk.run(line).code == 64);
    for (const auto* line : {"amparo form import missing.xlsx made", "amparo form export missing made.xlsx"}) {
        const auto ran = desk.run(line);
        CHECK(ran.code == 1);
        CHECK(test::is_one_sentence(ran.err));
    }
    CHECK(desk.names().empty());
}

// amparo form import: whatever can be read becomes a folder, and what it takes to finish it is named.
#include <catch2/catch_all.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/imported.hpp"

using test::Desk;
namespace fs = std::filesystem;

namespace {

/// A spreadsheet "form.xlsx" of these sheets; an empty text is no sheet.
void make_spreadsheet(const Desk& desk, const std::string& survey, const std::string& settings = {},
                      const std::string& choices = {}) {
    fs::create_directory(desk.path() / "sheets");
    desk.write("sheets/survey.csv", survey);
    if (!settings.empty()) desk.write("sheets/settings.csv", settings);
    if (!choices.empty()) desk.write("sheets/choices.csv", choices);
    desk.good("amparo form export sheets form.xlsx");
    fs::remove_all(desk.path() / "sheets");
}

const std::string plain_settings = "form_id,version,default_language\nx,1,Español (es)\n";

}  // namespace

TEST_CASE("a form with faults becomes a folder, and what is to finish is named by its cell") {
    const Desk desk;
    make_spreadsheet(desk,
                     "type,name,label::Español (es),label::English (en),relevant\ntext,a,A,,\ntext,a,B,B,\n"
                     "hologram,c,C,C,\ntext,d,D,D,${nobody} = 1\n",
                     plain_settings);
    const auto ran = test::imported(desk, "amparo form import form.xlsx made");
    for (const auto* words : {"to finish: survey!D2: the label is missing in English",
                              "to finish: survey!B3: ", "to finish: survey!A4: there is no type 'hologram'",
                              "to finish: survey!E5: ", "4 things are to finish"}) {
        INFO(ran.out);
        CHECK(ran.out.find(words) != std::string::npos);
    }
    CHECK(desk.read("made/survey.csv").find("\nhologram,c,C,C,\n") != std::string::npos);
    const auto checked = desk.run("amparo form check made");
    CHECK(checked.code == 1);
    CHECK(checked.err.find("4 faults") != std::string::npos);
    CHECK(test::imported(desk, "amparo form import form.xlsx again --lang es")
              .out.find("por terminar: survey!D2: falta label") != std::string::npos);
}

TEST_CASE("a form without faults is ready") {
    const Desk desk;
    make_spreadsheet(desk, "type,name,label\ntext,a,A\n", "form_id\n2024\n");
    const auto ran = test::imported(desk, "amparo form import form.xlsx made");
    CHECK(ran.out == "The questionnaire is in made and ready.\n");
    desk.good("amparo form check made");
    CHECK(desk.read("made/settings.csv") == "form_id\n2024\n");
}

TEST_CASE("cells that a spreadsheet program would carry out are counted, and stay the text they are") {
    const Desk desk;
    make_spreadsheet(desk,
                     "type,name,label\ntext,a,\"=HYPERLINK(\"\"http://x\"\")\"\ntext,b,+cmd|' /C calc'!A0\n"
                     "text,c,@SUM(1)\ntext,d,-7\ntext,e,A = B\n",
                     plain_settings);
    const auto ran = test::imported(desk, "amparo form import form.xlsx made --lang en");
    INFO(ran.out);
    CHECK(ran.out.find("3 cells begin as formulas do") != std::string::npos);
    CHECK(desk.read("made/survey.csv").find("+cmd|' /C calc'!A0") != std::string::npos);
    CHECK(test::imported(desk, "amparo form import form.xlsx made2 --json").out.find("\"formula_cells\": 3") !=
          std::string::npos);
    CHECK(test::imported(desk, "amparo form import form.xlsx made3 --lang es").out.find("3 celdas") !=
          std::string::npos);
}

TEST_CASE("only what is no workbook leaves nothing behind") {
    const Desk desk;
    desk.write("broken.xlsx", "PK\x03\x04");
    desk.write("text.xlsx", "type,name\n");
    const auto before = desk.names();
    for (const auto* file : {"broken.xlsx", "text.xlsx"}) {
        const auto ran = desk.run(std::string("amparo form import ") + file + " made");
        CHECK(ran.code == 1);
        CHECK(ran.err.find("nothing was written") != std::string::npos);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.out.find("fault: ") == 0);
    }
    CHECK(desk.names() == before);
}

TEST_CASE("a refused row that nothing speaks of goes, another stays as an empty value, and all is named") {
    const Desk desk;
    make_spreadsheet(
        desk, "type,name,label,relevant\nphonenumber,phone,,\ngeopoint,gps,Where,\nnote,n,At ${gps},${gps} != ''\n",
        "form_id\nx\n");
    const auto ran = test::imported(desk, "amparo form import form.xlsx made");
    for (const auto* words :
         {"left out: survey!A2: ", "left out: survey!A3: ", "left out: survey!C4: this speaks of 'gps'",
          "left out: survey!D4: this speaks of 'gps'", "and ready."}) {
        INFO(ran.out);
        CHECK(ran.out.find(words) != std::string::npos);
    }
    CHECK(desk.read("made/survey.csv") == "type,name,label,relevant\nhidden,gps,,\nnote,n,At ${gps},${gps} != ''\n");
    desk.good("amparo form check made");
}

TEST_CASE("a form that gives no id is called as its file, in import, check and the folder") {
    const Desk desk;
    make_spreadsheet(desk, "type,name,label\ntext,a,A\n", "version\nvAbC\n");
    fs::rename(desk.path() / "form.xlsx", desk.path() / "Encuesta 2.0.xlsx");
    desk.good("amparo form check \"Encuesta 2.0.xlsx\"");
    const auto ran = test::imported(desk, "amparo form import \"Encuesta 2.0.xlsx\" made");
    CHECK(ran.out.find("note: settings!B2: the form has no id; it is called 'Encuesta 2.0', as its file") == 0);
    CHECK(desk.read("made/settings.csv") == "version,form_id\nvAbC,Encuesta 2.0\n");
    test::imported(desk, "amparo form import \"Encuesta 2.0.xlsx\" other --id first-visit");
    CHECK(desk.read("other/settings.csv") == "version,form_id\nvAbC,first-visit\n");
}

TEST_CASE("languages are finished on the command line") {
    const Desk desk;
    make_spreadsheet(desk, "type,name,label,label::Español (es),hint\ntext,a,One,Uno,help\n", "form_id\nx\n");
    CHECK(test::imported(desk, "amparo form import form.xlsx a").out.find("to finish: survey!5") == std::string::npos);
    const auto named = test::imported(desk, "amparo form import form.xlsx b --default-language \"English (en)\"");
    CHECK(named.out.find("the hint is missing in Español") != std::string::npos);
    const auto spanish = test::imported(desk, "amparo form import form.xlsx c --languages es");
    CHECK(spanish.out.find("and ready.") != std::string::npos);
    CHECK(desk.read("c/survey.csv") == "type,name,label::Español (es)\ntext,a,Uno\n");
    desk.good("amparo form check c");
    test::imported(desk, "amparo form import form.xlsx d --default-language \"English (en)\" --languages en");
    CHECK(desk.read("d/survey.csv") == "type,name,label,hint\ntext,a,One,help\n");
    const auto wrong = desk.run("amparo form import form.xlsx e --languages pt");
    CHECK(wrong.code == 64);
    CHECK(wrong.err.find("es") != std::string::npos);
    CHECK_FALSE(fs::exists(desk.path() / "e"));
}

TEST_CASE("the report of an import has three parts for programs as well") {
    const Desk desk;
    make_spreadsheet(desk, "type,name,label,notes\ndeviceid,d,,\ntext,b b,B,x\n");
    const auto report =
        nlohmann::json::parse(test::imported(desk, "amparo form import form.xlsx made --json").out, nullptr, false);
    REQUIRE(report.is_object());
    CHECK(report["folder"] == "made");
    CHECK(report["ready"] == false);
    CHECK(report["left_out"][0]["cell"] == "survey!A2");
    CHECK(report["notes"].size() == 2);
    CHECK(report["to_finish"][0]["cell"] == "survey!B3");
    CHECK(report["to_finish"][0]["row"] == 3);
    CHECK(report["to_finish"][0]["column"] == "name");
}

TEST_CASE("when there are many faults, each kind is shown and the rest is counted") {
    const Desk desk;
    std::string survey = "type,name,label,relevant\n";
    for (int i = 0; i < 300; ++i) survey += "text,q" + std::to_string(i) + ",,\n";
    survey += "text,last,L,${nobody} = 1\n";
    make_spreadsheet(desk, survey, "form_id\nx\n");
    const auto ran = desk.run("amparo form check form.xlsx");
    CHECK(ran.code == 1);
    CHECK(ran.out.find("survey!D302: ") != std::string::npos);
    CHECK(ran.out.find("\n280 more like these") != std::string::npos);
    CHECK(ran.err.find("301 faults") != std::string::npos);
    CHECK(nlohmann::json::parse(desk.run("amparo form check form.xlsx --json").out).size() == 301);
    CHECK(test::imported(desk, "amparo form import form.xlsx made").out.find("301 things are to finish") !=
          std::string::npos);
}

TEST_CASE("a form as KoboToolbox downloads it is taken as it is and keeps every cell") {
    const Desk desk;
    const std::string survey =
        "type,name,label::English (en),label::Español (es),hint::English (en),hint::Español (es),required,relevant,"
        "appearance,parameters,$given_name,calculation,media::image,kuid\n"
        "start,start,,,,,,,,,,,,k1\n"
        "end,end,,,,,,,,,,,,k2\n"
        "begin_group,case,Case,Caso,,,,,field-list,,,,,k3\n"
        "text,caseId,Case ID,Id. del caso,,,TRUE,,,,,,,k4\n"
        "select_one yes_no,hadContract,Contract?,¿Contrato?,If any,Si hubo,FALSE,${caseId} != '',horizontal,,,,,k5\n"
        "select_multiple means,means,Means,Medios,,,,${hadContract} = 'no',,randomize=true,,,,k6\n"
        "calculate,__version__,,,,,,,,,,'vAbC',,k7\n"
        "end_group,,,,,,,,,,,,,k8\n";
    const std::string choices =
        "list_name,name,label::English (en),label::Español (es),$kuid\nyes_no,yes,Yes,Sí,c1\nyes_no,no,No,No,c2\n"
        "means,debt,Debt,Deuda,c3\nmeans,threat,Threats,Amenazas,c4\n";
    make_spreadsheet(desk, survey, "version\nvAbC\n", choices);
    CHECK(test::imported(desk, "amparo form import form.xlsx made").out.find("and ready.") != std::string::npos);
    CHECK(desk.read("made/survey.csv") == survey);
    CHECK(desk.read("made/choices.csv") == choices);
    CHECK(desk.read("made/settings.csv") == "version,form_id\nvAbC,form\n");
    desk.good("amparo form export made again.xlsx");
    test::imported(desk, "amparo form import again.xlsx twice");
    CHECK(desk.read("twice/survey.csv") == survey);
    CHECK(desk.read("twice/choices.csv") == choices);
}

TEST_CASE("whatever a cell holds, it is there after import, export and import again") {
    const Desk desk;
    const std::string odd = GENERATE(as<std::string>(), "=1+1", "'quoted", "+50", "-1", "@x", "007", "1e5", "1.50",
                                     "2024-01-31", "TRUE", "3/4", "#1", "a\tb", "two\nlines", "_x000D_", "<b>&amp;</b>",
                                     "niño 😀", "“curly”", "a\u00A0b", "%(label)s", std::string(4'000, 'x'));
    const auto cell = "\"" + odd + "\"";
    const std::string survey = "type,name,label,hint,notes\ntext,a," + cell + "," + cell + "," + cell + "\n";
    const std::string choices = "list_name,name,label,other\nl,x," + cell + "," + cell + "\n";
    make_spreadsheet(desk, survey, "form_id\nx\n", choices);
    test::imported(desk, "amparo form import form.xlsx made");
    desk.good("amparo form export made again.xlsx");
    test::imported(desk, "amparo form import again.xlsx twice");
    for (const auto* sheet : {"survey.csv", "choices.csv", "settings.csv"})
        CHECK(desk.read(std::string("made/") + sheet) == desk.read(std::string("twice/") + sheet));
    CHECK(desk.read("form.xlsx") == desk.read("again.xlsx"));
    CHECK(desk.read("made/survey.csv").find(odd.substr(0, 40)) != std::string::npos);
}

TEST_CASE("a sheet that is larger than a form may have is said in a folder as it is") {
    const Desk desk;
    std::string survey = "type,name,label::Español (es),label::English (en),label::Français (fr)\n";
    const std::string words(500, 'x');
    for (int i = 0; i < 4'000; ++i)
        survey += "text,q" + std::to_string(i) + "," + words + "," + words + "," + words + "\n";
    fs::create_directory(desk.path() / "sheets");
    desk.write("sheets/survey.csv", survey);
    desk.write("sheets/settings.csv", plain_settings);
    CHECK(desk.run("amparo form check sheets").out.find("fault: survey: larger than 4 MiB") == 0);
}

TEST_CASE("a table that cannot be read hides no other fault, in a folder and beside a spreadsheet") {
    const Desk desk;
    fs::create_directory(desk.path() / "sheets");
    desk.write("sheets/survey.csv",
               "type,name,label,relevant\nselect_one_from_file towns.csv,t,T,\ntext,a,A,${nobody} = 1\n");
    desk.write("sheets/settings.csv", "form_id\nx\n");
    desk.good("amparo form export sheets form.xlsx");
    for (const auto* place : {"sheets/towns.csv", "towns.csv"}) desk.write(place, "name,label\n\"a,A\n");
    desk.write("sheets/remarks.csv", "\"never closed\n");
    for (const auto* form : {"sheets", "form.xlsx"}) {
        const auto ran = desk.run(std::string("amparo form check ") + form);
        INFO(ran.out);
        CHECK(ran.code == 1);
        CHECK(ran.out.find("a quotation mark is misplaced") != std::string::npos);
        CHECK(ran.out.find("there is no question named 'nobody'") != std::string::npos);
        CHECK(ran.out.find("there is no file") == std::string::npos);
        CHECK(ran.err.find("2 faults") != std::string::npos);
    }
    CHECK(desk.run("amparo form check sheets").out.find("warning: remarks row 1: this sheet is left out: ") !=
          std::string::npos);
    CHECK(desk.run("amparo form export sheets other.xlsx").code == 1);
    CHECK_FALSE(fs::exists(desk.path() / "other.xlsx"));
    CHECK(test::imported(desk, "amparo form import form.xlsx made").out.find("2 things are to finish") !=
          std::string::npos);
}

TEST_CASE("loops and equal names are written as a form has them, and faults keep the rows of the spreadsheet") {
    const Desk desk;
    make_spreadsheet(desk,
                     "type,name,label,relevant\nbegin loop over l,cars,Cars,\ninteger,n,How many %(label)s?,\n"
                     "text,m,M,${nobody} = 1\nend loop,,,\ntext,z,Z,${nothing} = 1\n",
                     "form_id\nx\n", "list_name,name,label\nl,car,cars\nl,van,vans\n");
    const auto ran = test::imported(desk, "amparo form import form.xlsx made");
    INFO(ran.out);
    CHECK(ran.out.find("note: survey!A2: the loop is written out: a group for each of 2 choices\n") !=
          std::string::npos);
    CHECK(ran.out.find("to finish: survey!D4: ") != std::string::npos);
    CHECK(ran.out.find("to finish: survey!D6: ") != std::string::npos);
    CHECK(ran.out.find("2 things are to finish") != std::string::npos);
    CHECK(desk.read("made/survey.csv").find("integer,van_n,How many vans?,\n") != std::string::npos);
    CHECK(desk.run("amparo form check form.xlsx").out.find("is written out by form import") != std::string::npos);
}

TEST_CASE("a questionnaire that is there goes only when somebody says so, and is never half the old one") {
    const Desk desk;
    make_spreadsheet(desk, "type,name,label\ntext,a,A\n", plain_settings);
    test::imported(desk, "amparo form import form.xlsx made");
    desk.write("made/survey.csv", "type,name,label\ntext,mine,Mine\n");
    desk.write("made/animals.csv", "name,label\ndog,Dog\n");
    const auto names = desk.names();
    const auto ran = desk.run("amparo form import form.xlsx made");
    CHECK(ran.code == 1);
    CHECK(test::is_one_sentence(ran.err));
    CHECK(ran.err.find("--replace") != std::string::npos);
    CHECK(desk.read("made/survey.csv").find("mine") != std::string::npos);
    CHECK(desk.names() == names);
    test::imported(desk, "amparo form import form.xlsx made --replace");
    CHECK(desk.read("made/survey.csv").find("mine") == std::string::npos);
    CHECK_FALSE(desk.has("made/animals.csv"));
    CHECK(desk.names() == names);
}

TEST_CASE("what is no questionnaire is never replaced by one") {
    const Desk desk;
    make_spreadsheet(desk, "type,name,label\ntext,a,A\n", plain_settings);
    fs::create_directory(desk.path() / "mixed");
    desk.write("mixed/survey.csv", "type,name,label\n");
    desk.write("mixed/letter.txt", "x");
    fs::create_directory(desk.path() / "real");
    desk.write("real/survey.csv", "type,name,label\n");
    fs::create_directory_symlink(desk.path() / "real", desk.path() / "link");
    desk.write("file", "x");
    for (const auto* to : {"mixed", "link", "file"}) {
        const auto ran = desk.run(std::string("amparo form import form.xlsx --replace ") + to);
        INFO(to << ran.err);
        CHECK(ran.code == 1);
        CHECK(test::is_one_sentence(ran.err));
    }
    CHECK(desk.has("mixed/letter.txt"));
    CHECK(desk.read("real/survey.csv") == "type,name,label\n");
}

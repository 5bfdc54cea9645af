// Help, languages and command lines that cannot be understood.
#include <catch2/catch_all.hpp>

#include "tests/cli/support.hpp"
#include "tests/support/needs.hpp"

using test::Desk;

TEST_CASE("every command explains itself in both languages") {
    const Desk desk;
    for (const std::string command : {"",
                                      "age",
                                      "age keygen",
                                      "age seal",
                                      "age open",
                                      "sign",
                                      "verify",
                                      "form",
                                      "form check",
                                      "form import",
                                      "form export",
                                      "form eval",
                                      "form run",
                                      "form xform",
                                      "deployment",
                                      "deployment new",
                                      "deployment join",
                                      "deployment enroll",
                                      "deployment recover",
                                      "deployment show",
                                      "deployment coordinator",
                                      "deployment coordinator add",
                                      "deployment coordinator remove",
                                      "deployment coordinator list",
                                      "bundle",
                                      "bundle build",
                                      "bundle show",
                                      "bundle sign",
                                      "bundle diff",
                                      "deployment shares",
                                      "deployment shares make",
                                      "deployment shares check",
                                      "device",
                                      "device recover",
                                      "device export",
                                      "import",
                                      "cases",
                                      "cases list",
                                      "cases show",
                                      "cases held",
                                      "cases confirm-withdrawal",
                                      "cases reject-withdrawal",
                                      "cases confirm-revision",
                                      "cases reject-revision",
                                      "cases unlisted",
                                      "cases quarantine",
                                      "cases erase",
                                      "cases erased",
                                      "cases due",
                                      "cases expire",
                                      "cases log",
                                      "cases note",
                                      "cases assign",
                                      "cases status",
                                      "cases refer",
                                      "cases link",
                                      "cases unlink",
                                      "casebook",
                                      "casebook backup",
                                      "casebook verify",
                                      "casebook restore",
                                      "deployment device",
                                      "deployment device list",
                                      "deployment device revoke",
                                      "deployment device audit"}) {
        const auto english = desk.good("amparo " + command + " --help");
        const auto spanish = desk.good("amparo " + command + " --help --lang es");
        INFO(command << "\n" << english.out);
        CHECK(english.out.find("Usage: amparo " + command) != std::string::npos);
        CHECK(spanish.out.find("Uso: amparo " + command) != std::string::npos);
        for (const auto& text : {english.out, spanish.out}) {
            CHECK(text.find("[cli.") == std::string::npos);
            CHECK(text.find("{{") == std::string::npos);
        }
        CHECK(spanish.out.find("Options") == std::string::npos);
    }
}

TEST_CASE("the language follows the environment unless it is given") {
    const Desk desk;
    CHECK(desk.run("LANG=es_MX.UTF-8 amparo age").err.find("Indique") != std::string::npos);
    CHECK(desk.run("LANG=en_US.UTF-8 amparo age").err.find("Say") != std::string::npos);
    CHECK(desk.run("LC_ALL=es_GT.UTF-8 LANG=en_US.UTF-8 amparo age").err.find("Indique") != std::string::npos);
    CHECK(desk.run("LANG=es_MX.UTF-8 amparo --lang en age").err.find("Say") != std::string::npos);
    CHECK(desk.run("LANG=fr_FR.UTF-8 amparo age").err.find("Say") != std::string::npos);
}

TEST_CASE("a command line that cannot be understood is one sentence and exit code 64") {
    const Desk desk;
    for (const auto* line : {"amparo",
                             "amparo nonsense",
                             "amparo age",
                             "amparo age nonsense",
                             "amparo cases",
                             "amparo age open --nonsense",
                             "amparo import",
                             "amparo deployment new",
                             "amparo device recover",
                             "amparo device export",
                             "amparo age seal -o",
                             "amparo deployment",
                             "amparo deployment shares",
                             "amparo deployment shares make",
                             "amparo deployment shares check",
                             "amparo deployment coordinator",
                             "amparo deployment coordinator add demo",
                             "amparo deployment enroll demo",
                             "amparo casebook",
                             "amparo casebook backup",
                             "amparo casebook backup demo",
                             "amparo casebook verify",
                             "amparo casebook restore",
                             "amparo casebook restore demo"}) {
        const auto ran = desk.run(line);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == 64);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.out.empty());
    }
}

TEST_CASE("the manual names every command and option that help shows") {
    const Desk desk;
    const auto manual = desk.good("cat " AMPARO_SOURCE_DIR "/app/cli/amparo.1").out;
    for (const std::string command : {"age keygen",
                                      "age seal",
                                      "age open",
                                      "sign",
                                      "verify",
                                      "form check",
                                      "form import",
                                      "form export",
                                      "form eval",
                                      "form run",
                                      "form xform",
                                      "deployment new",
                                      "deployment join",
                                      "deployment enroll",
                                      "deployment coordinator add",
                                      "deployment coordinator remove",
                                      "deployment coordinator list",
                                      "bundle build",
                                      "bundle show",
                                      "bundle diff",
                                      "deployment shares make",
                                      "deployment shares check",
                                      "device recover",
                                      "device export",
                                      "import",
                                      "cases list",
                                      "cases show",
                                      "cases held",
                                      "cases confirm-withdrawal",
                                      "cases unlisted",
                                      "cases erase",
                                      "cases erased",
                                      "cases due",
                                      "cases expire",
                                      "cases log",
                                      "cases note",
                                      "cases assign",
                                      "cases status",
                                      "cases refer",
                                      "cases link",
                                      "cases unlink",
                                      "casebook backup",
                                      "casebook verify",
                                      "casebook restore",
                                      "deployment device list",
                                      "deployment device revoke",
                                      "deployment device audit"}) {
        CHECK(manual.find(".Cm " + command) != std::string::npos);
        const auto help = desk.good("amparo " + command + " --help").out;
        for (auto at = help.find(" --"); at != std::string::npos; at = help.find(" --", at + 1)) {
            const auto option = help.substr(at + 3, help.find_first_of(" \n", at + 3) - at - 3);
            INFO(command << " --" << option);
            CHECK(manual.find("Fl -" + option) != std::string::npos);
        }
    }
}

TEST_CASE("the manuals are set without warnings") {
    support::need_programs({"groff"});
    const Desk desk;
    for (const auto* page : {"/app/cli/amparo.1", "/app/kiosk/amparo-kiosk.1"})
        CHECK(desk.good(std::string("groff -mdoc -ww -Tutf8 -z " AMPARO_SOURCE_DIR) + page).err.empty());
}

TEST_CASE("the version is one line") {
    const Desk desk;
    CHECK(desk.good("amparo --version").out.starts_with("amparo "));
}

// Help, languages and command lines that cannot be understood.
#include <catch2/catch_all.hpp>

#include "tests/cli/support.hpp"

using test::Desk;

TEST_CASE("every command explains itself in both languages") {
    const Desk desk;
    for (const std::string command :
         {"", "age", "age keygen", "age seal", "age open", "sign", "verify", "form", "form check", "deployment",
          "deployment new", "import", "cases", "cases list", "cases show"}) {
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
    for (const auto* line :
         {"amparo", "amparo nonsense", "amparo age", "amparo age nonsense", "amparo cases",
          "amparo age open --nonsense", "amparo import", "amparo deployment new", "amparo age seal -o"}) {
        const auto ran = desk.run(line);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == 64);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.out.empty());
    }
}

TEST_CASE("the version is one line") {
    const Desk desk;
    CHECK(desk.good("amparo --version").out.starts_with("amparo "));
}

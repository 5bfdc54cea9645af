// New passphrases: every command that makes keys has them judged, and says what to do.
#include <catch2/catch_all.hpp>

#include "tests/cli/programme_support.hpp"
#include "tests/cli/seat.hpp"
#include "tests/cli/sheets.hpp"

using test::check_refused;
using test::Desk;
using test::ProgrammeDesk;
using test::Seat;

namespace {

constexpr const char* good = "tortuga lluvia ventana martillo cometa";

}  // namespace

TEST_CASE("no command makes keys under a passphrase that is easily guessed") {
    const ProgrammeDesk desk;
    test::keep(desk, "weak", "programa Prueba 2026\n");
    test::keep(desk, "bad", "tortuga lluvia ventana \xF1 martillo\n");
    const auto before = desk.names();
    for (const std::string file : {"weak", "bad"})
        for (const std::string line :
             {"amparo deployment new casa --name Prueba", "amparo deployment recover demo back",
              "amparo deployment join mine --name Prueba --deployment demo/keys/deployment.pub",
              "amparo age keygen -o id"}) {
            const auto ran = desk.run(line + " --passphrase-file " + file);
            INFO(line);
            check_refused(ran);
            CHECK((ran.err.find("words") != std::string::npos || ran.err.find("UTF-8") != std::string::npos));
            CHECK(desk.names() == before);
        }
}

TEST_CASE("what is wrong with a passphrase is said in both languages, with the names that are around") {
    const ProgrammeDesk desk;
    test::keep(desk, "named", "Casa Refugio Norteña\n");
    const std::string line = "amparo deployment new casa --coordinator Norteña --name \"Casa Refugio\" ";
    CHECK(desk.run(line + "--passphrase-file named").err.find("names that are tried first") != std::string::npos);
    CHECK(desk.run(line + "--lang es --passphrase-file named").err.find("nombres que se prueban primero") !=
          std::string::npos);
    test::keep(desk, "short", "corta\n");
    CHECK(desk.run("amparo age keygen -o id --passphrase-file short").err.find("at least 16 characters") !=
          std::string::npos);
    CHECK_FALSE(desk.has("id"));
}

TEST_CASE("on a terminal a passphrase is explained, asked for until it holds and is the same twice, and never shown",
          "[long]") {
    const Desk desk;
    Seat seat(desk, {"amparo", "age", "keygen", "-p", "-o", "id"});
    seat.wait_for("nobody can give it back");
    seat.wait_for("New passphrase:");
    seat.type("aaaaaaaaaaaaaaaaaaaa");
    seat.wait_for("it says the same again");
    seat.wait_for("New passphrase:");
    seat.type(good);
    seat.wait_for("again:");
    seat.type("tortuga lluvia ventana martillo comtea");
    seat.wait_for("differ");
    seat.wait_for("New passphrase:");
    seat.type(good);
    seat.wait_for("again:");
    seat.type(good);
    CHECK(seat.end() == 0);
    CHECK(seat.shown().find("aaaa") == std::string::npos);
    CHECK(seat.shown().find("tortuga") == std::string::npos);
    CHECK(desk.read("id").find("AGE-SECRET") == std::string::npos);
}

TEST_CASE("who gives no passphrase on a terminal makes nothing") {
    const Desk desk;
    Seat seat(desk, {"amparo", "age", "keygen", "-p", "-o", "id"});
    seat.wait_for("New passphrase:");
    seat.type("");
    seat.wait_for("There is no passphrase; write one");
    CHECK(seat.end() == 1);
    CHECK_FALSE(desk.has("id"));
}

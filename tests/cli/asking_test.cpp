// What no option says is asked for on a terminal, and without one the command says which option it is.
#include <catch2/catch_all.hpp>

#include "app/exchange/bundle_parts.hpp"
#include "tests/cli/programme_support.hpp"
#include "tests/cli/seat.hpp"
#include "tests/cli/sheets.hpp"

using test::check_refused;
using test::Desk;
using test::ProgrammeDesk;
using test::Seat;

TEST_CASE("a new programme asks for its name and its first coordinator", "[long]") {
    const Desk desk;
    test::keep(desk, "phrase", test::passphrase_line);
    Seat seat(desk, {"amparo", "deployment", "new", "casa", "--passphrase-file", "phrase", "--lang", "es"});
    seat.wait_for("programa:");
    seat.type("Casa Ñandú");
    seat.wait_for("coordinadora:");
    seat.type("Norte");
    REQUIRE(seat.end() == 0);
    CHECK(desk.read("casa/content/recipients.txt").starts_with("# coordinator Norte\n"));
    CHECK(desk.good("amparo deployment show casa").out.starts_with("Casa Ñandú\n"));
}

TEST_CASE("who takes somebody out is asked whom, and how many sheets there are is asked for") {
    const ProgrammeDesk desk;
    REQUIRE(desk.add(test::NewCoordinator().request("Norte")).code == 0);
    Seat removing(desk, {"amparo", "deployment", "coordinator", "remove", "demo"});
    removing.wait_for("Who is taken out?");
    removing.type("Norte");
    removing.wait_for("Write yes:");
    removing.type("yes");
    CHECK(removing.end() == 0);
    CHECK(desk.people().find("Norte") == std::string::npos);
    Seat making(desk, {"amparo", "deployment", "shares", "make", "demo", "sheets"});
    making.wait_for("How many sheets");
    making.type("5");
    making.wait_for("How many of them");
    making.type("");
    CHECK(making.end() == 0);
    CHECK(desk.has("sheets/sheet-5.svg"));
}

TEST_CASE("without a terminal the option that is missing is named, and an empty answer makes nothing") {
    const ProgrammeDesk desk;
    const auto unnamed = desk.run("amparo deployment new casa --demo");
    check_refused(unnamed, 64);
    CHECK(unnamed.err.find("--name") != std::string::npos);
    check_refused(desk.run("amparo deployment coordinator remove demo"), 64);
    Seat seat(desk, {"amparo", "deployment", "new", "casa", "--demo"});
    seat.wait_for("programme:");
    seat.type("");
    CHECK(seat.end() == 64);
    CHECK_FALSE(desk.has("casa"));
}

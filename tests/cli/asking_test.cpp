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

TEST_CASE("whether a machine is to take deliveries in is asked as of a machine, and no is no") {
    const ProgrammeDesk desk;
    const auto made = desk.good("amparo age keygen").out;
    const auto recipient = made.substr(made.find("age1"), 62);
    Seat refusing(desk, {"amparo", "deployment", "intake", "add", "demo", "Entrada", recipient});
    refusing.wait_for("Let it? Type yes:");
    refusing.type("no");
    CHECK(refusing.end() == 1);
    desk.good("amparo deployment intake add demo Entrada " + recipient + " --yes");
    Seat removing(desk, {"amparo", "deployment", "intake", "remove", "demo"});
    removing.wait_for("Take it out? Type yes:");
    removing.type("yes");
    CHECK(removing.end() == 0);
    check_refused(desk.run("amparo deployment intake remove demo --yes"));  // there is none
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

TEST_CASE("the folder and the request that a command needs are asked for, also as they are dragged into the window") {
    const ProgrammeDesk desk;
    std::filesystem::create_directory(desk.path() / "a stick");
    desk.write("a stick/coordinator.request", test::NewCoordinator().request("Norte"));
    Seat seat(desk, {"amparo", "deployment", "coordinator", "add"});
    seat.wait_for("an empty line stops");
    seat.wait_for("folder of the programme");
    seat.type(" demo ");
    seat.wait_for("coordinator.request:");
    seat.type("'" + (desk.path() / "a stick/coordinator.request").string() + "' ");
    seat.wait_for("asks to be a coordinator");
    seat.wait_for("Write yes:");
    seat.type("yes");
    CHECK(seat.end() == 0);
    CHECK(desk.recipients().back().label == "Norte");
}

TEST_CASE("whoever joins is asked for the folder, the programme's key and a name", "[long]") {
    const ProgrammeDesk desk;
    test::keep(desk, "phrase", test::passphrase_line);
    Seat seat(desk, {"amparo", "deployment", "join", "--passphrase-file", "phrase", "--lang", "es"});
    seat.wait_for("sus llaves y casos");
    seat.type("mine");
    seat.wait_for("deployment.pub");
    seat.type("demo/keys/deployment.pub");
    seat.wait_for("Su nombre");
    seat.type("Norte");
    CHECK(seat.end() == 0);
    CHECK(desk.has("mine/coordinator.request"));
}

TEST_CASE("a casebook and a batch are asked for, and reach no further than what was answered") {
    const ProgrammeDesk desk;
    Seat listing(desk, {"amparo", "cases", "list"});
    listing.wait_for("cases.db in the folder");
    listing.type("demo/casebook/cases.db");
    CHECK(listing.end() == 0);
    Seat taking(desk, {"amparo", "import"});
    taking.wait_for("b-");
    taking.type("demo/outbox/none.age");
    taking.wait_for("The casebook");
    taking.type("");
    CHECK(taking.end() == 64);
}

TEST_CASE("an empty answer, and nobody to ask, end with what is missing") {
    const ProgrammeDesk desk;
    Seat seat(desk, {"amparo", "deployment", "enroll", "demo"});
    seat.wait_for(".amparo-request:");
    seat.type("");
    seat.wait_for("Name the folder of the programme, and the request.");
    CHECK(seat.end() == 64);
    for (const auto* line : {"deployment new",
                             "deployment join",
                             "deployment enroll",
                             "deployment coordinator add",
                             "deployment coordinator remove",
                             "deployment coordinator list",
                             "deployment show",
                             "deployment recover",
                             "deployment shares make",
                             "deployment shares check",
                             "bundle build",
                             "bundle sign",
                             "bundle show",
                             "bundle diff",
                             "device recover",
                             "device export",
                             "import",
                             "cases list",
                             "cases held",
                             "cases erased"}) {
        INFO(line);
        const auto ran = desk.run(std::string("amparo ") + line);
        check_refused(ran, 64);
        CHECK(ran.err.find("needs files") == std::string::npos);
    }
}

TEST_CASE("each command of programmes, bundles, devices and cases asks for all that it cannot do without") {
    const ProgrammeDesk desk;
    const std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> all{
        {{"deployment", "new", "--demo", "--name", "x"}, {"must not exist"}},
        {{"deployment", "enroll"}, {"folder of the programme", ".amparo-request:"}},
        {{"deployment", "coordinator", "remove"}, {"folder of the programme"}},
        {{"deployment", "coordinator", "list"}, {"folder of the programme"}},
        {{"deployment", "show"}, {"folder of the programme"}},
        {{"deployment", "recover"}, {"folder of the programme", "given back"}},
        {{"deployment", "shares", "make"}, {"folder of the programme", "for the sheets"}},
        {{"deployment", "shares", "check"}, {"folder of the programme"}},
        {{"bundle", "build"}, {"folder of the programme"}},
        {{"bundle", "sign"}, {"folder of the programme", "draft"}},
        {{"bundle", "show"}, {"The bundle", "deployment.pub"}},
        {{"bundle", "diff"}, {"The bundle before", "The bundle,", "deployment.pub"}},
        {{"device", "recover"}, {"data folder", "The casebook"}},
        {{"device", "export"}, {"data folder", "comes out", "The casebook"}},
    };
    for (const auto& [command, questions] : all) {
        std::vector<std::string> words{"amparo"};
        words.insert(words.end(), command.begin(), command.end());
        INFO(command.front() << " " << command[1]);
        Seat seat(desk, words);
        for (std::size_t i = 0; i < questions.size(); ++i) {
            seat.wait_for(questions[i]);
            seat.type(i + 1 < questions.size() ? "nothing-there" : "");
        }
        CHECK(seat.end() != 0);
    }
    Seat named(desk, {"amparo", "device", "export", "--sealed", "--state", "demo/kiosk", "--to", "."});
    CHECK(named.end() == 64);  // an identity is missing, which is an option of scripts too
    CHECK(named.shown().find("The casebook") == std::string::npos);
}

TEST_CASE("who stops at a question makes nothing, and the terminal shows what is typed again") {
    const Desk desk;
    const std::string interrupt("\x03");
    Seat folder(desk, {"amparo", "deployment", "new"});
    folder.wait_for("must not exist yet:");
    CHECK(folder.echoes());
    folder.type(interrupt);
    CHECK(folder.end() == 1);
    CHECK(folder.shown().find("amparo: Stopped") != std::string::npos);
    for (const std::string question : {"New passphrase:", "again:"}) {
        Seat secret(desk, {"amparo", "age", "keygen", "-p", "-o", "id"});
        secret.wait_for("New passphrase:");
        CHECK_FALSE(secret.echoes());
        if (question == "again:") {
            secret.type(test::passphrase_line.substr(0, test::passphrase_line.size() - 1));
            secret.wait_for(question);
            CHECK_FALSE(secret.echoes());
        }
        secret.type(interrupt);
        CHECK(secret.end() == 1);
        CHECK(secret.echoes());
        CHECK(secret.shown().find("tortuga") == std::string::npos);
    }
    CHECK(desk.names().empty());
}

TEST_CASE("a terminal that would show a passphrase is asked for none") {
    const Desk desk;
    Seat seat(desk, {"amparo", "age", "keygen", "-p", "-o", "id"}, AMPARO_LOUD_TERMINAL);
    seat.wait_for("would show what you type");
    CHECK(seat.end() == 1);
    CHECK(seat.shown().find("New passphrase:") == std::string::npos);
    CHECK_FALSE(desk.has("id"));
}

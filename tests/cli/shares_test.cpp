// amparo deployment shares: the recovery key on paper, made and read back.
#include <sys/stat.h>

#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/seat.hpp"
#include "tests/cli/sheets.hpp"

using test::Desk;
using test::keep;
using test::make_line;
using test::make_set;
using test::rows_of;
using test::Seat;
using test::words_on;

namespace {

const std::string check_demo = "amparo deployment shares check demo ";

}  // namespace

TEST_CASE("a set of sheets is made, and counts once enough of them were read back") {
    const Desk desk;
    desk.take_programme("demo", "Prueba");
    const auto made = desk.good(make_line("demo", "sheets"));
    CHECK(made.out.find("until then they do not count") != std::string::npos);
    for (const auto* sheet : {"sheets", "sheets/sheet-1.svg", "sheets/sheet-2.svg", "sheets/sheet-3.svg"}) {
        struct stat status {};
        REQUIRE(::stat((desk.path() / sheet).c_str(), &status) == 0);
        CHECK((status.st_mode & 077) == 0);
    }
    CHECK_FALSE(desk.has("sheets/sheet-4.svg"));
    for (const auto* n : {"1", "2", "3"})
        keep(desk, std::string("typed-") + n, words_on(desk, std::string("sheets/sheet-") + n + ".svg"));
    const auto one = desk.run(check_demo + "typed-2");
    CHECK(one.code == 1);
    CHECK(one.err == "amparo: 1 more sheet is needed; the set does not count yet.\n");
    const auto two = desk.good(check_demo + "typed-3 typed-1");
    CHECK(two.out.find("counts as made: parts 1, 3 were read back") != std::string::npos);
    const auto json = nlohmann::json::parse(desk.good(check_demo + "--json typed-1 typed-2 typed-3").out);
    CHECK(json.at("verified") == std::vector<int>{1, 2, 3});
    CHECK(json.at("complete") == true);
    CHECK(json.at("needed") == 2);
}

TEST_CASE("sheets are in the language of the command, and the numbers are chosen") {
    const Desk desk;
    desk.take_programme("demo", "Prueba");
    desk.good(make_line("demo", "hojas") + " --lang es --needed 3 --sheets 5");
    const auto page = desk.read("hojas/sheet-5.svg");
    CHECK(page.find("parte 5 de 5") != std::string::npos);
    CHECK(page.find("Prueba") != std::string::npos);
    for (const auto* numbers :
         {" --needed 1", " --needed 4", " --needed 11 --sheets 11", " --sheets 1", " --needed x"}) {
        const auto ran = desk.run(make_line("demo", "other") + numbers);
        INFO(numbers << ran.err);
        CHECK(ran.code == 64);
        CHECK_FALSE(desk.has("other"));
    }
}

TEST_CASE("a sheet that is wrong, mixed, doubled or of elsewhere is named, each in a sentence of its own") {
    const Desk desk;
    desk.take_programme("demo", "Prueba");
    desk.take_programme("other", "Otro");
    make_set(desk, "demo", "first");
    make_set(desk, "demo", "second");
    make_set(desk, "other", "foreign");
    const auto words = desk.read("first-1");
    keep(desk, "cut", words.substr(0, words.rfind(' ', words.size() - 2)));
    keep(desk, "unknown", "zebra" + words.substr(words.find(' ')));
    keep(desk, "doubled", words + words);
    keep(desk, "empty", "\n");
    keep(desk, "code", "AMPARO-SHARE-1ZY3SZH4PP008EK77YEZXCC07");
    const auto refused = [&](const std::string& files, const std::string& sentence) {
        const auto ran = desk.run(check_demo + files);
        INFO(files << "\n" << ran.err);
        CHECK(ran.code == 1);
        CHECK(ran.out.empty());
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.err.find(sentence) != std::string::npos);
    };
    refused("first-1 second-2", "second-2 is of another set, ");
    refused("foreign-1", "foreign-1 is of another programme, whose words begin ");
    refused("first-1 first-1", "first-1 is a sheet that was read already");
    refused("cut", "cut ends before word 6 of row 10");
    refused("unknown", "Word 1 of row 1 of unknown is not in the list");
    refused("doubled", "doubled holds more than one share");
    refused("empty", "empty holds no share");
    refused("code", "The code in code is cut or changed");
    refused("demo", "demo");
    desk.good(check_demo + "first-1 /dev/stdin < first-3");
}

TEST_CASE("no other identity than the recovery one is split, and nothing is written over or left half made") {
    const Desk desk;
    desk.take_programme("demo", "Prueba");
    const auto coordinator = desk.run(make_line("demo", "sheets") + " -i demo/keys/coordinator.identity");
    CHECK(coordinator.code == 2);
    CHECK(coordinator.err.find("does not hold the recovery identity") != std::string::npos);
    desk.take_programme("other", "Otro");
    CHECK(desk.run(make_line("demo", "sheets") + " -i other/keys/recovery.identity").code == 2);
    CHECK_FALSE(desk.has("sheets"));
    std::filesystem::create_directory(desk.path() / "sheets");
    const auto there = desk.run(make_line("demo", "sheets"));
    CHECK(there.code == 1);
    CHECK(std::filesystem::is_empty(desk.path() / "sheets"));
    for (const auto& name : desk.names()) CHECK(name.find("unfinished") == std::string::npos);
}

TEST_CASE("without files and without a terminal nobody is asked") {
    const Desk desk;
    desk.take_programme("demo", "Prueba");
    const auto ran = desk.run(check_demo);
    CHECK(ran.code == 64);
    CHECK(test::is_one_sentence(ran.err));
    CHECK(ran.err.find("name the files") != std::string::npos);
}

TEST_CASE("on a terminal sheets are asked for row by row, a wrong row again, and no word is shown") {
    const Desk desk;
    desk.take_programme("demo", "Prueba");
    make_set(desk, "demo", "first");
    make_set(desk, "demo", "second");
    Seat seat(desk, {"amparo", "deployment", "shares", "check", "demo"});
    const auto type_sheet = [&](const std::string& name, int wrong_row) {
        const auto rows = rows_of(desk.read(name));
        REQUIRE(rows.size() == 10);
        for (int row = 1; row <= 10; ++row) {
            const auto asked = "Row " + std::to_string(row) + ": ";
            seat.wait_for(asked);
            if (row == wrong_row) {
                seat.type("zebra " + rows[static_cast<std::size_t>(row) - 1]);
                seat.wait_for("Word 1 of row " + std::to_string(row) + " of the typed sheet");
                seat.wait_for(asked);
            }
            seat.type(rows[static_cast<std::size_t>(row) - 1]);
        }
    };
    type_sheet("first-1", 4);
    type_sheet("second-2", 0);
    seat.wait_for("is of another set");
    type_sheet("first-3", 10);
    CHECK(seat.end() == 0);
    CHECK(seat.shown().find("counts as made: parts 1, 3") != std::string::npos);
    for (const auto* sheet : {"first-1", "first-3"})
        for (const auto& row : rows_of(desk.read(sheet))) CHECK(seat.shown().find(row) == std::string::npos);
}

// A device that was lost is revoked by a person who was told what that means, and what import does then.
#include <algorithm>
#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/desk_demo.hpp"
#include "tests/cli/seat.hpp"

using nlohmann::json;
using test::DeskDemo;
using test::Seat;

namespace {

const std::string list = "amparo deployment device list demo --json";
const std::string into = " --casebook demo/casebook/cases.db";

}  // namespace

TEST_CASE("who revokes a device on a terminal is asked which, told what it means, and may still leave it") {
    const DeskDemo demo;
    demo.good("amparo import " + demo.send("radio-hotel-canal-482", "strong") + into);
    const auto id = json::parse(demo.good(list).out)[0]["device"].get<std::string>();
    for (const std::string answer : {"no", "yes"}) {
        Seat seat(demo, {"amparo", "deployment", "device", "revoke", "demo"});
        seat.wait_for("Which device?");
        seat.type(id.substr(0, 6));
        seat.wait_for("what it sent before stays");
        seat.wait_for("each coordinator revokes it in their own");
        seat.wait_for("Write yes:");
        seat.type(answer);
        CHECK(seat.end() == (answer == "yes" ? 0 : 1));
        CHECK(json::parse(demo.good(list).out)[0]["revoked"] == (answer == "yes"));
    }
    const auto batch = demo.send("hotel-radio-canal-100", "some");
    CHECK(demo.run("amparo import " + batch + into).code == 1);
    Seat back(demo, {"amparo", "deployment", "device", "revoke", "demo", "--undo", id});
    back.wait_for("where it was meanwhile");
    back.wait_for("Write yes:");
    back.type("yes");
    CHECK(back.end() == 0);
    demo.good("amparo import " + batch + into);
}

TEST_CASE("a script that does not say yes revokes nothing") {
    const DeskDemo demo;
    const std::string id(32, 'f');
    const auto ran = demo.run("amparo deployment device revoke demo " + id);
    CHECK(ran.code == 64);
    CHECK(ran.err.find("--yes") != std::string::npos);
    CHECK(json::parse(demo.good(list).out).empty());
    CHECK(demo.run("amparo deployment device revoke demo --yes").code == 64);
    CHECK(demo.run("amparo deployment device list nowhere").code == 1);
}

// A device that was lost is revoked by a person who was told what that means, and what import does then.
#include <algorithm>
#include <catch2/catch_all.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/desk_demo.hpp"
#include "tests/cli/seat.hpp"

using nlohmann::json;
using test::DeskDemo;
using test::Seat;
namespace fs = std::filesystem;

namespace {

const std::string list = "amparo deployment device list demo --json";
const std::string into = " --casebook demo/casebook/cases.db";
const std::string into_mine = " --casebook mine/casebook/cases.db";
const std::string build = "amparo bundle build demo --yes --single-coordinator";

/// A programme with a device that has sent something, and a second coordinator with the folder `mine`.
struct TwoCoordinators : DeskDemo {
    TwoCoordinators() {
        good("cp -r demo mine && rm -r mine/content mine/kiosk mine/usb");
        const auto batch = send("radio-hotel-canal-482", "strong");
        good("amparo import " + batch + into);
        good("amparo import " + batch + into_mine);
        id = json::parse(good(list).out)[0]["device"].get<std::string>();
    }
    [[nodiscard]] json standing(const std::string& folder) const {
        const auto all = json::parse(good("amparo deployment device list " + folder + " --json").out);
        for (const auto& one : all)
            if (one["device"] == id) return {one["revoked"], one["revoked_here"], one["revoked_by_bundle"]};
        return {};
    }
    [[nodiscard]] bool takes(const std::string& casebook) const {
        return run("amparo import " + send("hotel-radio-canal-100", "some") + casebook).code == 0;
    }
    void bring(int number) const {
        const auto file = "bundle-" + std::to_string(number) + ".amparo";
        good("cp demo/" + file + " mine/" + file);
    }
    [[nodiscard]] std::string revoke(const std::string& more = "", const std::string& folder = "demo") const {
        return good("amparo deployment device revoke " + folder + " --yes " + id + more).out;
    }

    std::string id;
};

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
        seat.wait_for("the next bundle revokes it for every coordinator");
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

TEST_CASE("a revocation travels in the next bundle, and every coordinator who has it refuses the device") {
    const TwoCoordinators desk;
    CHECK(has(desk.revoke(), "amparo bundle build demo"));
    CHECK(desk.read("demo/content/revoked.txt") == desk.id + "\n");
    CHECK(desk.standing("demo") == json{true, true, nullptr});
    CHECK_FALSE(desk.takes(into));
    CHECK(desk.takes(into_mine));  // they have not heard of it
    CHECK(has(desk.good(build).out, "Device " + desk.id + " is revoked"));
    CHECK(has(desk.good("amparo bundle show demo/bundle-2.amparo --deployment demo/keys/deployment.pub").out, desk.id));
    desk.bring(2);
    CHECK_FALSE(desk.takes(into_mine));
    CHECK(desk.standing("mine") == json{true, false, 2});
    CHECK(desk.standing("demo") == json{true, true, 2});
    CHECK(has(desk.good("amparo deployment device list mine").out, "revoked by the programme, bundle 2"));
    CHECK(has(desk.good("amparo deployment device list demo --lang es").out,
              "revocado por este registro de casos y por el programa, paquete 2"));
    // An older folder takes nothing back.
    fs::remove(desk.path() / "mine/bundle-2.amparo");
    CHECK_FALSE(desk.takes(into_mine));
    CHECK(desk.standing("mine") == json{true, false, 2});
}

TEST_CASE("what the programme's bundle revokes is taken back by a bundle alone, and that is said") {
    const TwoCoordinators desk;
    static_cast<void>(desk.revoke());
    desk.good(build);
    desk.bring(2);
    CHECK(has(desk.revoke(" --undo", "mine"), "the programme’s bundle 2 does"));
    CHECK_FALSE(desk.takes(into_mine));
    const auto undone = desk.revoke(" --undo");
    CHECK(has(undone, "the programme’s bundle 2 does"));
    CHECK(has(undone, "The next bundle no longer revokes it"));
    CHECK(desk.read("demo/content/revoked.txt").empty());
    CHECK(desk.standing("demo") == json{true, false, 2});
    CHECK_FALSE(desk.takes(into));
    CHECK(has(desk.good(build).out, "Device " + desk.id + " is no longer revoked"));
    desk.bring(3);
    CHECK(desk.standing("demo") == json{false, false, nullptr});
    CHECK(desk.takes(into));
    CHECK(desk.takes(into_mine));
    // A coordinator alone may still refuse more for themselves.
    CHECK_FALSE(has(desk.revoke("", "mine"), "bundle build"));
    CHECK_FALSE(desk.takes(into_mine));
    CHECK(desk.takes(into));
}

TEST_CASE("a command that was cut between the casebook and the sources is completed by the same command") {
    const TwoCoordinators desk;
    const auto cut = [&](const std::string& more) {
        desk.good("mv demo/content away");
        static_cast<void>(desk.revoke(more));
        desk.good("mv away demo/content");
    };
    cut("");
    CHECK(desk.standing("demo") == json{true, true, nullptr});
    CHECK_FALSE(desk.has("demo/content/revoked.txt"));
    static_cast<void>(desk.revoke());
    static_cast<void>(desk.revoke());
    CHECK(desk.read("demo/content/revoked.txt") == desk.id + "\n");
    cut(" --undo");
    CHECK(desk.standing("demo") == json{false, false, nullptr});
    CHECK(desk.read("demo/content/revoked.txt") == desk.id + "\n");
    static_cast<void>(desk.revoke(" --undo"));
    CHECK(desk.read("demo/content/revoked.txt").empty());
}

TEST_CASE("a list of revoked devices that was lost is taken from the newest bundle, and a malformed one stops") {
    const TwoCoordinators desk;
    static_cast<void>(desk.revoke());
    desk.good(build);
    fs::remove(desk.path() / "demo/content/revoked.txt");
    const std::string other(32, '0');
    desk.good("amparo deployment device revoke demo --yes " + other);
    CHECK(desk.read("demo/content/revoked.txt") == other + "\n" + desk.id + "\n");
    desk.write("demo/content/revoked.txt", desk.id + "\n" + other + "\n");
    const auto ran = desk.run("amparo deployment device revoke demo --yes " + std::string(32, '1'));
    CHECK(ran.code == 1);
    CHECK(has(ran.err, "line 2 of revoked.txt"));
    CHECK(json::parse(desk.good(list).out).size() == 2);
    const auto built = desk.run(build);
    CHECK(built.code == 1);
    CHECK(has(built.err + built.out, "line 2 of revoked.txt"));
    fs::remove(desk.path() / "demo/content/revoked.txt");
    desk.good("ln -s /etc/hostname demo/content/revoked.txt");
    CHECK(desk.run("amparo deployment device revoke demo --yes " + other).code == 1);
}

// content/revoked.txt: whom the next bundle revokes, said before it is signed and by whoever looks at it.
#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/programme_support.hpp"

using nlohmann::json;
using test::ProgrammeDesk;

namespace {

const std::string build_demo = "amparo bundle build demo --yes --single-coordinator";
const std::string show = "amparo bundle show --deployment demo/keys/deployment.pub demo/bundle-2.amparo";
const std::string diff = "amparo bundle diff --deployment demo/keys/deployment.pub ";
const std::string one(32, '1');
const std::string two(32, '2');

json of_devices(const std::string& differences) {
    auto found = json::array();
    for (const auto& difference : json::parse(differences))
        if (difference["what"] == "revoked") found.push_back({difference["how"], difference["name"]});
    return found;
}

}  // namespace

TEST_CASE("who builds, shows or compares a bundle is told which devices it revokes and takes in again") {
    const ProgrammeDesk desk;
    desk.write("demo/content/revoked.txt", one + "\n" + two + "\n");
    const auto built = desk.good(build_demo).out;
    CHECK(built.find("Device " + one + " is revoked") != std::string::npos);
    CHECK(built.find("Device " + two + " is revoked") != std::string::npos);
    CHECK(desk.good(show).out.find("Revoked devices\n  " + one + "\n  " + two + "\n") != std::string::npos);
    CHECK(json::parse(desk.good(show + " --json").out).at("revoked") == json{one, two});
    desk.write("demo/content/revoked.txt", two + "\n");
    CHECK(desk.good(build_demo + " --lang es").out.find("El aparato " + one + " deja de estar revocado") !=
          std::string::npos);
    const auto first = of_devices(desk.good(diff + "demo/bundle-1.amparo demo/bundle-2.amparo --json").out);
    CHECK(first == json::array({{"added", one}, {"added", two}}));
    const auto second = of_devices(desk.good(diff + "demo/bundle-2.amparo demo/bundle-3.amparo --json").out);
    CHECK(second == json::array({{"removed", one}}));
}

TEST_CASE("who looks at the programme is told that its list of revoked devices is not that of the newest bundle") {
    const ProgrammeDesk desk;
    const auto differs = [&] {
        const auto missing = json::parse(desk.good("amparo deployment show demo --json").out)["missing"];
        return std::find(missing.begin(), missing.end(), "revoked_not_in_bundle") != missing.end();
    };
    CHECK_FALSE(differs());
    desk.write("demo/content/revoked.txt", one + "\n");
    CHECK(differs());
    CHECK(desk.good("amparo deployment show demo --lang es").out.find("cambiaron los aparatos revocados") !=
          std::string::npos);
    desk.good(build_demo);
    CHECK_FALSE(differs());
    std::filesystem::remove(desk.path() / "demo/content/revoked.txt");  // the next bundle would revoke nobody
    CHECK(differs());
}

TEST_CASE("an empty list of revoked devices revokes nobody, and a malformed one stops the next bundle by its line") {
    const ProgrammeDesk desk;
    desk.write("demo/content/revoked.txt", "");
    desk.good(build_demo);
    CHECK(json::parse(desk.good(show + " --json").out).at("revoked").empty());
    CHECK(desk.good(show + " --lang es").out.find("Aparatos revocados\n  ninguno\n") != std::string::npos);
    desk.write("demo/content/revoked.txt", one + "\n" + two);
    const auto ran = desk.run(build_demo + " --lang es");
    CHECK(ran.code == 1);
    CHECK((ran.out + ran.err).find("la línea 2 de revoked.txt") != std::string::npos);
    CHECK_FALSE(desk.has("demo/bundle-3.amparo"));
}

TEST_CASE("what a killed command left beside a source holds up no bundle, and nothing else passes under that name") {
    const ProgrammeDesk desk;
    desk.write("demo/content/revoked.txt", one + "\n");
    desk.write("demo/content/revoked.txt.tmp", "1111");
    desk.write("demo/content/forms/first-contact/survey.csv.tmp", "type");
    desk.good(build_demo);
    CHECK(json::parse(desk.good(show + " --json").out).at("revoked") == json{one});
    desk.write("demo/content/notes.tmp", "a");
    const auto ran = desk.run(build_demo);
    CHECK(ran.code == 1);
    CHECK((ran.out + ran.err).find("notes.tmp") != std::string::npos);
}

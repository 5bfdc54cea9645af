// amparo deployment intake: a machine that takes deliveries in and reads nothing of them.
#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/programme_support.hpp"

using nlohmann::json;
using test::check_refused;
using test::has;
using test::ProgrammeDesk;

namespace {

struct IntakeDesk : ProgrammeDesk {
    const std::string build = "amparo bundle build demo --yes --single-coordinator";
    const std::string recipient = made_recipient();

    [[nodiscard]] std::string made_recipient() const {
        const auto said = good("amparo age keygen -o intake.identity").err;
        const auto at = said.find("age1");
        REQUIRE(at != std::string::npos);
        return said.substr(at, said.find_first_of(" \n.", at) - at);
    }
    [[nodiscard]] json shown() const { return json::parse(good("amparo deployment show demo --json").out); }
    [[nodiscard]] static bool says(const json& all, std::string_view missing) {
        return std::find(all["missing"].begin(), all["missing"].end(), missing) != all["missing"].end();
    }
};

}  // namespace

TEST_CASE("a machine that takes deliveries in is named, said before the bundle is signed, and taken out again") {
    const IntakeDesk desk;
    const auto before = desk.recipients().size();
    const auto added = desk.good("amparo deployment intake add demo Entrada " + desk.recipient + " --yes");
    CHECK(has(added.err, "It opens no record"));
    CHECK(desk.read("demo/content/intake.txt") == "# intake Entrada\n" + desk.recipient + "\n");
    CHECK(desk.recipients().size() == before);
    CHECK(IntakeDesk::says(desk.shown(), "people_not_in_bundle"));
    CHECK(has(desk.good("amparo deployment show demo").out,
              "Entrada: take deliveries in, without reading a record (a machine), from the next bundle on"));
    const auto built = desk.good(desk.build);
    CHECK(has(built.out, "From now on a machine takes deliveries in: Entrada. It opens no record."));
    CHECK_FALSE(IntakeDesk::says(desk.shown(), "people_not_in_bundle"));
    const std::string by_key = " --deployment demo/keys/deployment.pub";
    const auto show = json::parse(desk.good("amparo bundle show demo/bundle-2.amparo --json" + by_key).out);
    CHECK(show["intake"]["label"] == "Entrada");
    CHECK(show["intake"]["recipient"] == desk.recipient);
    CHECK(show["recipients"].size() == before);
    CHECK(has(desk.good("amparo bundle show demo/bundle-2.amparo --lang es" + by_key).out,
              "Recibe las entregas, no lee ningún registro: Entrada"));
    check_refused(desk.run("amparo deployment intake add demo Otra " + desk.recipient + " --yes"));

    const auto removed = desk.good("amparo deployment intake remove demo --yes");
    CHECK(has(removed.err, "still opens the deliveries made so far"));
    desk.good(desk.build);
    const auto diff = desk.good("amparo bundle diff demo/bundle-2.amparo demo/bundle-3.amparo --lang es" + by_key).out;
    CHECK(has(diff, "Una máquina ya no recibe las entregas"));
    CHECK(json::parse(desk.good("amparo bundle show demo/bundle-3.amparo --json" + by_key).out)["intake"].is_null());
    check_refused(desk.run("amparo deployment intake remove demo --yes"));
}

TEST_CASE("no machine takes deliveries in with a key or a name of somebody who reads, nor with a secret key") {
    const IntakeDesk desk;
    const auto add = [&](const std::string& words) { return desk.run("amparo deployment intake add demo " + words); };
    const auto reader = desk.recipients().front();
    check_refused(add("Entrada " + reader.recipient.to_string() + " --yes"));
    check_refused(add("\"" + reader.label + "\" " + desk.recipient + " --yes"));
    check_refused(add("Entrada age1nothing --yes"));
    check_refused(add("\" Entrada\" " + desk.recipient + " --yes"));
    const auto secret = desk.read("intake.identity");
    const auto at = secret.find("AGE-SECRET-KEY-");
    REQUIRE(at != std::string::npos);
    const auto refused = add("Entrada " + secret.substr(at, secret.find('\n', at) - at) + " --yes");
    check_refused(refused);
    CHECK_FALSE(has(refused.err, "AGE-SECRET-KEY-"));
    CHECK(add("Entrada " + desk.recipient).code == 64);  // nobody said yes
    CHECK(add("Entrada").code == 64);
    CHECK_FALSE(desk.has("demo/content/intake.txt"));
    desk.write("demo/content/intake.txt", "# intake Entrada\n" + reader.recipient.to_string() + "\n");
    const auto built = desk.run(desk.build);
    CHECK(built.code != 0);
    CHECK(has(built.err + built.out, "has the key of somebody who reads"));
}

TEST_CASE("who asks to read with the key of the machine that takes deliveries in is not let in") {
    const IntakeDesk desk;
    const test::NewCoordinator norte;
    desk.good("amparo deployment intake add demo Entrada " + norte.identity.recipient().to_string() + " --yes");
    check_refused(desk.add(norte.request("Norte")));
    check_refused(desk.add(test::NewCoordinator().request("entrada")));
    CHECK(desk.add(test::NewCoordinator().request("Norte")).code == 0);
    CHECK(desk.read("demo/content/intake.txt").starts_with("# intake Entrada\n"));
}

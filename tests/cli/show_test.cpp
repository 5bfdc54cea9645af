// amparo deployment show: where a programme stands, in words and to programs.
#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/programme_support.hpp"
#include "tests/cli/sheets.hpp"

using nlohmann::json;
using test::ProgrammeDesk;
namespace fs = std::filesystem;

namespace {

json shown(const test::Desk& desk, const std::string& more = "") {
    return json::parse(desk.good("amparo deployment show --json demo" + more).out);
}

bool misses(const json& all, const std::string& what) {
    const auto& list = all.at("missing");
    return std::find(list.begin(), list.end(), what) != list.end();
}

json person(const json& all, const std::string& label) {
    for (const auto& one : all.at("people"))
        if (one.at("label") == label) return one;
    return {};
}

}  // namespace

TEST_CASE("a programme says its words, people, recovery, bundle, kiosks and what is missing, in both languages") {
    const ProgrammeDesk desk;
    const auto english = desk.good("amparo deployment show demo").out;
    INFO(english);
    for (const auto* said : {"Prueba\n", "Coordination: read, sign receipts, since bundle 1 of ", "no sheets were made",
                             "number 1, made on ", "questionnaires: first-contact, adult", "languages: es, en",
                             "epoch 1, certificate until ", "Add a second coordinator"})
        CHECK(english.find(said) != std::string::npos);
    CHECK(english.find(app::exchange::deployment_words(test::ready(), desk.key())) != std::string::npos);
    const auto spanish = desk.good("amparo deployment show demo --lang es").out;
    CHECK(spanish.find("desde el paquete 1 del ") != std::string::npos);
    CHECK(spanish.find("Agregue a otra persona coordinadora") != std::string::npos);
}

TEST_CASE("people of the next bundle are told from those of the newest, and since when they are in it") {
    const ProgrammeDesk desk;
    REQUIRE(desk.add(test::NewCoordinator().request("Norte")).code == 0);
    auto all = shown(desk);
    CHECK(person(all, "Norte").at("in_force") == false);
    CHECK(misses(all, "people_not_in_bundle"));
    CHECK_FALSE(misses(all, "one_coordinator"));
    desk.good("amparo bundle build demo --yes");
    all = shown(desk);
    CHECK(person(all, "Norte").at("since") == 2);
    CHECK(person(all, "Coordination").at("since") == 1);
    CHECK_FALSE(misses(all, "people_not_in_bundle"));
    desk.good("amparo deployment coordinator remove demo Norte --yes");
    all = shown(desk);
    CHECK(person(all, "Norte").at("in_next") == false);
    CHECK(misses(all, "people_not_in_bundle"));
    CHECK(desk.good("amparo deployment show demo").out.find("Norte: read, sign receipts, until the next bundle") !=
          std::string::npos);
}

TEST_CASE("kiosks are shown with their newest certificate, its end, and whether they are revoked") {
    const ProgrammeDesk desk;
    const std::string device(32, 'a');
    const auto key = crypto::DeviceSecretKey::generate(test::ready());
    REQUIRE(key);
    const auto enrolled_until = [&](const std::string& day) {
        const auto request = app::exchange::make_enrolment_request(test::ready(), device, *key);
        REQUIRE(request);
        const auto ran = desk.enroll(std::string(crypto::as_text(*request)), day);
        INFO(ran.err);
        REQUIRE(ran.code == 0);
        const auto all = shown(desk);
        for (const auto& one : all.at("kiosks"))
            if (one.at("device") == device) return one;
        return json();
    };
    const auto first = enrolled_until(" --until 2099-01-01");
    CHECK(first.at("epoch") == 1);
    CHECK(first.at("ends_soon") == false);
    const auto second = enrolled_until(" --until $(date -u -d +20days +%F)");
    CHECK(second.at("epoch") == 2);
    CHECK(second.at("ends_soon") == true);
    CHECK(second.at("revoked") == false);
    CHECK(misses(shown(desk), "certificate_ends_soon"));
    desk.good("amparo deployment device revoke demo --yes " + device);
    CHECK_FALSE(misses(shown(desk), "certificate_ends_soon"));
    CHECK(desk.good("amparo deployment show demo").out.find(device + ", epoch 2, revoked") != std::string::npos);
}

TEST_CASE("sheets are shown as made, and as read back, and a real programme says what to do next", "[long]") {
    const test::Desk desk;
    test::keep(desk, "phrase", test::passphrase_line);
    const std::string phrase = " --passphrase-file phrase";
    desk.good("amparo deployment new demo --name Casa" + phrase);
    CHECK(misses(shown(desk), "sheets_not_made"));
    CHECK(misses(shown(desk), "no_kiosk"));
    desk.good("amparo deployment shares make demo first" + phrase);
    auto all = shown(desk);
    CHECK(misses(all, "sheets_not_read_back"));
    CHECK(all.at("sheets").at(0).at("read").empty());
    for (const auto* n : {"1", "3"})
        test::keep(desk, std::string("typed-") + n, test::words_on(desk, std::string("first/sheet-") + n + ".svg"));
    desk.good("amparo deployment shares check demo typed-1 typed-3");
    all = shown(desk);
    CHECK(all.at("sheets").at(0).at("read") == std::vector<int>{1, 3});
    CHECK(misses(all, "recovery_left_here"));
    fs::remove(desk.path() / "demo/keys/recovery.identity");
    fs::remove(desk.path() / "demo/keys/deployment.key.age");
    all = shown(desk, phrase);
    CHECK_FALSE(misses(all, "recovery_left_here"));
    CHECK(misses(all, "sealed_key_missing"));
}

TEST_CASE("to look changes nothing, and a folder that is no programme is refused") {
    const ProgrammeDesk desk;
    const auto before = desk.good("find demo -type f -newer demo/keys/deployment.pub | sort; ls -lR demo/keys").out;
    static_cast<void>(shown(desk));
    CHECK(desk.good("find demo -type f -newer demo/keys/deployment.pub | sort; ls -lR demo/keys").out == before);
    test::check_refused(desk.run("amparo deployment show nowhere"));
    test::check_refused(desk.run("amparo deployment show"), 64);
    fs::remove(desk.path() / "demo/bundle-1.amparo");
    CHECK(misses(shown(desk), "no_bundle"));
}

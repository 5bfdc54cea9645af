// The program as it is started: one sentence and an exit code for what is wrong, and whole screenings without a
// display.
#include <algorithm>

#include "tests/kiosk/support.hpp"

using namespace test;

namespace {

bool is_one_sentence(const std::string& text) {
    return text.starts_with("amparo-kiosk: ") && text.ends_with(".\n") &&
           std::count(text.begin(), text.end(), '\n') == 1 && text.find("{{") == std::string::npos &&
           text.find('[') == std::string::npos;
}

fs::path journey(const std::string& name) {
    return fs::path(AMPARO_SOURCE_DIR) / "tests" / "journeys" / (name + ".journey");
}

void play(const Deployment& deployment, const fs::path& file) {
    const auto ran = deployment.run_kiosk("--headless --tour '" + file.string() + "'");
    INFO(file.filename().string() << "\n" << ran.err);
    CHECK(ran.code == 0);
}

}  // namespace

TEST_CASE("Help is there in both languages and names every option of the manual") {
    const Deployment deployment;
    const auto es = deployment.run_kiosk("--lang es --help");
    const auto en = deployment.run_kiosk("--lang en --help");
    CHECK(es.code == 0);
    CHECK(en.code == 0);
    CHECK(es.out != en.out);
    for (const auto* option : {"--state", "--device-key", "--outbox", "--size", "--scale", "--lang", "--tour",
                               "--screenshots", "--headless", "--theme", "--measure"}) {
        INFO(option);
        CHECK(es.out.find(option) != std::string::npos);
        CHECK(en.out.find(option) != std::string::npos);
    }
}

TEST_CASE("What is wrong with the command line is one sentence, exit code 64") {
    const Deployment deployment;
    for (const auto* words : {"--nonsense", "--size 12", "--size 0x0", "--lang fr", "--headless", "--scale 99"}) {
        for (const auto* language : {"--lang en ", "--lang es "}) {
            const std::string line = std::string(words).starts_with("--lang") ? words : language + std::string(words);
            const auto ran = deployment.run_kiosk(line);
            INFO(line << "\n" << ran.err);
            CHECK(ran.code == 64);
            CHECK(is_one_sentence(ran.err));
            CHECK(ran.out.empty());
        }
    }
}

TEST_CASE("Without a display it says so in the chosen language, exit code 69") {
    const Deployment deployment;
    const auto en = deployment.run_kiosk("--lang en");
    const auto es = deployment.run_kiosk("--lang es");
    CHECK(en.code == 69);
    CHECK(es.code == 69);
    CHECK(is_one_sentence(en.err));
    CHECK(is_one_sentence(es.err));
    CHECK(en.err != es.err);
}

TEST_CASE("A tour that cannot be read or does not fit ends with exit code 1 and says which line") {
    const Deployment deployment;
    CHECK(deployment.run_kiosk("--headless --tour /nowhere").code == 1);
    const auto file = deployment.path() / "wrong.journey";
    write(file, "wait who.1\ntap no.such.key\n");
    const auto ran = deployment.run_kiosk("--headless --tour '" + file.string() + "'");
    CHECK(ran.code == 1);
    CHECK(ran.err.find(":2:") != std::string::npos);
}

TEST_CASE("What keeps the device closed is said on the screen") {
    Deployment deployment;
    fs::remove(deployment.places().device_key);
    const auto file = deployment.path() / "closed.journey";
    write(file, "wait problem.retry\nscreen problem\nabsent who.1\ntap problem.retry\nwait problem.retry\n");
    const auto ran = deployment.run_kiosk("--headless --tour '" + file.string() + "'");
    INFO(ran.err);
    CHECK(ran.code == 0);
}

TEST_CASE("Standing still draws no frame") {
    const Deployment deployment;
    const auto ran = deployment.run_kiosk("--headless --measure");
    REQUIRE(ran.code == 0);
    CHECK(ran.out.find("\"idle_frames\": 0,") != std::string::npos);
    CHECK(ran.out.find("\"first_frame_ms\": 0,") == std::string::npos);
}

TEST_CASE("One screening goes from the first tap to the coordinator's list") {
    const Deployment deployment;
    play(deployment, journey("first-contact"));
    const auto batches = deployment.batches();
    REQUIRE(batches.size() == 1);
    const auto casebook = "--casebook '" + (deployment.path() / "casebook" / "cases.db").string() + "'";
    const auto imported =
        deployment.run_amparo("import '" + (deployment.outbox() / batches[0]).string() + "' " + casebook);
    INFO(imported.err);
    REQUIRE(imported.code == 0);
    const auto listed = deployment.run_amparo("cases list --json " + casebook);
    REQUIRE(listed.code == 0);
    CHECK(listed.out.find("first-contact") != std::string::npos);
}

TEST_CASE("Every journey plays through the real screens without a display") {
    for (const auto& entry : fs::directory_iterator(journey("x").parent_path())) {
        if (entry.path().extension() != ".journey") continue;
        const Deployment deployment;
        play(deployment, entry.path());
    }
}

// The program as it is started: one sentence and an exit code for what is wrong, and whole screenings without a
// display.
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/ustar.hpp"
#include "app/hardening/process.hpp"
#include "app/session/device_error.hpp"
#include "locales/translator.hpp"
#include "tests/kiosk/support.hpp"

using namespace test;

namespace {

bool is_one_sentence(const std::string& text) {
    return text.starts_with("amparo-kiosk: ") && text.ends_with(".\n") &&
           std::count(text.begin(), text.end(), '\n') == 1 && text.find("{{") == std::string::npos &&
           text.find('[') == std::string::npos;
}

std::string exchange_member(const Deployment& deployment, std::string_view name) {
    auto device = deployment.open();
    const auto bundle = device.store->bundle().installed();
    REQUIRE(bundle);
    const auto members = app::exchange::read_ustar(bundle->bytes, {1'000, 1U << 24, 1U << 26});
    REQUIRE(members);
    for (const auto& member : *members)
        if (member.name == name) return std::string(crypto::as_text(member.content));
    FAIL(name);
    return {};
}

fs::path journey(const std::string& name) {
    return fs::path(AMPARO_SOURCE_DIR) / "tests" / "journeys" / (name + ".journey");
}

/// What does not keep the device from opening, only screenings from starting.
bool of_bundle(session::DeviceError error) {
    using session::DeviceError;
    return error == DeviceError::NoBundle || error == DeviceError::BadBundle || error == DeviceError::NoRecipients ||
           error == DeviceError::ProgramTooOld || error == DeviceError::UnknownForm;
}

/// A journey that expects the screen which says this error, in exactly the words of the catalogue.
fs::path closed_journey(const Deployment& deployment, session::DeviceError error, std::string_view language) {
    const auto texts = locales::Translator::built_in(*locales::language_from(language));
    const auto file = deployment.path() / ("closed-" + std::string(language) + ".journey");
    const auto why = std::string(texts.tr(session::catalogue_key(error)).view());
    if (error == session::DeviceError::NoBundle)
        write(file,
              "wait bundle_lost.look\nscreen bundle_lost\nabsent bundle_lost.why\nabsent who.1\n"
              "tap bundle_lost.look\nwait bundle_lost.failed\n");
    else if (of_bundle(error))
        write(file, "wait bundle_lost.look\nscreen bundle_lost\nexpect bundle_lost.why " + why +
                        "\nabsent who.1\ntap bundle_lost.look\nwait bundle_lost.failed\n");
    else
        write(file, "wait problem.retry\nscreen problem\nexpect problem.body " + why +
                        "\nabsent who.1\ntap problem.retry\nwait problem.retry\n");
    fs::permissions(file, fs::perms::others_read | fs::perms::group_read, fs::perm_options::add);
    return file;
}

void play(const Deployment& deployment, const fs::path& file) {
    const auto ran = deployment.drive_kiosk("--headless --tour '" + file.string() + "'");
    INFO(file.filename().string() << "\n" << ran.err);
    CHECK(ran.code == 0);
}

constexpr auto everyone = fs::perms::owner_all | fs::perms::group_all | fs::perms::others_all;

constexpr uid_t ordinary_user = 65534;

/// A folder and what is in it; only root can give it away, and nobody else needs to.
void give(const fs::path& folder, uid_t user) {
    if (geteuid() != 0) return;
    REQUIRE(chown(folder.c_str(), user, user) == 0);
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        REQUIRE(chown(entry.path().c_str(), user, user) == 0);
}

/// Whoever runs as an ordinary user may use the whole deployment, and the data folder is theirs.
void open_to_everyone(const Deployment& deployment) {
    fs::permissions(deployment.path(), everyone);
    for (const auto& entry : fs::recursive_directory_iterator(deployment.path())) fs::permissions(entry, everyone);
    give(deployment.state(), ordinary_user);
}

/// A journey where an ordinary user can read it.
std::string journey_for_everyone(const Deployment& deployment, const std::string& name) {
    const auto file = deployment.path() / (name + ".journey");
    fs::copy_file(journey(name), file);
    fs::permissions(file, everyone);
    return file.string();
}

}  // namespace

TEST_CASE("Help is there in both languages and names every option of the manual") {
    const Deployment deployment;
    const auto es = deployment.run_kiosk("--lang es --help");
    const auto en = deployment.run_kiosk("--lang en --help");
    CHECK(es.code == 0);
    CHECK(en.code == 0);
    CHECK(es.out != en.out);
    for (const auto* option : {"--state", "--deployment", "--device-key", "--outbox", "--size", "--scale", "--lang",
                               "--text-size", "--theme", "--fonts", "--version"}) {
        INFO(option);
        CHECK(es.out.find(option) != std::string::npos);
        CHECK(en.out.find(option) != std::string::npos);
    }
}

TEST_CASE("Help names no kind of value in words that are not in the catalogue") {
    const Deployment deployment;
    const auto es = deployment.run_kiosk("--lang es --help").out;
    CHECK(es.find("TEXTO") != std::string::npos);
    for (const auto* word : {"FLOAT", "INT", "TEXT ", "UINT", " in [", " in {", "OPTIONS", "Usage", "Options"}) {
        INFO(word << " in\n" << es);
        CHECK(es.find(word) == std::string::npos);
    }
}

TEST_CASE("What is wrong with the command line is one sentence that quotes it, exit code 64") {
    const Deployment deployment;
    for (const auto* words :
         {"--nonsense", "--size 12", "--size 0x0", "--lang fr", "--headless", "--measure", "--tour", "--screenshots",
          "--scale 99", "--scale", "--scale 1,5", "--text-size 110", "--theme blue", "--size 400x400 --size 500x500"}) {
        for (const auto* language : {"--lang en ", "--lang es "}) {
            const std::string line = std::string(words).starts_with("--lang") ? words : language + std::string(words);
            const auto ran = deployment.run_kiosk(line);
            INFO(line << "\n" << ran.err);
            CHECK(ran.code == 64);
            CHECK(is_one_sentence(ran.err));
            CHECK(ran.err.find(line.substr(line.rfind(' ') + 1)) != std::string::npos);
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

TEST_CASE("Missing or damaged fonts are one sentence in the chosen language that says what to install, exit code 72") {
    const Deployment deployment;
    const auto folder = deployment.path() / "fonts";
    fs::create_directory(folder);
    for (const bool damaged : {false, true}) {
        if (damaged) write(folder / "NotoSans-Regular.ttf", "no font");
        std::string other;
        for (const auto* language : {"en", "es"}) {
            const auto ran =
                deployment.drive_kiosk("--headless --measure --fonts '" + folder.string() + "' --lang " + language);
            INFO(ran.err);
            CHECK(ran.code == 72);
            CHECK(is_one_sentence(ran.err));
            CHECK(ran.err.find(damaged ? "NotoSans-Regular.ttf" : "fonts-noto-core") != std::string::npos);
            CHECK(ran.err != std::exchange(other, ran.err));
        }
    }
}

TEST_CASE("A tour that cannot be read or does not fit ends with exit code 1 and says which line") {
    const Deployment deployment;
    CHECK(deployment.drive_kiosk("--headless --tour /nowhere").code == 1);
    const auto file = deployment.path() / "wrong.journey";
    write(file, "wait who.1\ntap no.such.key\n");
    const auto ran = deployment.drive_kiosk("--headless --tour '" + file.string() + "'");
    CHECK(ran.code == 1);
    CHECK(ran.err.find(":2:") != std::string::npos);
}

TEST_CASE("What keeps the device closed is said on the screen in the chosen language, with a way to try again") {
    using session::DeviceError;
    struct Case {
        DeviceError error;
        std::function<void(const Deployment&)> spoil;
    };
    const Case cases[] = {
        {DeviceError::WrongKey, [](const Deployment& d) { write(d.places().device_key, "not a key file\n"); }},
        {DeviceError::StateMissing, [](const Deployment& d) { fs::rename(d.state(), d.path() / "elsewhere"); }},
        {DeviceError::SlotsLost,
         [](const Deployment& d) {
             fs::remove(d.state() / store::slots_file);
             write(d.state() / store::slots_copy_file, "x");
         }},
        {DeviceError::NoBundle, [](const Deployment& d) { d.lose_bundle(); }},
        {DeviceError::BadBundle,
         [](const Deployment& d) {
             auto device = d.open();
             auto bundle = device.store->bundle().installed();
             REQUIRE(bundle);
             bundle->bytes[bundle->bytes.size() / 2] ^= std::byte{1};
             REQUIRE(device.store->bundle().install(bundle->sequence + 1, bundle->bytes));
         }},
        {DeviceError::NoRecipients,
         [](const Deployment& d) {
             const auto recipients = exchange_member(d, "recipients.txt");
             d.install_bundle_with("recipients.txt", recipients.substr(recipients.find("# recovery")));
         }},
        {DeviceError::ProgramTooOld,
         [](const Deployment& d) {
             auto version = d.open().bundle->version;
             ++version.sequence;
             version.minimum_app = {{99, 0, 0}};
             d.install_bundle_with("VERSION", app::exchange::version_text(version));
         }},
        {DeviceError::UnknownForm,
         [](const Deployment& d) {
             d.install_bundle_with("forms/first-contact/survey.csv", "type,name\nno-such-type,x\n");
         }},
    };
    for (const auto& [error, spoil] : cases) {
        const Deployment deployment;
        spoil(deployment);
        for (const auto* language : {"es", "en"}) {
            const auto ran = deployment.drive_kiosk("--headless --lang " + std::string(language) + " --tour '" +
                                                    closed_journey(deployment, error, language).string() + "'");
            INFO(session::catalogue_key(error) << " " << language << "\n" << ran.err);
            CHECK(ran.code == 0);
        }
    }
}

TEST_CASE("A state folder that cannot be written is said on the screen, and what is stored in it stays") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    }
    const auto no_writing = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    open_to_everyone(deployment);
    const auto tour = [&](session::DeviceError error, const char* language) {
        const auto file = closed_journey(deployment, error, language);
        return deployment.drive_kiosk_as_ordinary_user({"--headless", "--lang", language, "--tour", file.string()});
    };
    // The control: the same user opens the same folder while it can be written, so the journey to a problem fails.
    CHECK(tour(session::DeviceError::StateReadOnly, "es").err.find("\"problem.retry\" is not on the screen") !=
          std::string::npos);
    for (const auto& file : {deployment.state(), deployment.state() / store::database_file}) {
        fs::permissions(file, no_writing, fs::perm_options::remove);
        for (const auto* language : {"es", "en"}) {
            const auto ran = tour(session::DeviceError::StateReadOnly, language);
            INFO(file.filename().string() << " " << language << "\n" << ran.err);
            CHECK(ran.code == 0);
        }
        fs::permissions(file, everyone);
    }
    give(deployment.state(), geteuid());
    auto device = deployment.open();
    CHECK(waiting(device).size() == 1);
}

TEST_CASE("Where too little memory can be locked the program says so in one sentence and opens nothing") {
    const Deployment deployment;
    open_to_everyone(deployment);
    const auto steps = journey_for_everyone(deployment, "first-contact");
    const auto before = read(deployment.state() / store::database_file);
    for (const auto* language : {"es", "en"}) {
        const auto texts = locales::Translator::built_in(*locales::language_from(language));
        const std::string said(texts.tr(session::catalogue_key(session::DeviceError::LockedMemory)).view());
        for (const std::uint64_t lockable : {std::uint64_t{0}, std::uint64_t{app::hardening::lockable_memory - 4096}}) {
            const auto ran =
                deployment.drive_kiosk_as_ordinary_user({"--headless", "--lang", language, "--tour", steps}, lockable);
            CHECK(ran.code == 70);
            CHECK(ran.err == "amparo-kiosk: " + said + "\n");
        }
    }
    CHECK(read(deployment.state() / store::database_file) == before);
}

TEST_CASE("With just the lockable memory that it asks for a whole visit goes through, and nothing says anything") {
    const Deployment deployment;
    open_to_everyone(deployment);
    const auto ran =
        deployment.drive_kiosk_as_ordinary_user({"--headless", "--tour", journey_for_everyone(deployment, "longer")});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
}

TEST_CASE("Standing still draws no frame") {
    const Deployment deployment;
    const auto ran = deployment.drive_kiosk("--headless --measure");
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

TEST_CASE("A visit of two forms, a quick flag and practice arrive as what they are") {
    const Deployment deployment;
    for (const auto* name : {"longer", "flag", "practice"}) play(deployment, journey(name));
    const auto casebook = "--casebook '" + (deployment.path() / "casebook" / "cases.db").string() + "'";
    std::string files;
    for (const auto& batch : deployment.batches()) files += "'" + (deployment.outbox() / batch).string() + "' ";
    REQUIRE(deployment.run_amparo("import " + files + casebook).code == 0);
    const auto listed =
        nlohmann::json::parse(deployment.run_amparo("cases list --training --json " + casebook).out)["cases"];
    std::map<std::string, nlohmann::json> by_form;
    for (const auto& one : listed) by_form[one["form"].get<std::string>()] = one;
    REQUIRE(listed.size() == 4);
    REQUIRE(by_form.size() == 4);
    for (const auto& [form, one] : by_form) {
        CHECK(one["state"] == "complete");
        CHECK(one["training"] == (form == "training"));
        CHECK(one["mode"] == (form == "observation" ? "observation" : "assisted"));
        CHECK(one["role"] == (form == "observation" ? "border" : "shelter"));
        CHECK(one["follows"].get<std::string>().empty() == (form != "adult"));
    }
    CHECK(by_form["adult"]["follows"] == by_form["first-contact"]["record"]);
    CHECK(by_form["adult"]["case_code"] == by_form["first-contact"]["case_code"]);
}

TEST_CASE("Without its key file the device is opened with words, typed on the screen, after a wrong try too") {
    const Deployment deployment;
    fs::remove(deployment.places().device_key);
    auto words = read(deployment.path() / "device-words-2.txt");
    std::replace(words.begin(), words.end(), '-', ' ');
    auto steps = read(journey("unlock-words").replace_extension(".template"));
    const std::string mark = "{{words}}";
    for (auto at = steps.find(mark); at != std::string::npos; at = steps.find(mark, at + words.size()))
        steps.replace(at, mark.size(), words);
    const auto file = deployment.path() / "unlock-words.journey";
    write(file, steps);
    play(deployment, file);
}

TEST_CASE("Every journey plays through the real screens without a display") {
    for (const auto& entry : fs::directory_iterator(journey("x").parent_path())) {
        if (entry.path().extension() != ".journey") continue;
        const Deployment deployment;
        play(deployment, entry.path());
    }
}

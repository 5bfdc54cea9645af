// amparo bundle build, show and diff: what is wrong is said at once, what changes is said before it is signed, and
// nothing is written that a kiosk would refuse.
#include <catch2/catch_all.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/exchange/bundle.hpp"
#include "tests/cli/support.hpp"
#include "tests/support/sound.hpp"

using test::bytes;
using test::Desk;
using test::ready;
namespace fs = std::filesystem;
namespace exchange = app::exchange;

namespace {

constexpr auto build = "amparo bundle build demo --yes --single-coordinator ";

/// A programme with its sources.
struct Programme : Desk {
    Programme() { take_programme("demo", "Prueba"); }
    void change(const std::string& file, const std::string& from, const std::string& to) const {
        auto text = read("demo/content/" + file);
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        write("demo/content/" + file, text.replace(at, from.size(), to));
    }
    [[nodiscard]] exchange::Bundle bundle(int number) const {
        const auto key = crypto::DeploymentPublicKey::parse(read("demo/keys/deployment.pub"));
        REQUIRE(key);
        auto loaded =
            exchange::load_bundle(ready(), bytes(read("demo/bundle-" + std::to_string(number) + ".amparo")), {*key});
        REQUIRE(loaded);
        return std::move(*loaded);
    }
    /// Refused with this in one of the lines, and nothing is written.
    void refused(const std::string& said, const std::string& line = build) const {
        const auto ran = run(line);
        INFO(line << "\n" << ran.out << ran.err);
        CHECK(ran.code == 1);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.out.find(said) != std::string::npos);
        CHECK_FALSE(has("demo/bundle-2.amparo"));
    }
    [[nodiscard]] std::string differences() const {
        return good(
                   "amparo bundle diff demo/bundle-1.amparo demo/bundle-2.amparo --deployment demo/keys/deployment.pub")
            .out;
    }
};

}  // namespace

TEST_CASE("the sources of a new programme build its next bundle, which says the same") {
    const Programme desk;
    const auto said = desk.good(build).out;
    const auto first = desk.bundle(1);
    const auto second = desk.bundle(2);
    CHECK(second.version.sequence == 2);
    CHECK(second.version.name == "Prueba");
    CHECK(second.version.demo);
    CHECK(second.recipient_keys() == first.recipient_keys());
    REQUIRE(second.forms.size() == first.forms.size());
    for (std::size_t i = 0; i < first.forms.size(); ++i) CHECK(second.forms[i].sha256 == first.forms[i].sha256);
    CHECK(second.catalogues == first.catalogues);
    CHECK(desk.differences() == "Bundle number: from 1 to 2\n");
    CHECK(said.starts_with(desk.differences()));
    CHECK(said.find("changed") == std::string::npos);
}

TEST_CASE("the number of a bundle only rises, above every file of that name and above --above, and replaces none") {
    const Programme desk;
    desk.write("demo/bundle-7.amparo", "somebody else's");
    desk.good(build);
    CHECK(desk.read("demo/bundle-7.amparo") == "somebody else's");
    CHECK(desk.bundle(8).version.sequence == 8);
    desk.good(std::string(build) + "--above 40");
    CHECK(desk.bundle(41).version.sequence == 41);
    fs::copy_file(desk.path() / "demo/bundle-1.amparo", desk.path() / "demo/bundle-50.amparo");  // an old one again
    desk.good(build);
    CHECK(desk.bundle(51).version.sequence == 51);
    desk.write("demo/bundle-9223372036854775807.amparo", "");
    const auto spent = desk.run(build);
    CHECK(spent.code == 1);
    CHECK(spent.out.find("no higher number") != std::string::npos);
}

TEST_CASE("all that is wrong with the sources is said at once, and nothing is signed") {
    const Programme desk;
    desk.change("policy.json", "\"hold_days\": 7", "\"hold_days\": 900");
    desk.change("policy.json", "\"record_time\": false", "\"record_time\": true");
    desk.change("policy.json", "\"format\": 1", "\"formt\": 1");
    desk.change("referrals.csv", "country,", "land,");
    desk.write("demo/content/notes.txt", "x");
    const auto ran = desk.run("amparo bundle build demo --yes");
    CHECK(ran.code == 1);
    CHECK(test::is_one_sentence(ran.err));
    INFO(ran.out);
    for (const auto* said :
         {"hold_days is 900: 0 to 365 days", "record_time is true, and this version", "formt is not a",
          "format is missing", "referrals.csv: ", "content/notes.txt has no place", "only one coordinator"})
        CHECK(ran.out.find(said) != std::string::npos);
    CHECK(ran.out.find("policy.json line ") != std::string::npos);
    CHECK_FALSE(desk.has("demo/bundle-2.amparo"));
    const auto spanish = desk.run("amparo bundle build demo --yes --lang es");
    CHECK(spanish.out.find("hold_days es 900: de 0 a 365 días") != std::string::npos);
    CHECK(spanish.out.find("content/referrals.csv: referrals.csv tiene otras columnas") != std::string::npos);
    const auto list = nlohmann::json::parse(desk.run("amparo bundle build demo --yes --json").out);
    CHECK_FALSE(list.at("built").get<bool>());
    CHECK(list.at("faults").size() == 7);
}

TEST_CASE("why a source or a bundle is refused is said in Spanish to the end, and as a stable word to programs") {
    const Programme desk;
    desk.change("recipients.txt", "# coordinator", "# koordinator");
    desk.change("locales/es.json", "\"app.name\": \"", "\"app.name\": \"{{{{");
    const auto ran = desk.run(std::string(build) + "--lang es");
    INFO(ran.out);
    CHECK(ran.code == 1);
    CHECK(ran.out.find("recipients.txt está mal escrito") != std::string::npos);
    CHECK(ran.out.find("app.name: unas llaves no son un marcador") != std::string::npos);
    const auto list = nlohmann::json::parse(desk.run(std::string(build) + "--json").out);
    CHECK(list.at("faults").at(0).at("detail") == "recipients_form");
    const auto whole = desk.read("demo/bundle-1.amparo");
    desk.write("cut.amparo", whole.substr(0, whole.size() / 2));
    desk.take_programme("other", "Otra");
    const std::string show = "amparo bundle show --deployment demo/keys/deployment.pub --lang es ";
    CHECK(desk.run(show + "cut.amparo").err == "amparo: Se rechazó cut.amparo: el archivo está cortado.\n");
    CHECK(desk.run(show + "other/bundle-1.amparo").err ==
          "amparo: Se rechazó other/bundle-1.amparo: no lo firmó la llave de este programa.\n");
}

TEST_CASE("one coordinator alone is refused unless it is wanted") {
    const Programme desk;
    desk.refused("--single-coordinator", "amparo bundle build demo --yes");
    desk.good(build);
}

TEST_CASE("a form with a fault, one that is not there, and one that the policy does not name are refused") {
    const Programme desk;
    SECTION("fault") {
        desk.change("forms/adult/survey.csv", "hidden,private", "hiden,private");
        desk.refused("questionnaire adult:");
    }
    SECTION("not there") {
        fs::remove_all(desk.path() / "demo/content/forms/child");
        desk.refused("names the questionnaire child");
    }
    SECTION("not named") {
        desk.change("policy.json", "    \"child\",\n", "");
        desk.refused("does not name content/forms/child");
        const auto ran = desk.good(std::string(build) + "--leave-out");
        CHECK(ran.out.find("left out: forms/child") != std::string::npos);
        CHECK(desk.bundle(2).form("child") == nullptr);
        CHECK(desk.differences().find("Questionnaire child removed.") != std::string::npos);
    }
}

TEST_CASE("words that are missing or differ, and languages that a kiosk does not speak, are refused") {
    const Programme desk;
    SECTION("missing") {
        desk.change("locales/es.json", "\"app.name\"", "\"app.other_name\"");
        desk.refused("content/locales/es.json lacks texts (1), the first is app.name");
    }
    SECTION("placeholders") {
        desk.change("locales/en.json", "{{count}} day ago\"", "{{number}} day ago\"");
        desk.refused("content/locales/en.json");
    }
    SECTION("a language more") {
        desk.change("policy.json", "\"en\"", "\"en\",\n    \"fr\"");
        desk.refused("speaks es and en, not fr");
    }
    SECTION("a language less") {
        desk.change("policy.json", "\"es\",", "");
        desk.refused("always offers es");
    }
}

TEST_CASE("links, pipes, large files and too many files among the sources are named and never followed") {
    const Programme desk;
    const auto content = desk.path() / "demo/content";
    SECTION("link to a file") {
        fs::rename(content / "referrals.csv", desk.path() / "elsewhere.csv");
        fs::create_symlink(desk.path() / "elsewhere.csv", content / "referrals.csv");
        desk.refused("content/referrals.csv is not an ordinary file");
    }
    SECTION("link to a folder") {
        fs::rename(content / "forms/child", desk.path() / "child");
        fs::create_directory_symlink(desk.path() / "child", content / "forms/child");
        desk.refused("content/forms/child is not an ordinary file");
    }
    SECTION("pipe") {
        desk.good("mkfifo demo/content/forms/child/more.csv");
        desk.refused("content/forms/child/more.csv is not an ordinary file", std::string(build) + "--leave-out");
    }
    SECTION("large") {
        fs::resize_file(content / "forms/child/survey.csv", (4U << 20U) + 1);
        desk.refused("content/forms/child/survey.csv is larger than 4 MiB");
        fs::resize_file(content / "policy.json", 10U << 20U);
        desk.refused("content/policy.json is larger than 4 MiB");
        fs::resize_file(content / "policy.json", 3U << 20U);
        desk.refused("policy.json: the file is larger than 65536 bytes");
    }
    SECTION("many") {
        for (int i = 0; i < 4'001; ++i) desk.write("demo/content/forms/child/t" + std::to_string(i) + ".csv", "a\n");
        desk.refused("more than the 4000 files");
    }
    SECTION("deep") {
        fs::create_directories(content / "forms/child/a/b/c/d");
        desk.refused("content/forms/child/a has no place");
    }
}

TEST_CASE("only the key of the programme signs its bundle") {
    const Programme desk;
    desk.take_programme("other", "Otra");
    const auto ran = desk.run(std::string(build) + "--secret-key other/keys/deployment.key");
    CHECK(ran.code == 1);
    CHECK(ran.err == "amparo: other/keys/deployment.key is the key of another programme; nothing was signed.\n");
    CHECK_FALSE(desk.has("demo/bundle-2.amparo"));
}

TEST_CASE("without a terminal a bundle is signed only with --yes, and what changes was said before") {
    const Programme desk;
    const auto ran = desk.run("amparo bundle build demo --single-coordinator");
    CHECK(ran.code == 64);
    CHECK(ran.out.find("Bundle number: from 1 to 2") != std::string::npos);
    CHECK_FALSE(desk.has("demo/bundle-2.amparo"));
}

TEST_CASE("show and diff take bundles of the programme only, whole ones") {
    const Programme desk;
    desk.take_programme("other", "Otra");
    const auto whole = desk.read("demo/bundle-1.amparo");
    desk.write("cut.amparo", whole.substr(0, whole.size() / 2));
    auto spoiled = whole;
    spoiled[spoiled.size() / 2] = static_cast<char>(spoiled[spoiled.size() / 2] ^ 1);
    desk.write("spoiled.amparo", spoiled);
    for (const auto* file : {"other/bundle-1.amparo", "cut.amparo", "spoiled.amparo", "missing.amparo", "demo"}) {
        const auto name = std::string(file) + " --deployment demo/keys/deployment.pub";
        for (const auto& line : {"amparo bundle show " + name, "amparo bundle diff demo/bundle-1.amparo " + name}) {
            const auto ran = desk.run(line);
            INFO(line << "\n" << ran.err);
            CHECK(ran.code == 1);
            CHECK(ran.out.empty());
            CHECK(test::is_one_sentence(ran.err));
        }
    }
    CHECK(desk.run("amparo bundle show demo/bundle-1.amparo").code == 64);
}

TEST_CASE("what a bundle says is shown in words, and to programs") {
    const Programme desk;
    const auto shown = desk.good("amparo bundle show demo/bundle-1.amparo --deployment demo/keys/deployment.pub").out;
    INFO(shown);
    for (const auto* said : {"Prueba, bundle 1", "DEMO", "Words of the programme: ", "Reads: Coordination (",
                             "Who may screen: shelter, border", "adult, version ", "referrals"})
        CHECK(shown.find(said) != std::string::npos);
    const auto json = nlohmann::json::parse(
        desk.good("amparo bundle show demo/bundle-1.amparo --deployment demo/keys/deployment.pub --json").out);
    CHECK(json.at("policy").at("hold_days") == 7);
    CHECK(json.at("forms").at(1).at("questions").at("es") == json.at("forms").at(1).at("questions").at("en"));
}

TEST_CASE("what differs is said by people, policy, question, word and referral") {
    const Programme desk;
    desk.good("amparo age keygen -o new.identity");
    const auto recipient = desk.good("grep -o 'age1[a-z0-9]*' new.identity").out;
    const auto readers = desk.read("demo/content/recipients.txt");
    const auto old_line = readers.find('\n') + 1;
    auto changed = readers;
    changed.replace(old_line, readers.find('\n', old_line) - old_line + 1, recipient);
    changed.replace(0, old_line, "# coordinator Norte\n");
    desk.write("demo/content/recipients.txt", changed);
    desk.change("policy.json", "\"retention_days\": 365", "\"retention_days\": 700");
    desk.change("forms/adult/choices.csv", "watched,here,\"Sí, alguien que está aquí\"", "watched,here,Sí: aquí");
    desk.change("locales/es.json", "\"app.name\": \"", "\"app.name\": \"Nuestro ");
    desk.change("referrals.csv", "800 5533 000", "800 5533 001");
    desk.good(build);
    const auto said = desk.differences();
    INFO(said);
    for (const auto* line :
         {"Coordinator added: Norte. They can read what is sealed from then on",
          "Coordinator removed: Coordination. They can still read everything that is sealed until each kiosk",
          "How long coordinators keep a case: before, 365 days; now, 700 days.",
          "adult: choice watched / here, label in es: from “Sí, alguien que está aquí” to “Sí: aquí”",
          "Text app.name in es: from “", "Referral added: MX", "Referral removed: MX"})
        CHECK(said.find(line) != std::string::npos);
    CHECK(said.find("question") == std::string::npos);
    const auto spanish = desk.good(
        "amparo bundle diff demo/bundle-1.amparo demo/bundle-2.amparo --deployment demo/keys/deployment.pub --lang es");
    CHECK(spanish.out.find("Todavía puede leer todo lo que se selle") != std::string::npos);
    const auto list = nlohmann::json::parse(
        desk.good("amparo bundle diff demo/bundle-1.amparo demo/bundle-2.amparo --deployment demo/keys/deployment.pub "
                  "--json")
            .out);
    CHECK(list.size() == 9);
}

TEST_CASE("rules of the policy that change are said in people's words, forms by their titles, and raw to programs") {
    const Programme desk;
    desk.change("policy.json", "\"idle_minutes\": 3", "\"idle_minutes\": 1");
    desk.change("policy.json", "\"store_refusals\": false", "\"store_refusals\": true");
    desk.change("policy.json", "    \"first-contact\",\n    \"adult\",\n", "    \"adult\",\n    \"first-contact\",\n");
    desk.good(build);
    const std::string line =
        "amparo bundle diff demo/bundle-1.amparo demo/bundle-2.amparo --deployment "
        "demo/keys/deployment.pub ";
    const auto spanish = desk.good(line + "--lang es").out;
    INFO(spanish);
    for (const auto* said :
         {"Una pantalla que nadie toca se cierra: antes después de 3 minutos; ahora después de 1 minuto.",
          "Se anota que alguien dijo que no: antes no; ahora sí.", "Orden de los cuestionarios: antes "})
        CHECK(spanish.find(said) != std::string::npos);
    for (const auto* raw : {"idle_minutes", "store_refusals", "first-contact", "true", "false"})
        CHECK(spanish.find(raw) == std::string::npos);
    const auto list = nlohmann::json::parse(desk.good(line + "--json").out);
    REQUIRE(list.size() == 4);
    CHECK(list[1].at("name") == "idle_minutes");
    CHECK(list[1].at("after") == "1");
    CHECK(list[3].at("what") == "form_order");
    CHECK(list[3].at("after").get<std::string>().starts_with("adult, first-contact"));
}

TEST_CASE("sounds among the sources travel in the bundle, are counted, compared, and said not to be played") {
    const Programme desk;
    fs::create_directories(desk.path() / "demo/content/audio/es");
    fs::create_directories(desk.path() / "demo/content/audio/en");
    desk.write("demo/content/audio/es/adult.danger_now.opus", test::sound(3));
    desk.write("demo/content/audio/en/adult.danger_now.opus", test::sound(4));
    desk.good(build);
    CHECK(desk.bundle(2).prompts.size() == 2);
    CHECK(desk.differences().find("Sound audio/es/adult.danger_now.opus added: 3.0 s") != std::string::npos);
    const std::string key = " --deployment demo/keys/deployment.pub";
    const auto shown = desk.good("amparo bundle show demo/bundle-2.amparo" + key).out;
    CHECK(shown.find("2 sounds of 7 seconds together, ") != std::string::npos);
    CHECK(shown.find("plays none yet") != std::string::npos);
    CHECK(desk.good("amparo bundle show demo/bundle-1.amparo" + key).out.find("sound") == std::string::npos);
    const auto json = nlohmann::json::parse(desk.good("amparo bundle show demo/bundle-2.amparo --json" + key).out);
    CHECK(json.at("prompts").at("seconds") == 7);

    desk.write("demo/content/audio/es/adult.danger_now.opus", test::sound(3, 'y'));
    fs::remove_all(desk.path() / "demo/content/audio/en");
    desk.good(build);
    const auto said = desk.good("amparo bundle diff demo/bundle-2.amparo demo/bundle-3.amparo --lang es" + key).out;
    CHECK(said.find("Cambió el sonido audio/es/adult.danger_now.opus: antes 3.0 s; ahora 3.0 s") != std::string::npos);
    CHECK(said.find("Se quitó el sonido audio/en/adult.danger_now.opus: 4.0 s") != std::string::npos);
}

TEST_CASE("what among the sounds is none, is cut, too large, or called otherwise is refused by name") {
    const Programme desk;
    fs::create_directories(desk.path() / "demo/content/audio/es");
    const auto refused_as = [&](const std::string& file, const std::string& content, const std::string& said) {
        desk.write("demo/content/audio/" + file, content);
        desk.refused(said);
        fs::remove(desk.path() / "demo/content/audio" / file);
    };
    refused_as("es/a.opus", "ID3", "audio/es/a.opus is no Opus sound");
    refused_as("es/a.opus", test::sound(2).substr(0, 4'000), "audio/es/a.opus is cut or damaged");
    refused_as("es/a.opus", std::string((1U << 20U) + 1, 'x'), "audio/es/a.opus is larger than 1 MiB");
    refused_as("es/a.mp3", test::sound(2), "content/audio/es/a.mp3 has no place");
    refused_as("a.opus", test::sound(2), "content/audio/a.opus has no place");
    refused_as("es/Ana.opus", test::sound(2), "content/audio/es/Ana.opus is not called as a bundle allows");
    fs::create_directories(desk.path() / "demo/content/audio/fr");
    refused_as("fr/a.opus", test::sound(2), "does not name the language of content/audio/fr");
    desk.good(build);
}

TEST_CASE("texts of others steer no terminal, in a refusal as in a difference") {
    const Programme desk;
    desk.write("demo/content/x\x1b[31m.txt", "x");
    desk.change("policy.json", "\"hold_days\": 7", "\"hold\\u202e_days\": 7");
    const auto ran = desk.run(build);
    CHECK(ran.code == 1);
    CHECK(ran.out.find('\x1b') == std::string::npos);
    CHECK(ran.out.find("\xe2\x80\xae") == std::string::npos);
    CHECK(ran.out.find("\\x1B[31m.txt") != std::string::npos);
    CHECK(ran.out.find("hold\\u{202E}_days is not a member") != std::string::npos);
}

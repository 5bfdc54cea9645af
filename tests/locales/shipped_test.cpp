// The shipped catalogues: a pair, sorted, the same as those built in, and neutral.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <sstream>

#include "locales/translator.hpp"
#include "tests/locales/files.hpp"
#include "tests/locales/pseudo.hpp"

using locales::Language;
using locales_test::catalogue;
using locales_test::plain;

TEST_CASE("the shipped catalogues are a pair") {
    const auto pair = check_pair(catalogue("es"), catalogue("en"));
    if (!pair) FAIL(to_text(pair.error()));
    CHECK(locales::Translator::make(locales_test::read("locales/es.json"), locales_test::read("locales/en.json")));
}

TEST_CASE("the catalogues built into the library are the files") {
    CHECK(locales::shipped(Language::Es) == locales_test::read("locales/es.json"));
    CHECK(locales::shipped(Language::En) == locales_test::read("locales/en.json"));
    CHECK(locales::Translator::built_in().has("app.name"));
}

TEST_CASE("catalogue files are sorted, one text in each line, so that changes can be read") {
    for (const auto* const language : {"es", "en", "qps"}) {
        std::istringstream lines(locales_test::read(std::string("locales/") + language + ".json"));
        std::vector<std::string> keys;
        for (std::string line; std::getline(lines, line);) {
            if (line == "{" || line == "}") continue;
            INFO(language << ": " << line);
            REQUIRE(line.starts_with(" \""));
            keys.push_back(line.substr(2, line.find('"', 2) - 2));
        }
        const auto unsorted = std::adjacent_find(keys.begin(), keys.end(), std::greater<>());
        INFO(language << ": out of order near " << (unsorted == keys.end() ? "" : *unsorted));
        CHECK(unsorted == keys.end());
    }
}

// Writes it: AMPARO_WRITE_QPS=1 build/dev/bin/test_locales "the pseudo-locale*"
TEST_CASE("the pseudo-locale generated from English is the one committed") {
    const auto generated = locales_test::pseudo_locale(catalogue("en"));
    if (const auto* const write = std::getenv("AMPARO_WRITE_QPS"); write != nullptr && std::string_view(write) == "1")
        std::ofstream(AMPARO_SOURCE_DIR "/locales/qps.json", std::ios::binary) << generated;
    INFO("out of date; write it with AMPARO_WRITE_QPS=1");
    CHECK((generated == locales_test::read("locales/qps.json")));
    CHECK(check_pair(catalogue("qps"), catalogue("en")));
}

TEST_CASE("no word about the subject is on a screen before a worker is in, nor anywhere a person may read") {
    for (const auto* const language : {"es", "en"})
        for (const auto texts = locales_test::catalogue(language); const auto& [key, entry] : texts.entries()) {
            if (key.starts_with("cli.")) continue;
            auto text = plain(entry.one) + " " + plain(entry.other);
            std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
            INFO(language << " " << key << ": " << text);
            for (const auto* const word : {"trata ", "trata.", "tráfico", "tratante", "traffick", "esclav", "slave",
                                           "captación", "enganch", "explotaci", "exploit", "prostit"})
                CHECK(text.find(word) == std::string::npos);
            // Whether someone is a victim is never said; the one text that says so much is the caveat itself.
            if (key != "result.caveat")
                for (const auto* const word : {"víctima", "victim"}) CHECK(text.find(word) == std::string::npos);
        }
}

TEST_CASE("Spanish speaks to people with usted") {
    for (const auto texts = locales_test::catalogue("es"); const auto& [key, entry] : texts.entries()) {
        const auto text = " " + plain(entry.one) + " " + plain(entry.other) + " ";
        INFO(key << ": " << text);
        for (const auto* const word : {" tú ", " tu ", " tus ", " te ", " ti ", " contigo ", " vos ", " vosotros ",
                                       " tienes ", " puedes ", " quieres ", " debes "})
            CHECK(text.find(word) == std::string::npos);
    }
}

TEST_CASE("consent says every point that it must, in each mode and in both languages") {
    for (const auto* const language : {"es", "en"}) {
        const auto texts = catalogue(language);
        for (const auto* const key :
             {"consent.purpose", "consent.border.purpose", "consent.not_a_report", "consent.time",
              "consent.assisted.hears", "consent.private.hears", "consent.limits", "consent.private.limits",
              "consent.border.limits", "consent.stored", "consent.readers", "consent.erase", "consent.stop",
              "consent.free", "consent.yes", "consent.no"})
            CHECK(texts.find(key) != nullptr);
    }
    const auto says = [](const std::string& language, const std::string& key, const std::string& words) {
        INFO(language << " " << key << ": " << words);
        CHECK(plain(catalogue(language).find(key)->other).find(words) != std::string::npos);
    };
    says("es", "consent.purpose", "Le pregunta {{who}}");
    says("es", "consent.border.purpose", "no migración");
    says("es", "consent.not_a_report", "ni un trámite de asilo");
    says("es", "consent.assisted.hears", "oye sus respuestas");
    says("es", "consent.private.hears", "Nadie de aquí sabrá lo que contestó");
    says("es", "consent.limits", "Antes se lo diremos");
    says("es", "consent.private.limits", "Sin su sí");
    says("es", "consent.border.limits", "Si tiene menos de 18 años");
    says("es", "consent.stored", "el idioma y lo que el programa sugiere");
    says("es", "consent.stored", "al menos {{count}} días");
    says("es", "consent.readers", "Si un juez lo ordena");
    says("es", "consent.erase", "hace falta su código");
    says("es", "consent.stop", "guardar o borrar");
    says("es", "consent.stop", "queda sellado");
    says("es", "consent.free", "Nadie le quita la cama, la comida ni su trámite");
    says("en", "consent.purpose", "{{who}} is asking");
    says("en", "consent.border.purpose", "not immigration");
    says("en", "consent.not_a_report", "not an asylum claim");
    says("en", "consent.assisted.hears", "hears your answers");
    says("en", "consent.private.hears", "Nobody here will know");
    says("en", "consent.limits", "We will tell you first");
    says("en", "consent.private.limits", "Without your yes");
    says("en", "consent.border.limits", "If you are under 18");
    says("en", "consent.stored", "the language and what the program suggests");
    says("en", "consent.stored", "at least {{count}} days");
    says("en", "consent.readers", "If a judge orders it");
    says("en", "consent.erase", "Your code is needed");
    says("en", "consent.stop", "keep or erase");
    says("en", "consent.free", "Nobody takes your bed, your food or your procedure away");
}

TEST_CASE("the device has one word in Spanish, and the team another") {
    for (const auto texts = catalogue("es"); const auto& [key, entry] : texts.entries()) {
        const auto text = plain(entry.one) + " " + plain(entry.other);
        INFO(key << ": " << text);
        CHECK(text.find("ispositivo") == std::string::npos);
        for (auto at = text.find("quipo"); at != std::string::npos; at = text.find("quipo", at + 1))
            CHECK(text.substr(at).starts_with("quipo de coordinación"));
    }
}

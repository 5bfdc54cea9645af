#include "locales/translator.hpp"

#include <array>
#include <catch2/catch_all.hpp>
#include <clocale>
#include <limits>
#include <nlohmann/json.hpp>

#include "locales/screen_words.hpp"

using locales::Language;
using locales::Translator;

namespace {

/// The shipped catalogue with one key more, so that tests do not depend on any wording.
std::string with(Language language, const nlohmann::json& more) {
    auto all = nlohmann::json::parse(locales::shipped(language));
    all.update(more);
    return all.dump();
}

Translator example() {
    auto made = Translator::make(with(Language::Es, {{"test.hello", "Hola, {{name}}: {{count}}"},
                                                     {"test.n_one", "{{count}} caso de {{name}}"},
                                                     {"test.n_other", "{{count}} casos de {{name}}"}}),
                                 with(Language::En, {{"test.hello", "{{count}} for you, {{name}}"},
                                                     {"test.n_one", "a case of {{name}}"},
                                                     {"test.n_other", "{{count}} cases of {{name}}"}}));
    if (!made) FAIL(to_text(made.error()));
    return std::move(*made);
}

}  // namespace

TEST_CASE("a language switch changes the words and nothing else") {
    auto t = example();
    CHECK(t.language() == Language::Es);
    CHECK(t.tr("test.hello", {{"name", "Ana"}, {"count", 2}}).view() == "Hola, Ana: 2");
    t.set_language(Language::En);
    CHECK(t.tr("test.hello", {{"name", "Ana"}, {"count", 2}}).view() == "2 for you, Ana");
    CHECK(t.tr_in(Language::Es, "test.hello", {{"name", "Ana"}, {"count", 2}}).view() == "Hola, Ana: 2");
    CHECK(t.language() == Language::En);
}

TEST_CASE("the number called count chooses the plural form") {
    auto t = example();
    CHECK(t.tr("test.n", {{"count", 1}, {"name", "x"}}).view() == "1 caso de x");
    CHECK(t.tr("test.n", {{"count", 0}, {"name", "x"}}).view() == "0 casos de x");
    CHECK(t.tr("test.n", {{"count", 1'234U}, {"name", "x"}}).view() == "1,234 casos de x");
    CHECK(t.tr("test.n", {{"count", -1}, {"name", "x"}}).view() == "-1 casos de x");
    t.set_language(Language::En);
    CHECK(t.tr("test.n", {{"count", 1}, {"name", "x"}}).view() == "a case of x");
    CHECK(t.tr("test.n", {{"count", std::uint64_t{2}}, {"name", "x"}}).view() == "2 cases of x");
}

TEST_CASE("a value with braces is shown as it is and never read as a placeholder") {
    const auto t = example();
    CHECK(t.tr("test.hello", {{"name", "{{count}}"}, {"count", 7}}).view() == "Hola, {{count}}: 7");
    const std::string name = "Ana";
    const std::vector<locales::Value> values{{"name", name}, {"count", 7}};
    CHECK(t.tr("test.hello", std::span(values)).view() == "Hola, Ana: 7");
}

TEST_CASE("a fault of the program is visible and never empty") {
    const auto t = example();
    CHECK(t.tr("test.nothing").view() == "[test.nothing]");
    CHECK_FALSE(t.has("test.nothing"));
    CHECK(t.tr("test.hello", {{"count", 1}}).view() == "Hola, {{name}}: 1");
}

TEST_CASE("a pair of catalogues without a key of the program, or unlike each other, is refused") {
    auto less = nlohmann::json::parse(locales::shipped(Language::Es));
    const auto key = less.begin().key();
    less.erase(key);
    const auto one_less = Translator::make(less.dump(), locales::shipped(Language::En));
    REQUIRE_FALSE(one_less);
    CHECK(one_less.error().error == locales::Error::MissingKey);
    auto both_less = nlohmann::json::parse(locales::shipped(Language::En));
    both_less.erase(key);
    CHECK_FALSE(Translator::make(less.dump(), both_less.dump()));
    CHECK_FALSE(Translator::make("{", locales::shipped(Language::En)));
    CHECK_FALSE(Translator::make(locales::shipped(Language::Es), "{"));
}

TEST_CASE("a bundle carries what screens say, and is asked for nothing that only the command line says") {
    for (const auto language : {Language::Es, Language::En}) {
        const auto whole = locales::Catalogue::parse(locales::shipped(language));
        const auto carried = locales::Catalogue::parse(locales::screen_words(language));
        REQUIRE(whole);
        REQUIRE(carried);
        for (const auto& [key, entry] : whole->entries())
            CHECK((carried->find(key) == nullptr) == key.starts_with("cli."));
    }
    CHECK(Translator::make(locales::screen_words(Language::Es), locales::screen_words(Language::En)));
    CHECK(Translator::make(locales::shipped(Language::Es), locales::shipped(Language::En)));  // of before
}

TEST_CASE("numbers have commas in threes and a point, whatever the C locale") {
    const auto t = Translator::built_in();
    for (const auto* const name : {"C", "de_DE.UTF-8", "es_ES.UTF-8"}) {
        (void)std::setlocale(LC_ALL, name);  // absent on most machines; then nothing changes
        CHECK(t.number(0).view() == "0");
        CHECK(t.number(999).view() == "999");
        CHECK(t.number(1'000).view() == "1,000");
        CHECK(t.number(-1'234'567).view() == "-1,234,567");
        CHECK(t.number(std::numeric_limits<std::int64_t>::min()).view() == "-9,223,372,036,854,775,808");
        CHECK(t.tenths(15).view() == "1.5");
        CHECK(t.tenths(-5).view() == "-0.5");
        CHECK(t.tenths(-12'345).view() == "-1,234.5");
    }
    (void)std::setlocale(LC_ALL, "C");
}

TEST_CASE("a number that names a person or a file has no commas; how many there are has") {
    auto t = Translator::built_in();
    for (const auto language : {Language::Es, Language::En}) {
        t.set_language(language);
        CHECK(t.tr("people.added", {{"number", 9'999}}).view().find("9999") != std::string_view::npos);
        CHECK(t.tr("bundle_lost.what", {{"number", 1'000}}).view().find("bundle-1000.amparo") !=
              std::string_view::npos);
        CHECK(t.tr("bundle_lost.safe", {{"count", 1'180}}).view().find("1,180") != std::string_view::npos);
    }
}

TEST_CASE("percentages and sizes are written as each language writes them") {
    auto t = Translator::built_in();
    CHECK(t.percent(38).view() == "38 %");
    CHECK(t.bytes(0).view() == "0 bytes");
    CHECK(t.bytes(1).view() == "1 byte");
    CHECK(t.bytes(999).view() == "999 bytes");
    CHECK(t.bytes(1'000).view() == "1.0 KB");
    CHECK(t.bytes(1'449).view() == "1.4 KB");
    CHECK(t.bytes(1'450).view() == "1.5 KB");
    CHECK(t.bytes(999'949).view() == "999.9 KB");
    CHECK(t.bytes(999'950).view() == "1.0 MB");
    CHECK(t.bytes(31'900'000'000).view() == "31.9 GB");
    CHECK(t.bytes(5'000'000'000'000'000).view() == "5,000.0 TB");
    CHECK_FALSE(t.bytes(std::numeric_limits<std::uint64_t>::max()).empty());
    t.set_language(Language::En);
    CHECK(t.percent(38).view() == "38%");
}

TEST_CASE("lists are joined as people write them") {
    using Items = std::vector<std::string_view>;
    auto t = Translator::built_in();
    CHECK(t.list(Items{}).empty());
    CHECK(t.list(Items{"a"}).view() == "a");
    CHECK(t.list(Items{"casas", "calles"}).view() == "casas y calles");
    CHECK(t.list(Items{"casas", "calles", "parques"}).view() == "casas, calles y parques");
    CHECK(t.list(Items{"casas", "iglesias"}).view() == "casas e iglesias");
    CHECK(t.list(Items{"madre", "hijo"}).view() == "madre e hijo");
    CHECK(t.list(Items{"agua", "hielo"}).view() == "agua y hielo");
    t.set_language(Language::En);
    CHECK(t.list(Items{"a", "b"}).view() == "a and b");
    CHECK(t.list(Items{"a", "b", "ice"}).view() == "a, b, and ice");
}

TEST_CASE("languages are found by code and by POSIX locale name") {
    using locales::language_from;
    for (const auto* const name : {"es", "es_MX.UTF-8", "es-419", "es.UTF-8", "es@euro"})
        CHECK(language_from(name) == Language::Es);
    CHECK(language_from("en_US.UTF-8") == Language::En);
    for (const auto* const name : {"", "e", "est", "esp_MX", "C", "POSIX", "fr_FR", "ES"})
        CHECK_FALSE(language_from(name));
    CHECK(locales::code(Language::Es) == "es");
    CHECK(locales::code(Language::En) == "en");
}

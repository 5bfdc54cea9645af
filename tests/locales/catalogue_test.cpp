#include "locales/catalogue.hpp"

#include <catch2/catch_all.hpp>

#include "locales/utf8.hpp"

using locales::Catalogue;
using locales::Error;

namespace {

Error fault_of(const std::string& json) {
    const auto parsed = Catalogue::parse(json);
    if (parsed) FAIL("taken: " << json);
    return parsed.error().error;
}

Catalogue taken(const std::string& json) {
    auto parsed = Catalogue::parse(json);
    if (!parsed) FAIL(to_text(parsed.error()));
    return std::move(*parsed);
}

std::size_t size_of(const std::string& json) {
    const auto catalogue = taken(json);
    return catalogue.entries().size();
}

}  // namespace

TEST_CASE("a catalogue is one flat object of keys and texts") {
    const auto catalogue = taken(R"({"home.title": "Inicio", "home.new": "Nueva"})");
    CHECK(catalogue.entries().size() == 2);
    REQUIRE(catalogue.find("home.title") != nullptr);
    CHECK(catalogue.find("home.other") == nullptr);
    CHECK(size_of("{}") == 0);
}

TEST_CASE("what is not a flat object of texts is refused") {
    CHECK(fault_of("") == Error::Json);
    CHECK(fault_of("[]") == Error::Json);
    CHECK(fault_of("\"text\"") == Error::Json);
    CHECK(fault_of("{\"a.b\": \"c\"") == Error::Json);
    CHECK(fault_of("{\"a.b\": \"c\"} x") == Error::Json);
    CHECK(fault_of("{'a.b': 'c'}") == Error::Json);
    CHECK(fault_of("{\"a.b\": \"c\",}") == Error::Json);
    CHECK(fault_of(R"({"a.b": {"c.d": "e"}})") == Error::NotText);
    CHECK(fault_of(R"({"a.b": ["c"]})") == Error::NotText);
    CHECK(fault_of(R"({"a.b": 1})") == Error::NotText);
    CHECK(fault_of(R"({"a.b": null})") == Error::NotText);
    CHECK(fault_of(R"({"a.b": true})") == Error::NotText);
}

TEST_CASE("a key that is there twice is refused, whatever its texts") {
    CHECK(fault_of(R"({"a.b": "c", "a.b": "c"})") == Error::DuplicateKey);
    CHECK(fault_of(R"({"a.b": "c", "d.e": "f", "a.\u0062": "g"})") == Error::DuplicateKey);
}

TEST_CASE("keys are lower-case words joined by dots") {
    for (const auto* const key :
         {"title", "Home.title", "home.", ".title", "home..title", "home title.x", "home.título", "home.1st",
          "home.title_", "home._title", "home.n_many", "home.n_zero", "_one.x"})
        CHECK(fault_of("{\"" + std::string(key) + "\": \"x\"}") == Error::Key);
    CHECK(fault_of("{\"a." + std::string(100, 'b') + "\": \"x\"}") == Error::Key);
    CHECK(size_of(R"({"home.new_screening.title2": "x"})") == 1);
}

TEST_CASE("texts are strict UTF-8 without control, bidirectional or invisible characters") {
    for (const std::string bytes : {"\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xF0\x80\x80\x80"})
        CHECK(fault_of("{\"a.b\": \"x" + bytes + "\"}") == Error::Encoding);
    for (const std::string escape :
         {"\\u0000", "\\u001b", "\\u0009", "\\u000d", "\\u007f", "\\u0085", "\\u00ad", "\\u061c", "\\u200b", "\\u200f",
          "\\u202a", "\\u202e", "\\u2066", "\\u2069", "\\ufeff", "\\uffff", "\\ue000", "\\udb40\\udc41"})
        CHECK(fault_of("{\"a.b\": \"x" + escape + "\"}") == Error::Encoding);
    CHECK(fault_of("{\"a.b\": \"x\\ud800\"}") == Error::Json);
    CHECK(fault_of("\xEF\xBB\xBF{}") == Error::Encoding);
    CHECK(size_of("{\"a.b\": \"línea\\notra\\u00a0más\"}") == 1);
}

TEST_CASE("a text that shows nothing is refused") {
    CHECK(fault_of(R"({"a.b": ""})") == Error::Empty);
    CHECK(fault_of(R"({"a.b": "  \n\u00a0"})") == Error::Empty);
}

TEST_CASE("placeholders are plain names in double braces, and every other brace is a mistake") {
    for (const auto* const text : {"{{", "}}", "{name}", "{{name}", "{{ name }}", "{{Name}}", "{{n, number}}",
                                   "{{- n}}", "{{}}", "{{a{{b}}}}", "$t(home.title)", "x}", "{{name}}}"})
        CHECK(fault_of("{\"a.b\": \"" + std::string(text) + "\"}") == Error::Placeholder);
    const auto catalogue = taken(R"({"a.b": "{{first}} x {{second_2}}{{first}}"})");
    CHECK(catalogue.find("a.b")->placeholders() == std::vector<std::string>{"first", "second_2"});
}

TEST_CASE("plural forms come in pairs with the same placeholders") {
    CHECK(fault_of(R"({"a.b_one": "x"})") == Error::Plural);
    CHECK(fault_of(R"({"a.b_other": "x"})") == Error::Plural);
    CHECK(fault_of(R"({"a.b": "x", "a.b_one": "x", "a.b_other": "y"})") == Error::Plural);
    CHECK(fault_of(R"({"a.b": "x", "a.b_one": "x"})") == Error::Plural);
    CHECK(fault_of(R"({"a.b_one": "{{name}}", "a.b_other": "{{count}}"})") == Error::Placeholder);
    const auto catalogue = taken(R"({"a.b_one": "a case", "a.b_other": "{{count}} cases"})");
    REQUIRE(catalogue.find("a.b") != nullptr);
    CHECK(catalogue.find("a.b")->plural());
    CHECK(catalogue.find("a.b_one") == nullptr);
}

TEST_CASE("careless and hostile sizes are refused") {
    CHECK(fault_of("{\"a.b\": \"" + std::string(5'000, 'x') + "\"}") == Error::Limit);
    CHECK(fault_of(std::string(2U << 20U, ' ')) == Error::Limit);
    std::string many = "{";
    for (int i = 0; i < 5'001; ++i) many += (i == 0 ? "\"a.b" : ",\"a.b") + std::to_string(i) + "\":\"x\"";
    CHECK(fault_of(many + "}") == Error::Limit);
    CHECK(fault_of(std::string(500'000, '[')) == Error::Json);
}

TEST_CASE("two languages must have the same keys, placeholders and plural forms") {
    const auto base = taken(R"({"a.b": "{{n}}", "a.c_one": "x", "a.c_other": "{{count}}"})");
    CHECK(check_pair(base, taken(R"({"a.b": "y {{n}}", "a.c_one": "z", "a.c_other": "{{count}} z"})")));
    const auto differs = [&base](const std::string& other) { return check_pair(base, taken(other)).error().error; };
    CHECK(differs(R"({"a.b": "{{n}}"})") == Error::MissingKey);
    CHECK(differs(R"({"a.b": "{{m}}", "a.c_one": "x", "a.c_other": "{{count}}"})") == Error::Differs);
    CHECK(differs(R"({"a.b": "{{n}}", "a.c": "{{count}}"})") == Error::Differs);
    CHECK(differs(R"({"a.b": "{{n}}", "a.c_one": "x", "a.c_other": "{{count}}", "a.d": "x"})") == Error::MissingKey);
}

TEST_CASE("the description of a problem names the key and never quotes a text") {
    const auto parsed = Catalogue::parse(R"({"a.b": "secret {"})");
    REQUIRE_FALSE(parsed);
    CHECK(to_text(parsed.error()).starts_with("a.b: "));
    CHECK(to_text(parsed.error()).find("secret") == std::string::npos);
}

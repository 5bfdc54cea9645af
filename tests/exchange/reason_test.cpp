// Why something that travels is refused: a kind and its fields, with a sentence in each language.
#include <catch2/catch_all.hpp>

#include "app/exchange/reason.hpp"
#include "locales/translator.hpp"

using namespace app::exchange;

TEST_CASE("every reason has a sentence in both languages that names all its fields") {
    const auto spanish = locales::Translator::built_in(locales::Language::Es);
    const auto english = locales::Translator::built_in(locales::Language::En);
    for (const auto& row : reasons()) {
        const auto key = "cli.why." + std::string(row.word);
        INFO(key);
        REQUIRE(spanish.has(key));
        const std::array<std::string_view, 3> fields{"#1.csv", "#2", "#3"};
        std::vector<locales::Value> values{{"a", fields[0]}, {"b", fields[1]}, {"c", fields[2]}};
        const auto said = [&](const locales::Translator& translator) {
            return std::string(translator.tr(key, std::span<const locales::Value>(values)).view());
        };
        for (const auto& text : {said(spanish), said(english)}) {
            CHECK(text.find("{{") == std::string::npos);
            for (std::size_t i = 0; i < fields.size(); ++i)
                CHECK((text.find(fields[i]) != std::string::npos) == (i < row.fields));
            CHECK_FALSE(text.ends_with('.'));
        }
        CHECK(said(spanish) != said(english));
    }
}

TEST_CASE("a reason that was kept as text is read back as the same, and other text as none") {
    for (const auto& row : reasons()) {
        Why why{row.reason};
        for (std::size_t i = 0; i < row.fields; ++i) why.of.push_back("forms/a" + std::to_string(i) + ".csv");
        const auto back = Why::parse(why.text());
        INFO(why.text());
        REQUIRE(back);
        CHECK(back->reason == why.reason);
        CHECK(back->of == why.of);
    }
    for (const auto* other : {"", "not by the device", "missing", ": a", "Store"}) CHECK_FALSE(Why::parse(other));
}

// How texts from outside are written out, by kind.
#include <catch2/catch_all.hpp>
#include <nlohmann/json.hpp>

#include "locales/visible.hpp"
#include "tests/outside/support.hpp"

using locales::ascii_json;
using locales::visible;
using locales::visible_lines;

TEST_CASE("what steers, hides or turns round is written as what it is") {
    CHECK(visible("plain, señora: ¿qué? 日本 …") == "plain, señora: ¿qué? 日本 …");
    CHECK(visible("\x1b[2J\x07") == "\\x1B[2J\\x07");
    CHECK(visible("a\nb\r\tc") == "a\\nb\\r\\tc");
    CHECK(visible(std::string_view("\0\x7f", 2)) == "\\x00\\x7F");
    CHECK(visible("\xc2\x9b") == "\\u{009B}");
    CHECK(visible("\xe2\x80\xae") == "\\u{202E}");
    CHECK(visible("\xf3\xa0\x81\x81") == "\\u{E0041}");
    CHECK(visible("a\xe2\x80\x8d") == "a\\u{200D}");
    CHECK(visible("\xff\xc3") == "\\xFF\\xC3");
    CHECK(visible("\xed\xa0\x80") == "\\xED\\xA0\\x80");
    CHECK(visible("").empty());
}

TEST_CASE("marks stay on the letter they belong to, four of them at most") {
    const std::string acute = "\xcc\x81";
    const auto times = [&](int count) {
        std::string text;
        for (int i = 0; i < count; ++i) text += acute;
        return text;
    };
    CHECK(visible("e" + times(4)) == "e" + times(4));
    CHECK(visible("e" + times(6) + "x" + acute) == "e" + times(4) + "\\u{0301}\\u{0301}x" + acute);
    CHECK(visible(acute + "e") == "\\u{0301}e");
    CHECK(visible_lines("e\n" + acute) == "e\n\\u{0301}");
    // Hindi, Thai and Vietnamese as people write them.
    for (const auto* const words : {"\xe0\xa4\xb9\xe0\xa4\xbf\xe0\xa4\xa8\xe0\xa5\x8d\xe0\xa4\xa6\xe0\xa5\x80",
                                    "\xe0\xb8\x97\xe0\xb8\xb5\xe0\xb9\x88", "\xe1\xba\xbf\xcc\xa3"})
        CHECK(visible(words) == words);
}

TEST_CASE("lines keep their ends and nothing else") {
    CHECK(visible_lines("a\nb\x1b\r\n") == "a\nb\\x1B\\r\n");
}

TEST_CASE("every danger is seen, and what was made visible stays as it is") {
    for (const auto& [name, danger] : outside::dangers()) {
        INFO(name);
        const auto text = "a" + danger + "b";
        REQUIRE(visible(text) != text);
        CHECK(outside::danger_in(visible(text)).empty());
        CHECK(visible(text).find('\n') == std::string::npos);
        CHECK(visible(visible(text)) == visible(text));
    }
}

TEST_CASE("every code point and every byte comes out harmless") {
    std::string all;
    for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
        if (code >= 0xD800 && code <= 0xDFFF) continue;
        if (code < 0x80) {
            all += static_cast<char>(code);
        } else if (code < 0x800) {
            all += static_cast<char>(0xC0 | code >> 6U);
        } else if (code < 0x10000) {
            all += static_cast<char>(0xE0 | code >> 12U);
        } else {
            all += static_cast<char>(0xF0 | code >> 18U);
        }
        if (code >= 0x10000) all += static_cast<char>(0x80 | (code >> 12U & 0x3F));
        if (code >= 0x800) all += static_cast<char>(0x80 | (code >> 6U & 0x3F));
        if (code >= 0x80) all += static_cast<char>(0x80 | (code & 0x3F));
    }
    for (int byte = 0x80; byte < 0x100; ++byte) all += std::string(1, static_cast<char>(byte)) + " ";
    CHECK(outside::danger_in(visible(all)).empty());
    CHECK(outside::danger_in(visible_lines(all)).empty());
    CHECK(outside::danger_in(ascii_json(all)).empty());
}

TEST_CASE("JSON in ASCII says what it said before") {
    for (const auto& [name, danger] : outside::dangers()) {
        INFO(name);
        const nlohmann::json value{{"a" + danger, {danger, "ñ", "\xf0\x9f\x8c\xb1"}}};
        const auto text = ascii_json(value.dump());
        CHECK(nlohmann::json::parse(text) == value);
        for (const char c : text) CHECK((c >= ' ' && c <= '~'));
    }
    CHECK(ascii_json("{\"a\":\t1,\r\n\"b\":\"\xff\"}") == "{\"a\": 1, \n\"b\":\"\\ufffd\"}");
}

#include <catch2/catch_all.hpp>

#include "app/ui/core/shaping.hpp"
#include "app/ui/core/text_field.hpp"

using app::ui::Face;
using app::ui::Glyphs;
using app::ui::TextField;
using app::ui::TextStyle;

namespace {

struct Fixture {
    app::platform::FontFiles fonts = app::platform::find_fonts().value();
    std::unique_ptr<Glyphs> glyphs = Glyphs::make(fonts).value();
    TextStyle style{Face::regular, 18, 25};

    std::vector<std::string> lines(std::string_view text, float width) {
        std::vector<std::string> out;
        for (const auto& line : app::ui::wrap_text(*glyphs, text, style, width).lines)
            out.emplace_back(text.substr(line.begin, line.end - line.begin));
        return out;
    }
};

TextField field(std::size_t capacity) {
    return TextField::make(crypto::SodiumReady::init().value(), capacity).value();
}

}  // namespace

TEST_CASE_METHOD(Fixture, "A text is broken between words, and every line fits") {
    const std::string_view text = "¿Alguien guarda sus documentos y no se los devuelve?";
    for (float width = 130; width < 500; width += 7) {
        std::string joined;
        for (const auto& line : lines(text, width)) {
            CHECK(app::ui::text_width(*glyphs, line, style) <= width + 0.02F);
            joined += (joined.empty() ? "" : " ") + line;
        }
        CHECK(joined == text);
    }
}

TEST_CASE_METHOD(Fixture, "A text as wide as it was measured stays on one line") {
    const std::string_view text = "Prefiero no decir";
    CHECK(lines(text, app::ui::text_width(*glyphs, text, style)).size() == 1);
}

TEST_CASE_METHOD(Fixture, "A case code breaks only after its hyphens") {
    CHECK(lines("radio-hotel-canal-482", 110) == std::vector<std::string>{"radio-hotel-", "canal-482"});
}

TEST_CASE_METHOD(Fixture, "A no-break blank and a no-break hyphen hold words together") {
    CHECK(lines("10\u00A0minutos", 40).size() == 1);
    CHECK(lines("auto\u2011ayuda", 60).size() == 1);
}

TEST_CASE_METHOD(Fixture, "A long word makes the text smaller before it would be cut") {
    const auto block = app::ui::wrap_text(*glyphs, "confidencialidad", style, 110);
    CHECK(block.lines.size() == 1);
    CHECK(block.size < 18);
    CHECK_FALSE(block.overflow);
    CHECK(app::ui::wrap_text(*glyphs, "confidencialidad", style, 30).overflow);
}

TEST_CASE_METHOD(Fixture, "Line feeds begin a line and empty lines count") {
    CHECK(lines("uno\n\ndos", 200) == std::vector<std::string>{"uno", "", "dos"});
}

TEST_CASE_METHOD(Fixture, "Spanish letters and signs have glyphs and widths") {
    for (const char32_t c : std::u32string(U"áéíóúüñÁÉÍÓÚÜÑ¿¡«»ªº–—…“”€·\u0101\u017E")) {
        INFO(static_cast<unsigned>(c));
        CHECK(glyphs->has(Face::regular, c));
        CHECK(glyphs->has(Face::bold, c));
        CHECK(glyphs->advance(Face::regular, c) > 0);
    }
}

TEST_CASE_METHOD(Fixture, "A character without glyph is reported") {
    CHECK(app::ui::wrap_text(*glyphs, "a\U0001F600", style, 200).missing);
    CHECK_FALSE(app::ui::wrap_text(*glyphs, "niño", style, 200).missing);
}

TEST_CASE("Broken UTF-8 becomes replacement characters and always ends") {
    for (const std::string_view text : {"\xff", "\xc3", "\xe2\x82", "a\xc3(", "\xf0\x9f\x98"}) {
        std::size_t at = 0;
        bool replaced = false;
        while (at < text.size()) replaced = app::ui::next_character(text, at) == U'\uFFFD' || replaced;
        CHECK(replaced);
    }
}

TEST_CASE_METHOD(Fixture, "Typed text keeps every byte on some line") {
    const std::string text = "una palabra interminableeeeeeeeeeeeeeeeeeeeeeeeeee y  dos blancos ";
    const auto block = app::ui::wrap_typed(*glyphs, text, style, 120);
    std::size_t at = 0;
    for (const auto& line : block.lines) {
        CHECK(line.begin == at);
        at = line.end;
    }
    CHECK(at == text.size());
    CHECK(block.lines.size() > 3);
}

TEST_CASE("A field takes letters with accents and erases them whole") {
    auto f = field(64);
    for (const char32_t c : std::u32string(U"Ñandú")) CHECK(f.insert(c));
    CHECK(f.text() == "Ñandú");
    CHECK(f.characters() == 5);
    CHECK(f.erase_before());
    CHECK(f.text() == "Ñand");
    f.home();
    CHECK(f.erase_after());
    CHECK(f.text() == "and");
    CHECK_FALSE(f.erase_before());
}

TEST_CASE("A field types at the caret") {
    auto f = field(64);
    f.assign("pa");
    f.move(-1);
    CHECK(f.insert(U'é'));
    CHECK(f.text() == "péa");
    f.move_to(2);
    CHECK(f.caret() == 1);
    f.end();
    CHECK(f.caret() == 4);
}

TEST_CASE("A field refuses what does not fit and control characters") {
    auto f = field(3);
    CHECK(f.insert(U'a'));
    CHECK(f.insert(U'ñ'));
    CHECK_FALSE(f.insert(U'b'));
    CHECK(f.text() == "añ");
    auto g = field(10);
    CHECK_FALSE(g.insert(U'\n'));
    CHECK(g.insert(U'\n', true));
    CHECK_FALSE(g.insert(U'\x07'));
    CHECK_FALSE(g.insert(static_cast<char32_t>(0xD800)));
    g.assign("áéíóúñ");
    CHECK(g.text() == "áéíóú");
}

// Every character of every text has a glyph in the fonts that the interface uses.
#include <ft2build.h>
#include FT_FREETYPE_H

#include <array>
#include <filesystem>
#include <memory>
#include <set>

#include "locales/utf8.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "tests/locales/files.hpp"

namespace {

struct CloseFace {
    void operator()(FT_Face face) const { FT_Done_Face(face); }
};
using Face = std::unique_ptr<FT_FaceRec_, CloseFace>;
struct CloseLibrary {
    void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
using Library = std::unique_ptr<FT_LibraryRec_, CloseLibrary>;

Face open_face(FT_Library library, const std::string& name) {
    for (const auto* const folder : {"/usr/share/fonts/truetype/noto/", "/usr/share/fonts/noto/"}) {
        FT_Face face = nullptr;
        if (FT_New_Face(library, (folder + name).c_str(), 0, &face) == 0) return Face(face);
    }
    FAIL("the font " << name << " is missing (package fonts-noto-core)");
    return {};
}

void add(std::set<char32_t>& characters, std::string_view text) {
    while (!text.empty()) {
        const auto character = locales::first_character(text);
        REQUIRE(character);
        if (character->code != U'\n') characters.insert(character->code);
        text.remove_prefix(character->bytes);
    }
}

/// Every character of the catalogues, of the questionnaires and of the referrals.
std::set<char32_t> characters_shown() {
    std::set<char32_t> characters;
    for (const auto* const language : {"es", "en", "qps"})
        for (const auto texts = locales_test::catalogue(language); const auto& [key, entry] : texts.entries()) {
            add(characters, locales_test::plain(entry.one));
            add(characters, locales_test::plain(entry.other));
        }
    add(characters, locales_test::read("questionnaires/referrals.csv"));
    for (const auto& file : std::filesystem::recursive_directory_iterator(AMPARO_SOURCE_DIR "/questionnaires/forms"))
        if (file.path().extension() == ".csv")
            add(characters, locales_test::read(std::filesystem::relative(file.path(), AMPARO_SOURCE_DIR).string()));
    return characters;
}

}  // namespace

TEST_CASE("every character that is shown has a glyph in Noto Sans Regular and Bold") {
    FT_Library raw = nullptr;
    REQUIRE(FT_Init_FreeType(&raw) == 0);
    const Library library(raw);
    const auto characters = characters_shown();
    CHECK(characters.count(U'ñ') == 1);
    CHECK(characters.count(U'¿') == 1);
    for (const auto* const name : {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"}) {
        const auto face = open_face(library.get(), name);
        CHECK(FT_Get_Char_Index(face.get(), 0x4E00) == 0);  // a character it does not have, so that the test can fail
        for (const auto code : characters) {
            INFO(name << ": U+" << std::hex << static_cast<unsigned>(code));
            CHECK(FT_Get_Char_Index(face.get(), code) != 0);
        }
    }
}

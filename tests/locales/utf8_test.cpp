// Which code points no text may carry, over all of them, by what Unicode says of each.
#include "locales/utf8.hpp"

#include <utf8proc.h>

#include <catch2/catch_all.hpp>
#include <cstdint>
#include <set>

#include "locales/visible.hpp"

namespace {

constexpr std::uint32_t last = 0x10FFFF;

std::string encoded(std::uint32_t code) {
    utf8proc_uint8_t bytes[4];
    const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes);
    return {bytes, bytes + size};
}

bool surrogate(std::uint32_t code) {
    return code >= 0xD800 && code <= 0xDFFF;
}

/// Categories by their two letters.
bool is_one_of(std::uint32_t code, const std::set<std::string>& categories) {
    return categories.contains(utf8proc_category_string(static_cast<utf8proc_int32_t>(code)));
}

}  // namespace

TEST_CASE("no code point that steers, is ignored, is nobody's or separates lines is taken", "[proof]") {
    for (std::uint32_t code = 0; code <= last; ++code) {
        const bool ignored = utf8proc_get_property(static_cast<utf8proc_int32_t>(code))->ignorable != 0;
        if (!ignored && !is_one_of(code, {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})) continue;
        if (locales::invisible_or_unsafe(code)) continue;
        FAIL("U+" << std::hex << code << " " << utf8proc_category_string(static_cast<utf8proc_int32_t>(code)));
    }
    for (const std::uint32_t code :
         {0x00ADU,  0x0600U, 0x0605U,   0x06DDU, 0x070FU, 0x08E2U, 0x110BDU, 0x110CDU, 0x115FU,  0x1160U,  0x3164U,
          0xFFA0U,  0x2800U, 0x034FU,   0x180BU, 0x2028U, 0x2029U, 0xFE00U,  0xFFF9U,  0xFFFBU,  0xE0000U, 0xE007FU,
          0xE0100U, 0xE000U, 0x10FFFDU, 0xFFFEU, 0xD800U, 0x3000U, 0x2003U,  0x16FE4U, 0x1D159U, last + 1}) {
        INFO("U+" << std::hex << code);
        CHECK(locales::invisible_or_unsafe(code));
    }
}

TEST_CASE("every letter, digit, sign and mark of people's languages is taken", "[proof]") {
    std::size_t refused = 0;
    for (std::uint32_t code = 0; code <= last; ++code) {
        const bool ignored = utf8proc_get_property(static_cast<utf8proc_int32_t>(code))->ignorable != 0;
        if (ignored || is_one_of(code, {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})) continue;
        if (locales::invisible_or_unsafe(code)) ++refused;
    }
    CHECK(refused == 5);  // those that look like nothing
    for (const std::uint32_t code : {0x20U, 0xA0U, 0x202FU}) CHECK_FALSE(locales::invisible_or_unsafe(code));
}

TEST_CASE("of every code point alone the eye sees a sign or its number, and marks stand on a letter") {
    for (std::uint32_t code = 0x80; code <= last; ++code) {
        if (surrogate(code)) continue;
        const auto text = encoded(code);
        const bool raw = !locales::invisible_or_unsafe(code);
        const auto seen = locales::visible("a" + text);
        if (seen == (raw ? "a" + text : seen) && (raw || seen.starts_with(code < 0x80 ? "a\\x" : "a\\u{"))) continue;
        FAIL("U+" << std::hex << code << " " << seen);
    }
    for (std::uint32_t code = 0x300; code <= last; ++code) {
        if (surrogate(code) || locales::invisible_or_unsafe(code) || !locales::combining_mark(code)) continue;
        const auto mark = encoded(code);
        const auto seen = locales::visible("a" + mark + mark + mark + mark + mark);
        if (seen.starts_with("a" + mark + mark + mark + mark + "\\u{") && locales::visible(mark).starts_with("\\u{"))
            continue;
        FAIL("U+" << std::hex << code << " " << seen);
    }
}

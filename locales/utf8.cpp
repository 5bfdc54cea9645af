#include "locales/utf8.hpp"

#include <utf8proc.h>

namespace locales {

std::optional<Character> first_character(std::string_view text) noexcept {
    if (text.empty()) return std::nullopt;
    const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto lead = at(0);
    if (lead < 0x80) return Character{lead, 1};
    const std::size_t bytes = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (bytes == 0 || text.size() < bytes) return std::nullopt;
    char32_t code = lead & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((at(i) & 0xC0U) != 0x80U) return std::nullopt;
        code = (code << 6U) | (at(i) & 0x3FU);
    }
    const bool overlong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
    if (overlong || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return std::nullopt;
    return Character{code, bytes};
}

namespace {

utf8proc_category_t category_of(char32_t code) noexcept {
    return utf8proc_category(static_cast<utf8proc_int32_t>(code));
}

/// Nothing is drawn for these, or only a sign that something is not there, and no property says so.
constexpr bool looks_blank(char32_t code) noexcept {
    switch (code) {
        case 0x2800:   // Braille pattern without dots
        case 0xFFFC:   // object replacement
        case 0xFFFD:   // what stands for bytes that are no text
        case 0x16FE4:  // Khitan small script filler
        case 0x1D159:  // musical null notehead
            return true;
        default:
            return false;
    }
}

}  // namespace

bool combining_mark(char32_t code) noexcept {
    if (code < 0x300) return false;
    const auto category = category_of(code);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

bool invisible_or_unsafe(char32_t code) noexcept {
    if (code < 0x7F) return code < 0x20;
    if (code > 0x10FFFF || looks_blank(code)) return true;
    if (utf8proc_get_property(static_cast<utf8proc_int32_t>(code))->ignorable != 0) return true;
    switch (category_of(code)) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return true;
        case UTF8PROC_CATEGORY_ZS:
            return code != 0xA0 && code != 0x202F;  // no-break spaces are ordinary typing
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ME:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_NO:
        case UTF8PROC_CATEGORY_PC:
        case UTF8PROC_CATEGORY_PD:
        case UTF8PROC_CATEGORY_PS:
        case UTF8PROC_CATEGORY_PE:
        case UTF8PROC_CATEGORY_PI:
        case UTF8PROC_CATEGORY_PF:
        case UTF8PROC_CATEGORY_PO:
        case UTF8PROC_CATEGORY_SM:
        case UTF8PROC_CATEGORY_SC:
        case UTF8PROC_CATEGORY_SK:
        case UTF8PROC_CATEGORY_SO:
            return false;
    }
    return true;
}

}  // namespace locales

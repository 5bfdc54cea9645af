#include "locales/visible.hpp"

#include <cstdint>

#include "locales/utf8.hpp"

namespace locales {
namespace {

void add_hex(std::string& out, std::uint32_t value, std::size_t least, const char* digits) {
    std::size_t count = 1;
    while (count < 8 && (value >> (4 * count)) != 0) ++count;
    for (auto left = count < least ? least : count; left > 0; --left) out += digits[(value >> (4 * (left - 1))) & 15U];
}

/// Marks in a row that stay: no language needs more on one letter, and more of them grow over the lines around.
constexpr std::size_t most_marks = 4;

constexpr const char* upper_digits = "0123456789ABCDEF";
constexpr const char* lower_digits = "0123456789abcdef";

void add_byte(std::string& out, std::uint32_t byte) {
    out += "\\x";
    add_hex(out, byte, 2, upper_digits);
}

void add_escaped(std::string& out, char32_t code) {
    if (code == U'\n') {
        out += "\\n";
        return;
    }
    if (code == U'\r') {
        out += "\\r";
        return;
    }
    if (code == U'\t') {
        out += "\\t";
        return;
    }
    if (code < 0x80) return add_byte(out, static_cast<std::uint32_t>(code));
    out += "\\u{";
    add_hex(out, static_cast<std::uint32_t>(code), 4, upper_digits);
    out += '}';
}

std::string escaped(std::string_view text, bool keep_line_feeds) {
    std::string out;
    out.reserve(text.size());
    std::size_t marks = most_marks;  // at the beginning of a line a mark would stand on what is not its own
    while (!text.empty()) {
        const auto next = first_character(text);
        if (!next) {
            add_byte(out, static_cast<unsigned char>(text.front()));
            text.remove_prefix(1);
            marks = 0;
            continue;
        }
        const bool line_feed = keep_line_feeds && next->code == U'\n';
        const bool mark = combining_mark(next->code);
        const bool unsafe = invisible_or_unsafe(next->code) || (mark && marks >= most_marks);
        if (line_feed || !unsafe)
            out += text.substr(0, next->bytes);
        else
            add_escaped(out, next->code);
        if (line_feed)
            marks = most_marks;
        else if (!mark)
            marks = 0;
        else if (!unsafe)
            ++marks;
        text.remove_prefix(next->bytes);
    }
    return out;
}

void add_utf16(std::string& out, std::uint32_t unit) {
    out += "\\u";
    add_hex(out, unit, 4, lower_digits);
}

}  // namespace

std::string visible(std::string_view text) {
    return escaped(text, false);
}

std::string visible_lines(std::string_view lines) {
    return escaped(lines, true);
}

std::string ascii_json(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    while (!json.empty()) {
        const auto next = first_character(json);
        const std::uint32_t code = next ? static_cast<std::uint32_t>(next->code) : 0xFFFD;
        if (code == '\n' || (code >= 0x20 && code < 0x7F)) {
            out += static_cast<char>(code);
        } else if (code < 0x20) {
            out += ' ';
        } else if (code < 0x10000) {
            add_utf16(out, code);
        } else {
            add_utf16(out, 0xD800 + ((code - 0x10000) >> 10U));
            add_utf16(out, 0xDC00 + ((code - 0x10000) & 0x3FFU));
        }
        json.remove_prefix(next ? next->bytes : 1);
    }
    return out;
}

}  // namespace locales

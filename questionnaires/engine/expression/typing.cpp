#include "questionnaires/engine/expression/typing.hpp"

#include <array>

#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {
namespace {

using TypedKind = Typed::Kind;

struct Range {
    char32_t first;
    char32_t last;
    TypedKind kind;
};

/// Unicode 15: White_Space without the XML ones; what takes no room; quotation marks and dashes by general category.
constexpr std::array ranges{
    Range{0x0085, 0x0085, TypedKind::Space},       Range{0x00A0, 0x00A0, TypedKind::Space},
    Range{0x00AB, 0x00AB, TypedKind::DoubleQuote}, Range{0x00AD, 0x00AD, TypedKind::Nothing},
    Range{0x00B4, 0x00B4, TypedKind::SingleQuote}, Range{0x00BB, 0x00BB, TypedKind::DoubleQuote},
    Range{0x1680, 0x1680, TypedKind::Space},       Range{0x180E, 0x180E, TypedKind::Nothing},
    Range{0x2000, 0x200A, TypedKind::Space},       Range{0x200B, 0x200B, TypedKind::Nothing},
    Range{0x200C, 0x200D, TypedKind::Joiner},      Range{0x2010, 0x2015, TypedKind::Dash},
    Range{0x2018, 0x201B, TypedKind::SingleQuote}, Range{0x201C, 0x201F, TypedKind::DoubleQuote},
    Range{0x2028, 0x2029, TypedKind::Space},       Range{0x202F, 0x202F, TypedKind::Space},
    Range{0x2032, 0x2032, TypedKind::SingleQuote}, Range{0x2033, 0x2033, TypedKind::DoubleQuote},
    Range{0x2039, 0x203A, TypedKind::SingleQuote}, Range{0x205F, 0x205F, TypedKind::Space},
    Range{0x2060, 0x2064, TypedKind::Nothing},     Range{0x2212, 0x2212, TypedKind::Dash},
    Range{0x3000, 0x3000, TypedKind::Space},       Range{0xFEFF, 0xFEFF, TypedKind::Nothing},
    Range{0xFF02, 0xFF02, TypedKind::DoubleQuote}, Range{0xFF07, 0xFF07, TypedKind::SingleQuote},
    Range{0xFF0D, 0xFF0D, TypedKind::Dash},
};

struct Printed {
    char32_t point;
    std::string_view meant;
};

constexpr std::array symbols{
    Printed{0x00D7, "*"}, Printed{0x00F7, "div"}, Printed{0x2260, "!="}, Printed{0x2264, "<="}, Printed{0x2265, ">="},
    Printed{0xFF04, "$"}, Printed{0xFF08, "("},   Printed{0xFF09, ")"},  Printed{0xFF0A, "*"},  Printed{0xFF0B, "+"},
    Printed{0xFF0C, ","}, Printed{0xFF0E, "."},   Printed{0xFF0F, "/"},  Printed{0xFF1C, "<"},  Printed{0xFF1D, "="},
    Printed{0xFF1E, ">"}, Printed{0xFF3B, "["},   Printed{0xFF3D, "]"},  Printed{0xFF5B, "{"},  Printed{0xFF5C, "|"},
    Printed{0xFF5D, "}"},
};

}  // namespace

Typed typed_at(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) -> char32_t {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const char32_t lead = byte(0);
    char32_t point = 0;
    std::size_t size = 0;
    if (lead == 0xC2 || lead == 0xC3) {
        size = 2;
        point = (lead & 0x1FU) << 6U | (byte(1) & 0x3FU);
    } else if (lead == 0xE1 || lead == 0xE2 || lead == 0xE3 || lead == 0xEF) {
        size = 3;
        point = (lead & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    }
    if (size == 0 || at + size > text.size()) return {};
    for (const Range& range : ranges) {
        if (point >= range.first && point <= range.last) return {range.kind, size, {}};
    }
    for (const Printed& symbol : symbols) {
        if (point == symbol.point) return {TypedKind::Symbol, size, symbol.meant};
    }
    return {};
}

std::string_view trim_spaces(std::string_view text) noexcept {
    std::size_t begin = text.size();
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Typed typed = typed_at(text, at);
        const bool space = is_space(text[at]) || typed.kind == TypedKind::Space || typed.kind == TypedKind::Nothing ||
                           typed.kind == TypedKind::Joiner;
        const std::size_t next = at + (typed.size == 0 ? 1 : typed.size);
        if (!space && begin == text.size()) begin = at;
        if (!space) end = next;
        at = next;
    }
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

bool has_odd_spaces(std::string_view text) noexcept {
    text = trim(text);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (static_cast<unsigned char>(text[at]) < 0x80) continue;
        const Typed typed = typed_at(text, at);
        if (typed.kind == TypedKind::Space || typed.kind == TypedKind::Nothing) return true;
        const bool outside = at == 0 || at + typed.size == text.size();
        if (typed.kind == TypedKind::Joiner && outside) return true;
    }
    return false;
}

std::string plain_spaces(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Typed typed = typed_at(text, at);
        const bool outside = at == 0 || at + typed.size == text.size();
        if (typed.kind == TypedKind::Space) {
            result += ' ';
        } else if (typed.kind != TypedKind::Nothing && !(typed.kind == TypedKind::Joiner && outside)) {
            result += text.substr(at, typed.size == 0 ? 1 : typed.size);
        }
        at += typed.size == 0 ? 1 : typed.size;
    }
    return result;
}

}  // namespace questionnaires::engine

#include "questionnaires/engine/form/workbook.hpp"

#include <limits>

namespace questionnaires::engine {

void Sheet::add_cell(std::string_view text) {
    // Readers stop far below 4 GiB; a caller that does not gets an empty cell instead of a wrapped offset.
    if (text.size() <= std::numeric_limits<std::uint32_t>::max() - text_.size()) text_.append(text);
    cell_ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void Sheet::end_row() {
    row_ends_.push_back(static_cast<std::uint32_t>(cell_ends_.size()));
}

std::size_t Sheet::width(std::size_t row) const noexcept {
    if (row >= row_ends_.size()) return 0;
    return row_ends_[row] - (row == 0 ? 0 : row_ends_[row - 1]);
}

std::string_view Sheet::cell(std::size_t row, std::size_t column) const noexcept {
    if (column >= width(row)) return {};
    const std::size_t index = (row == 0 ? 0 : row_ends_[row - 1]) + column;
    const std::size_t begin = index == 0 ? 0 : cell_ends_[index - 1];
    return std::string_view(text_).substr(begin, cell_ends_[index] - begin);
}

const Sheet* Workbook::find(std::string_view name) const noexcept {
    for (const auto& sheet : sheets) {
        if (sheet.name() == name) return &sheet;
    }
    return nullptr;
}

namespace {

struct Decoded {
    char32_t point = 0;
    std::size_t length = 0;  ///< 0: malformed
};

/// Unicode 15, table 3-7: well-formed UTF-8 only.
Decoded decode(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || text.size() < length) return {};
    char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        point = (point << 6U) | (byte(i) & 0x3FU);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (overlong || surrogate || point > 0x10FFFF) return {};
    return {point, length};
}

bool is_unsafe(char32_t point) noexcept {
    if (point < 0x20) return point != '\n' && point != '\t';
    if (point >= 0x7F && point <= 0x9F) return true;
    // UAX #9: LRM, RLM, ALM, embeddings, overrides, isolates. U+2028 and U+2029 break lines where nobody expects it.
    if (point == 0x200E || point == 0x200F || point == 0x061C) return true;
    if (point >= 0x2028 && point <= 0x202E) return true;
    if (point >= 0x2066 && point <= 0x2069) return true;
    if (point == 0xFEFF || (point >= 0xFDD0 && point <= 0xFDEF)) return true;
    return (point & 0xFFFEU) == 0xFFFEU;
}

}  // namespace

std::size_t find_unsafe(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x20 && byte < 0x7F) {
            ++at;
            continue;
        }
        const Decoded next = decode(text.substr(at));
        if (next.length == 0 || is_unsafe(next.point)) return at;
        at += next.length;
    }
    return std::string_view::npos;
}

}  // namespace questionnaires::engine

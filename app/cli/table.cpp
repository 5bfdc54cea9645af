#include "app/cli/table.hpp"

#include <algorithm>

#include "locales/visible.hpp"

namespace app::cli {
namespace {

/// Columns a terminal shows for UTF-8 text of Latin script: one for each code point.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string table(std::vector<Row> rows) {
    for (auto& row : rows)
        for (auto& cell : row) cell = locales::visible(cell);  // its width is that of what is printed
    std::vector<std::size_t> widths(rows.front().size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += row[i] + std::string(i + 1 < row.size() ? widths[i] - width(row[i]) + 2 : 0, ' ');
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

}  // namespace app::cli

#include "app/deployment/sheet_diff.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace app::deployment {
namespace {

using questionnaires::engine::Sheet;
using CellHow = CellDifference::How;

/// Rows below the header by their names, in order.
struct NamedRows {
    std::vector<std::string> order;
    std::map<std::string, std::size_t> rows;
};

bool is_blank(const Sheet& sheet, std::size_t row) {
    for (std::size_t column = 0; column < sheet.width(row); ++column)
        if (!sheet.cell(row, column).empty()) return false;
    return true;
}

NamedRows named_rows(const Sheet* sheet, const RowName& name) {
    NamedRows named;
    if (sheet == nullptr) return named;
    std::map<std::string, std::size_t> seen;
    for (std::size_t row = 1; row < sheet->rows(); ++row) {
        if (is_blank(*sheet, row)) continue;
        auto called = name(*sheet, row);
        if (const auto count = ++seen[called]; count > 1) called += " (" + std::to_string(count) + ")";
        if (!named.rows.emplace(called, row).second) continue;
        named.order.push_back(std::move(called));
    }
    return named;
}

/// Headers of both, those of the first sheet first; the same header twice is there twice.
std::vector<std::string> headers_of(const Sheet* before, const Sheet* after) {
    std::vector<std::string> headers;
    for (const auto* sheet : {before, after}) {
        if (sheet == nullptr || sheet->rows() == 0) continue;
        for (std::size_t column = 0; column < sheet->width(0); ++column)
            if (const auto header = sheet->cell(0, column);
                std::find(headers.begin(), headers.end(), header) == headers.end())
                headers.emplace_back(header);
    }
    return headers;
}

/// Everything under that header, wherever it stands: a column that is there twice hides nothing.
std::string all_under(const Sheet& sheet, std::size_t row, std::string_view header) {
    std::string text;
    for (std::size_t column = 0; column < std::max(sheet.width(0), sheet.width(row)); ++column)
        if (sheet.cell(0, column) == header && !sheet.cell(row, column).empty())
            text += (text.empty() ? "" : "\n") + std::string(sheet.cell(row, column));
    return text;
}

/// The first label of a row, or its first cells.
std::string said_in(const Sheet& sheet, std::size_t row) {
    for (std::size_t column = 0; column < sheet.width(0); ++column)
        if (sheet.cell(0, column).starts_with("label") && !sheet.cell(row, column).empty())
            return std::string(sheet.cell(row, column));
    return std::string(sheet.cell(row, 0));
}

/// Of the rows that both have, those outside the longest run that kept its order.
std::set<std::string> moved_rows(const NamedRows& before, const NamedRows& after) {
    std::map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < before.order.size(); ++i) place.emplace(before.order[i], i);
    std::vector<const std::string*> common;
    for (const auto& row : after.order)
        if (place.count(row) == 1) common.push_back(&row);
    constexpr auto none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> ends;                          // ends[n]: of the run of n + 1 that ends earliest
    std::vector<std::size_t> earlier(common.size(), none);  // the one before it in its run
    for (std::size_t i = 0; i < common.size(); ++i) {
        const auto at = place.at(*common[i]);
        const auto longer = std::lower_bound(ends.begin(), ends.end(), at, [&](std::size_t end, std::size_t wanted) {
            return place.at(*common[end]) < wanted;
        });
        if (longer != ends.begin()) earlier[i] = *std::prev(longer);
        if (longer == ends.end())
            ends.push_back(i);
        else
            *longer = i;
    }
    std::set<std::string> moved;
    for (const auto* row : common) moved.insert(*row);
    for (auto i = ends.empty() ? none : ends.back(); i != none; i = earlier[i]) moved.erase(*common[i]);
    return moved;
}

}  // namespace

std::string cell_under(const Sheet& sheet, std::size_t row, std::string_view header) {
    for (std::size_t column = 0; column < sheet.width(0); ++column)
        if (sheet.cell(0, column) == header) return std::string(sheet.cell(row, column));
    return {};
}

std::vector<CellDifference> sheet_differences(const Sheet* before, const Sheet* after, const RowName& name) {
    const auto old_rows = named_rows(before, name);
    const auto new_rows = named_rows(after, name);
    const auto headers = headers_of(before, after);
    const auto moved = moved_rows(old_rows, new_rows);
    std::vector<CellDifference> found;
    for (const auto& row : old_rows.order)
        if (new_rows.rows.count(row) == 0)
            found.push_back({CellHow::Removed, row, {}, said_in(*before, old_rows.rows.at(row)), {}});
    for (const auto& row : new_rows.order) {
        const auto at = new_rows.rows.at(row);
        const auto old = old_rows.rows.find(row);
        if (old == old_rows.rows.end()) {
            found.push_back({CellHow::Added, row, {}, {}, said_in(*after, at)});
            continue;
        }
        if (moved.count(row) == 1) found.push_back({CellHow::Moved, row, {}, {}, {}});
        for (const auto& header : headers) {
            auto was = all_under(*before, old->second, header);
            auto is = all_under(*after, at, header);
            if (was != is) found.push_back({CellHow::Changed, row, header, std::move(was), std::move(is)});
        }
    }
    return found;
}

}  // namespace app::deployment

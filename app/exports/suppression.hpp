// Which cells of a table of counts are not said, so that nobody can be found in it: those below a number, and as many
// others as it takes that none of those follows from sums. Knows nothing of what is counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace app::exports {

/// Counts from 1 to below it are not said. Nought is: it is nobody.
inline constexpr std::uint64_t least_said = 11;

/// A table of counts, row after row; its totals are the sums.
struct Counts {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<std::uint64_t> cells;

    [[nodiscard]] std::uint64_t at(std::size_t row, std::size_t column) const { return cells[row * columns + column]; }
    [[nodiscard]] std::vector<std::uint64_t> row_totals() const;
    [[nodiscard]] std::vector<std::uint64_t> column_totals() const;
};

/// What is not said of it.
struct Hidden {
    std::vector<bool> cells;
    std::vector<bool> rows;  ///< totals, with every cell in them
    std::vector<bool> columns;
};

/// Of counts whose sum is known: those from 1 to below `least`, and the smallest others until what is hidden adds up to
/// `least` at least. Then any of them may be nought and may be `least`. All, where the sum is below it.
[[nodiscard]] std::vector<bool> hide(std::span<const std::uint64_t> counts, std::uint64_t least = least_said);

/// Of a table whose totals are known where they are not hidden. Of every cell hidden because it is small there
/// is another table with the same totals and the same shown cells in which it is `least` at least; of totals as above.
/// Row and column totals are hidden by themselves, so that tables which share one of them hide the same of it.
[[nodiscard]] Hidden hide(const Counts& counts, std::uint64_t least = least_said);

}  // namespace app::exports

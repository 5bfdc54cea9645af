#include "app/exports/suppression.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace app::exports {
namespace {

/// Says something of somebody.
bool is_small(std::uint64_t count, std::uint64_t least) {
    return count > 0 && count < least;
}

constexpr auto nowhere = std::numeric_limits<std::size_t>::max();

/// Which tables have the same totals and the same shown cells: a cell rises by one where a closed way leads over hidden
/// cells that rise and fall in turn.
class Possible {
  public:
    Possible(const Counts& counts, const std::vector<bool>& hidden) : counts_(counts), hidden_(hidden) {}

    /// The most that a hidden cell can be, or `enough` where it can be that.
    [[nodiscard]] std::uint64_t most(std::size_t row, std::size_t column, std::uint64_t enough) {
        fixed_ = row * counts_.columns + column;
        cells_ = counts_.cells;
        auto value = cells_[fixed_];
        // Every way ends in this row, over a cell of it that falls.
        while (value < enough) {
            const auto step = push(counts_.rows + column, row);
            if (step == 0) break;
            value += step;
        }
        return std::min(value, enough);
    }
    /// Whether it can be another than it is.
    [[nodiscard]] bool moves(std::size_t row, std::size_t column) {
        if (most(row, column, counts_.at(row, column) + 1) > counts_.at(row, column)) return true;
        cells_ = counts_.cells;
        return counts_.at(row, column) > 0 && push(row, counts_.rows + column) > 0;
    }

  private:
    /// One shortest way from one row or column to another; how far every cell on it can move, having moved it.
    std::uint64_t push(std::size_t from, std::size_t to) {
        came_.assign(counts_.rows + counts_.columns, nowhere);
        came_[from] = from;
        std::vector<std::size_t> next{from};
        for (std::size_t at = 0; at < next.size() && came_[to] == nowhere; ++at) visit(next[at], next);
        if (came_[to] == nowhere) return 0;
        auto step = std::numeric_limits<std::uint64_t>::max() / 4;
        for (auto at = to; at != from; at = came_[at])
            if (came_[at] >= counts_.rows) step = std::min(step, cells_[cell(came_[at], at)]);
        for (auto at = to; at != from; at = came_[at]) {
            auto& moved = cells_[cell(came_[at], at)];
            moved = came_[at] >= counts_.rows ? moved - step : moved + step;
        }
        return step;
    }
    /// From a row its hidden cells rise, from a column they fall, as far as there is something in them.
    void visit(std::size_t at, std::vector<std::size_t>& next) {
        const bool row = at < counts_.rows;
        const auto first = row ? counts_.rows : 0;
        const auto last = row ? counts_.rows + counts_.columns : counts_.rows;
        for (auto to = first; to < last; ++to) {
            const auto over = cell(at, to);
            if (came_[to] != nowhere || !hidden_[over] || over == fixed_ || (!row && cells_[over] == 0)) continue;
            came_[to] = at;
            next.push_back(to);
        }
    }
    [[nodiscard]] std::size_t cell(std::size_t one, std::size_t other) const {
        return std::min(one, other) * counts_.columns + std::max(one, other) - counts_.rows;
    }

    const Counts& counts_;
    const std::vector<bool>& hidden_;
    std::size_t fixed_ = nowhere;
    std::vector<std::uint64_t> cells_;
    std::vector<std::size_t> came_;
};

/// Hides what takes a cell's secret: three corners of a rectangle with it, of which as little as can be was shown.
class Corners {
  public:
    Corners(const Counts& counts, std::vector<bool>& hidden, std::uint64_t least)
        : counts_(counts), hidden_(hidden), least_(least) {}

    /// Nothing is left to hide: false.
    bool hide_for(std::size_t row, std::size_t column) {
        struct Best {
            bool enough = false;
            std::uint64_t room = 0;
            std::uint64_t lost = 0;
            std::size_t row = 0;
            std::size_t column = 0;
        };
        std::optional<Best> best;
        for (std::size_t r = 0; r < counts_.rows; ++r)
            for (std::size_t c = 0; c < counts_.columns; ++c) {
                if (r == row || c == column) continue;
                const auto lost = shown(row, c) + shown(r, column) + shown(r, c);
                if (hidden(row, c) && hidden(r, column) && hidden(r, c)) continue;
                const auto room = std::min(counts_.at(row, c), counts_.at(r, column));
                const Best one{counts_.at(row, column) + room >= least_, room, lost, r, c};
                const bool better =
                    !best || (one.enough && !best->enough) ||
                    (one.enough == best->enough && (one.enough ? one.lost < best->lost : one.room > best->room));
                if (better) best = one;
            }
        if (!best) return false;
        for (const auto& [r, c] :
             {std::pair(row, best->column), std::pair(best->row, column), std::pair(best->row, best->column)})
            hidden_[r * counts_.columns + c] = true;
        return true;
    }

  private:
    [[nodiscard]] bool hidden(std::size_t r, std::size_t c) const { return hidden_[r * counts_.columns + c]; }
    [[nodiscard]] std::uint64_t shown(std::size_t r, std::size_t c) const {
        return hidden(r, c) ? 0 : counts_.at(r, c);
    }

    const Counts& counts_;
    std::vector<bool>& hidden_;
    std::uint64_t least_;
};

/// The cells of a table whose totals are all known, and nought or `least` at least.
std::vector<bool> hide_inside(const Counts& counts, std::uint64_t least) {
    std::vector<bool> hidden(counts.cells.size());
    for (std::size_t i = 0; i < hidden.size(); ++i) hidden[i] = is_small(counts.cells[i], least);
    Possible possible(counts, hidden);
    Corners corners(counts, hidden, least);
    const auto each = [&](const auto& use) {
        for (std::size_t row = 0; row < counts.rows; ++row)
            for (std::size_t column = 0; column < counts.columns; ++column)
                if (hidden[row * counts.columns + column]) use(row, column);
    };
    each([&](std::size_t row, std::size_t column) {
        if (!is_small(counts.at(row, column), least)) return;  // what it says would harm nobody
        while (possible.most(row, column, least) < least && corners.hide_for(row, column)) {
        }
    });
    // What follows from sums all the same, and was hidden for others that do not need it, may as well be said.
    each([&](std::size_t row, std::size_t column) {
        if (!is_small(counts.at(row, column), least) && !possible.moves(row, column))
            hidden[row * counts.columns + column] = false;
    });
    return hidden;
}

/// Hidden rows as one, at the end, and the same of columns; `place` says where each went.
struct Pooled {
    Counts counts;
    std::vector<std::size_t> row_at;
    std::vector<std::size_t> column_at;
};

std::size_t places(const std::vector<bool>& hidden, std::vector<std::size_t>& at) {
    const auto shown = static_cast<std::size_t>(std::count(hidden.begin(), hidden.end(), false));
    std::size_t next = 0;
    for (const bool one : hidden) at.push_back(one ? shown : next++);
    return shown + (shown < hidden.size() ? 1 : 0);
}

Pooled pooled(const Counts& counts, const Hidden& hidden) {
    Pooled made;
    made.counts.rows = places(hidden.rows, made.row_at);
    made.counts.columns = places(hidden.columns, made.column_at);
    made.counts.cells.assign(made.counts.rows * made.counts.columns, 0);
    for (std::size_t row = 0; row < counts.rows; ++row)
        for (std::size_t column = 0; column < counts.columns; ++column)
            made.counts.cells[made.row_at[row] * made.counts.columns + made.column_at[column]] +=
                counts.at(row, column);
    return made;
}

}  // namespace

std::vector<std::uint64_t> Counts::row_totals() const {
    std::vector<std::uint64_t> totals(rows, 0);
    for (std::size_t i = 0; i < cells.size(); ++i) totals[i / columns] += cells[i];
    return totals;
}

std::vector<std::uint64_t> Counts::column_totals() const {
    std::vector<std::uint64_t> totals(columns, 0);
    for (std::size_t i = 0; i < cells.size(); ++i) totals[i % columns] += cells[i];
    return totals;
}

std::vector<bool> hide(std::span<const std::uint64_t> counts, std::uint64_t least) {
    if (std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) < least)
        return std::vector<bool>(counts.size(), true);
    std::vector<bool> hidden(counts.size());
    std::uint64_t sum = 0;
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        hidden[i] = is_small(counts[i], least);
        if (hidden[i])
            sum += counts[i];
        else if (counts[i] > 0)
            shown.push_back(i);
    }
    std::stable_sort(shown.begin(), shown.end(), [&](auto a, auto b) { return counts[a] < counts[b]; });
    for (const auto i : shown) {
        if (sum == 0 || sum >= least) break;
        hidden[i] = true;
        sum += counts[i];
    }
    return hidden;
}

Hidden hide(const Counts& counts, std::uint64_t least) {
    Hidden hidden;
    hidden.rows = hide(counts.row_totals(), least);
    hidden.columns = hide(counts.column_totals(), least);
    if (std::accumulate(counts.cells.begin(), counts.cells.end(), std::uint64_t{0}) < least) {
        hidden.cells.assign(counts.cells.size(), true);
        return hidden;
    }
    const auto few = pooled(counts, hidden);
    const auto inside = hide_inside(few.counts, least);
    hidden.cells.resize(counts.cells.size());
    for (std::size_t row = 0; row < counts.rows; ++row)
        for (std::size_t column = 0; column < counts.columns; ++column) {
            const auto place = few.row_at[row] * few.counts.columns + few.column_at[column];
            // Of hidden totals together it may follow that nobody is in them: then the cell may as well be said.
            const bool of_total = (hidden.rows[row] || hidden.columns[column]) && few.counts.cells[place] > 0;
            hidden.cells[row * counts.columns + column] = of_total || inside[place];
        }
    return hidden;
}

}  // namespace app::exports

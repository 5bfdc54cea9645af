// No hidden number can be found by whoever has all that is shown: asked of every table that could be the true one.
#include <catch2/catch_all.hpp>
#include <functional>
#include <numeric>
#include <random>

#include "app/exports/suppression.hpp"

using app::exports::Counts;
using app::exports::hide;
using app::exports::least_said;

namespace {

constexpr std::uint64_t few = 3;  // small enough that every table can be tried

struct Range {
    std::uint64_t least = ~std::uint64_t{0};
    std::uint64_t most = 0;
    void take(std::uint64_t value) {
        least = std::min(least, value);
        most = std::max(most, value);
    }
};

/// Tries every table with the shown cells and totals of this one, one cell after the other.
class Every {
  public:
    Every(const Counts& counts, const app::exports::Hidden& hidden)
        : counts_(counts),
          hidden_(hidden),
          cells_(counts.cells),
          rows_(counts.row_totals()),
          columns_(counts.column_totals()),
          row_left_(rows_),
          column_left_(columns_),
          all_(std::accumulate(rows_.begin(), rows_.end(), std::uint64_t{0})),
          ranges(counts.cells.size()),
          row_ranges(counts.rows),
          column_ranges(counts.columns) {
        // A hidden total may be anything up to all of them together.
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (hidden.rows[i]) row_left_[i] = all_;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (hidden.columns[i]) column_left_[i] = all_;
        left_ = all_;
        place(0);
    }

  private:
    void place(std::size_t at) {
        if (at == cells_.size()) return end();
        const auto row = at / counts_.columns;
        const auto column = at % counts_.columns;
        const auto most = std::min({row_left_[row], column_left_[column], left_});
        const bool hidden = hidden_.cells[at];
        if (!hidden && counts_.cells[at] > most) return;
        for (auto value = hidden ? 0 : counts_.cells[at]; value <= (hidden ? most : counts_.cells[at]); ++value) {
            cells_[at] = value;
            row_left_[row] -= value;
            column_left_[column] -= value;
            left_ -= value;
            const bool row_ends = column + 1 == counts_.columns && !hidden_.rows[row] && row_left_[row] != 0;
            if (!row_ends) place(at + 1);
            row_left_[row] += value;
            column_left_[column] += value;
            left_ += value;
        }
    }
    void end() {
        if (left_ != 0) return;
        const Counts made{counts_.rows, counts_.columns, cells_};
        const auto rows = made.row_totals();
        const auto columns = made.column_totals();
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (!hidden_.rows[i] && rows[i] != rows_[i]) return;
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (!hidden_.columns[i] && columns[i] != columns_[i]) return;
        for (std::size_t i = 0; i < cells_.size(); ++i) ranges[i].take(cells_[i]);
        for (std::size_t i = 0; i < rows.size(); ++i) row_ranges[i].take(rows[i]);
        for (std::size_t i = 0; i < columns.size(); ++i) column_ranges[i].take(columns[i]);
    }

    const Counts& counts_;
    const app::exports::Hidden& hidden_;
    std::vector<std::uint64_t> cells_;
    std::vector<std::uint64_t> rows_;
    std::vector<std::uint64_t> columns_;
    std::vector<std::uint64_t> row_left_;
    std::vector<std::uint64_t> column_left_;
    std::uint64_t all_;
    std::uint64_t left_ = 0;

  public:
    std::vector<Range> ranges;
    std::vector<Range> row_ranges;
    std::vector<Range> column_ranges;
};

void check(bool hidden, std::uint64_t value, const Range& range, std::uint64_t all, std::uint64_t least) {
    if (!hidden) {
        CHECK((value == 0 || value >= least));
        return;
    }
    CHECK(range.least < range.most);
    if (value == 0 || value >= least) return;
    // Below and not below are both possible.
    CHECK(range.least < least);
    CHECK(range.most >= std::min(least, all));
}

}  // namespace

TEST_CASE("of counts with a known sum none below the least is shown, and none can be found") {
    std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same tables each time
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::uint64_t> counts(1 + random() % 6);
        for (auto& one : counts) one = random() % (random() % 4 == 0 ? 60 : 16);
        const auto hidden = hide(counts);
        std::uint64_t all = 0;
        std::uint64_t sum = 0;
        std::size_t how_many = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            all += counts[i];
            if (hidden[i]) sum += counts[i];
            if (hidden[i]) ++how_many;
            if (!hidden[i]) CHECK((counts[i] == 0 || counts[i] >= least_said));
        }
        if (all < least_said) {
            CHECK(how_many == counts.size());
        } else if (how_many > 0) {
            CHECK(how_many >= 2);  // each may be nought, and the sum of all
            CHECK(sum >= least_said);
        }
    }
}

TEST_CASE("of a table of any kind no hidden number can be found by trying every table that may be the true one") {
    std::mt19937 random(11);  // NOLINT(cert-msc51-cpp)
    std::size_t with_hidden = 0;
    std::size_t with_shown = 0;
    for (int round = 0; round < 400; ++round) {
        Counts counts{1 + random() % 3, 1 + random() % 3, {}};
        for (std::size_t i = 0; i < counts.rows * counts.columns; ++i) counts.cells.push_back(random() % 5);
        const auto hidden = hide(counts, few);
        const Every every(counts, hidden);
        const auto all = std::accumulate(counts.cells.begin(), counts.cells.end(), std::uint64_t{0});
        if (all < few) {  // then nothing of it is said, not even how many there are
            for (const bool one : hidden.cells) CHECK(one);
            continue;
        }
        INFO("round " << round);
        for (std::size_t i = 0; i < counts.cells.size(); ++i) {
            check(hidden.cells[i], counts.cells[i], every.ranges[i], all, few);
            (hidden.cells[i] ? with_hidden : with_shown) += 1;
        }
        const auto rows = counts.row_totals();
        for (std::size_t i = 0; i < rows.size(); ++i) check(hidden.rows[i], rows[i], every.row_ranges[i], all, few);
        const auto columns = counts.column_totals();
        for (std::size_t i = 0; i < columns.size(); ++i)
            check(hidden.columns[i], columns[i], every.column_ranges[i], all, few);
    }
    CHECK(with_hidden > 500);
    CHECK(with_shown > 100);
}

TEST_CASE("a single small cell takes three others with it, and no more than that") {
    const Counts counts{3, 3, {4, 50, 60, 70, 80, 90, 100, 110, 120}};
    const auto hidden = hide(counts);
    CHECK(std::count(hidden.cells.begin(), hidden.cells.end(), true) == 4);
    CHECK(hidden.cells[0]);
    CHECK(std::count(hidden.rows.begin(), hidden.rows.end(), true) == 0);
}

TEST_CASE("nought is said, and a small site is hidden with the next one") {
    const Counts counts{3, 2, {30, 0, 40, 50, 2, 3}};
    const auto hidden = hide(counts);
    const Counts nobody{2, 2, {30, 0, 40, 50}};
    CHECK(hide(nobody).cells == std::vector<bool>(4, false));
    CHECK(hidden.rows == std::vector<bool>{true, false, true});
    CHECK_FALSE(hidden.columns[0]);
}

TEST_CASE("a large table is hidden in a moment") {
    std::mt19937 random(13);  // NOLINT(cert-msc51-cpp)
    Counts counts{60, 48, {}};
    for (std::size_t i = 0; i < counts.rows * counts.columns; ++i) counts.cells.push_back(random() % 40);
    const auto hidden = hide(counts);
    for (std::size_t i = 0; i < counts.cells.size(); ++i)
        if (counts.cells[i] > 0 && counts.cells[i] < least_said) CHECK(hidden.cells[i]);
}

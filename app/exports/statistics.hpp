// Counts of screenings by site, month, level, indicator and completeness, without small cells and without a word that
// anybody said. Knows no form beyond its names, and no format.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/exports/screening.hpp"
#include "app/exports/suppression.hpp"

namespace app::exports {

/// A table to be said. Nothing in a cell: it is not said.
struct StatTable {
    std::string name;                  ///< "site_month"
    std::vector<std::string> rows;     ///< ids of devices, words of levels, "form/question" …
    std::vector<std::string> columns;  ///< months, or words of states
    std::vector<std::optional<std::uint64_t>> cells;
    std::vector<std::optional<std::uint64_t>> row_totals;
    std::vector<std::optional<std::uint64_t>> column_totals;  ///< empty where columns do not add up to anything
};

struct StatReport {
    std::optional<std::uint64_t> screenings;  ///< nothing where there are fewer than are said
    std::vector<StatTable> tables;            ///< none where there are fewer
    std::size_t hidden = 0;                   ///< cells and totals that are not said
};

/// Counts one screening after the other; holds numbers only.
class Statistics {
  public:
    void add(const Screening& screening);
    /// Months are common to all tables that have them, and the numbers of a form to all that speak of it. Beyond these
    /// no two tables have anything in common, so that what one hides no other gives away.
    [[nodiscard]] StatReport report(std::uint64_t least = least_said) const;

  private:
    using Cells = std::map<std::pair<std::string, std::string>, std::uint64_t>;
    std::uint64_t all_ = 0;
    std::map<std::string, std::uint64_t> months_;
    std::map<std::string, std::uint64_t> forms_;
    std::map<std::string, Cells> by_month_;  ///< name of the table -> (row, month)
    Cells fired_;                            ///< (form, indicator)
    std::map<std::string, Cells> states_;    ///< form -> (question, state)
};

}  // namespace app::exports

// The rows and cells a form is made from; knows nothing about files or about what the columns mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "questionnaires/engine/expression/limits.hpp"

namespace questionnaires::engine {

/// One sheet. All text is in one buffer, so a sheet of thousands of rows is two allocations.
/// Row 0 is the header row; a cell beyond the end of its row reads as empty.
class Sheet {
  public:
    explicit Sheet(std::string name) : name_(std::move(name)) {}

    /// Appends a cell to the row being written. At most 2^32 bytes per sheet; readers enforce far smaller limits.
    void add_cell(std::string_view text);
    /// Ends the row being written, which may be empty.
    void end_row();

    [[nodiscard]] std::string_view name() const noexcept { return name_; }
    [[nodiscard]] std::size_t rows() const noexcept { return row_ends_.size(); }
    /// Cells written in that row, trailing empty ones included.
    [[nodiscard]] std::size_t width(std::size_t row) const noexcept;
    [[nodiscard]] std::string_view cell(std::size_t row, std::size_t column) const noexcept;

  private:
    std::string name_;
    std::string text_;
    std::vector<std::uint32_t> cell_ends_;
    std::vector<std::uint32_t> row_ends_;
};

/// The sheets of one questionnaire: survey, choices, settings, indicators, levels, actions. `files` are the tables
/// beside them, each named as its file ("animals.csv"), for select_one_from_file, csv-external and pulldata(); a sheet
/// with another name that the survey speaks of counts as a file of that name.
struct Workbook {
    std::vector<Sheet> sheets;
    std::vector<Sheet> files = {};
    /// Names of tables that are there and cannot be read; whoever read them said why. A form with one does not load,
    /// and what needs the table is no fault of its own.
    std::vector<std::string> unreadable = {};

    /// Null when there is no sheet of that name.
    [[nodiscard]] const Sheet* find(std::string_view name) const noexcept;
};

/// Byte offset of the first thing that may not be in a form: malformed or overlong UTF-8, a surrogate, a control
/// character other than tab and line feed, a bidirectional control (Unicode UAX #9), U+FEFF, or a noncharacter.
/// npos when the text is clean.
[[nodiscard]] std::size_t find_unsafe(std::string_view text) noexcept;

}  // namespace questionnaires::engine

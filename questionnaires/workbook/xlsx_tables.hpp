// Tables of typed cells as an .xlsx for people: dates are dates, numbers are numbers, and no text is a formula. Knows
// nothing about what the columns mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace questionnaires::workbook {

inline constexpr std::size_t most_table_rows = 1'048'576;
inline constexpr std::size_t most_table_columns = 16'384;
inline constexpr std::size_t most_cell_bytes = 32'767;  ///< never fewer than the UTF-16 units that the format counts

struct TypedCell {
    enum class Type : std::uint8_t { Text, Number, Day, YesNo };
    Type type = Type::Text;
    std::string text;  ///< empty: nothing. Number: decimal digits; Day: "2026-11-24"; YesNo: "yes" or "no"
};

/// Gets a row; false where it cannot be written.
using TakeRow = std::function<bool(const std::vector<TypedCell>& row)>;

/// Its first row is the header: bold, and it stays where it is.
struct TypedTable {
    std::string name;  ///< of the sheet
    std::vector<std::vector<TypedCell>> rows;
    std::function<bool(const TakeRow& take)> more =
        {};  ///< those behind them, which are not held; false: there was none
};

/// What is not what its type says is written as text. The same tables give the same bytes. `scratch`: a folder for this
/// user alone, in which pieces lie meanwhile. Nothing when a table is larger than the format, or has a name that no
/// sheet can have, or there was no room.
[[nodiscard]] std::optional<std::vector<std::byte>> write_tables(std::span<const TypedTable> tables,
                                                                 const std::filesystem::path& scratch);

}  // namespace questionnaires::workbook

// Rows of words under each other, for people who read a terminal.
#pragma once

#include <string>
#include <vector>

namespace app::cli {

using Row = std::vector<std::string>;

/// The rows as lines, every column as wide as its widest word, and every word visible. All rows have as many columns as
/// the first.
[[nodiscard]] std::string table(std::vector<Row> rows);

}  // namespace app::cli

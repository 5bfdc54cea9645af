// Reads the sheets of a questionnaire from CSV, strictly; knows nothing about what the columns mean.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "questionnaires/engine/expression/sentence.hpp"
#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::workbook {

/// File name ("survey.csv") to its bytes, as a bundle carries them under forms/<id>/.
using Members = std::map<std::string, std::span<const std::byte>, std::less<>>;

/// One CSV table (RFC 4180; comma, double quotes; LF or CRLF; a leading UTF-8 byte order mark is tolerated). Spaces
/// around unquoted cells are dropped, CRLF within a cell becomes LF. `name` is used in diagnostics and becomes the
/// sheet's name. Errors: broken quoting, unsafe text (engine::find_unsafe), engine::Limits exceeded; all of one table
/// are reported, at most 50.
[[nodiscard]] tl::expected<engine::Sheet, engine::Diagnostics> read_csv(std::string_view name,
                                                                        std::span<const std::byte> bytes);

/// All `*.csv` members as sheets named without the extension; other members are ignored.
[[nodiscard]] tl::expected<engine::Workbook, engine::Diagnostics> read_memory(const Members& members);

/// Bytes of a regular file of at most `most`. `sheet` is what the fault is about.
[[nodiscard]] tl::expected<std::vector<std::byte>, engine::Diagnostic> read_bytes(
    const std::filesystem::path& path, const std::string& sheet, std::size_t most = engine::Limits::file_bytes);

/// All regular `*.csv` files directly in the folder. Symbolic links and files above Limits::file_bytes are errors.
[[nodiscard]] tl::expected<engine::Workbook, engine::Diagnostics> read_folder(const std::filesystem::path& folder);

/// Sheets as far as they can be read. A table that is no sheet of a questionnaire and cannot be read is in
/// Workbook::unreadable, with what is wrong in `faults`.
struct Readable {
    engine::Workbook workbook;
    engine::Diagnostics faults;
};
/// The same folder for somebody who mends it, so that a broken table hides nothing else. Errors: those of the sheets.
[[nodiscard]] tl::expected<Readable, engine::Diagnostics> read_folder_to_mend(const std::filesystem::path& folder);
/// Of members: what read_memory() refuses as one.
[[nodiscard]] tl::expected<Readable, engine::Diagnostics> read_memory_to_mend(const Members& members);

/// "larger than 4 MiB".
[[nodiscard]] engine::Sentence larger_than(std::size_t bytes);

}  // namespace questionnaires::workbook

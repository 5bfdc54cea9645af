// The one canonical writer of a record.
#pragma once

#include <memory_resource>
#include <optional>
#include <string>

#include "app/record/record.hpp"

namespace app::record {

/// UTF-8 in NFC, members sorted by name, no blanks; everything it needs lies in `memory`. Nothing when memory ran out,
/// a text is not UTF-8, the record has unknown members, or a withdrawn one says what it must not. Source:
/// docs/FORMATS.md "Record".
[[nodiscard]] std::optional<std::pmr::string> write(const Record& record, std::pmr::memory_resource* memory) noexcept;

}  // namespace app::record

#pragma once
// What a record says of its case. Knows records, and nothing of where they are kept.

#include "app/casebook/cases.hpp"

namespace app::casebook::rules {

/// Readings as they stand; key and version are those of whoever keeps it.
[[nodiscard]] Case case_of(const Record& record);

}  // namespace app::casebook::rules

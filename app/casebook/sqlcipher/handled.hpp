#pragma once
// What coordinators did about a visit, as columns of everything that is listed and held of it: so that a list can be
// filtered by it. All forms of a visit (one device, one case code) say the same. Knows no rule.

#include <string>
#include <string_view>

#include "app/casebook/error.hpp"
#include "app/database/database.hpp"

namespace app::casebook::sqlcipher {

/// Says anew, from the steps, what was done about the visit that this record is listed of.
[[nodiscard]] Result<void> note_handled(app::database::Database& database, std::string_view device,
                                        std::string_view record);
/// A record was listed, in place of one with the code `before`; empty for none.
[[nodiscard]] Result<void> take_handled(app::database::Database& database, std::string_view device,
                                        std::string_view record, std::string_view before);
/// What is held says what is listed of its record.
[[nodiscard]] Result<void> take_handled_held(app::database::Database& database, std::int64_t sealed);

/// The code under which a record is listed; empty for none.
[[nodiscard]] Result<std::string> listed_code(app::database::Database& database, std::string_view device,
                                              std::string_view record);
/// Nothing that coordinators did about a record is kept any more, nor that another one was linked with it.
[[nodiscard]] Result<void> forget_handled(app::database::Database& database, std::string_view device,
                                          std::string_view record);

}  // namespace app::casebook::sqlcipher

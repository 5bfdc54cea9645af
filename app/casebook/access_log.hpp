#pragma once
// Who opened or exported which case and when. Knows neither SQL nor what a case says. Everything is known by device and
// record.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/error.hpp"

namespace app::casebook {

/// One opening of one record. Of one that was erased since, the code is that of the note that stays.
struct Access {
    std::string device;
    std::string record;
    std::string day;          ///< "2026-11-24"
    std::string by;           ///< the public half of the identity that opened the casebook
    std::string exported{};   ///< the word of the format that it was written in; empty: shown, or counted
    std::string case_code{};  ///< as it is listed; empty where nothing here says it. Not kept: add() passes over it.
};

/// Entries outlive what they speak of: whoever erases a record, or carries out its withdrawal, leaves all of them.
class AccessLog {
  public:
    AccessLog() = default;
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;
    virtual ~AccessLog() = default;

    /// Errors, here and below: NoSpace, Io, Damaged, Memory.
    [[nodiscard]] virtual Result<void> add(const Access& access) = 0;
    /// The latest first, whatever their days say. `name`: a case code or the id of a record; empty for all. `most`: 0
    /// for all.
    [[nodiscard]] virtual Result<std::vector<Access>> latest(std::string_view name, std::size_t most) = 0;
};

}  // namespace app::casebook

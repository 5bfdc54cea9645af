#pragma once
// What is remembered of files that were refused. Knows neither SQL nor the copies that are kept of them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/error.hpp"

namespace app::casebook {

struct Quarantined {
    std::string file_sha256;  ///< hex, of as much of it as is read
    std::uint64_t bytes = 0;  ///< of the file; 0 where an older version did not note it
    bool kept = false;        ///< the copy is `<file_sha256>.age` in the quarantine folder; else only this is known
    std::string file;         ///< name that it had
    std::string reason;       ///< word of exchange::reason_word(), or "revoked"
    std::string detail;
};

class Refusals {
  public:
    Refusals() = default;
    Refusals(const Refusals&) = delete;
    Refusals& operator=(const Refusals&) = delete;
    virtual ~Refusals() = default;

    /// A file is known by digest and size: the first note of it stays, and that a copy is kept is added.
    /// Errors, here and below: NoSpace, Io, Damaged, Memory.
    [[nodiscard]] virtual Result<void> note(const Quarantined& refused) = 0;
    /// Whatever has this digest was refused no more. Whether anything had.
    [[nodiscard]] virtual Result<bool> forget(std::string_view file_sha256) = 0;
    /// No copy is kept any more.
    [[nodiscard]] virtual Result<void> note_no_copy(std::string_view file_sha256) = 0;
    /// As they came.
    [[nodiscard]] virtual Result<std::vector<Quarantined>> all() = 0;
};

}  // namespace app::casebook

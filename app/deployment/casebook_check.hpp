#pragma once
// Whether a casebook is whole. Must not know what a casebook's tables are.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/deployment/casebook_backup.hpp"

namespace app::deployment {

/// What a casebook turned out to be.
struct CasebookCheck {
    std::size_t cases = 0;
    std::size_t originals = 0;                 ///< sealed records whose bytes are kept
    std::size_t erased = 0;                    ///< whose bytes are gone, as they should be
    std::vector<std::string> changed;          ///< sealed records whose bytes are not those that came: device/name
    std::size_t torn = 0;                      ///< rows that name others which are not there
    std::vector<std::string> audit;            ///< devices whose audit chain is not whole
    std::optional<exchange::Day> last_backup;  ///< nothing before the first

    [[nodiscard]] bool whole() const { return changed.empty() && torn == 0; }
};

/// Opening it authenticated every page already. `progress` counts records. Errors: casebook::Error.
[[nodiscard]] Result<CasebookCheck> check_casebook(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                                   OpenCasebook& open, const backup::Progress& progress);

}  // namespace app::deployment

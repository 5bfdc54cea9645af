#pragma once
// What opening and repairing a store share. Inside app/store only.

#include "app/store/store.hpp"

namespace app::store::detail {

/// What a repair found out.
struct AfterRepair {
    AuditHead audit;                    ///< where the chain ends now
    std::uint64_t audit_sent = 0;       ///< as far as that is known for certain
    std::uint64_t epoch = 0;            ///< the new one; 0 when the device was never enrolled
    std::uint64_t bundle_sequence = 0;  ///< the highest that was installed; 0 when none is known
    Digest damaged{};                   ///< of the database file that this one takes the place of
    std::string note;                   ///< what the coordinators are to be told
};

/// The whole database of a file as at any start; migrations are held until keep_migrations(). Errors: as open_store().
[[nodiscard]] Result<std::unique_ptr<Store>> open_whole(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                        const crypto::SecretBytes& key);

}  // namespace app::store::detail

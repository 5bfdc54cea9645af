#pragma once
// The whole database under another key. Inside app/store only.

#include "app/store/state_folder.hpp"
#include "crypto/secret.hpp"

namespace app::store::detail {

/// Writes a second database beside the present one with the same rows under `to`, and then puts it in its place: until
/// the last instant the present one is whole and opens with `from`, afterwards only `to` opens it. SQLCipher's own
/// rekeying would rewrite every page in place and leave the summary under the old key when interrupted. Needs as much
/// free room as the database has. On failure the present one is unchanged. The database must be closed.
/// It begins with `salt`. Errors: as database::Database::open and database::Database::create.
[[nodiscard]] Result<void> rekey(crypto::SodiumReady ready, const StateFolder& folder, const crypto::SecretBytes& from,
                                 const crypto::SecretBytes& to, const crypto::DatabaseSalt& salt);
/// Removes what an interrupted rekey() left beside the database.
void remove_next_database(const StateFolder& folder) noexcept;

}  // namespace app::store::detail

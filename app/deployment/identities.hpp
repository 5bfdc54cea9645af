#pragma once
// Identity files of coordinators: plain, or wrapped with a passphrase. Must not know where a passphrase comes from.

#include <filesystem>
#include <vector>

#include "app/deployment/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/secret.hpp"

namespace app::deployment {

/// "coordinator.identity": what the coordinator's own identity file is called.
inline constexpr const char* coordinator_file = "coordinator.identity";

/// True when what the file holds is itself an age file: parse_identities() needs the passphrase.
[[nodiscard]] bool is_wrapped(crypto::ByteView text);

/// Every identity of a file, in order. `passphrase`: of a wrapped one. Errors: WrongPassphrase, IdentityMalformed (both
/// about `file`), NotOpened, crypto::Error.
[[nodiscard]] Result<std::vector<crypto::open::Identity>> parse_identities(crypto::SodiumReady ready,
                                                                           crypto::ByteView text,
                                                                           const crypto::SecretBytes* passphrase,
                                                                           const std::filesystem::path& file);

/// The identity as a new file: wrapped with the passphrase when there is one, readable otherwise.
/// Errors: exchange::Failure, crypto::Error.
[[nodiscard]] Result<void> write_identity(crypto::SodiumReady ready, const std::filesystem::path& file,
                                          const crypto::open::Identity& identity,
                                          const crypto::SecretBytes* passphrase);

}  // namespace app::deployment

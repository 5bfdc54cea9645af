#pragma once
// What an import cannot do without, bare: libsodium's and SQLCipher's own calls, statements prepared once, nothing
// checked but that they succeed, no secret in locked memory of ours. The batch is read, digested and opened once, each
// record is digested and stored as it is, and only after the commit each is read back, opened, parsed and inserted, and
// its row says that it was. The same settings, tables and indexes as a casebook has.

#include <filesystem>
#include <memory>

#include "crypto/bytes.hpp"
#include "crypto/ready.hpp"

namespace bench {

/// Seconds. `opening`: what several threads could share, of `all`.
struct BareTime {
    double all = 0;
    double opening = 0;
};

/// Into a new database in place of `file`. `secret`: the coordinator's identity, 32 bytes.
[[nodiscard]] BareTime bare_import(crypto::SodiumReady ready, const std::filesystem::path& batch,
                                   const std::filesystem::path& file, crypto::ByteView secret, std::size_t records);

}  // namespace bench

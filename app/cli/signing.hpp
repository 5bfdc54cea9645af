// What signing and verifying share.
#pragma once

#include <string>

#include "app/cli/files.hpp"
#include "crypto/hash.hpp"
#include "crypto/minisign.hpp"

namespace app::cli {

/// BLAKE2b-512 of a file of any size: what minisign signs.
[[nodiscard]] Outcome<crypto::Digest512> prehash(const Context& context, const std::string& file);

}  // namespace app::cli

#pragma once
// Looking a casebook over: whether what it keeps is what came.

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/casebook/error.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/ready.hpp"

namespace app::casebook::sqlcipher {

struct Originals {
    std::size_t kept = 0;              ///< sealed records whose bytes are here
    std::size_t emptied = 0;           ///< whose bytes were erased
    std::vector<std::string> changed;  ///< whose bytes are not those of their digest: device/name
    std::size_t torn = 0;              ///< rows that name others which are not there
};

/// Compares every sealed record with the digest under which it came. For a casebook that open() opened: pages are not
/// authenticated once more. Errors: as open(), Stopped.
[[nodiscard]] Result<Originals> check_originals(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                std::span<const crypto::open::Identity> identities,
                                                const std::function<bool(std::uint64_t, std::uint64_t)>& progress);

}  // namespace app::casebook::sqlcipher

#pragma once
// A backup of a casebook, opened and unpacked into a folder, and who signed it. Must not know what a casebook's tables
// are.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "app/backup/failure.hpp"
#include "app/backup/form.hpp"
#include "app/exchange/bundle.hpp"
#include "crypto/open/identity.hpp"

namespace app::backup {

/// Bytes; false asks to stop.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

struct Unpacked {
    Head head;
    std::string bundle_name;  ///< names a number
    crypto::Bytes bundle;     ///< the newest of the programme when it was made; not verified
    std::string manifest;     ///< names exactly what was unpacked
    std::string signature;    ///< not verified
};

/// Unpacks it into an empty folder, as a casebook with its key file and refused files. On failure the folder holds
/// pieces and is to be thrown away. Errors: files::Error, Refusal (NotABackup, NotForUs, Changed, Newer),
/// exchange::Failure (NoSpace, Io, Cancelled), crypto::Error.
[[nodiscard]] Result<Unpacked> unpack(crypto::SodiumReady ready, const std::filesystem::path& file,
                                      std::span<const crypto::open::Identity> identities,
                                      const std::filesystem::path& folder, const Progress& progress);

/// The bundle that it brings along, where it is what its name says and has the signatures that `trust` asks for.
[[nodiscard]] std::optional<exchange::Bundle> bundle_of(crypto::SodiumReady ready, const Unpacked& backup,
                                                        const exchange::BundleTrust& trust);
/// Whose signature it carries, of those whom the newer of the two bundles lets sign. Nothing for nobody.
[[nodiscard]] std::optional<std::string> signer_of(crypto::SodiumReady ready, const Unpacked& backup,
                                                   std::optional<exchange::Bundle> known,
                                                   std::optional<exchange::Bundle> brought);

}  // namespace app::backup

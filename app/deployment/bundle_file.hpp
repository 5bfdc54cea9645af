#pragma once
// A bundle as it lies in a file, loaded, with its members: for looking at it and for comparing two.

#include <filesystem>
#include <optional>

#include "app/deployment/content.hpp"
#include "app/exchange/bundle.hpp"

namespace app::deployment {

struct BundleView {
    exchange::Bundle bundle;
    Content files;  ///< its members by name
};

/// Errors: exchange::Failure, as load_bundle().
[[nodiscard]] Result<BundleView> view_bundle(crypto::SodiumReady ready, crypto::ByteView archive,
                                             const exchange::BundleTrust& trust, const std::string& subject);
/// Errors: files::Error, exchange::Failure.
[[nodiscard]] Result<BundleView> read_bundle_file(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                  const exchange::BundleTrust& trust);

/// The highest number that a file in the folder has by its name, whatever is in it; 0 where there is none.
[[nodiscard]] std::uint64_t highest_bundle(const std::filesystem::path& folder);
/// The one of this number, where it is what its name says, signed by the programme.
[[nodiscard]] std::optional<BundleView> numbered_bundle(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                                        std::uint64_t number,
                                                        const crypto::DeploymentPublicKey& programme);
/// Its excerpt, where it is what its name says and has the signatures that `trust` asks for; no form is compiled.
[[nodiscard]] std::optional<exchange::BundleExcerpt> numbered_excerpt(crypto::SodiumReady ready,
                                                                      const std::filesystem::path& folder,
                                                                      std::uint64_t number,
                                                                      const exchange::BundleTrust& trust);
/// What a bundle of this number needs, by those with lower numbers in the folder that have what they need themselves;
/// without one the signature of the programme.
[[nodiscard]] exchange::BundleTrust trust_before(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                                 std::uint64_t number, const crypto::DeploymentPublicKey& programme);
/// The newest in the folder that is what its name says, signed by the programme and by whom the policy of the one
/// before asks for.
[[nodiscard]] std::optional<BundleView> newest_bundle(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                                      const crypto::DeploymentPublicKey& programme);
/// The same for whoever knows one already: the first must have what `trust` asks for.
[[nodiscard]] std::optional<BundleView> newest_bundle(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                                      exchange::BundleTrust trust);

}  // namespace app::deployment

#include "app/deployment/bundle_file.hpp"

#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/files.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;

Result<BundleView> view_bundle(crypto::SodiumReady ready, crypto::ByteView archive, const exchange::BundleTrust& trust,
                               const std::string& subject) {
    AMPARO_TRY(bundle, about(subject, exchange::load_bundle(ready, archive, trust)));
    AMPARO_TRY(files, about(subject, exchange::bundle_files(archive)));
    return BundleView{std::move(bundle), std::move(files)};
}

Result<BundleView> read_bundle_file(crypto::SodiumReady ready, const fs::path& file,
                                    const exchange::BundleTrust& trust) {
    AMPARO_TRY(const bytes, read_plain(file, exchange::bundle_most_bytes));
    return view_bundle(ready, bytes, trust, file.string());
}

std::uint64_t highest_bundle(const fs::path& folder) {
    const auto numbers = bundles_in(folder);
    return numbers.empty() ? 0 : numbers.front();
}

std::optional<BundleView> numbered_bundle(crypto::SodiumReady ready, const fs::path& folder, std::uint64_t number,
                                          const crypto::DeploymentPublicKey& programme) {
    auto view = read_bundle_file(ready, folder / exchange::bundle_file_name(number), {programme});
    if (!view || view->bundle.version.sequence != number) return std::nullopt;
    return std::move(*view);
}

std::optional<BundleView> newest_bundle(crypto::SodiumReady ready, const fs::path& folder,
                                        const crypto::DeploymentPublicKey& programme) {
    for (const auto number : bundles_in(folder))
        if (auto view = numbered_bundle(ready, folder, number, programme)) return view;
    return std::nullopt;
}

}  // namespace app::deployment

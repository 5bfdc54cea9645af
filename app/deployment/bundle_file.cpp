#include "app/deployment/bundle_file.hpp"

#include <limits>

#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/files.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

constexpr auto no_limit = std::numeric_limits<std::uint64_t>::max();

/// The numbers below `limit` that have what they need, rising: each the signatures that the policy of the one before
/// asks for, as on a kiosk. `trust` becomes what the last of them asks for.
std::vector<std::uint64_t> in_turn_before(crypto::SodiumReady ready, const fs::path& folder, std::uint64_t limit,
                                          exchange::BundleTrust& trust) {
    const auto numbers = bundles_in(folder);
    std::vector<std::uint64_t> in_turn;
    for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
        if (*number < trust.least_sequence || *number >= limit) continue;
        if (const auto excerpt = numbered_excerpt(ready, folder, *number, trust)) {
            in_turn.push_back(*number);
            trust = trust.under(excerpt->policy);
        }
    }
    return in_turn;
}

}  // namespace

exchange::BundleTrust trust_before(crypto::SodiumReady ready, const fs::path& folder, std::uint64_t number,
                                   const crypto::DeploymentPublicKey& programme) {
    exchange::BundleTrust trust{programme};
    in_turn_before(ready, folder, number, trust);
    return trust;
}

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

std::optional<exchange::BundleExcerpt> numbered_excerpt(crypto::SodiumReady ready, const fs::path& folder,
                                                        std::uint64_t number, const exchange::BundleTrust& trust) {
    const auto bytes = read_plain(folder / exchange::bundle_file_name(number), exchange::bundle_most_bytes);
    const auto excerpt = bytes ? exchange::bundle_excerpt(*bytes) : exchange::Result<crypto::Bytes>(crypto::Bytes{});
    if (!excerpt) return std::nullopt;
    auto loaded = exchange::load_excerpt(ready, *excerpt, trust);
    if (!loaded || loaded->version.sequence != number) return std::nullopt;
    return std::move(*loaded);
}

std::optional<BundleView> newest_bundle(crypto::SodiumReady ready, const fs::path& folder,
                                        const crypto::DeploymentPublicKey& programme) {
    return newest_bundle(ready, folder, exchange::BundleTrust{programme});
}

std::optional<BundleView> newest_bundle(crypto::SodiumReady ready, const fs::path& folder,
                                        exchange::BundleTrust trust) {
    const auto in_turn = in_turn_before(ready, folder, no_limit, trust);
    for (auto number = in_turn.rbegin(); number != in_turn.rend(); ++number)
        if (auto view = numbered_bundle(ready, folder, *number, trust.deployment)) return view;
    return std::nullopt;
}

}  // namespace app::deployment

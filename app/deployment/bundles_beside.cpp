#include "app/deployment/bundles_beside.hpp"

#include <algorithm>
#include <filesystem>

#include "app/deployment/bundle_file.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
fs::path folder_beside(const fs::path& casebook) {
    std::error_code failure;
    return fs::absolute(casebook, failure).parent_path().parent_path();
}

std::vector<std::uint64_t> bundles_in(const fs::path& folder) {
    std::error_code failure;
    std::vector<std::uint64_t> numbers;
    for (fs::directory_iterator at(folder, failure); !failure && at != fs::directory_iterator(); at.increment(failure))
        if (const auto number = exchange::bundle_file_sequence(at->path().filename().string()))
            numbers.push_back(*number);
    std::sort(numbers.rbegin(), numbers.rend());
    return numbers;
}

std::optional<exchange::Bundle> bundle_beside(crypto::SodiumReady ready, const fs::path& casebook,
                                              const crypto::DeploymentPublicKey& programme) {
    auto view = newest_bundle(ready, folder_beside(casebook), programme);
    if (!view) return std::nullopt;
    return std::move(view->bundle);
}

std::optional<std::uint32_t> days_told(crypto::SodiumReady ready, const fs::path& casebook,
                                       const crypto::DeploymentPublicKey& programme) {
    const auto folder = folder_beside(casebook);
    std::optional<std::uint32_t> most;
    for (const auto number : bundles_in(folder))
        if (const auto view = numbered_bundle(ready, folder, number, programme))
            most = std::max(most.value_or(0), view->bundle.policy.retention_days);
    return most;
}

}  // namespace app::deployment

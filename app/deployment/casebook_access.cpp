#include "app/deployment/casebook_access.hpp"

#include <algorithm>
#include <thread>

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/deployment/bundle_file.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/files.hpp"
#include "app/deployment/identities.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace {

/// More of them would only wait for the one that keeps the casebook.
constexpr unsigned most_threads = 4;

/// What the programme's newest bundle says of devices, where it is newer than the last that was heeded.
Result<void> heed_beside(crypto::SodiumReady ready, const std::filesystem::path& casebook, casebook::Casebook& book) {
    AMPARO_TRY(trust, about(casebook.string(), book.next_bundle()));
    if (const auto newest = newest_bundle(ready, folder_beside(casebook), std::move(trust)))
        AMPARO_DO(about(casebook.string(), book.heed(newest->bundle)));
    return {};
}

}  // namespace

std::filesystem::path identity_beside(const std::filesystem::path& casebook) {
    return folder_beside(casebook) / "keys" / coordinator_file;
}

std::filesystem::path casebook_of(const std::filesystem::path& root) {
    return root / "casebook" / "cases.db";
}

Result<void> make_casebook(crypto::SodiumReady ready, const std::filesystem::path& root,
                           std::span<const crypto::Recipient> recipients,
                           const crypto::DeploymentPublicKey& programme) {
    const auto file = casebook_of(root);
    AMPARO_DO(make_folder(file.parent_path()));
    AMPARO_TRY(book, about(file.string(), casebook::sqlcipher::create(ready, file, recipients, programme)));
    return heed_beside(ready, file, book);
}

Result<OpenCasebook> open_casebook(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                   std::vector<crypto::open::Identity> identities) {
    AMPARO_TRY(book, about(casebook.string(), casebook::sqlcipher::open(ready, casebook, identities)));
    AMPARO_DO(heed_beside(ready, casebook, book));
    book.read_with(std::min(most_threads, std::thread::hardware_concurrency()));
    return OpenCasebook{std::move(book), std::move(identities)};
}

}  // namespace app::deployment

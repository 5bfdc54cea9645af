#include "app/deployment/casebook_access.hpp"

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/deployment/files.hpp"
#include "app/deployment/identities.hpp"
#include "crypto/try.hpp"

namespace app::deployment {

std::filesystem::path identity_beside(const std::filesystem::path& casebook) {
    std::error_code failure;
    return std::filesystem::absolute(casebook, failure).parent_path().parent_path() / "keys" / coordinator_file;
}

std::filesystem::path casebook_of(const std::filesystem::path& root) {
    return root / "casebook" / "cases.db";
}

Result<void> make_casebook(crypto::SodiumReady ready, const std::filesystem::path& root,
                           std::span<const crypto::Recipient> recipients,
                           const crypto::DeploymentPublicKey& programme) {
    const auto file = casebook_of(root);
    AMPARO_DO(make_folder(file.parent_path()));
    AMPARO_DO(about(file.string(), casebook::sqlcipher::create(ready, file, recipients, programme)));
    return {};
}

Result<OpenCasebook> open_casebook(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                   std::vector<crypto::open::Identity> identities) {
    AMPARO_TRY(book, about(casebook.string(), casebook::sqlcipher::open(ready, casebook, identities)));
    return OpenCasebook{std::move(book), std::move(identities)};
}

}  // namespace app::deployment

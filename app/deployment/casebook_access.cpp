#include "app/deployment/casebook_access.hpp"

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/deployment/identities.hpp"
#include "crypto/try.hpp"

namespace app::deployment {

std::filesystem::path identity_beside(const std::filesystem::path& casebook) {
    std::error_code failure;
    return std::filesystem::absolute(casebook, failure).parent_path().parent_path() / "keys" / coordinator_file;
}

Result<OpenCasebook> open_casebook(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                   std::vector<crypto::open::Identity> identities) {
    AMPARO_TRY(book, about(casebook.string(), casebook::sqlcipher::open(ready, casebook, identities)));
    return OpenCasebook{std::move(book), std::move(identities)};
}

}  // namespace app::deployment

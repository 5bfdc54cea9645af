#include "app/deployment/joining.hpp"

#include <vector>

#include "app/deployment/casebook_access.hpp"
#include "app/deployment/files.hpp"
#include "app/deployment/keys.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;

Result<exchange::CoordinatorRequest> join_programme(crypto::SodiumReady ready, const fs::path& root,
                                                    const std::string& label,
                                                    const crypto::DeploymentPublicKey& programme,
                                                    const crypto::SecretBytes& passphrase) {
    const auto file = root / coordinator_request_file;
    AMPARO_TRY(const receipt, about({}, crypto::ReceiptSecretKey::generate(ready)));
    AMPARO_TRY(const identity, about({}, crypto::open::Identity::generate(ready)));
    AMPARO_TRY(const bytes,
               about(label, exchange::make_coordinator_request(ready, label, identity.recipient(), receipt)));
    AMPARO_TRY(request, about(label, exchange::parse_coordinator_request(ready, bytes)));
    AMPARO_DO(have_folder(root));
    AMPARO_DO(make_folder(root / "keys"));
    AMPARO_DO(write_own_keys(ready, root / "keys", receipt, identity, &passphrase));
    AMPARO_DO(write_new(root / "keys" / "deployment.pub", crypto::as_bytes(programme.to_text())));
    const std::vector own{identity.recipient()};
    AMPARO_DO(make_casebook(ready, root, own, programme));
    AMPARO_DO(write_new(file, bytes));
    return request;
}

}  // namespace app::deployment

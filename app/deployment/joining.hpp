#pragma once
// A new coordinator's own folder, made on their own machine: keys that never leave it, a casebook, and the request that
// goes to the programme. Must not know how a passphrase is asked for.

#include <filesystem>
#include <string>

#include "app/deployment/failure.hpp"
#include "app/exchange/coordinator_request.hpp"
#include "crypto/minisign.hpp"
#include "crypto/secret.hpp"

namespace app::deployment {

/// "coordinator.request": what is brought to the programme.
inline constexpr const char* coordinator_request_file = "coordinator.request";

/// Fills `root`, which is made when there is none, with `keys` (coordinator.identity and receipt.key under the
/// passphrase, receipt.pub, deployment.pub), `casebook/cases.db`, and the request, which is given back. `programme`:
/// whose coordinator it will be. After a failure what was written is left: the caller makes it in a folder that it
/// gives up. Errors: exchange::Failure (Content for a label that is none), crypto::Error, casebook::Error.
[[nodiscard]] Result<exchange::CoordinatorRequest> join_programme(crypto::SodiumReady ready,
                                                                  const std::filesystem::path& root,
                                                                  const std::string& label,
                                                                  const crypto::DeploymentPublicKey& programme,
                                                                  const crypto::SecretBytes& passphrase);

}  // namespace app::deployment

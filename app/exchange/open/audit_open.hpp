// The coordinator's side of a device's audit: what an entry says.
#pragma once

#include <span>
#include <string>

#include "app/exchange/audit.hpp"
#include "crypto/open/identity.hpp"

namespace app::exchange {

/// Opens an entry and checks that it is the one its name says. Errors: Crypto (no identity fits, or damaged), Content
/// (it is no entry, or another one, names a record by another word than 32 hexadecimal digits, or a number that its
/// member cannot hold). Members that this
/// version does not know are left out.
[[nodiscard]] Result<AuditDetail> open_audit(crypto::SodiumReady ready, const AuditName& name, crypto::ByteView sealed,
                                             std::span<const crypto::open::Identity> identities);

}  // namespace app::exchange

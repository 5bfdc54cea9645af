#include "app/exchange/open/asked_under.hpp"

#include "app/record/read.hpp"
#include "crypto/open/open.hpp"

namespace app::exchange {

bool asked_under(crypto::SodiumReady ready, const VerifiedBatch& batch,
                 std::span<const crypto::open::Identity> identities, std::uint64_t sequence) {
    bool found = false;
    const auto look = [&](const BatchRecord& member, crypto::ByteView sealed) {
        if (is_audit_name(member.name)) return true;
        const auto plain = crypto::open::open(ready, sealed, identities);
        if (!plain) return true;
        const auto json = crypto::as_text(plain->view());
        const auto record = record::read(json.substr(0, json.find_last_not_of(' ') + 1));
        found = record && record->device == batch.header.device && record->bundle >= sequence;
        return !found;
    };
    // Stopped where it was found; what cannot be read any more says nothing.
    static_cast<void>(read_members(ready, batch, look));
    return found;
}

}  // namespace app::exchange

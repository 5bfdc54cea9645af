// What is put right once a source is in doubt: what its orders hid or took the place of since its batches contradict
// each other waits for a person, and what they emptied is stored again when a batch brings it once more.
#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

/// Withdrawals wait from now on; what a later revision hides is opened again, and by that set beside it.
Result<void> Casebook::Parts::hold_since_fork(std::string_view device) {
    AMPARO_TRY(const orders, reversals.withdrawals_since(device, forked_since));
    for (const auto sealed : orders) {
        Listed listed;
        listed.sealed = sealed;
        listed.withdrawn = true;
        AMPARO_DO(set_beside(listed, Doubt::Forked));
        held_again.push_back(sealed);
    }
    return reversals.reopen_hidden_since(device, forked_since);
}

/// What two batches of a forked device brought: whose order in the one stands, says nothing about the other.
Result<void> Casebook::Parts::open_contested() {
    for (const auto sealed : from_elsewhere) {
        AMPARO_DO(reversals.reopen_hidden(sealed));
        contested.insert(sealed);
    }
    return {};
}

/// Whether the withdrawal that emptied a sealed row is in doubt now, or was rejected by a person.
Result<bool> Casebook::Parts::emptied_in_doubt(std::int64_t sealed) {
    AMPARO_TRY(const order, reversals.withdrawal_of(sealed));
    if (!order) return true;  // what emptied it stands no more: the case is listed again
    if (order->fate.outcome == Outcome::WithdrawalRejected) return true;
    if (order->fate.why == decided_word) return false;
    AMPARO_TRY(const doubt, doubt_of(order->batch));
    return doubt != Doubt::None;
}

/// Reads the batch once more, for the bytes that were emptied by an order in doubt, and stores them again.
Result<void> Casebook::Parts::bring_back(const exchange::VerifiedBatch& from) {
    Result<void> stored;
    const auto take = [&](const exchange::BatchRecord& member, crypto::ByteView sealed) {
        if (!exchange::is_audit_name(member.name)) stored = fill_again(from.header.device, member.sha256, sealed);
        return stored.has_value();
    };
    const auto read = exchange::read_members(ready, from, take, [](std::uint64_t, std::uint64_t) { return true; });
    if (!stored || read) return stored;
    return tl::unexpected(Error::BatchFile);
}

Result<void> Casebook::Parts::fill_again(std::string_view device, const exchange::Digest& sha256,
                                         crypto::ByteView bytes) {
    AMPARO_TRY(const sealed, reversals.emptied(device, sha256));
    if (!sealed) return {};
    AMPARO_TRY(const in_doubt, emptied_in_doubt(*sealed));
    return in_doubt ? reversals.fill_again(*sealed, bytes) : Result<void>{};
}

/// Inside the transaction that takes a batch in, when everything is known that speaks against its device.
Result<void> Casebook::Parts::look_again(const exchange::VerifiedBatch& batch, const Place& place) {
    sources.clear();
    if (place.standing == Standing::Forked)
        if (auto done = hold_since_fork(batch.header.device); !done) return done;
    if (place.forked)
        if (auto done = open_contested(); !done) return done;
    return emptied_known ? bring_back(batch) : Result<void>{};
}

}  // namespace app::casebook

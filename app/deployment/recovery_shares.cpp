#include "app/deployment/recovery_shares.hpp"

#include <algorithm>

#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace {

using crypto::PaperShare;
using crypto::SodiumReady;

std::optional<std::array<std::byte, 4>> programme_start(const std::string& id) {
    std::array<std::byte, 4> start{};
    const auto bytes = crypto::from_hex(id);
    if (!bytes || bytes->size() != 8) return std::nullopt;
    std::copy_n(bytes->begin(), start.size(), start.begin());
    return start;
}

crypto::Error error_of(crypto::shamir::Error error) {
    using crypto::shamir::Error;
    switch (error) {
        case Error::Range:
        case Error::TooFew:
        case Error::Doubled:
        case Error::Length:
            return crypto::Error::Input;
        case Error::LockedMemory:
            return crypto::Error::LockedMemory;
    }
    return crypto::Error::Input;
}

// The next choice of as many out of 0 to count - 1, in order; false after the last.
bool next_choice(std::vector<std::size_t>& chosen, std::size_t count) {
    for (std::size_t at = chosen.size(); at-- > 0;) {
        if (chosen[at] == count - chosen.size() + at) continue;
        ++chosen[at];
        for (std::size_t after = at + 1; after < chosen.size(); ++after) chosen[after] = chosen[after - 1] + 1;
        return true;
    }
    return false;
}

}  // namespace

Result<std::vector<PaperShare>> make_shares(SodiumReady ready, const crypto::open::Identity& identity,
                                            unsigned threshold, unsigned total, const std::string& programme) {
    const auto start = programme_start(programme);
    if (!start) return failed(crypto::Error::Input);
    auto parts = crypto::shamir::split(ready, identity.secret().view(), threshold, total);
    if (!parts) return failed(error_of(parts.error()));
    crypto::ShareHead head;
    head.threshold = static_cast<std::uint8_t>(threshold);
    head.total = static_cast<std::uint8_t>(total);
    crypto::random_fill(ready, head.set);
    head.programme = *start;
    head.commitment = crypto::share_commitment(ready, identity.recipient());
    std::vector<PaperShare> shares;
    for (auto& part : *parts) {
        head.number = part.number;
        shares.push_back({head, std::move(part.bytes)});
    }
    return shares;
}

std::optional<ShareRefusal> GatheredShares::refusal(SodiumReady ready, const PaperShare& share) const {
    const auto& head = share.head;
    if (expected_.programme && programme_start(*expected_.programme) != head.programme)
        return ShareRefusal::OtherProgramme;
    if (expected_.recipient && crypto::share_commitment(ready, *expected_.recipient) != head.commitment)
        return ShareRefusal::OtherKey;
    if (const auto known = set(); known && !known->same_set(head)) return ShareRefusal::OtherSet;
    for (const auto& other : shares_)
        if (other.head.number == head.number)
            return other.payload.equals(share.payload.view()) ? ShareRefusal::Twice : ShareRefusal::SameNumber;
    return std::nullopt;
}

tl::expected<crypto::ShareHead, RefusedShare> GatheredShares::take(SodiumReady ready, crypto::ByteView typed) {
    auto share = crypto::read_share(ready, typed);
    if (!share) return tl::unexpected(RefusedShare{ShareRefusal::Unreadable, share.error(), {}});
    if (const auto why = refusal(ready, *share))
        return tl::unexpected(RefusedShare{*why, {crypto::ShareError::Nothing}, share->head});
    shares_.push_back(std::move(*share));
    return shares_.back().head;
}

std::optional<crypto::ShareHead> GatheredShares::set() const {
    if (expected_.set) return expected_.set;
    return shares_.empty() ? std::nullopt : std::optional(shares_.front().head);
}

std::optional<std::size_t> GatheredShares::missing() const {
    const auto known = set();
    if (!known) return std::nullopt;
    return known->threshold > shares_.size() ? known->threshold - shares_.size() : 0;
}

tl::expected<std::optional<GatheredShares::Line>, JoinError> GatheredShares::line_through(
    SodiumReady ready, const std::vector<crypto::shamir::Share>& parts, const std::vector<std::size_t>& chosen) const {
    const auto threshold = static_cast<unsigned>(chosen.size());
    std::vector<const crypto::shamir::Share*> through;
    for (const auto at : chosen) through.push_back(&parts[at]);
    auto secret = crypto::shamir::combine(ready, through, threshold);
    if (!secret) return tl::unexpected(JoinError::LockedMemory);
    auto identity = crypto::open::Identity::from_secret(std::move(*secret));
    if (!identity) return tl::unexpected(JoinError::LockedMemory);
    const auto& recipient = identity->recipient();
    if (crypto::share_commitment(ready, recipient) != shares_.front().head.commitment) return std::nullopt;
    if (expected_.recipient && *expected_.recipient != recipient) return std::nullopt;
    Line line{std::move(*identity), {}};
    for (const auto& part : parts) {
        const auto value = crypto::shamir::value_at(ready, through, threshold, part.number);
        if (!value) return tl::unexpected(JoinError::LockedMemory);
        line.on_it.push_back(value->equals(part.bytes.view()));
    }
    return line;
}

// Two false shares can undo each other in the secret, so it is not enough that a choice gives the right one: the true
// line is the one that most papers lie on.
tl::expected<JoinedShares, JoinError> GatheredShares::join(SodiumReady ready) const {
    if (missing() != std::optional<std::size_t>(0) || shares_.empty()) return tl::unexpected(JoinError::TooFew);
    std::vector<crypto::shamir::Share> parts;
    for (const auto& share : shares_) {
        auto bytes = crypto::SecretBytes::copy_of(ready, share.payload.view());
        if (!bytes) return tl::unexpected(JoinError::LockedMemory);
        parts.push_back({share.head.number, std::move(*bytes)});
    }
    std::vector<std::size_t> chosen(shares_.front().head.threshold);
    for (std::size_t at = 0; at < chosen.size(); ++at) chosen[at] = at;
    std::optional<Line> best;
    const auto count = [](const Line& line) { return std::count(line.on_it.begin(), line.on_it.end(), true); };
    do {
        auto line = line_through(ready, parts, chosen);
        if (!line) return tl::unexpected(line.error());
        if (*line && (!best || count(**line) > count(*best))) best = std::move(*line);
    } while (next_choice(chosen, shares_.size()));
    if (!best) return tl::unexpected(JoinError::Wrong);
    JoinedShares joined{std::move(best->identity), {}, {}};
    for (std::size_t at = 0; at < shares_.size(); ++at)
        (best->on_it[at] ? joined.verified : joined.wrong).push_back(shares_[at].head.number);
    std::sort(joined.verified.begin(), joined.verified.end());
    std::sort(joined.wrong.begin(), joined.wrong.end());
    return joined;
}

}  // namespace app::deployment

#include "crypto/shamir.hpp"

#include <algorithm>

namespace crypto::shamir {
namespace {

// The product in the field. Masks instead of branches, and no table: neither factor shows in time or in the cache.
constexpr std::byte times(std::byte first, std::byte second) noexcept {
    auto a = std::to_integer<std::uint32_t>(first);
    auto b = std::to_integer<std::uint32_t>(second);
    std::uint32_t product = 0;
    for (int bit = 0; bit < 8; ++bit) {
        product ^= a & (0U - (b & 1U));
        a = a << 1U ^ (0x11dU & (0U - (a >> 7U)));
        b >>= 1U;
    }
    return static_cast<std::byte>(product);
}

// a^254, the inverse of everything but 0.
constexpr std::byte inverse(std::byte a) noexcept {
    std::byte power = a;
    for (int bit = 0; bit < 6; ++bit) power = times(times(power, power), a);  // a^(2^7 - 1)
    return times(power, power);
}

static_assert(times(std::byte{0x80}, std::byte{2}) == std::byte{0x1d});
static_assert(times(std::byte{0xb6}, inverse(std::byte{0xb6})) == std::byte{1});

// What the share `at` counts for in the value at `point`: the product of (point - x) / (x_at - x) over the others.
// Minus is plus here.
std::byte weight(std::span<const Share* const> shares, std::size_t at, std::byte point) noexcept {
    std::byte up{1};
    std::byte down{1};
    for (std::size_t other = 0; other < shares.size(); ++other) {
        if (other == at) continue;
        const std::byte number{shares[other]->number};
        up = times(up, number ^ point);
        down = times(down, number ^ std::byte{shares[at]->number});
    }
    return times(up, inverse(down));
}

Result<void> check(std::span<const Share* const> shares, unsigned threshold) noexcept {
    if (threshold < least_threshold || threshold > most_shares || shares.size() > most_share_number)
        return tl::unexpected(Error::Range);
    if (shares.size() < threshold) return tl::unexpected(Error::TooFew);
    for (auto share = shares.begin(); share != shares.end(); ++share) {
        const auto& [number, bytes] = **share;
        if (number == 0 || bytes.empty() || bytes.size() > most_secret) return tl::unexpected(Error::Range);
        if (bytes.size() != shares.front()->bytes.size()) return tl::unexpected(Error::Length);
        if (std::any_of(shares.begin(), share, [&](const Share* other) { return other->number == (*share)->number; }))
            return tl::unexpected(Error::Doubled);
    }
    return {};
}

}  // namespace

Result<std::vector<Share>> split(SodiumReady ready, ByteView secret, unsigned threshold, unsigned total) {
    if (threshold < least_threshold || threshold > total || total > most_shares || secret.empty() ||
        secret.size() > most_secret)
        return tl::unexpected(Error::Range);
    // Of the highest power first. One that is 0 by chance stays: only then do fewer shares say nothing at all.
    const auto coefficients = SecretBytes::random(ready, (threshold - 1) * secret.size());
    if (!coefficients) return tl::unexpected(Error::LockedMemory);
    std::vector<Share> shares;
    for (unsigned number = 1; number <= total; ++number) {
        auto bytes = SecretBytes::make(ready, secret.size());
        if (!bytes) return tl::unexpected(Error::LockedMemory);
        const auto value = bytes->writable();
        for (unsigned power = 1; power < threshold; ++power) {
            const auto row = coefficients->view().subspan((power - 1) * secret.size(), secret.size());
            for (std::size_t i = 0; i < value.size(); ++i)
                value[i] = times(value[i] ^ row[i], static_cast<std::byte>(number));
        }
        for (std::size_t i = 0; i < value.size(); ++i) value[i] ^= secret[i];
        shares.push_back({static_cast<std::uint8_t>(number), std::move(*bytes)});
    }
    return shares;
}

Result<SecretBytes> value_at(SodiumReady ready, std::span<const Share* const> shares, unsigned threshold,
                             std::uint8_t number) {
    if (const auto fit = check(shares, threshold); !fit) return tl::unexpected(fit.error());
    auto value = SecretBytes::make(ready, shares.front()->bytes.size());
    if (!value) return tl::unexpected(Error::LockedMemory);
    const auto sum = value->writable();
    for (std::size_t at = 0; at < shares.size(); ++at) {
        const auto factor = weight(shares, at, std::byte{number});
        const auto bytes = shares[at]->bytes.view();
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] ^= times(bytes[i], factor);
    }
    return std::move(*value);
}

Result<SecretBytes> combine(SodiumReady ready, std::span<const Share* const> shares, unsigned threshold) {
    return value_at(ready, shares, threshold, 0);
}

Result<SecretBytes> combine(SodiumReady ready, std::span<const Share> shares, unsigned threshold) {
    std::vector<const Share*> all;
    for (const Share& share : shares) all.push_back(&share);
    return combine(ready, all, threshold);
}

}  // namespace crypto::shamir

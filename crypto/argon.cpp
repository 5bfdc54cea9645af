#include "crypto/argon.hpp"

#include <sodium.h>

#include <algorithm>

#include "crypto/raw.hpp"
#include "crypto/try.hpp"

namespace crypto {

Result<SecretBytes> argon2id(SodiumReady ready, ByteView secret, ByteView salt, ArgonCost cost) {
    if (salt.size() != crypto_pwhash_argon2id_SALTBYTES) return tl::unexpected(Error::Input);
    if (cost.memory_kib < 8 || cost.memory_kib > argon_cap_kib || cost.passes < 1 || cost.passes > argon_cap_passes)
        return tl::unexpected(Error::WorkFactor);
    auto out = SecretBytes::make(ready, 32);
    if (!out) return out;
    if (crypto_pwhash_argon2id(raw(out->writable()), out->size(), chars(secret), secret.size(), raw(salt), cost.passes,
                               std::size_t{cost.memory_kib} * 1024, crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
        return tl::unexpected(Error::Memory);
    return out;
}

Result<ArgonCost> calibrate(SodiumReady ready, std::chrono::milliseconds target, const Clock& now) {
    const std::array<std::byte, 16> salt{};
    const auto before = now();
    AMPARO_DO(argon2id(ready, salt, salt, argon_floor));
    const auto floor_time = std::max(now() - before, std::chrono::nanoseconds(1));
    // Time grows in proportion to memory; whole steps of the floor keep the stored number round.
    const auto steps = std::chrono::nanoseconds(target) / floor_time;
    const auto most = static_cast<std::int64_t>(argon_cap_kib / argon_floor.memory_kib);
    const auto factor = static_cast<std::uint32_t>(std::clamp<std::int64_t>(steps, 1, most));
    return ArgonCost{argon_floor.memory_kib * factor, argon_floor.passes};
}

}  // namespace crypto

#include "crypto/pin.hpp"

#include <algorithm>

#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace crypto {
namespace {

constexpr std::byte version{1};

}  // namespace

bool valid_pin(ByteView pin) noexcept {
    return pin.size() >= pin_min_digits && pin.size() <= pin_max_digits &&
           std::all_of(pin.begin(), pin.end(), [](std::byte b) { return b >= std::byte{'0'} && b <= std::byte{'9'}; });
}

Result<Bytes> make_pin_verifier(SodiumReady ready, const SecretBytes& pin, ArgonCost cost) {
    if (!valid_pin(pin.view())) return tl::unexpected(Error::Input);
    const Bytes salt = random_bytes(ready, 16);
    AMPARO_TRY(const hash, argon2id(ready, pin.view(), salt, cost));
    Bytes verifier{version};
    append(verifier, salt);
    append_u32_le(verifier, cost.memory_kib);
    append_u32_le(verifier, cost.passes);
    append(verifier, hash.view());
    return verifier;
}

Result<void> check_pin(SodiumReady ready, ByteView verifier, const SecretBytes& pin) {
    Reader reader(verifier);
    const auto read_version = reader.u8();
    const auto salt = reader.take(16);
    const auto memory = reader.u32_le();
    const auto passes = reader.u32_le();
    const auto expected = reader.take(32);
    if (!expected || !reader.at_end() || *read_version != std::to_integer<std::uint8_t>(version))
        return tl::unexpected(Error::Malformed);
    if (!valid_pin(pin.view())) return tl::unexpected(Error::WrongSecret);
    const auto hash = argon2id(ready, pin.view(), *salt, {*memory, *passes});
    if (!hash) return tl::unexpected(hash.error() == Error::WorkFactor ? Error::Malformed : hash.error());
    if (!hash->equals(*expected)) return tl::unexpected(Error::WrongSecret);
    return {};
}

}  // namespace crypto

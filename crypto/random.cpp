#include "crypto/random.hpp"

#include <sodium.h>

#include "crypto/raw.hpp"

namespace crypto {

void random_fill(SodiumReady, std::span<std::byte> out) noexcept {
    randombytes_buf(out.data(), out.size());
}

Bytes random_bytes(SodiumReady ready, std::size_t n) {
    Bytes out(n);
    random_fill(ready, out);
    return out;
}

std::string random_hex(SodiumReady ready, std::size_t bytes) {
    return to_hex(random_bytes(ready, bytes));
}

// libsodium discards the values that would make low numbers more likely.
std::uint32_t random_below(SodiumReady, std::uint32_t upper) noexcept {
    return randombytes_uniform(upper);
}

}  // namespace crypto

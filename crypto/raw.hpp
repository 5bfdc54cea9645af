#pragma once
// Internal: what the .cpp files of this layer share for calling libsodium; never included from outside crypto.

#include <array>
#include <cstddef>
#include <iterator>
#include <type_traits>

#include "crypto/hash.hpp"

namespace crypto {

/// What an empty view points at: libsodium declares its pointers non-null even where the length is zero.
inline constexpr unsigned char empty_data = 0;

/// The bytes as libsodium's functions take them; writable exactly when the sequence's bytes are.
template <typename Sequence>
[[nodiscard]] auto raw(Sequence&& bytes) noexcept {
    auto* data = std::data(bytes);
    if constexpr (std::is_const_v<std::remove_pointer_t<decltype(data)>>)
        return data == nullptr ? &empty_data : reinterpret_cast<const unsigned char*>(data);
    else
        return reinterpret_cast<unsigned char*>(data);
}
[[nodiscard]] inline const char* chars(ByteView bytes) noexcept {
    return reinterpret_cast<const char*>(raw(bytes));
}

/// A short-lived secret on the stack: zero at first, wiped at the end. Not locked, so it never outlives one function.
template <std::size_t N>
class Scratch {
  public:
    Scratch() noexcept = default;
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { wipe(bytes_); }
    [[nodiscard]] std::span<std::byte, N> writable() noexcept { return bytes_; }
    [[nodiscard]] ByteView view() const noexcept { return bytes_; }

  private:
    std::array<std::byte, N> bytes_{};
};

/// HMAC-SHA-256 (RFC 2104) of two parts.
void hmac_into(std::span<std::byte, 32> out, ByteView key, ByteView first, ByteView second) noexcept;
/// HKDF-SHA-256 (RFC 5869) with 32 bytes of output.
void hkdf_into(std::span<std::byte, 32> out, ByteView key_material, ByteView salt, std::string_view info) noexcept;

}  // namespace crypto

#pragma once
// What the fuzz targets of the crypto layer share.

#include <cstdint>
#include <cstdlib>

#include "crypto/open/open.hpp"

namespace fuzzing {

inline crypto::SodiumReady ready() {
    static const auto result = crypto::SodiumReady::init();
    if (!result) std::abort();
    return *result;
}

/// A property that must hold for every input.
inline void require(bool holds) {
    if (!holds) std::abort();
}

inline crypto::ByteView view(const std::uint8_t* data, std::size_t size) {
    return std::as_bytes(std::span(data, size));
}

}  // namespace fuzzing

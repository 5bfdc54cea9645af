#pragma once
// What app/files and the operating system say, in the words of the store.

#include <filesystem>
#include <type_traits>
#include <utility>

#include "app/files/error.hpp"
#include "app/store/failure.hpp"
#include "crypto/hash.hpp"

namespace app::store::detail {

[[nodiscard]] Error error_of(files::Error error) noexcept;
[[nodiscard]] Error error_of_errno(int code) noexcept;

/// The same result with an error of the store. A small file that is shorter or longer than it should be is Damaged.
template <class T>
[[nodiscard]] Result<T> stored(files::Result<T> result) {
    if (!result) return tl::unexpected(error_of(result.error()));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return *std::move(result);
}

/// SHA-256 of a plain file. Errors: Missing, NotPlain, Io.
[[nodiscard]] Result<crypto::Digest> digest_of_file(crypto::SodiumReady ready, const std::filesystem::path& file);

}  // namespace app::store::detail

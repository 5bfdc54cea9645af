#pragma once
// What can go wrong in keeping things on the device: whatever can go wrong with its database, and no more words.

#include "app/database/failure.hpp"
#include "crypto/error.hpp"

namespace app::store {

using database::describe;
using database::Error;
using database::Result;

namespace detail {
/// Failures of crypto in terms of this layer.
[[nodiscard]] Error error_of(crypto::Error error) noexcept;
}  // namespace detail

}  // namespace app::store

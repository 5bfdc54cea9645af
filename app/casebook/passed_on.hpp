#pragma once
// Failures of the layers below as those of a casebook. Inside app/casebook only.

#include "app/casebook/error.hpp"
#include "app/files/error.hpp"
#include "crypto/error.hpp"

namespace app::casebook::detail {

[[nodiscard]] Error error_of(files::Error error) noexcept;
[[nodiscard]] Error error_of(crypto::Error error) noexcept;

/// A failure of the layer below as one of ours.
template <class E>
[[nodiscard]] tl::unexpected<Error> passed_on(E error) {
    return tl::make_unexpected(error_of(error));
}

}  // namespace app::casebook::detail

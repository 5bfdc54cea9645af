// Turns the failures of the layers below into one sentence each.
#pragma once

#include "app/cli/files.hpp"
#include "app/exchange/failure.hpp"
#include "crypto/error.hpp"

namespace app::cli {

[[nodiscard]] tl::unexpected<Failure> stop_crypto(const Context& context, crypto::Error error);

/// A failed opening of an age file: exit codes 2 to 5.
[[nodiscard]] tl::unexpected<Failure> stop_opening(const Context& context, crypto::Error error);

/// `file` is the file it is about.
[[nodiscard]] tl::unexpected<Failure> stop_exchange(const Context& context, const exchange::Failure& failure,
                                                    const std::string& file);

}  // namespace app::cli

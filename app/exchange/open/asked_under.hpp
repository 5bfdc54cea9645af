// Which bundle a device worked with, as far as the records of one batch say so.
#pragma once

#include "app/exchange/open/batch_open.hpp"

namespace app::exchange {

/// Whether a record of the batch, opened with one of the identities, was asked under the bundle of this number or a
/// later one. False also where none can be opened: then nobody knows.
[[nodiscard]] bool asked_under(crypto::SodiumReady ready, const VerifiedBatch& batch,
                               std::span<const crypto::open::Identity> identities, std::uint64_t sequence);

}  // namespace app::exchange

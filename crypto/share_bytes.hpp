#pragma once
// Internal: the bytes of a share on paper, between what its writer and its reader do with them.

#include <optional>

#include "crypto/raw.hpp"
#include "crypto/share.hpp"

namespace crypto::share {

inline constexpr std::size_t row_bytes = share_row_words - 1;
inline constexpr std::size_t size = share_rows * row_bytes;
inline constexpr std::size_t head_size = 16;
inline constexpr std::size_t check_at = head_size + share_payload;
inline constexpr std::string_view code_prefix = "amparo-share-";

using Data = Scratch<size>;

/// The sixth byte of a row (from 1). It depends on the first row too, so that a row of another share does not fit.
[[nodiscard]] std::byte row_check(SodiumReady ready, ByteView data, std::size_t row) noexcept;

/// What is wrong with the first row, which says what the others are.
[[nodiscard]] std::optional<ShareError> head_fault(ByteView data) noexcept;

/// Errors: Version, Kind, Range, Check, LockedMemory.
[[nodiscard]] tl::expected<PaperShare, ShareFailure> parse(SodiumReady ready, ByteView data);

}  // namespace crypto::share

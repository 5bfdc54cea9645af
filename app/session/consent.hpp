// What a person agrees to, by text keys, so that the record can name exactly what was asked; it must not draw it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/session/state.hpp"

namespace app::session {

/// Catalogue keys in the order they are shown, the title first. "consent.stored" takes {{count}}: days of retention.
[[nodiscard]] std::span<const std::string_view> consent_keys(Mode mode) noexcept;
/// "consent.assisted" or "consent.private".
[[nodiscard]] std::string_view consent_name(Mode mode) noexcept;
/// SHA-256, hex, of these texts in that language as they are shown, each followed by a line feed.
[[nodiscard]] std::string consent_sha256(crypto::SodiumReady ready, const Setup& setup, Mode mode,
                                         locales::Language language);

}  // namespace app::session

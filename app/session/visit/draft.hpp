// An interview that broke off, in bytes: everything that is needed to go on with it, and whose it is. In locked memory;
// encrypting it is for whoever keeps it. It must not know keys, files or screens.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/model/resuming.hpp"
#include "app/session/visit/screening.hpp"

namespace app::session {

using model::DraftOwner;

/// Forms of one visit that a draft can hold.
inline constexpr std::size_t draft_most_forms = 2;

/// Whether an interview may go on after a crash at all. Only one that a worker and the person go through together:
/// whoever answers alone is not brought back to the page by a worker's PIN, and what an officer marked is not shown
/// again.
[[nodiscard]] bool may_resume(const Screening& screening) noexcept;

/// Nothing when memory ran out.
[[nodiscard]] std::optional<crypto::SecretBytes> write_draft(crypto::SodiumReady ready, const Screening& screening,
                                                             std::uint64_t bundle, locales::Language language) noexcept;

/// Nothing when it is no draft.
[[nodiscard]] std::optional<DraftOwner> draft_owner(crypto::ByteView draft) noexcept;

struct Restored {
    Screening screening;
    locales::Language language;  ///< that was on the screen
};
/// Nothing when the draft is of another bundle or form, cut or changed, or memory ran out. Takes the arenas.
[[nodiscard]] std::optional<Restored> restore_draft(crypto::ByteView draft, const exchange::Bundle& bundle,
                                                    std::vector<std::unique_ptr<crypto::LockedArena>> arenas) noexcept;

}  // namespace app::session

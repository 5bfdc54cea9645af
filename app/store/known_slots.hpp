#pragma once
// Which key slots are the device's true ones: the store, whose pages are authentic, remembers the digest of each. Knows
// no files. Inside app/store only. Source: crypto/FORMAT.md section 3.

#include <string>
#include <vector>

#include "app/store/settings.hpp"
#include "crypto/slots.hpp"

namespace app::store::detail {

/// Remembers these as the device's slots. Those that are `lost` match nothing from now on.
[[nodiscard]] Result<void> know_slots(crypto::SodiumReady ready, Settings& settings, const crypto::Slots& slots,
                                      const std::vector<std::size_t>& lost);
/// Remembers these too, before they are written: afterwards know_slots(), or forget_next_slots() with what this gave.
[[nodiscard]] Result<std::string> know_next_slots(crypto::SodiumReady ready, Settings& settings,
                                                  const crypto::Slots& next, const std::vector<std::size_t>& lost);
[[nodiscard]] Result<void> forget_next_slots(Settings& settings, const std::string& before);

/// What the copies of the slots come to.
struct MendedSlots {
    crypto::Slots slots;
    std::vector<std::size_t> lost;  ///< slots with a keyholder of which no copy is what the store remembers
    bool sure = false;              ///< the store vouches for them: they may be written over any copy
};

/// Puts the slots together from every copy, slot by slot, each as the store remembers it. `opened`: the copy that gave
/// the key of the database, by its slot `by`; what no copy has is taken from it. `other_key`: a second copy gave
/// another key, which opened nothing. `used`: the slots with a keyholder. A store of an earlier version remembers
/// nothing: then copies that agree, or of which the others are left over from another key, are believed, and nothing
/// else.
/// The same holds where it does not know the slot that gave the key: a change of that key broke off.
[[nodiscard]] Result<MendedSlots> mend_slots(crypto::SodiumReady ready, Settings& settings,
                                             const std::vector<crypto::Slots>& copies, const crypto::Slots& opened,
                                             std::size_t by, bool other_key, const std::vector<std::size_t>& used);

}  // namespace app::store::detail

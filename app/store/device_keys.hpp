#pragma once
// Who may start the device: from words or a key file to an open store, adding and removing keyholders, and the recovery
// file for the day when all of them are lost. At any instant, also after a cut of power, whoever could open the device
// before or after a change still can. Source: crypto/FORMAT.md section 3.

#include <chrono>
#include <initializer_list>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "app/store/store.hpp"
#include "crypto/argon.hpp"
#include "crypto/recovery.hpp"

namespace app::store {

/// What somebody brings to open the device. The referenced secrets must outlive the call.
struct ByWords {
    std::size_t slot = 0;  ///< 0 to 7; people count from 1
    const crypto::SecretBytes* words = nullptr;
};
struct ByKeyFile {
    const crypto::KeyFile* file = nullptr;
    const crypto::SecretBytes* pin = nullptr;  ///< null: the key file alone
};
using Opener = std::variant<ByWords, ByKeyFile>;

/// An open device.
struct Unlocked {
    std::unique_ptr<Store> store;
    crypto::Slots slots;      ///< as they are on the medium
    crypto::SecretBytes key;  ///< of the database
    /// Slots with a keyholder whose words or key file open nothing any more: no copy of them is whole, or none is known
    /// to be.
    std::vector<std::size_t> lost = {};
};

/// How long turning words into a key may take on the machine where a device is made; about.
inline constexpr std::chrono::milliseconds unlock_time{1000};

/// A new device: a random database key, an empty store, no keyholder yet. Add one before anything is kept: until then
/// nobody can open it again. Words cost what takes `unlock_time` here by the clock, within crypto's floor and cap; it
/// is for the life of the device. Errors: as create_store(); Memory.
[[nodiscard]] Result<Unlocked> create_device(crypto::SodiumReady ready, const StateFolder& folder,
                                             const crypto::DeviceId& device, const crypto::Clock& clock);
/// Opens with one Argon2id for each differing copy of the slots (so one, unless a change was interrupted or a copy is
/// damaged). The store says of every slot which copy is the true one: these are written to both, and nothing that it
/// does not vouch for is written over anything. `accepted` looks at the store before anything in the
/// folder is changed: a repair or a transaction that was interrupted, an older schema, unequal slots. It may be asked
/// more than once. Errors: WrongKey (the words or the key file do not fit), Damaged (they fit, and still the database
/// does not open), Unreadable (they fit, and there is no database), Refused (`accepted` said no), and those of
/// StateFolder::read_slot_copies() and open_store().
[[nodiscard]] Result<Unlocked> unlock(crypto::SodiumReady ready, const StateFolder& folder, const Opener& opener,
                                      const Accepted& accepted = {});
/// Opens with the content of the recovery file; its key is what counts. Slots that are lost or another device's hold
/// nothing up: `slots` are new ones then, and the medium keeps what it has until keep_only(). Whether the database is
/// of the device that the recovery file names is for the caller to look at, as above. Errors: WrongKey (not a page of
/// the database is this key's), Damaged, Unreadable, Refused, and those of open_store().
[[nodiscard]] Result<Unlocked> unlock(crypto::SodiumReady ready, const StateFolder& folder,
                                      const crypto::Recovery& recovery, const Accepted& accepted = {});

/// The database keys that the opener's slot gives: one, or two while the copies of the slots differ. For repair().
/// Errors: WrongKey, and those of read_slot_copies().
[[nodiscard]] Result<std::vector<crypto::SecretBytes>> keys_of(crypto::SodiumReady ready, const StateFolder& folder,
                                                               const Opener& opener);

/// The slots that have a keyholder, in order.
[[nodiscard]] Result<std::vector<std::size_t>> used_slots(Store& store);
/// Errors: Refused (the slot has a keyholder), Input, Memory, ReadOnly, NoSpace, Io.
[[nodiscard]] Result<void> add_words(crypto::SodiumReady ready, const StateFolder& folder, Unlocked& device,
                                     std::size_t slot, const crypto::SecretBytes& words);
/// The key file to be written to a USB stick. Errors: as add_words().
[[nodiscard]] Result<crypto::KeyFile> add_key_file(crypto::SodiumReady ready, const StateFolder& folder,
                                                   Unlocked& device, std::size_t slot,
                                                   const crypto::SecretBytes* pin = nullptr);

/// Removes everybody but those present, each in a slot of their own, under a new database key: what the others hold,
/// and every copy of the old slots, opens nothing from now on. They are added again one by one. Writes the recovery
/// file. On failure `device.key` says which key is in force: as before, with all keyholders, and both copies of the
/// slots are what they were, whoever's; or the new one, and only a later step could not be written. Errors: as for the
/// database; Input (nobody, the same slot twice, no recipient).
[[nodiscard]] Result<void> keep_only(crypto::SodiumReady ready, const StateFolder& folder, Unlocked& device,
                                     std::initializer_list<Opener> present, crypto::ArgonCost cost,
                                     std::span<const crypto::Recipient> recipients);

/// Writes the recovery file for these recipients (the recovery identity and the coordinators) unless it is there, byte
/// for byte as it was written, for exactly them and this database. To be called whenever the bundle was loaded. Errors:
/// Input, ReadOnly, NoSpace, Io.
[[nodiscard]] Result<void> keep_recovery(crypto::SodiumReady ready, const StateFolder& folder, Unlocked& device,
                                         std::span<const crypto::Recipient> recipients);

}  // namespace app::store

#include "app/store/device_keys.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "app/store/known_slots.hpp"
#include "app/store/rekey.hpp"
#include "app/store/repair.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

constexpr std::string_view used_setting = "key_slots";         // "0 3": the slots with a keyholder
constexpr std::string_view recovery_setting = "recovery_for";  // digests of whom it is for, and of the file

using detail::error_of;

Result<crypto::SecretBytes> key_from(crypto::SodiumReady ready, const crypto::Slots& slots, const Opener& opener) {
    auto key = std::holds_alternative<ByWords>(opener)
                   ? slots.unlock_words(ready, std::get<ByWords>(opener).slot, *std::get<ByWords>(opener).words)
                   : slots.unlock_key_file(ready, *std::get<ByKeyFile>(opener).file, std::get<ByKeyFile>(opener).pin);
    if (!key) return tl::unexpected(error_of(key.error()));
    return std::move(*key);
}

std::size_t slot_of(const Opener& opener) {
    const auto* words = std::get_if<ByWords>(&opener);
    return words != nullptr ? words->slot : std::get<ByKeyFile>(opener).file->slot();
}

/// The database key under what its holder has already. Gives the slot.
Result<std::size_t> keep_one(crypto::SodiumReady ready, crypto::Slots& slots, const Opener& opener,
                             const crypto::SecretBytes& key) {
    const auto* words = std::get_if<ByWords>(&opener);
    const std::size_t slot = slot_of(opener);
    const auto kept = words != nullptr ? slots.set_words(ready, slot, *words->words, key)
                                       : slots.keep_key_file(ready, *std::get<ByKeyFile>(opener).file, key,
                                                             std::get<ByKeyFile>(opener).pin);
    if (!kept) return tl::unexpected(error_of(kept.error()));
    return slot;
}

/// The same for everybody present: the slots, in order.
Result<std::vector<std::size_t>> keep(crypto::SodiumReady ready, crypto::Slots& slots,
                                      std::initializer_list<Opener> present, const crypto::SecretBytes& key) {
    std::vector<std::size_t> used;
    for (const auto& opener : present) {
        AMPARO_TRY(const slot, keep_one(ready, slots, opener, key));
        used.push_back(slot);
    }
    std::sort(used.begin(), used.end());
    if (used.empty() || std::adjacent_find(used.begin(), used.end()) != used.end()) return tl::unexpected(Error::Input);
    return used;
}

Result<void> write_used(Store& store, const std::vector<std::size_t>& slots) {
    std::string text;
    for (const std::size_t slot : slots) text += (text.empty() ? "" : " ") + std::to_string(slot);
    return store.settings().set(used_setting, text);
}

using Salts = std::vector<crypto::DatabaseSalt>;

/// How the database begins; nothing when that cannot be read.
Salts salts_of(const StateFolder& folder) {
    const auto salt = folder.salt();
    return salt ? Salts{*salt} : Salts{};
}

/// Of what the recovery file is made for.
std::string digest_of(crypto::SodiumReady ready, std::span<const crypto::Recipient> recipients, const Salts& salts) {
    std::vector<std::string> lines;
    for (const auto& recipient : recipients) lines.push_back(recipient.to_string() + "\n");
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const auto& line : lines) text += line;
    for (const auto& salt : salts) text += crypto::to_hex(salt);
    return crypto::to_hex(crypto::sha256(ready, crypto::as_bytes(text)));
}

/// What is remembered of a recovery file, so that one that is damaged or put in its place shows.
std::string known_recovery(crypto::SodiumReady ready, const std::string& made_for, crypto::ByteView file) {
    return made_for + " " + crypto::to_hex(crypto::sha256(ready, file));
}

/// What is to be remembered of it.
Result<std::string> write_recovery(crypto::SodiumReady ready, const StateFolder& folder, const crypto::DeviceId& device,
                                   std::span<const crypto::SecretBytes* const> keys,
                                   std::span<const crypto::Recipient> recipients, const Salts& salts) {
    const auto sealed = crypto::seal_recovery(ready, device, keys, recipients, salts);
    if (!sealed) return tl::unexpected(error_of(sealed.error()));
    AMPARO_DO(folder.write_recovery(sealed->bytes));
    return known_recovery(ready, digest_of(ready, recipients, salts), sealed->bytes);
}

Result<std::unique_ptr<Store>> open_with(crypto::SodiumReady ready, const StateFolder& folder,
                                         const crypto::SecretBytes& key, const Accepted& accepted) {
    AMPARO_DO(settle_journal(ready, folder, key, accepted));
    return open_store(ready, folder, key, accepted);
}

struct Opened {
    std::unique_ptr<Store> store;
    std::size_t by;  ///< which of the keys
};

/// Opens with the first of these keys that fits. Errors: WrongKey (none does), Unreadable (there is no database).
Result<Opened> open_with_one(crypto::SodiumReady ready, const StateFolder& folder,
                             std::span<const crypto::SecretBytes> keys, const Accepted& accepted) {
    const auto lost = [](Error error) { return error == Error::Missing ? Error::Unreadable : error; };
    if (auto done = finish_repair(ready, folder, keys, accepted); !done) return tl::unexpected(lost(done.error()));
    for (std::size_t i = 0; i < keys.size(); ++i) {
        auto store = open_with(ready, folder, keys[i], accepted);
        if (!store && store.error() == Error::WrongKey) continue;
        if (!store) return tl::unexpected(lost(store.error()));
        detail::remove_next_database(folder);
        return Opened{std::move(*store), i};
    }
    return tl::unexpected(Error::WrongKey);
}

}  // namespace

Result<Unlocked> create_device(crypto::SodiumReady ready, const StateFolder& folder, const crypto::DeviceId& device,
                               const crypto::Clock& clock) {
    const auto cost = crypto::calibrate(ready, unlock_time, clock);
    if (!cost) return tl::unexpected(error_of(cost.error()));
    auto slots = crypto::Slots::create(ready, device, *cost);
    if (!slots) return tl::unexpected(error_of(slots.error()));
    auto key = crypto::SecretBytes::random(ready, crypto::database_key_size);
    if (!key) return tl::unexpected(error_of(key.error()));
    AMPARO_TRY(store, create_store(ready, folder, *key));
    static_cast<void>(folder.keep_salt());
    return Unlocked{std::move(store), std::move(*slots), std::move(*key)};
}

namespace {

/// What the opener gives out of every copy of the slots that it fits.
struct Given {
    std::vector<crypto::SecretBytes> keys;
    std::vector<crypto::Slots> slots;  ///< each key's own
    std::vector<crypto::Slots> whole;  ///< every copy, also those that the opener does not fit
    bool equal = false;                ///< the copies are
};

Result<Given> open_slots(crypto::SodiumReady ready, const StateFolder& folder, const Opener& opener) {
    AMPARO_TRY(const copies, folder.read_slot_copies());
    Given given;
    given.equal = copies.equal;
    for (const auto& slots : copies.whole) {
        auto key = key_from(ready, slots, opener);
        if (!key && key.error() != Error::WrongKey) return tl::unexpected(key.error());
        if (!key) continue;
        given.keys.push_back(std::move(*key));
        given.slots.push_back(slots);
    }
    if (given.keys.empty()) return tl::unexpected(Error::WrongKey);
    given.whole = copies.whole;
    return given;
}

/// Makes the copies of the slots what the store vouches for. A medium that cannot take them now is no reason to lock
/// people out: the next start mends.
Result<detail::MendedSlots> mend(crypto::SodiumReady ready, const StateFolder& folder, const Given& given,
                                 const Opened& opened, const Opener& opener) {
    AMPARO_TRY(const used, used_slots(*opened.store));
    const bool other_key = given.keys.size() > 1 && !given.keys.front().equals(given.keys.back().view());
    auto mended = detail::mend_slots(ready, opened.store->settings(), given.whole, given.slots[opened.by],
                                     slot_of(opener), other_key, used);
    if (!mended || !mended->sure) return mended;
    const bool as_they_are = given.equal && given.whole.front().serialise() == mended->slots.serialise();
    if (!as_they_are && !folder.write_slots(mended->slots)) return mended;
    static_cast<void>(detail::know_slots(ready, opened.store->settings(), mended->slots, mended->lost));
    return mended;
}

}  // namespace

Result<std::vector<crypto::SecretBytes>> keys_of(crypto::SodiumReady ready, const StateFolder& folder,
                                                 const Opener& opener) {
    AMPARO_TRY(given, open_slots(ready, folder, opener));
    return std::move(given.keys);
}

Result<Unlocked> unlock(crypto::SodiumReady ready, const StateFolder& folder, const Opener& opener,
                        const Accepted& accepted) {
    AMPARO_TRY(given, open_slots(ready, folder, opener));
    auto opened = open_with_one(ready, folder, given.keys, accepted);
    if (!opened && opened.error() == Error::WrongKey) return tl::unexpected(Error::Damaged);  // for the slot gave it
    if (!opened) return tl::unexpected(opened.error());
    AMPARO_TRY(mended, mend(ready, folder, given, *opened, opener));
    return Unlocked{std::move(opened->store), std::move(mended.slots), std::move(given.keys[opened->by]),
                    std::move(mended.lost)};
}

namespace {

/// The copy of the slots that is this device's. Another device's says nothing here: it is as good as lost.
Result<crypto::Slots> own_slots(crypto::SodiumReady ready, const StateFolder& folder, const crypto::DeviceId& device) {
    auto copies = folder.read_slot_copies();
    if (copies)
        for (auto& slots : copies->whole)
            if (slots.device() == device) return std::move(slots);
    auto made = crypto::Slots::create(ready, device);
    if (!made) return tl::unexpected(error_of(made.error()));
    return std::move(*made);
}

}  // namespace

Result<Unlocked> unlock(crypto::SodiumReady ready, const StateFolder& folder, const crypto::Recovery& recovery,
                        const Accepted& accepted) {
    AMPARO_TRY(const slots, own_slots(ready, folder, recovery.device()));
    auto opened = open_with_one(ready, folder, recovery.keys(), accepted);
    if (!opened && opened.error() == Error::WrongKey) {
        // Nothing vouches for the key: a file of before the last change of keys must not call a good database damaged.
        for (const auto& key : recovery.keys()) {
            AMPARO_TRY(const reads, reads_a_page(ready, folder, key, recovery.salts()));
            if (reads) return tl::unexpected(Error::Damaged);
        }
    }
    if (!opened) return tl::unexpected(opened.error());
    auto key = crypto::SecretBytes::copy_of(ready, recovery.keys()[opened->by].view());
    if (!key) return tl::unexpected(error_of(key.error()));
    return Unlocked{std::move(opened->store), slots, std::move(*key)};
}

Result<std::vector<std::size_t>> used_slots(Store& store) {
    AMPARO_TRY(const text, store.settings().get(used_setting));
    std::vector<std::size_t> slots;
    for (const char c : text.value_or(""))
        if (c >= '0' && c < static_cast<char>('0' + crypto::slot_count))
            slots.push_back(static_cast<std::size_t>(c - '0'));
    return slots;
}

namespace {

/// Remembers that one more slot has a keyholder, and changes the slots by `set`.
template <typename Set>
Result<void> add(crypto::SodiumReady ready, const StateFolder& folder, Unlocked& device, std::size_t slot,
                 const Set& set) {
    AMPARO_TRY(used, used_slots(*device.store));
    if (std::find(used.begin(), used.end(), slot) != used.end()) return tl::unexpected(Error::Refused);
    crypto::Slots changed = device.slots;
    AMPARO_DO(set(changed));
    // Remembered first: a slot that is only thought to be in use does no harm, one that is forgotten would be given
    // away.
    auto more = used;
    more.push_back(slot);
    std::sort(more.begin(), more.end());
    AMPARO_DO(write_used(*device.store, more));
    const auto before = detail::know_next_slots(ready, device.store->settings(), changed, device.lost);
    if (auto written = before ? folder.write_slots(changed) : tl::unexpected(before.error()); !written) {
        const auto salt = folder.salt();
        static_cast<void>(folder.write_slots_copy(device.slots, salt ? std::optional(*salt) : std::nullopt));
        if (before) static_cast<void>(detail::forget_next_slots(device.store->settings(), *before));
        static_cast<void>(write_used(*device.store, used));
        return written;
    }
    device.slots = std::move(changed);
    // Where this finds no room, the next start does it: the newest are the first of those that are remembered.
    static_cast<void>(detail::know_slots(ready, device.store->settings(), device.slots, device.lost));
    return {};
}

}  // namespace

Result<void> add_words(crypto::SodiumReady ready, const StateFolder& folder, Unlocked& device, std::size_t slot,
                       const crypto::SecretBytes& words) {
    return add(ready, folder, device, slot, [&](crypto::Slots& slots) -> Result<void> {
        if (auto set = slots.set_words(ready, slot, words, device.key); !set)
            return tl::unexpected(error_of(set.error()));
        return {};
    });
}

Result<crypto::KeyFile> add_key_file(crypto::SodiumReady ready, const StateFolder& folder, Unlocked& device,
                                     std::size_t slot, const crypto::SecretBytes* pin) {
    std::optional<crypto::KeyFile> made;
    AMPARO_DO(add(ready, folder, device, slot, [&](crypto::Slots& slots) -> Result<void> {
        auto file = slots.set_key_file(ready, slot, device.key, pin);
        if (!file) return tl::unexpected(error_of(file.error()));
        made.emplace(std::move(*file));
        return {};
    }));
    return std::move(*made);
}

Result<void> keep_only(crypto::SodiumReady ready, const StateFolder& folder, Unlocked& device,
                       std::initializer_list<Opener> present, crypto::ArgonCost cost,
                       std::span<const crypto::Recipient> recipients) {
    const crypto::DeviceId id = device.slots.device();
    auto slots = crypto::Slots::create(ready, id, cost);
    if (!slots) return tl::unexpected(error_of(slots.error()));
    auto key = crypto::SecretBytes::random(ready, crypto::database_key_size);
    if (!key) return tl::unexpected(error_of(key.error()));
    AMPARO_TRY(const used, keep(ready, *slots, present, *key));

    // Until the databases change places the old slots and the old key are good, and afterwards the copy and the new
    // one are; the recovery file has both keys meanwhile.
    const auto before = folder.slots_copy_as_it_is();
    crypto::DatabaseSalt salt{};
    crypto::random_fill(ready, salt);
    auto salts = salts_of(folder);
    salts.push_back(salt);
    const std::array both{&std::as_const(device.key), &std::as_const(*key)};
    Result<void> done;
    if (const auto both_sealed = write_recovery(ready, folder, id, both, recipients, salts); !both_sealed)
        done = tl::unexpected(both_sealed.error());
    if (done) done = folder.write_slots_copy(*slots, salt);
    device.store.reset();
    if (done) done = detail::rekey(ready, folder, device.key, *key, salt);
    auto store = open_store(ready, folder, done ? *key : device.key);
    if (!done && !store && store.error() == Error::WrongKey) {
        store = open_store(ready, folder, *key);  // they changed places, and only the last sync failed
        if (store) done = {};
    }
    if (!store) return tl::unexpected(done ? store.error() : done.error());  // all that may be needed is still there
    device.store = std::move(*store);
    if (!done) {
        // What the device had, not what is known of it here: that may be nothing, and theirs is still good.
        static_cast<void>(folder.put_slots_copy_back(before));
        static_cast<void>(
            write_recovery(ready, folder, id, std::array{&std::as_const(device.key)}, recipients, salts_of(folder)));
        return done;
    }
    device.slots = std::move(*slots);
    device.key = std::move(*key);
    device.lost.clear();
    auto written = folder.write_slots(device.slots);
    static_cast<void>(folder.keep_salt());  // where it cannot be written now, the next start of the kiosk does
    if (!written) return written;
    written = detail::know_slots(ready, device.store->settings(), device.slots, {});
    if (!written) return written;
    AMPARO_TRY(const sealed,
               write_recovery(ready, folder, id, std::array{&std::as_const(device.key)}, recipients, salts_of(folder)));
    written = device.store->settings().set(recovery_setting, sealed);
    if (!written) return written;
    return write_used(*device.store, used);
}

Result<void> keep_recovery(crypto::SodiumReady ready, const StateFolder& folder, Unlocked& device,
                           std::span<const crypto::Recipient> recipients) {
    const auto salts = salts_of(folder);
    AMPARO_TRY(const known, device.store->settings().get(recovery_setting));
    if (const auto file = folder.read_recovery();
        file && known == known_recovery(ready, digest_of(ready, recipients, salts), *file))
        return {};
    const std::array keys{&std::as_const(device.key)};
    AMPARO_TRY(const written, write_recovery(ready, folder, device.slots.device(), keys, recipients, salts));
    return device.store->settings().set(recovery_setting, written);
}

}  // namespace app::store

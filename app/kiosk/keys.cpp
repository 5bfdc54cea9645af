#include "app/kiosk/keys.hpp"

#include <algorithm>
#include <utility>

#include "app/device/keys.hpp"
#include "app/kiosk/audit.hpp"
#include "crypto/words.hpp"

namespace app::kiosk {

namespace {

using session::KeyUse;
using session::Trouble;

/// Store, slots and key as the store layer wants them together; the device has them back whatever happens.
class Lent {
  public:
    explicit Lent(Device& device)
        : device_(device),
          open_{std::move(device.store), std::move(device.slots), std::move(device.key), std::move(device.keys_lost)} {}
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    ~Lent() {
        device_.store = std::move(open_.store);
        device_.slots = std::move(open_.slots);
        device_.key = std::move(open_.key);
        device_.keys_lost = std::move(open_.lost);
    }
    [[nodiscard]] store::Unlocked& open() noexcept { return open_; }

  private:
    Device& device_;
    store::Unlocked open_;
};

Trouble trouble_of_crypto(crypto::Error error, Trouble wrong) noexcept {
    if (error == crypto::Error::LockedMemory) return Trouble::LockedMemory;
    return error == crypto::Error::Memory ? Trouble::Memory : wrong;
}

/// The key out of the slot must be the one the database is open with.
tl::expected<void, Trouble> same_key(const crypto::Result<crypto::SecretBytes>& key, const Device& device,
                                     Trouble wrong) {
    if (!key) return tl::unexpected(trouble_of_crypto(key.error(), wrong));
    if (!key->equals(device.key.view())) return tl::unexpected(wrong);
    return {};
}

/// The key file that opens this very device, where key files are looked for.
tl::expected<crypto::KeyFile, Trouble> this_key_file(crypto::SodiumReady ready, const Device& device,
                                                     const Places& places) {
    auto found = find_key_file(ready, key_file_paths(places), device.slots.device(),
                               [&](const crypto::KeyFile& file) -> tl::expected<bool, Trouble> {
                                   const auto same =
                                       same_key(device.slots.unlock_key_file(ready, file), device, Trouble::WrongKey);
                                   if (same) return true;
                                   if (same.error() != Trouble::WrongKey) return tl::unexpected(same.error());
                                   return false;
                               });
    if (!found) return tl::unexpected(found.error());
    return std::move(found->file);
}

std::optional<std::size_t> lowest(const std::vector<std::size_t>& used, bool taken, std::optional<std::size_t> but) {
    for (std::size_t slot = 0; slot < crypto::slot_count; ++slot) {
        const bool is_used = std::find(used.begin(), used.end(), slot) != used.end();
        if (is_used == taken && slot != but) return slot;
    }
    return std::nullopt;
}

/// Where the new words go: for one more person a free slot; else that of the old words, beside a key file that stays.
std::optional<std::size_t> slot_for(KeyUse use, const std::vector<std::size_t>& used,
                                    const std::optional<session::SlotWords>& words,
                                    std::optional<std::size_t> key_file) {
    if (use == KeyUse::Add) return lowest(used, false, std::nullopt);
    if (words) return words->slot;
    const auto of_words = lowest(used, true, key_file);
    return of_words ? of_words : lowest(used, false, key_file);
}

tl::expected<void, Trouble> change(crypto::SodiumReady ready, Device& device, const Places& places,
                                   const session::FreshWords& fresh) {
    std::optional<crypto::KeyFile> key_file;
    if (fresh.by_key_file) {
        auto found = this_key_file(ready, device, places);  // pulled out meanwhile: nothing is changed
        if (!found) return tl::unexpected(found.error());
        key_file.emplace(std::move(*found));
    }
    Lent lent(device);
    const store::ByWords words{fresh.slot, &fresh.words};
    const auto done = key_file ? device::replace_keys(ready, device.folder, lent.open(),
                                                      {store::ByKeyFile{&*key_file, nullptr}, words}, device.recipients)
                               : device::replace_keys(ready, device.folder, lent.open(), {words}, device.recipients);
    if (done) return {};
    return tl::unexpected(lent.open().store ? trouble_of(done.error()) : Trouble::KeysUnsure);
}

tl::expected<void, Trouble> add(crypto::SodiumReady ready, Device& device, const session::FreshWords& fresh) {
    Lent lent(device);
    const auto done = store::add_words(ready, device.folder, lent.open(), fresh.slot, fresh.words);
    if (done) return {};
    const auto copies = device.folder.read_slot_copies();
    return tl::unexpected(copies && copies->equal ? trouble_of(done.error()) : Trouble::KeysUnsure);
}

}  // namespace

tl::expected<session::WordsMade, Trouble> prove(crypto::SodiumReady ready, Device& device, const Places& places,
                                                const session::ProveKey& order) {
    std::optional<std::size_t> key_slot;
    if (order.words) {
        const auto same = same_key(device.slots.unlock_words(ready, order.words->slot, order.words->words), device,
                                   Trouble::WrongWords);
        if (!same) return tl::unexpected(same.error());
    } else {
        const auto key_file = this_key_file(ready, device, places);
        if (!key_file) return tl::unexpected(key_file.error());
        key_slot = key_file->slot();
    }
    const auto used = store::used_slots(*device.store);
    if (!used) return tl::unexpected(trouble_of(used.error()));
    const auto slot = slot_for(order.use, *used, order.words, key_slot);
    if (!slot) return tl::unexpected(Trouble::NoSlot);
    auto words = crypto::generate_passphrase(ready);
    if (!words) return tl::unexpected(Trouble::LockedMemory);
    return session::WordsMade{{order.use, *slot, !order.words, std::move(*words)}};
}

tl::expected<session::KeysSaved, Trouble> save_words(crypto::SodiumReady ready, Device& device, const Places& places,
                                                     const session::SaveWords& order) {
    const auto& fresh = order.fresh;
    const auto done = fresh.use == KeyUse::Change ? change(ready, device, places, fresh) : add(ready, device, fresh);
    if (!done) return tl::unexpected(done.error());
    const auto change = fresh.use == KeyUse::Change ? device::KeyChange::Replaced : device::KeyChange::Added;
    const auto entry = device::key_note(change, fresh.slot, device.worker, {});
    note(ready, device, entry.type, entry.detail);
    // What is in force is not unsaid because the list of the others cannot be read.
    auto used = store::used_slots(*device.store);
    return session::KeysSaved{fresh.use, fresh.slot, fresh.by_key_file,
                              used ? std::move(*used) : std::vector{fresh.slot}};
}

}  // namespace app::kiosk

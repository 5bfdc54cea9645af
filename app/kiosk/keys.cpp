#include "app/kiosk/keys.hpp"

#include <algorithm>
#include <utility>

#include "app/device/keyholders.hpp"
#include "crypto/words.hpp"

namespace app::kiosk {

namespace {

using session::DeviceError;
using session::KeyUse;

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

}  // namespace

tl::expected<session::WordsMade, DeviceError> prove(crypto::SodiumReady ready, Device& device, const Places& places,
                                                    const session::ProveKey& order) {
    std::optional<std::size_t> key_slot;
    if (order.words) {
        const auto same = device::prove_words(ready, device, *order.words);
        if (!same) return tl::unexpected(same.error());
    } else {
        const auto slot = device::prove_key_file(ready, device, places);
        if (!slot) return tl::unexpected(slot.error());
        key_slot = *slot;
    }
    const auto used = store::used_slots(*device.store);
    if (!used) return tl::unexpected(device_error_of(used.error()));
    const auto slot = slot_for(order.use, *used, order.words, key_slot);
    if (!slot) return tl::unexpected(DeviceError::NoSlot);
    auto words = crypto::generate_passphrase(ready);
    if (!words) return tl::unexpected(DeviceError::LockedMemory);
    return session::WordsMade{{order.use, *slot, !order.words, std::move(*words)}};
}

tl::expected<session::KeysSaved, DeviceError> save_words(crypto::SodiumReady ready, Device& device,
                                                         const Places& places, const session::SaveWords& order) {
    const auto& fresh = order.fresh;
    const auto done = fresh.use == KeyUse::Change
                          ? device::replace_words(ready, device, places, fresh.by_key_file, fresh.slot, fresh.words)
                          : device::add_words(ready, device, fresh.slot, fresh.words);
    if (!done) return tl::unexpected(done.error());
    // What is in force is not unsaid because the list of the others cannot be read.
    auto used = store::used_slots(*device.store);
    return session::KeysSaved{fresh.use, fresh.slot, fresh.by_key_file,
                              used ? std::move(*used) : std::vector{fresh.slot}};
}

}  // namespace app::kiosk

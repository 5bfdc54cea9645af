#include "app/device/keyholders.hpp"

#include <utility>

#include "app/device/keys.hpp"
#include "app/device/noting.hpp"

namespace app::device {

using model::DeviceError;

namespace {

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

DeviceError device_error_of_crypto(crypto::Error error, DeviceError wrong) noexcept {
    if (error == crypto::Error::LockedMemory) return DeviceError::LockedMemory;
    return error == crypto::Error::Memory ? DeviceError::Memory : wrong;
}

/// The key out of the slot must be the one the database is open with.
tl::expected<void, DeviceError> same_key(const crypto::Result<crypto::SecretBytes>& key, const Device& device,
                                         DeviceError wrong) {
    if (!key) return tl::unexpected(device_error_of_crypto(key.error(), wrong));
    if (!key->equals(device.key.view())) return tl::unexpected(wrong);
    return {};
}

/// The key file that opens this very device, where key files are looked for.
tl::expected<crypto::KeyFile, DeviceError> this_key_file(crypto::SodiumReady ready, const Device& device,
                                                         const Places& places) {
    auto found = find_key_file(ready, key_file_paths(places), device.slots.device(),
                               [&](const crypto::KeyFile& file) -> tl::expected<bool, DeviceError> {
                                   const auto same = same_key(device.slots.unlock_key_file(ready, file), device,
                                                              DeviceError::WrongKey);
                                   if (same) return true;
                                   if (same.error() != DeviceError::WrongKey) return tl::unexpected(same.error());
                                   return false;
                               });
    if (!found) return tl::unexpected(found.error());
    return std::move(found->file);
}

tl::expected<void, DeviceError> put_in_place(crypto::SodiumReady ready, Device& device, const Places& places,
                                             bool keep_key_file, std::size_t slot, const crypto::SecretBytes& words) {
    std::optional<crypto::KeyFile> key_file;
    if (keep_key_file) {
        auto found = this_key_file(ready, device, places);  // pulled out meanwhile: nothing is changed
        if (!found) return tl::unexpected(found.error());
        key_file.emplace(std::move(*found));
    }
    Lent lent(device);
    const store::ByWords opener{slot, &words};
    const auto done = key_file ? replace_keys(ready, device.folder, lent.open(),
                                              {store::ByKeyFile{&*key_file, nullptr}, opener}, device.recipients)
                               : replace_keys(ready, device.folder, lent.open(), {opener}, device.recipients);
    if (done) return {};
    return tl::unexpected(lent.open().store ? device_error_of(done.error()) : DeviceError::KeysUnsure);
}

tl::expected<void, DeviceError> put_beside(crypto::SodiumReady ready, Device& device, std::size_t slot,
                                           const crypto::SecretBytes& words) {
    Lent lent(device);
    const auto done = store::add_words(ready, device.folder, lent.open(), slot, words);
    if (done) return {};
    const auto copies = device.folder.read_slot_copies();
    return tl::unexpected(copies && copies->equal ? device_error_of(done.error()) : DeviceError::KeysUnsure);
}

void note_change(crypto::SodiumReady ready, Device& device, KeyChange change, std::size_t slot) {
    const auto entry = key_note(change, slot, device.worker, {});
    note(ready, device, entry.type, entry.detail);
}

}  // namespace

tl::expected<void, DeviceError> prove_words(crypto::SodiumReady ready, const Device& device,
                                            const crypto::SlotWords& words) {
    return same_key(device.slots.unlock_words(ready, words.slot, words.words), device, DeviceError::WrongWords);
}

tl::expected<std::size_t, DeviceError> prove_key_file(crypto::SodiumReady ready, const Device& device,
                                                      const Places& places) {
    const auto key_file = this_key_file(ready, device, places);
    if (!key_file) return tl::unexpected(key_file.error());
    return key_file->slot();
}

tl::expected<void, DeviceError> replace_words(crypto::SodiumReady ready, Device& device, const Places& places,
                                              bool keep_key_file, std::size_t slot, const crypto::SecretBytes& words) {
    auto done = put_in_place(ready, device, places, keep_key_file, slot, words);
    if (done) note_change(ready, device, KeyChange::Replaced, slot);
    return done;
}

tl::expected<void, DeviceError> add_words(crypto::SodiumReady ready, Device& device, std::size_t slot,
                                          const crypto::SecretBytes& words) {
    auto done = put_beside(ready, device, slot, words);
    if (done) note_change(ready, device, KeyChange::Added, slot);
    return done;
}

void keep_recovery(crypto::SodiumReady ready, Device& device) {
    if (device.recipients.empty()) return;
    Lent lent(device);
    static_cast<void>(store::keep_recovery(ready, device.folder, lent.open(), device.recipients));
}

}  // namespace app::device

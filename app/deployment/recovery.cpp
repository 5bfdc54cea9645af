#include "app/deployment/recovery.hpp"

#include "app/device/audit.hpp"
#include "app/device/keys.hpp"
#include "crypto/try.hpp"
#include "crypto/words.hpp"

namespace app::deployment {
namespace {

using Tell = std::function<void(const Notice&)>;

/// The coordinators learn of it with the device's next batch, as they do of new words made at the kiosk.
store::Result<void> note_it(crypto::SodiumReady ready, OpenDevice& device, const NewKey& key) {
    auto& store = *device.unlocked.store;
    AMPARO_DO(device::tell_repair(ready, store, device.recipients, key.today));
    return device::append_audit(ready, store, device.recipients,
                                device::key_note(device::KeyChange::Replaced, key.slot, std::nullopt, key.today));
}

Result<void> keep_only(crypto::SodiumReady ready, OpenDevice& device, const NewKey& key, const store::Opener& opener,
                       const Tell& tell) {
    AMPARO_DO(about(device.folder.path().string(),
                    device::replace_keys(ready, device.folder, device.unlocked, {opener}, device.recipients)));
    if (!note_it(ready, device, key)) tell(NotNoted{});
    if (const auto counts = device.unlocked.store->records().counts())
        tell(KeysReplaced{counts->waiting + counts->batched + counts->receipted});
    return {};
}

}  // namespace

Result<crypto::SecretBytes> replace_with_words(crypto::SodiumReady ready, OpenDevice& device, const NewKey& key,
                                               const Tell& tell) {
    AMPARO_TRY(words, about({}, crypto::generate_passphrase(ready)));
    AMPARO_DO(keep_only(ready, device, key, store::ByWords{key.slot, &words}, tell));
    return words;
}

Result<void> replace_with_key_file(crypto::SodiumReady ready, OpenDevice& device, const NewKey& key,
                                   files::DurableFile& file, const Tell& tell) {
    const auto& unlocked = device.unlocked;
    const auto path = file.destination().string();
    AMPARO_TRY(slots, about(path, crypto::Slots::create(ready, unlocked.slots.device(), unlocked.slots.cost())));
    AMPARO_TRY(const key_file, about(path, slots.set_key_file(ready, key.slot, unlocked.key)));
    AMPARO_TRY(const text, about(path, key_file.to_text(ready)));
    AMPARO_DO(about(path, file.reserve(text.size())));
    AMPARO_DO(keep_only(ready, device, key, store::ByKeyFile{&key_file, nullptr}, tell));
    AMPARO_DO(about(path, file.write(text.view())));
    return about(path, file.publish());
}

}  // namespace app::deployment

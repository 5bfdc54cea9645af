#include "app/device/keys.hpp"

#include <utility>

namespace app::device {

store::Result<void> replace_keys(crypto::SodiumReady ready, const store::StateFolder& folder, store::Unlocked& device,
                                 std::initializer_list<store::Opener> present,
                                 std::span<const crypto::Recipient> recipients) {
    const auto before = crypto::SecretBytes::copy_of(ready, device.key.view());
    if (!before) return tl::unexpected(store::Error::Memory);
    const auto cost = device.slots.cost();
    const auto done = store::keep_only(ready, folder, device, present, cost, recipients);
    // The new key is in force as soon as the databases changed places.
    if (done || (device.store && !device.key.equals(before->view()))) return {};
    return done;
}

AuditNote key_note(KeyChange change, std::size_t slot, std::optional<std::uint32_t> worker, std::chrono::sys_days day) {
    exchange::AuditDetail which;
    which.worker = worker;
    which.number = slot + 1;
    switch (change) {
        case KeyChange::Replaced:
            return {exchange::AuditType::WordsChanged, day, std::move(which)};
        case KeyChange::Added:
            break;
    }
    return {exchange::AuditType::KeyAdded, day, std::move(which)};
}

}  // namespace app::device

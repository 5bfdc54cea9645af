#include "app/device/sealing.hpp"

#include "app/device/noting.hpp"
#include "crypto/age.hpp"

namespace app::device {

using model::DeviceError;

tl::expected<void, DeviceError> seal_revision(crypto::SodiumReady ready, Device& device, std::string_view record,
                                              std::uint32_t revision, const crypto::SecretBytes& json,
                                              const crypto::SecretBytes& draft) {
    const auto sealed = crypto::seal_record(ready, json.view(), device.recipients);
    if (!sealed)
        return tl::unexpected(sealed.error() == crypto::Error::LockedMemory ? DeviceError::LockedMemory
                                                                            : DeviceError::SealFailed);
    const auto kept = device.drafts.keep(record, revision, draft);
    const auto row = device.store->records().save_revision(record, revision, *sealed, kept);
    device.store->release_memory();
    if (!row)
        return tl::unexpected(row.error() == store::Error::NoSpace ? DeviceError::NoRoom : DeviceError::SealFailed);
    return {};
}

void note_record(crypto::SodiumReady ready, Device& device, exchange::AuditType type, const std::string& record) {
    exchange::AuditDetail detail;
    detail.worker = device.worker;
    detail.record = record;
    note(ready, device, type, detail);
}

tl::expected<void, DeviceError> withdraw(crypto::SodiumReady ready, Device& device, const std::string& record,
                                         std::uint32_t revision, const crypto::SecretBytes& withdrawn) {
    const auto exported = device.store->records().was_exported(record);
    if (!exported) return tl::unexpected(device_error_of(exported.error()));
    if (*exported) {
        if (auto done = seal_revision(ready, device, record, revision, withdrawn, {}); !done)
            return tl::unexpected(done.error());
        note_record(ready, device, exchange::AuditType::RecordWithdrawn, record);
    } else {
        const auto erased = device.store->records().erase(record);
        if (!erased && erased.error() != store::Error::NotFound) return tl::unexpected(device_error_of(erased.error()));
        // Of what was deleted here nobody would ever know otherwise.
        if (erased && *erased > 0) note_record(ready, device, exchange::AuditType::RecordErased, record);
    }
    return {};
}

}  // namespace app::device

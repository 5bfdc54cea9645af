#pragma once
// What `recovery.age` holds: the database key of a device, for the coordinators when every word and key file is lost.
// Bytes only; the file is the store's. Source: FORMATS "Database key and slots"; crypto/FORMAT.md.

#include <span>

#include "crypto/age.hpp"
#include "crypto/slots.hpp"

namespace crypto {

/// The opened content.
class Recovery {
  public:
    /// Exactly what seal_recovery() wrote, with or without the spaces behind it that fill up. Errors: Malformed,
    /// LockedMemory.
    [[nodiscard]] static Result<Recovery> parse(SodiumReady ready, ByteView text);
    /// The lines without the filling spaces, in locked memory.
    [[nodiscard]] Result<SecretBytes> to_text(SodiumReady ready) const;

    [[nodiscard]] const DeviceId& device() const noexcept { return device_; }
    /// The key; while it is being changed, the old one and then the new one: try both.
    [[nodiscard]] std::span<const SecretBytes> keys() const noexcept { return keys_; }

  private:
    friend Result<Sealed> seal_recovery(SodiumReady, const DeviceId&, std::span<const SecretBytes* const>,
                                        std::span<const Recipient>);
    explicit Recovery(const DeviceId& device) noexcept : device_(device) {}
    DeviceId device_;
    std::vector<SecretBytes> keys_;
};

/// Seals one or two database keys (32 bytes each) as a record is sealed: filled stanzas, padded, so that neither the
/// number of coordinators nor a change of key shows. Errors: as seal_record(); Input (keys).
[[nodiscard]] Result<Sealed> seal_recovery(SodiumReady ready, const DeviceId& device,
                                           std::span<const SecretBytes* const> keys,
                                           std::span<const Recipient> recipients);

}  // namespace crypto

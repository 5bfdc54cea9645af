#pragma once
// What `recovery.age` holds: the database key of a device, for the coordinators when every word and key file is lost.
// Bytes only; the file is the store's. Source: crypto/FORMAT.md section 3.

#include <array>
#include <span>
#include <vector>

#include "crypto/age.hpp"
#include "crypto/slots.hpp"

namespace crypto {

/// The first bytes of a database: public, and without them no page of it can be told to be authentic.
using DatabaseSalt = std::array<std::byte, 16>;

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
    /// How the database begins; while the key is being changed, how both do. None in a file of an earlier version.
    [[nodiscard]] std::span<const DatabaseSalt> salts() const noexcept { return salts_; }

  private:
    friend Result<Sealed> seal_recovery(SodiumReady, const DeviceId&, std::span<const SecretBytes* const>,
                                        std::span<const Recipient>, std::span<const DatabaseSalt>);
    explicit Recovery(const DeviceId& device) noexcept : device_(device) {}
    DeviceId device_;
    std::vector<SecretBytes> keys_;
    std::vector<DatabaseSalt> salts_;
};

/// Seals one or two database keys (32 bytes each), and up to two beginnings, as a record is sealed: filled stanzas,
/// padded, so that neither the number of coordinators nor a change of key shows. Errors: as seal_record(); Input (keys,
/// beginnings).
[[nodiscard]] Result<Sealed> seal_recovery(SodiumReady ready, const DeviceId& device,
                                           std::span<const SecretBytes* const> keys,
                                           std::span<const Recipient> recipients,
                                           std::span<const DatabaseSalt> salts = {});

}  // namespace crypto

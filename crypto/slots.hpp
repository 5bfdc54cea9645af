#pragma once
// The key slots of a device: how words or a key file give back the database key. Bytes only; files are the store's.
// Source: crypto/FORMAT.md section 3.

#include <array>
#include <cstddef>
#include <optional>

#include "crypto/argon.hpp"
#include "crypto/hash.hpp"

namespace crypto {

inline constexpr std::size_t slot_count = 8;
inline constexpr std::size_t slots_file_size = 737;
inline constexpr std::size_t database_key_size = 32;
using DeviceId = std::array<std::byte, 16>;

/// A key file, usually on a USB stick (`amparo-device.key`): says which device and slot it is for.
class KeyFile {
  public:
    /// Exactly what to_text() gives. Errors: Malformed, LockedMemory.
    [[nodiscard]] static Result<KeyFile> parse(SodiumReady ready, ByteView text);
    /// Four lines of text in locked memory.
    [[nodiscard]] Result<SecretBytes> to_text(SodiumReady ready) const;
    [[nodiscard]] const DeviceId& device() const noexcept { return device_; }
    [[nodiscard]] std::size_t slot() const noexcept { return slot_; }

  private:
    friend class Slots;
    KeyFile(const DeviceId& device, std::size_t slot, SecretBytes key) noexcept
        : device_(device), slot_(slot), key_(std::move(key)) {}
    DeviceId device_;
    std::size_t slot_;
    SecretBytes key_;
};

/// What a keyholder brings: the words of one slot as canonical_passphrase() gives them. Slots count from 0; people see
/// 1 to 8.
struct SlotWords {
    std::size_t slot = 0;
    SecretBytes words;
};

/// The content of `slots.bin`: 8 slots of equal size, unused ones random, so that neither their number nor their kind
/// shows. Slot numbers are 0 to 7 here; people see 1 to 8. Which slots are in use is remembered inside the database.
class Slots {
  public:
    /// All slots unused. Errors: WorkFactor (below the floor or over the cap).
    [[nodiscard]] static Result<Slots> create(SodiumReady ready, const DeviceId& device, ArgonCost cost = argon_floor);
    /// Exactly slots_file_size bytes. Errors: Malformed, WorkFactor.
    [[nodiscard]] static Result<Slots> parse(ByteView file);
    [[nodiscard]] Bytes serialise() const;

    [[nodiscard]] const DeviceId& device() const noexcept { return device_; }
    [[nodiscard]] ArgonCost cost() const noexcept { return cost_; }

    /// Puts the database key (32 bytes) under words as canonical_passphrase() gives them. Replaces what the slot held.
    /// Errors: Input, Memory, LockedMemory.
    [[nodiscard]] Result<void> set_words(SodiumReady ready, std::size_t slot, const SecretBytes& words,
                                         const SecretBytes& database_key);
    /// Puts the database key under a new key file and, if given, a PIN. Replaces what the slot held.
    [[nodiscard]] Result<KeyFile> set_key_file(SodiumReady ready, std::size_t slot, const SecretBytes& database_key,
                                               const SecretBytes* pin = nullptr);
    /// Puts a (new) database key under a key file that somebody holds already, in the slot it is for.
    /// Errors: WrongSecret (a key file of another device), Input, Memory, LockedMemory.
    [[nodiscard]] Result<void> keep_key_file(SodiumReady ready, const KeyFile& key_file,
                                             const SecretBytes& database_key, const SecretBytes* pin = nullptr);
    /// Makes the slot unused (random bytes). Rekey the database too: an old copy of this file still holds the slot.
    [[nodiscard]] Result<void> clear(SodiumReady ready, std::size_t slot);

    /// The database key. Errors: WrongSecret (wrong words, wrong or unused slot), Input, Memory, LockedMemory.
    [[nodiscard]] Result<SecretBytes> unlock_words(SodiumReady ready, std::size_t slot, const SecretBytes& words) const;
    /// The database key. WrongSecret also when the key file belongs to another device.
    [[nodiscard]] Result<SecretBytes> unlock_key_file(SodiumReady ready, const KeyFile& key_file,
                                                      const SecretBytes* pin = nullptr) const;

    /// SHA-256 of all that decides what a slot gives: device, cost, its place, its 88 bytes. `slot` below slot_count.
    [[nodiscard]] Digest digest_of(SodiumReady ready, std::size_t slot) const;
    /// Takes one slot as it is in another copy. False, and nothing is changed, for another device's or another cost.
    [[nodiscard]] bool take(const Slots& copy, std::size_t slot);

  private:
    static constexpr std::size_t slot_size = 88;
    using Slot = std::array<std::byte, slot_size>;
    Slots(const DeviceId& device, ArgonCost cost) noexcept : device_(device), cost_(cost) {}
    [[nodiscard]] Bytes additional_data(std::size_t slot) const;
    [[nodiscard]] Result<void> close_slot(SodiumReady ready, std::size_t slot, ByteView salt, const SecretBytes& kek,
                                          const SecretBytes& database_key);
    [[nodiscard]] Result<SecretBytes> open_slot(SodiumReady ready, std::size_t slot, const SecretBytes& kek) const;
    DeviceId device_;
    ArgonCost cost_;
    std::array<Slot, slot_count> slots_{};
};

}  // namespace crypto

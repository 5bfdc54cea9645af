#include "crypto/slots.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "crypto/random.hpp"
#include "crypto/raw.hpp"
#include "crypto/try.hpp"

namespace crypto {
namespace {

constexpr std::string_view magic = "AMPSLOTS";
constexpr std::byte version{1};
constexpr std::size_t salt_size = 16;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t key_file_size = 32;
constexpr std::string_view key_file_info = "amparo slots 1 key file";

bool acceptable(ArgonCost cost) noexcept {
    return cost.memory_kib >= argon_floor.memory_kib && cost.memory_kib <= argon_cap_kib &&
           cost.passes >= argon_floor.passes && cost.passes <= argon_cap_passes;
}

// HKDF over the file's key, and the hashed PIN behind it when there is one (the lengths differ, so the two never meet).
Result<SecretBytes> key_file_kek(SodiumReady ready, ByteView key, const SecretBytes* pin, ByteView salt,
                                 ArgonCost cost) {
    if (pin == nullptr) return hkdf_sha256(ready, key, salt, key_file_info);
    AMPARO_TRY(const hashed, argon2id(ready, pin->view(), salt, cost));
    Scratch<64> both;
    std::copy(key.begin(), key.end(), both.writable().begin());
    std::copy(hashed.view().begin(), hashed.view().end(), both.writable().begin() + 32);
    return hkdf_sha256(ready, both.view(), salt, key_file_info);
}

}  // namespace

Result<Slots> Slots::create(SodiumReady ready, const DeviceId& device, ArgonCost cost) {
    if (!acceptable(cost)) return tl::unexpected(Error::WorkFactor);
    Slots slots(device, cost);
    for (Slot& slot : slots.slots_) random_fill(ready, slot);
    return slots;
}

Result<Slots> Slots::parse(ByteView file) {
    Reader reader(file);
    if (!reader.skip(magic)) return tl::unexpected(Error::Malformed);
    const auto read_version = reader.u8();
    const auto device = reader.take(16);
    const auto memory = reader.u32_le();
    const auto passes = reader.u32_le();
    const auto content = reader.take(slot_count * slot_size);
    if (!content || !reader.at_end() || *read_version != std::to_integer<std::uint8_t>(version))
        return tl::unexpected(Error::Malformed);
    const ArgonCost cost{*memory, *passes};
    if (!acceptable(cost)) return tl::unexpected(Error::WorkFactor);
    DeviceId id;
    std::copy(device->begin(), device->end(), id.begin());
    Slots slots(id, cost);
    for (std::size_t i = 0; i < slot_count; ++i) {
        const ByteView one = content->subspan(i * slot_size, slot_size);
        std::copy(one.begin(), one.end(), slots.slots_[i].begin());
    }
    return slots;
}

Bytes Slots::serialise() const {
    Bytes out;
    out.reserve(slots_file_size);
    append(out, magic);
    out.push_back(version);
    append(out, device_);
    append_u32_le(out, cost_.memory_kib);
    append_u32_le(out, cost_.passes);
    for (const Slot& slot : slots_) append(out, slot);
    return out;
}

Bytes Slots::additional_data(std::size_t slot) const {
    Bytes out;
    append(out, magic);
    out.push_back(version);
    out.push_back(static_cast<std::byte>(slot));
    append_u32_le(out, cost_.memory_kib);
    append_u32_le(out, cost_.passes);
    append(out, device_);
    return out;
}

Digest Slots::digest_of(SodiumReady ready, std::size_t slot) const {
    Bytes all = additional_data(slot);
    append(all, slots_[slot]);
    return sha256(ready, all);
}

bool Slots::take(const Slots& copy, std::size_t slot) {
    if (slot >= slot_count || copy.device_ != device_ || copy.cost_.memory_kib != cost_.memory_kib ||
        copy.cost_.passes != cost_.passes)
        return false;
    slots_[slot] = copy.slots_[slot];
    return true;
}

Result<void> Slots::close_slot(SodiumReady ready, std::size_t slot, ByteView salt, const SecretBytes& kek,
                               const SecretBytes& database_key) {
    const Bytes bound = additional_data(slot);
    Slot fresh;
    const std::span<std::byte> bytes(fresh);
    std::copy(salt.begin(), salt.end(), fresh.begin());
    const auto nonce = bytes.subspan(salt_size, nonce_size);
    random_fill(ready, nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(bytes.subspan(salt_size + nonce_size)), nullptr,
                                               raw(database_key.view()), database_key.size(), raw(bound), bound.size(),
                                               nullptr, raw(nonce), raw(kek.view()));
    slots_[slot] = fresh;
    return {};
}

Result<SecretBytes> Slots::open_slot(SodiumReady ready, std::size_t slot, const SecretBytes& kek) const {
    const Bytes bound = additional_data(slot);
    const ByteView bytes(slots_[slot]);
    const ByteView sealed = bytes.subspan(salt_size + nonce_size);
    auto key = SecretBytes::make(ready, database_key_size);
    if (!key) return key;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(key->writable()), nullptr, nullptr, raw(sealed), sealed.size(),
                                                   raw(bound), bound.size(), raw(bytes.subspan(salt_size, nonce_size)),
                                                   raw(kek.view())) != 0)
        return tl::unexpected(Error::WrongSecret);
    return key;
}

Result<void> Slots::set_words(SodiumReady ready, std::size_t slot, const SecretBytes& words,
                              const SecretBytes& database_key) {
    if (slot >= slot_count || words.empty() || database_key.size() != database_key_size)
        return tl::unexpected(Error::Input);
    const Bytes salt = random_bytes(ready, salt_size);
    AMPARO_TRY(const kek, argon2id(ready, words.view(), salt, cost_));
    return close_slot(ready, slot, salt, kek, database_key);
}

Result<KeyFile> Slots::set_key_file(SodiumReady ready, std::size_t slot, const SecretBytes& database_key,
                                    const SecretBytes* pin) {
    if (slot >= slot_count || database_key.size() != database_key_size) return tl::unexpected(Error::Input);
    AMPARO_TRY(key, SecretBytes::random(ready, key_file_size));
    KeyFile made(device_, slot, std::move(key));
    AMPARO_DO(keep_key_file(ready, made, database_key, pin));
    return made;
}

Result<void> Slots::keep_key_file(SodiumReady ready, const KeyFile& key_file, const SecretBytes& database_key,
                                  const SecretBytes* pin) {
    if (database_key.size() != database_key_size) return tl::unexpected(Error::Input);
    if (key_file.device_ != device_) return tl::unexpected(Error::WrongSecret);
    const Bytes salt = random_bytes(ready, salt_size);
    AMPARO_TRY(const kek, key_file_kek(ready, key_file.key_.view(), pin, salt, cost_));
    return close_slot(ready, key_file.slot_, salt, kek, database_key);
}

Result<void> Slots::clear(SodiumReady ready, std::size_t slot) {
    if (slot >= slot_count) return tl::unexpected(Error::Input);
    random_fill(ready, slots_[slot]);
    return {};
}

Result<SecretBytes> Slots::unlock_words(SodiumReady ready, std::size_t slot, const SecretBytes& words) const {
    if (slot >= slot_count) return tl::unexpected(Error::Input);
    AMPARO_TRY(const kek, argon2id(ready, words.view(), ByteView(slots_[slot]).first(salt_size), cost_));
    return open_slot(ready, slot, kek);
}

Result<SecretBytes> Slots::unlock_key_file(SodiumReady ready, const KeyFile& key_file, const SecretBytes* pin) const {
    if (key_file.device_ != device_) return tl::unexpected(Error::WrongSecret);
    const ByteView salt = ByteView(slots_[key_file.slot_]).first(salt_size);
    AMPARO_TRY(const kek, key_file_kek(ready, key_file.key_.view(), pin, salt, cost_));
    return open_slot(ready, key_file.slot_, kek);
}

}  // namespace crypto

#include "app/device/keyring.hpp"

#include <keyutils.h>

#include <algorithm>
#include <ctime>
#include <span>

#include "crypto/random.hpp"

namespace app::device::keyring {
namespace {

constexpr const char* type = "user";
constexpr std::string_view prefix = "amparo:";

std::string described(const std::string& name) {
    return std::string(prefix) + name;
}

/// The user's keyring, reachable for this process: whoever possesses it possesses the key in it.
bool reach_user_keyring() noexcept {
    return keyctl_link(KEY_SPEC_USER_KEYRING, KEY_SPEC_PROCESS_KEYRING) == 0;
}

/// -1 when there is none.
key_serial_t find(const std::string& name) {
    if (!reach_user_keyring()) return -1;
    return static_cast<key_serial_t>(keyctl_search(KEY_SPEC_USER_KEYRING, type, described(name).c_str(), 0));
}

constexpr std::size_t until_bytes = 8;

std::uint64_t running_seconds() noexcept {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<std::uint64_t>(now.tv_sec);
}

/// The second of the machine's running in which the key's time is over, behind the key.
void set_until(std::span<std::byte> payload, std::chrono::seconds time) noexcept {
    const auto until = running_seconds() + static_cast<std::uint64_t>(time.count());
    const auto end = payload.last(until_bytes);
    for (std::size_t i = 0; i < until_bytes; ++i) end[i] = static_cast<std::byte>(until >> (8 * i) & 0xFFU);
}

bool over(crypto::ByteView payload) noexcept {
    std::uint64_t until = 0;
    const auto end = payload.last(until_bytes);
    for (std::size_t i = 0; i < until_bytes; ++i) until |= std::to_integer<std::uint64_t>(end[i]) << (8 * i);
    return running_seconds() >= until;
}

/// What the kernel holds: the key and its end. Nothing when it has another length.
std::optional<crypto::SecretBytes> payload_of(crypto::SodiumReady ready, key_serial_t key, std::size_t size) noexcept {
    auto bytes = crypto::SecretBytes::make(ready, size);
    if (!bytes) return std::nullopt;
    const auto room = bytes->writable();
    const auto length = keyctl_read(key, reinterpret_cast<char*>(room.data()), room.size());
    if (length < 0 || static_cast<std::size_t>(length) != size) return std::nullopt;
    return std::move(*bytes);
}

void remove(key_serial_t key) noexcept {
    if (keyctl_invalidate(key) == 0) return;
    (void)keyctl_revoke(key);
    (void)keyctl_unlink(key, KEY_SPEC_USER_KEYRING);
}

}  // namespace

bool keep(crypto::SodiumReady ready, const std::string& name, const crypto::SecretBytes& key,
          std::chrono::seconds time) noexcept {
    forget(name);
    auto payload = crypto::SecretBytes::make(ready, key.size() + until_bytes);
    if (!payload || !reach_user_keyring()) return false;
    const auto room = payload->writable();
    std::copy_n(key.view().begin(), key.size(), room.begin());
    set_until(room, time);
    const auto made = add_key(type, described(name).c_str(), room.data(), room.size(), KEY_SPEC_USER_KEYRING);
    if (made == -1) return false;
    // Only who possesses it, through the user's keyring: nothing for the group or others.
    if (keyctl_setperm(made, KEY_POS_ALL) == 0 && keyctl_set_timeout(made, static_cast<unsigned>(time.count())) == 0)
        return true;
    remove(made);
    return false;
}

bool renew(crypto::SodiumReady ready, const std::string& name, std::size_t size, std::chrono::seconds time) noexcept {
    const auto key = find(name);
    if (key == -1) return false;
    auto payload = payload_of(ready, key, size + until_bytes);
    if (!payload || over(payload->view())) return false;
    const auto room = payload->writable();
    set_until(room, time);
    return keyctl_update(key, room.data(), room.size()) == 0 &&
           keyctl_set_timeout(key, static_cast<unsigned>(time.count())) == 0;
}

std::optional<crypto::SecretBytes> read(crypto::SodiumReady ready, const std::string& name, std::size_t size) noexcept {
    const auto key = find(name);
    if (key == -1) return std::nullopt;
    auto payload = payload_of(ready, key, size + until_bytes);
    if (!payload || over(payload->view())) return std::nullopt;
    payload->shorten(size);
    return payload;
}

void forget(const std::string& name) noexcept {
    for (auto key = find(name); key != -1; key = find(name)) {
        remove(key);
        if (find(name) == key) return;  // the kernel refuses; it ends by its own time
    }
}

bool allowed(crypto::SodiumReady ready, const std::string& name) noexcept {
    const auto probe = crypto::SecretBytes::random(ready, 32);
    if (!probe) return false;
    const auto own = "try-" + name;
    if (!keep(ready, own, *probe, std::chrono::seconds(60))) return false;
    const auto back = read(ready, own, probe->size());
    forget(own);
    return back && back->equals(probe->view());
}

}  // namespace app::device::keyring

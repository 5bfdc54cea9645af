#include "app/kiosk/keyring.hpp"

#include <keyutils.h>

#include "crypto/random.hpp"

namespace app::kiosk::keyring {
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

void remove(key_serial_t key) noexcept {
    if (keyctl_invalidate(key) == 0) return;
    (void)keyctl_revoke(key);
    (void)keyctl_unlink(key, KEY_SPEC_USER_KEYRING);
}

}  // namespace

bool keep(const std::string& name, const crypto::SecretBytes& key, std::chrono::seconds time) noexcept {
    forget(name);
    if (!reach_user_keyring()) return false;
    const auto view = key.view();
    const auto made = add_key(type, described(name).c_str(), view.data(), view.size(), KEY_SPEC_USER_KEYRING);
    if (made == -1) return false;
    // Only who possesses it, through the user's keyring: nothing for the group or others.
    if (keyctl_setperm(made, KEY_POS_ALL) == 0 && keyctl_set_timeout(made, static_cast<unsigned>(time.count())) == 0)
        return true;
    remove(made);
    return false;
}

bool renew(const std::string& name, std::chrono::seconds time) noexcept {
    const auto key = find(name);
    return key != -1 && keyctl_set_timeout(key, static_cast<unsigned>(time.count())) == 0;
}

std::optional<crypto::SecretBytes> read(crypto::SodiumReady ready, const std::string& name, std::size_t size) noexcept {
    const auto key = find(name);
    if (key == -1) return std::nullopt;
    auto bytes = crypto::SecretBytes::make(ready, size);
    if (!bytes) return std::nullopt;
    const auto room = bytes->writable();
    const auto length = keyctl_read(key, reinterpret_cast<char*>(room.data()), room.size());
    if (length < 0 || static_cast<std::size_t>(length) != size) return std::nullopt;
    return std::move(*bytes);
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
    if (!keep(own, *probe, std::chrono::seconds(60))) return false;
    const auto back = read(ready, own, probe->size());
    forget(own);
    return back && back->equals(probe->view());
}

}  // namespace app::kiosk::keyring

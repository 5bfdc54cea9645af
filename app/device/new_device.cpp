#include "app/device/new_device.hpp"

#include "app/device/device_error.hpp"
#include "app/store/making.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::device {

using model::DeviceError;

namespace {

constexpr std::string_view new_setting = "enrol.new";  // "yes" from when it is made
constexpr std::size_t first_slot = 0;

/// Everything that the folder of a new device has.
store::Result<store::Unlocked> fill(crypto::SodiumReady ready, const store::StateFolder& folder,
                                    const crypto::SecretBytes& words, const crypto::Clock& clock) {
    crypto::DeviceId device{};
    crypto::random_fill(ready, device);
    AMPARO_TRY(open, store::create_device(ready, folder, device, clock));
    const auto key = crypto::DeviceSecretKey::generate(ready);
    if (!key) return tl::unexpected(store::detail::error_of(key.error()));
    AMPARO_DO(open.store->device().keep_key(*key));
    AMPARO_DO(open.store->settings().set(new_setting, "yes"));
    AMPARO_DO(store::add_words(ready, folder, open, first_slot, words));
    return open;
}

DeviceError why_not_made(store::Error error) noexcept {
    return error == store::Error::Exists ? DeviceError::StateOdd : device_error_of(error);
}

}  // namespace

std::string NewDevice::id() const {
    return crypto::to_hex(open.slots.device());
}

tl::expected<NewDevice, DeviceError> make_device(crypto::SodiumReady ready, const std::filesystem::path& state,
                                                 const crypto::SecretBytes& words, const crypto::Clock& clock) {
    // Looked at first: opening a folder takes from others what they may do with it.
    if (store::standing(state) == store::Standing::Something) return tl::unexpected(DeviceError::StateOdd);
    auto folder = store::StateFolder::create(state);
    if (!folder) return tl::unexpected(why_not_made(folder.error()));
    if (auto begun = store::begin_making(*folder); !begun) return tl::unexpected(why_not_made(begun.error()));
    auto open = fill(ready, *folder, words, clock);
    auto whole = open ? store::made_whole(*folder) : tl::unexpected(open.error());
    if (!whole) {
        if (open) open->store.reset();
        store::give_up_making(*folder);
        return tl::unexpected(why_not_made(whole.error()));
    }
    return NewDevice{std::move(*folder), std::move(*open)};
}

bool is_new(store::Store& store) {
    const auto said = store.settings().get(new_setting);
    if (!said || *said != "yes") return false;
    const auto enrolment = store.device().enrolment();
    if (enrolment || enrolment.error() != store::Error::NotFound) return false;
    const auto workers = store.people().workers();
    return workers && workers->empty();
}

}  // namespace app::device

// A device that was made here and belongs to no programme yet: it can be opened, ask and be enrolled, and nothing else.
// It must not know how that is asked.
#pragma once

#include <filesystem>
#include <tl/expected.hpp>

#include "app/model/device_error.hpp"
#include "app/store/device_keys.hpp"

namespace app::device {

struct NewDevice {
    store::StateFolder folder;
    store::Unlocked open;
    bool key_open_to_others = false;  ///< the key file that opened it

    [[nodiscard]] store::Store& store() const noexcept { return *open.store; }
    /// 32 hex digits.
    [[nodiscard]] std::string id() const;
};

/// A store with a random number and signing key, which these words open as the first keyholder's. Turning words into
/// the key takes what `clock` measures here, as store::create_device(). Where a step fails, or the power, the folder is
/// as good as empty afterwards; what is half made is cleared away first. Errors: StateOdd (something is there already:
/// it stays as it is), StateMissing (what the folder should lie in), StateInUse, StateForeign, StateReadOnly, NoRoom,
/// Memory, LockedMemory, Other.
[[nodiscard]] tl::expected<NewDevice, model::DeviceError> make_device(crypto::SodiumReady ready,
                                                                      const std::filesystem::path& state,
                                                                      const crypto::SecretBytes& words,
                                                                      const crypto::Clock& clock);

/// Whether a store is such a device's: it says so, was never enrolled, and nobody works with it. One that lost its
/// enrolment by damage is none.
[[nodiscard]] bool is_new(store::Store& store);

}  // namespace app::device

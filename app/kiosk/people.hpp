// What the effects on workers do to an unlocked device; no thread of their own. What was done is noted in the audit.
#pragma once

#include "app/kiosk/device.hpp"

namespace app::kiosk {

[[nodiscard]] tl::expected<session::PeopleChanged, session::PeopleError> add_worker(crypto::SodiumReady ready,
                                                                                    Device& device,
                                                                                    const session::SaveWorker& order);
[[nodiscard]] tl::expected<session::PeopleChanged, session::PeopleError> remove_worker(
    crypto::SodiumReady ready, Device& device, const session::DropWorker& order);
[[nodiscard]] tl::expected<session::PinChanged, session::PeopleError> change_pin(crypto::SodiumReady ready,
                                                                                 Device& device,
                                                                                 const session::ChangePin& order);

}  // namespace app::kiosk

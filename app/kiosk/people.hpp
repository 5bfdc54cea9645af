// What the effects on workers do to an unlocked device; no thread of their own. What was done is noted in the audit.
#pragma once

#include "app/kiosk/device.hpp"

namespace app::kiosk {

[[nodiscard]] tl::expected<session::WorkerSaved, session::PeopleError> add_worker(crypto::SodiumReady ready,
                                                                                  Device& device,
                                                                                  const session::SaveWorker& order);
[[nodiscard]] tl::expected<session::WorkerRemoved, session::PeopleError> remove_worker(
    crypto::SodiumReady ready, Device& device, const session::DropWorker& order);
[[nodiscard]] tl::expected<session::PinChanged, session::PeopleError> change_pin(crypto::SodiumReady ready,
                                                                                 Device& device,
                                                                                 const session::ChangePin& order);

}  // namespace app::kiosk

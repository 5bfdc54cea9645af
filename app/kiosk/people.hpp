// What the effects on workers do to an unlocked device; no thread of their own.
#pragma once

#include "app/kiosk/device.hpp"

namespace app::kiosk {

[[nodiscard]] tl::expected<session::PeopleChanged, session::PeopleFault> add_worker(Device& device,
                                                                                    const session::SaveWorker& order);
[[nodiscard]] tl::expected<session::PeopleChanged, session::PeopleFault> remove_worker(
    Device& device, const session::DropWorker& order);
[[nodiscard]] tl::expected<session::PinChanged, session::PeopleFault> change_pin(Device& device,
                                                                                 const session::ChangePin& order);

}  // namespace app::kiosk

// Where a batch can go to, as the session shows it.
#pragma once

#include <filesystem>
#include <vector>

#include "app/session/event.hpp"

namespace app::kiosk {

/// The given folder (when not empty and there) and every removable drive, with room and whether they can be written.
[[nodiscard]] std::vector<session::Place> find_places(const std::filesystem::path& outbox,
                                                      const std::vector<std::filesystem::path>& drives);

}  // namespace app::kiosk

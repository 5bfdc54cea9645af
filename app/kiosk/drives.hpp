// Removable drives and folders a batch can go to, from what the kernel says is mounted.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/event.hpp"

namespace app::kiosk {

/// Whether the kernel calls a block device removable, or has it on USB or as a memory card; `device` as in a mount
/// table.
[[nodiscard]] bool is_removable(const std::string& device);

/// Mount points of removable devices below /media, /run/media and /mnt in the text of /proc/self/mounts (fstab(5),
/// octal escapes resolved), each once, in order. An internal disk, a network folder or a container's mount there is no
/// stick.
[[nodiscard]] std::vector<std::filesystem::path> removable_mounts(
    std::string_view mounts, const std::function<bool(const std::string& device)>& removable);
/// The same from this machine.
[[nodiscard]] std::vector<std::filesystem::path> removable_mounts();

/// The given folder (when not empty and there) and every removable drive, with room and whether they can be written.
[[nodiscard]] std::vector<session::Place> find_places(const std::filesystem::path& outbox,
                                                      const std::vector<std::filesystem::path>& drives);

}  // namespace app::kiosk

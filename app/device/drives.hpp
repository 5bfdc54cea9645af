// Removable drives, from what the kernel says is mounted.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace app::device {

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

}  // namespace app::device

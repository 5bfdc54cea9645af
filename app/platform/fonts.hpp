// Finds the fonts of the system's packages; it must not know how they are drawn.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "app/platform/failure.hpp"

namespace app::platform {

/// The bytes of the three font files the interface uses, as found on this machine.
struct FontFiles {
    std::vector<std::byte> regular;  ///< Noto Sans Regular (fonts-noto-core)
    std::vector<std::byte> bold;     ///< Noto Sans Bold (fonts-noto-core)
    std::vector<std::byte> icons;    ///< Material Icons (fonts-material-design-icons-iconfont)
};

/// The system's, in order: /usr/share/fonts, /usr/local/share/fonts. None that a user may write to, whatever the
/// environment says: a font decides what "Yes" and "No" look like.
[[nodiscard]] std::vector<std::filesystem::path> font_folders();

/// Looks for the files by name under each folder. Error: font_missing with the Debian package's name; font_damaged.
[[nodiscard]] Result<FontFiles> find_fonts(const std::vector<std::filesystem::path>& folders = font_folders());

}  // namespace app::platform

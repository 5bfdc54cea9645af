// A frame as an image, drawn without any graphics system, and images as files. No program that people use has this.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/platform/picture.hpp"

namespace driver {

/// Eight bits a channel, opaque, rows from the top, no padding.
struct Image {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;
};

/// Draws a frame without any graphics system. The error is the reason.
[[nodiscard]] tl::expected<Image, std::string> rasterise(const app::platform::Picture& picture, int width, int height);

/// The error is the path. Writes through a temporary file and a rename; no text chunks, no time stamp, so that equal
/// pictures are equal files.
[[nodiscard]] tl::expected<void, std::string> write_png(const Image& image, const std::filesystem::path& file);
[[nodiscard]] tl::expected<Image, std::string> read_png(const std::filesystem::path& file);

}  // namespace driver

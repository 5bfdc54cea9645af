#include <png.h>

#include <fstream>
#include <system_error>

#include "tests/driver/picture.hpp"

namespace driver {

namespace {

// libpng's simplified interface: it reports through the structure and never jumps over our destructors.
struct PngImage {
    png_image image{};
    PngImage() { image.version = PNG_IMAGE_VERSION; }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
    ~PngImage() { png_image_free(&image); }
};

}  // namespace

tl::expected<void, std::string> write_png(const Image& image, const std::filesystem::path& file) {
    if (image.width <= 0 || image.height <= 0 ||
        image.rgba.size() != static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4)
        return tl::unexpected(file.string());
    PngImage png;
    png.image.width = static_cast<png_uint_32>(image.width);
    png.image.height = static_cast<png_uint_32>(image.height);
    png.image.format = PNG_FORMAT_RGBA;
    png.image.flags = PNG_IMAGE_FLAG_FAST;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png.image);
    std::vector<char> bytes(size);
    if (png_image_write_to_memory(&png.image, bytes.data(), &size, 0, image.rgba.data(), 0, nullptr) == 0)
        return tl::unexpected(file.string());
    std::filesystem::path part = file;
    part += ".part";
    std::error_code failed;
    {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        out.write(bytes.data(), static_cast<std::streamsize>(size));
        out.flush();
        if (!out) {
            std::filesystem::remove(part, failed);
            return tl::unexpected(file.string());
        }
    }
    std::filesystem::rename(part, file, failed);
    if (failed) return tl::unexpected(file.string());
    return {};
}

tl::expected<Image, std::string> read_png(const std::filesystem::path& file) {
    PngImage png;
    if (png_image_begin_read_from_file(&png.image, file.c_str()) == 0) return tl::unexpected(file.string());
    png.image.format = PNG_FORMAT_RGBA;
    if (png.image.width > 16384 || png.image.height > 16384) return tl::unexpected(file.string());
    Image image;
    image.width = static_cast<int>(png.image.width);
    image.height = static_cast<int>(png.image.height);
    image.rgba.resize(PNG_IMAGE_SIZE(png.image));
    if (png_image_finish_read(&png.image, nullptr, image.rgba.data(), 0, nullptr) == 0)
        return tl::unexpected(file.string());
    return image;
}

}  // namespace driver

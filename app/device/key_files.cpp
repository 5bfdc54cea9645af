#include "app/device/key_files.hpp"

#include "app/device/drives.hpp"
#include "app/files/plain_file.hpp"

namespace app::device {

namespace fs = std::filesystem;
using model::DeviceError;

namespace {

constexpr std::size_t most_key_file = 4096;

struct Text {
    crypto::SecretBytes bytes;
    bool open_to_others;
};

/// The bytes of a key file, straight into locked memory, without waiting for what is no plain file. NeedKey when there
/// is none.
tl::expected<Text, DeviceError> read_text(crypto::SodiumReady ready, const fs::path& path) {
    const auto file = files::InputFile::open(path, files::Kinds::Plain, files::Links::Refused);
    if (!file) return tl::unexpected(DeviceError::NeedKey);
    auto bytes = crypto::SecretBytes::make(ready, most_key_file);
    if (!bytes) return tl::unexpected(DeviceError::LockedMemory);
    const auto length = file->fill(bytes->writable());
    if (!length) return tl::unexpected(DeviceError::NeedKey);
    bytes->shorten(*length);
    return Text{std::move(*bytes), (file->permissions() & 077U) != 0 && file->keeps_permissions()};
}

}  // namespace

std::vector<fs::path> key_file_paths(const Places& places) {
    if (!places.device_key.empty()) return {places.device_key};
    auto paths = removable_mounts();
    for (auto& path : paths) path /= key_file_name;
    return paths;
}

tl::expected<FoundKey, DeviceError> find_key_file(crypto::SodiumReady ready, const std::vector<fs::path>& paths,
                                                  const crypto::DeviceId& device, const Fits& fits) {
    auto why = DeviceError::NeedKey;
    for (const auto& path : paths) {
        const auto text = read_text(ready, path);
        if (!text && text.error() != DeviceError::NeedKey) return tl::unexpected(text.error());
        if (!text) continue;
        auto file = crypto::KeyFile::parse(ready, text->bytes.view());
        if (!file && file.error() == crypto::Error::LockedMemory) return tl::unexpected(DeviceError::LockedMemory);
        if (!file) {
            why = DeviceError::WrongKey;
            continue;
        }
        const auto fit = fits(*file);
        if (!fit) return tl::unexpected(fit.error());
        if (*fit) return FoundKey{std::move(*file), text->open_to_others};
        if (file->device() == device) why = DeviceError::WrongKey;  // of before a change of keys, or forged
        if (why == DeviceError::NeedKey) why = DeviceError::OtherKeys;
    }
    return tl::unexpected(why);
}

}  // namespace app::device

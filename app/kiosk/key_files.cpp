#include "app/kiosk/key_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "app/files/descriptor.hpp"
#include "app/kiosk/device.hpp"
#include "app/kiosk/drives.hpp"

namespace app::kiosk {

namespace fs = std::filesystem;
using session::Trouble;

namespace {

constexpr std::size_t most_key_file = 4096;

/// FAT, exFAT and NTFS show the same mode for every file, whatever anybody set (statfs(2), f_type).
bool keeps_modes(int descriptor) {
    constexpr std::array<decltype(statfs::f_type), 4> without{0x4d44, 0x2011BAB0, 0x5346544e, 0x7366746e};
    struct statfs medium {};
    return ::fstatfs(descriptor, &medium) == 0 &&
           std::find(without.begin(), without.end(), medium.f_type) == without.end();
}

struct Text {
    crypto::SecretBytes bytes;
    bool open_to_others;
};

/// The bytes of a key file, straight into locked memory, without waiting for what is no plain file. NeedKey when there
/// is none.
tl::expected<Text, Trouble> read_text(crypto::SodiumReady ready, const fs::path& path) {
    const files::Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    struct stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return tl::unexpected(Trouble::NeedKey);
    auto bytes = crypto::SecretBytes::make(ready, most_key_file);
    if (!bytes) return tl::unexpected(Trouble::LockedMemory);
    const auto room = bytes->writable();
    std::size_t length = 0;
    while (length < room.size()) {
        const auto got = ::read(file.get(), room.data() + length, room.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return tl::unexpected(Trouble::NeedKey);
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    bytes->shorten(length);
    return Text{std::move(*bytes), (status.st_mode & 077) != 0 && keeps_modes(file.get())};
}

}  // namespace

std::vector<fs::path> key_file_paths(const Places& places) {
    if (!places.device_key.empty()) return {places.device_key};
    auto paths = removable_mounts();
    for (auto& path : paths) path /= key_file_name;
    return paths;
}

tl::expected<FoundKey, Trouble> find_key_file(crypto::SodiumReady ready, const std::vector<fs::path>& paths,
                                              const crypto::DeviceId& device, const Fits& fits) {
    auto why = Trouble::NeedKey;
    for (const auto& path : paths) {
        const auto text = read_text(ready, path);
        if (!text && text.error() != Trouble::NeedKey) return tl::unexpected(text.error());
        if (!text) continue;
        auto file = crypto::KeyFile::parse(ready, text->bytes.view());
        if (!file && file.error() == crypto::Error::LockedMemory) return tl::unexpected(Trouble::LockedMemory);
        if (!file) {
            why = Trouble::WrongKey;
            continue;
        }
        const auto fit = fits(*file);
        if (!fit) return tl::unexpected(fit.error());
        if (*fit) return FoundKey{std::move(*file), text->open_to_others};
        if (file->device() == device) why = Trouble::WrongKey;  // of before a change of keys, or forged
        if (why == Trouble::NeedKey) why = Trouble::OtherKeys;
    }
    return tl::unexpected(why);
}

}  // namespace app::kiosk

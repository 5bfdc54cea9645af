#include "app/files/plain_file.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace app::files {
namespace {

/// Pipes of pipe(2) live in a file system of the kernel's own, where nobody can put one.
bool without_name(int descriptor) noexcept {
    struct statfs system {};
    return ::fstatfs(descriptor, &system) == 0 && system.f_type == PIPEFS_MAGIC;
}

/// From now on reads wait, as the reader of a pipe wants it.
bool let_wait(int descriptor) noexcept {
    const int flags = ::fcntl(descriptor, F_GETFL);
    return flags >= 0 && ::fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) == 0;
}

/// Magic numbers of statfs(2) that the kernel's header has not: exFAT, and NTFS by both drivers.
constexpr std::array<decltype(statfs::f_type), 4> without_permissions{MSDOS_SUPER_MAGIC, 0x2011BAB0, 0x5346544e,
                                                                      0x7366746e};

}  // namespace

Result<InputFile> InputFile::open(const std::filesystem::path& path, Kinds kinds, Links links) {
    // Looked at first: opening a device can already do something to it.
    struct stat status {};
    if ((links == Links::Followed ? ::stat(path.c_str(), &status) : ::lstat(path.c_str(), &status)) != 0)
        return error_of_call();
    if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) return tl::unexpected(Error::Kind);
    const int link = links == Links::Refused ? O_NOFOLLOW : 0;
    Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | link));
    if (opened.get() < 0) return error_of_call();
    const int descriptor = opened.get();
    InputFile file(std::move(opened), std::nullopt);
    // Another file may stand there by now: what counts is what was opened.
    if (::fstat(descriptor, &status) != 0) return error_of_call();
    file.owner_ = status.st_uid;
    file.permissions_ = status.st_mode & 0777U;
    if (S_ISREG(status.st_mode)) {
        file.size_ = static_cast<std::uint64_t>(status.st_size);
        return file;
    }
    const bool pipe = kinds == Kinds::PlainOrPipe && S_ISFIFO(status.st_mode) && without_name(descriptor);
    if (!pipe) return tl::unexpected(Error::Kind);
    if (!let_wait(descriptor)) return error_of_call();
    return file;
}

bool InputFile::keeps_permissions() const noexcept {
    struct statfs medium {};
    return ::fstatfs(descriptor_.get(), &medium) == 0 &&
           std::find(without_permissions.begin(), without_permissions.end(), medium.f_type) ==
               without_permissions.end();
}

Result<std::size_t> InputFile::read(std::span<std::byte> room) const noexcept {
    const auto length = ::read(descriptor_.get(), room.data(), room.size());
    if (length < 0) return error_of_call();
    return static_cast<std::size_t>(length);
}

Result<std::size_t> InputFile::fill(std::span<std::byte> room) const noexcept {
    std::size_t length = 0;
    while (length < room.size()) {
        const auto got = read(room.subspan(length));
        if (!got && got.error() == Error::Interrupted) continue;
        if (!got) return got;
        if (*got == 0) break;
        length += *got;
    }
    return length;
}

Result<std::size_t> InputFile::read_at(std::uint64_t place, std::span<std::byte> room) const noexcept {
    const auto length = ::pread(descriptor_.get(), room.data(), room.size(), static_cast<off_t>(place));
    if (length < 0) return error_of_call();
    return static_cast<std::size_t>(length);
}

Result<std::vector<std::byte>> read_plain(const std::filesystem::path& path, std::size_t most, Links links) {
    const auto file = InputFile::open(path, Kinds::Plain, links);
    if (!file) return tl::unexpected(file.error());
    if (*file->size() > most) return tl::unexpected(Error::TooLarge);
    std::vector<std::byte> bytes;
    bytes.reserve(static_cast<std::size_t>(*file->size()));
    for (std::array<std::byte, 65'536> piece{};;) {
        const auto length = file->fill(piece);
        if (!length) return tl::unexpected(length.error());
        if (*length == 0) return bytes;
        if (bytes.size() + *length > most) return tl::unexpected(Error::TooLarge);
        bytes.insert(bytes.end(), piece.data(), piece.data() + *length);
    }
}

}  // namespace app::files

#include "app/files/plain_file.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace app::files {
namespace {

Fault fault_of(int error) noexcept {
    if (error == ENOENT || error == ENOTDIR) return Fault::Missing;
    // A link that is not followed; a socket, or a device without a driver.
    if (error == ELOOP || error == ENXIO || error == ENODEV) return Fault::Kind;
    return Fault::Unreadable;
}

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

}  // namespace

tl::expected<InputFile, Fault> InputFile::open(const std::filesystem::path& path, Kinds kinds, Links links) {
    // Looked at first: opening a device can already do something to it.
    struct stat status {};
    if ((links == Links::Followed ? ::stat(path.c_str(), &status) : ::lstat(path.c_str(), &status)) != 0)
        return tl::unexpected(fault_of(errno));
    if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) return tl::unexpected(Fault::Kind);
    const int link = links == Links::Refused ? O_NOFOLLOW : 0;
    Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | link));
    if (opened.get() < 0) return tl::unexpected(fault_of(errno));
    const int descriptor = opened.get();
    InputFile file(std::move(opened), std::nullopt);
    // Another file may stand there by now: what counts is what was opened.
    if (::fstat(descriptor, &status) != 0) return tl::unexpected(Fault::Unreadable);
    if (S_ISREG(status.st_mode)) {
        file.size_ = static_cast<std::uint64_t>(status.st_size);
        return file;
    }
    const bool pipe = kinds == Kinds::PlainOrPipe && S_ISFIFO(status.st_mode) && without_name(descriptor);
    if (!pipe) return tl::unexpected(Fault::Kind);
    if (!let_wait(descriptor)) return tl::unexpected(Fault::Unreadable);
    return file;
}

tl::expected<std::size_t, Fault> InputFile::read(std::span<std::byte> room) const noexcept {
    const auto length = ::read(descriptor_.get(), room.data(), room.size());
    if (length < 0) return tl::unexpected(errno == EINTR ? Fault::Interrupted : Fault::Unreadable);
    return static_cast<std::size_t>(length);
}

tl::expected<std::size_t, Fault> InputFile::read_at(std::uint64_t place, std::span<std::byte> room) const noexcept {
    const auto length = ::pread(descriptor_.get(), room.data(), room.size(), static_cast<off_t>(place));
    if (length < 0) return tl::unexpected(errno == EINTR ? Fault::Interrupted : Fault::Unreadable);
    return static_cast<std::size_t>(length);
}

tl::expected<std::vector<std::byte>, Fault> read_plain(const std::filesystem::path& path, std::size_t most,
                                                       Links links) {
    const auto file = InputFile::open(path, Kinds::Plain, links);
    if (!file) return tl::unexpected(file.error());
    if (*file->size() > most) return tl::unexpected(Fault::TooLarge);
    std::vector<std::byte> bytes;
    bytes.reserve(static_cast<std::size_t>(*file->size()));
    for (std::array<std::byte, 65'536> piece{};;) {
        const auto length = file->read(piece);
        if (!length && length.error() == Fault::Interrupted) continue;
        if (!length) return tl::unexpected(length.error());
        if (*length == 0) return bytes;
        if (bytes.size() + *length > most) return tl::unexpected(Fault::TooLarge);
        bytes.insert(bytes.end(), piece.data(), piece.data() + *length);
    }
}

}  // namespace app::files

#include "app/exchange/durable_file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "app/files/plain_file.hpp"
#include "crypto/random.hpp"

namespace app::exchange {
namespace {

constexpr std::string_view temporary_prefix = ".amparo-";
constexpr std::string_view temporary_ending = ".tmp";
constexpr std::size_t temporary_digits = 16;
constexpr off_t most_leftover = 300 << 20;  // the largest batch, sealed, and then some

tl::unexpected<Failure> system_failure(const char* operation) {
    const int error = errno;
    std::array<char, 128> text{};
    const char* reason = strerror_r(error, text.data(), text.size());
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return failed(full ? Fault::NoSpace : Fault::Io, std::string(operation) + ": " + reason);
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return system_failure("open folder");
    // Some file systems of removable media cannot sync a folder and say EINVAL; the file itself is synced already.
    const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL;
    auto result = synced ? Result<void>{} : Result<void>(system_failure("sync folder"));
    ::close(descriptor);
    return result;
}

/// Renames without replacing, also where the file system lacks that operation.
int rename_new(const char* from, const char* to) {
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -1;
    struct stat existing {};
    if (::lstat(to, &existing) == 0) {
        errno = EEXIST;
        return -1;
    }
    return ::rename(from, to);
}

/// Another way to name an open file: how one without a name gets one (open(2), O_TMPFILE).
std::string link_of(int descriptor) {
    return "/proc/self/fd/" + std::to_string(descriptor);
}

/// A file in `folder` that has no name: whatever ends this process, nothing of it stays. Nothing where the file system
/// cannot do that (FAT and its kin), or where such a file could never be named.
int open_nameless(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0 && ::access(link_of(descriptor).c_str(), F_OK) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

/// One with a temporary name, locked as long as somebody writes it: remove_leftovers() takes only what nobody holds.
int open_named(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return -1;
    struct stat status {};
    // Between these two steps another program may have taken it for a leftover: then it has no name any more.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor, &status) == 0 && status.st_nlink > 0)
        return descriptor;
    ::close(descriptor);
    errno = EAGAIN;
    return -1;
}

}  // namespace

Result<DurableFile> DurableFile::create(crypto::SodiumReady ready, std::filesystem::path destination) {
    struct stat existing {};
    if (::lstat(destination.c_str(), &existing) == 0)
        return failed(Fault::Exists, destination.filename().string() + " is there already");
    const auto folder = folder_of(destination);
    remove_leftovers(folder);
    if (const int nameless = open_nameless(folder); nameless >= 0)
        return DurableFile(nameless, {}, std::move(destination));
    auto temporary = folder / (std::string(temporary_prefix) + crypto::random_hex(ready, temporary_digits / 2) +
                               std::string(temporary_ending));
    const int descriptor = open_named(temporary);
    if (descriptor < 0) return system_failure("create file");
    return DurableFile(descriptor, std::move(temporary), std::move(destination));
}

DurableFile::DurableFile(DurableFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      temporary_(std::move(other.temporary_)),
      destination_(std::move(other.destination_)) {}

DurableFile::~DurableFile() {
    if (descriptor_ < 0) return;
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    ::close(descriptor_);
}

Result<void> DurableFile::write(crypto::ByteView bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return system_failure("write");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> DurableFile::sync() {
    if (::fsync(descriptor_) != 0) return system_failure("sync");
    (void)::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED);  // only advice: where it fails, reading still works
    return {};
}

Result<void> DurableFile::read_back(const std::function<Result<void>(crypto::ByteView)>& take) const {
    crypto::Bytes piece(1U << 18U);
    for (off_t at = 0;;) {
        const auto length = ::pread(descriptor_, piece.data(), piece.size(), at);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) return system_failure("read back");
        if (length == 0) return {};
        if (auto taken = take(crypto::ByteView(piece).first(static_cast<std::size_t>(length))); !taken) return taken;
        at += length;
    }
}

Result<void> DurableFile::reserve(std::size_t size) {
    const crypto::Bytes filling(size);
    if (auto written = write(filling); !written) return written;
    if (::lseek(descriptor_, 0, SEEK_SET) != 0) return system_failure("seek");
    return sync();
}

int DurableFile::name() const {
    if (!temporary_.empty()) return rename_new(temporary_.c_str(), destination_.c_str());
    return ::linkat(AT_FDCWD, link_of(descriptor_).c_str(), AT_FDCWD, destination_.c_str(), AT_SYMLINK_FOLLOW);
}

Result<void> DurableFile::publish() {
    if (auto synced = sync(); !synced) return synced;
    if (name() != 0) {
        if (errno == EEXIST) return failed(Fault::Exists, destination_.filename().string() + " is there already");
        return system_failure("name file");
    }
    ::close(std::exchange(descriptor_, -1));
    auto synced = sync_folder(folder_of(destination_));
    if (!synced) ::unlink(destination_.c_str());
    return synced;
}

bool is_temporary_name(std::string_view name) {
    if (!name.starts_with(temporary_prefix) || !name.ends_with(temporary_ending)) return false;
    const auto digits = name.substr(temporary_prefix.size());
    return digits.size() == temporary_digits + temporary_ending.size() &&
           digits.find_first_not_of("0123456789abcdef") == temporary_digits;
}

std::size_t remove_leftovers(const std::filesystem::path& folder) {
    // Not the standard library's iterator: it ends the program where memory runs out.
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(folder.c_str()), ::closedir);
    if (!stream) return 0;
    std::vector<std::filesystem::path> found;
    for (const dirent* entry = ::readdir(stream.get()); entry != nullptr; entry = ::readdir(stream.get()))
        if (is_temporary_name(entry->d_name)) found.push_back(folder / entry->d_name);
    std::size_t removed = 0;
    for (const auto& file : found) {
        const int descriptor = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
        if (descriptor < 0) continue;
        struct stat status {};
        const bool ours = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
                          status.st_uid == ::geteuid() && status.st_nlink == 1 && status.st_size <= most_leftover;
        if (ours && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::unlink(file.c_str()) == 0) ++removed;
        ::close(descriptor);
    }
    return removed;
}

Result<crypto::Bytes> read_file(const std::filesystem::path& file, std::size_t most) {
    auto bytes = app::files::read_plain(file, most);
    if (bytes) return std::move(*bytes);
    const auto name = file.filename().string();
    switch (bytes.error()) {
        case app::files::Fault::TooLarge:
            return failed(Fault::TooLarge, name + " is too large");
        case app::files::Fault::Kind:
            return failed(Fault::Io, name + " is not a regular file");
        case app::files::Fault::Missing:
        case app::files::Fault::Unreadable:
        case app::files::Fault::Interrupted:
            break;
    }
    return system_failure("read");
}

Result<void> write_new_file(crypto::SodiumReady ready, const std::filesystem::path& file, crypto::ByteView content) {
    auto created = DurableFile::create(ready, file);
    if (!created) return tl::make_unexpected(created.error());
    if (auto written = created->write(content); !written) return written;
    return created->publish();
}

}  // namespace app::exchange

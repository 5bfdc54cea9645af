#include "app/files/durable_file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "app/files/folder.hpp"
#include "app/files/random_name.hpp"

namespace app::files {
namespace {

constexpr std::string_view temporary_prefix = ".amparo-";
constexpr std::string_view temporary_ending = ".tmp";
constexpr off_t most_leftover = 300 << 20;  // the largest batch, sealed, and then some

tl::unexpected<Failure> already_there(const std::filesystem::path& file) {
    return tl::unexpected(Failure{Error::Exists, file.filename().string() + " is there already"});
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

Detailed<DurableFile> DurableFile::create(std::filesystem::path destination) {
    struct stat existing {};
    if (::lstat(destination.c_str(), &existing) == 0) return already_there(destination);
    const auto folder = folder_of(destination);
    remove_leftovers(folder);
    if (const int nameless = open_nameless(folder); nameless >= 0)
        return DurableFile(Descriptor(nameless), {}, std::move(destination));
    const auto digits = random_digits();
    if (!digits) return failure_of("create file");
    auto temporary = folder / (std::string(temporary_prefix) + *digits + std::string(temporary_ending));
    Descriptor descriptor(open_named(temporary));
    if (descriptor.get() < 0) return failure_of("create file");
    return DurableFile(std::move(descriptor), std::move(temporary), std::move(destination));
}

DurableFile::~DurableFile() {
    if (descriptor_.get() >= 0 && !temporary_.empty()) ::unlink(temporary_.c_str());
}

Detailed<void> DurableFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failure_of("write");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Detailed<void> DurableFile::sync() {
    if (::fsync(descriptor_.get()) != 0) return failure_of("sync");
    // Only advice: where it fails, reading still works.
    (void)::posix_fadvise(descriptor_.get(), 0, 0, POSIX_FADV_DONTNEED);
    return {};
}

Detailed<bool> DurableFile::read_back(const std::function<bool(std::span<const std::byte>)>& take) const {
    std::vector<std::byte> piece(1U << 18U);
    for (off_t at = 0;;) {
        const auto length = ::pread(descriptor_.get(), piece.data(), piece.size(), at);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) return failure_of("read back");
        if (length == 0) return true;
        if (!take(std::span<const std::byte>(piece).first(static_cast<std::size_t>(length)))) return false;
        at += length;
    }
}

Detailed<void> DurableFile::reserve(std::size_t size) {
    const std::vector<std::byte> filling(size);
    if (auto written = write(filling); !written) return written;
    if (::lseek(descriptor_.get(), 0, SEEK_SET) != 0) return failure_of("seek");
    return sync();
}

Result<void> DurableFile::name() const {
    if (!temporary_.empty()) return rename_new(temporary_, destination_);
    if (::linkat(AT_FDCWD, link_of(descriptor_.get()).c_str(), AT_FDCWD, destination_.c_str(), AT_SYMLINK_FOLLOW) != 0)
        return error_of_call();
    return {};
}

Detailed<void> DurableFile::publish() {
    if (auto synced = sync(); !synced) return synced;
    if (const auto named = name(); !named) {
        if (named.error() == Error::Exists) return already_there(destination_);
        return failure_of("name file");
    }
    ::close(descriptor_.release());
    if (sync_name(destination_)) return {};
    const auto failure = failure_of("sync folder");
    ::unlink(destination_.c_str());
    return failure;
}

bool is_temporary_name(std::string_view name) {
    if (!name.starts_with(temporary_prefix) || !name.ends_with(temporary_ending)) return false;
    const auto digits = name.substr(temporary_prefix.size());
    return is_random_digits(digits.substr(0, digits.size() - temporary_ending.size()));
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

Detailed<void> write_new_file(const std::filesystem::path& file, std::span<const std::byte> content) {
    auto created = DurableFile::create(file);
    if (!created) return tl::unexpected(created.error());
    if (auto written = created->write(content); !written) return written;
    return created->publish();
}

}  // namespace app::files

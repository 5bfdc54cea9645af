#include "app/exchange/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "crypto/random.hpp"
#include "files/plain_file.hpp"

namespace app::exchange {
namespace {

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

}  // namespace

Result<DurableFile> DurableFile::create(crypto::SodiumReady ready, std::filesystem::path destination) {
    struct stat existing {};
    if (::lstat(destination.c_str(), &existing) == 0)
        return failed(Fault::Exists, destination.filename().string() + " is there already");
    auto temporary = folder_of(destination) / (".amparo-" + crypto::random_hex(ready, 8) + ".tmp");
    const int descriptor = ::open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return system_failure("create file");
    return DurableFile(descriptor, std::move(temporary), std::move(destination));
}

DurableFile::DurableFile(DurableFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      temporary_(std::move(other.temporary_)),
      destination_(std::move(other.destination_)) {}

DurableFile::~DurableFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
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

Result<void> DurableFile::publish() {
    if (auto synced = sync(); !synced) return synced;
    if (rename_new(temporary_.c_str(), destination_.c_str()) != 0) {
        if (errno == EEXIST) return failed(Fault::Exists, destination_.filename().string() + " is there already");
        return system_failure("rename");
    }
    ::close(std::exchange(descriptor_, -1));
    auto synced = sync_folder(folder_of(destination_));
    if (!synced) ::unlink(destination_.c_str());
    return synced;
}

Result<crypto::Bytes> read_file(const std::filesystem::path& file, std::size_t most) {
    auto bytes = files::read_plain(file, most);
    if (bytes) return std::move(*bytes);
    const auto name = file.filename().string();
    switch (bytes.error()) {
        case files::Fault::TooLarge:
            return failed(Fault::TooLarge, name + " is too large");
        case files::Fault::Kind:
            return failed(Fault::Io, name + " is not a regular file");
        case files::Fault::Missing:
        case files::Fault::Unreadable:
        case files::Fault::Interrupted:
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

#include "app/store/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace app::store::detail {

namespace fs = std::filesystem;

Error error_of_errno(int code) noexcept {
    switch (code) {
        case ENOENT:
        case ENOTDIR:
            return Error::Missing;
        case EEXIST:
            return Error::Exists;
        case EROFS:
        case EACCES:
        case EPERM:
            return Error::ReadOnly;
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return Error::NoSpace;
        case ELOOP:
            return Error::Damaged;  // a symbolic link where a file of ours should be
        case ENOMEM:
            return Error::Memory;
        default:
            return Error::Io;  // errno is an open set
    }
}

Descriptor::~Descriptor() {
    if (value_ >= 0) ::close(value_);
}

int Descriptor::release() noexcept {
    const int value = value_;
    value_ = -1;
    return value;
}

Result<crypto::Bytes> read_small(const fs::path& file, std::size_t most) {
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (in.get() < 0) return tl::unexpected(error_of_errno(errno));
    struct stat status {};
    if (fstat(in.get(), &status) != 0) return tl::unexpected(Error::Io);
    if (!S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) > most)
        return tl::unexpected(Error::Damaged);
    crypto::Bytes content(static_cast<std::size_t>(status.st_size));
    std::size_t have = 0;
    while (have < content.size()) {
        const ssize_t n = ::read(in.get(), content.data() + have, content.size() - have);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return tl::unexpected(Error::Io);
        if (n == 0) break;
        have += static_cast<std::size_t>(n);
    }
    content.resize(have);
    return content;
}

Result<void> sync_folder(const fs::path& folder) {
    const Descriptor in(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (in.get() < 0 || fsync(in.get()) != 0) return tl::unexpected(error_of_errno(errno));
    return {};
}

Result<void> replace_small(const fs::path& file, crypto::ByteView content) {
    const fs::path temporary = file.string() + ".tmp";
    ::unlink(temporary.c_str());  // left behind by an interrupted write of this very file
    Descriptor out(::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (out.get() < 0) return tl::unexpected(error_of_errno(errno));
    auto give_up = [&](int code) {
        ::unlink(temporary.c_str());
        return tl::unexpected(error_of_errno(code));
    };
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t n = ::write(out.get(), content.data() + done, content.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return give_up(n < 0 ? errno : EIO);
        done += static_cast<std::size_t>(n);
    }
    if (fsync(out.get()) != 0) return give_up(errno);
    if (::close(out.release()) != 0) return give_up(errno);
    if (::rename(temporary.c_str(), file.c_str()) != 0) return give_up(errno);
    return sync_folder(file.parent_path());
}

}  // namespace app::store::detail

#include "app/store/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>

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
            return Error::NotPlain;  // a symbolic link where a file of ours should be
        case ENOMEM:
            return Error::Memory;
        default:
            return Error::Io;  // errno is an open set
    }
}

Result<std::vector<std::string>> names_in(const Descriptor& folder) {
    Descriptor again(::fcntl(folder.get(), F_DUPFD_CLOEXEC, 0));
    if (again.get() < 0) return tl::unexpected(error_of_errno(errno));
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(again.get()), ::closedir);
    if (!stream) return tl::unexpected(error_of_errno(errno));
    static_cast<void>(again.release());  // the stream closes it
    ::rewinddir(stream.get());
    std::vector<std::string> names;
    errno = 0;
    for (const dirent* entry = ::readdir(stream.get()); entry != nullptr; entry = ::readdir(stream.get())) {
        std::string name = entry->d_name;
        if (name != "." && name != "..") names.push_back(std::move(name));
        errno = 0;
    }
    if (errno != 0) return tl::unexpected(Error::Io);
    return names;
}

Result<std::vector<std::string>> names_in(const fs::path& folder) {
    const Descriptor in(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (in.get() < 0) return tl::unexpected(error_of_errno(errno));
    return names_in(in);
}

Result<fs::path> real_path(const fs::path& path) {
    const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), std::free);
    if (!real) return tl::unexpected(error_of_errno(errno));
    return fs::path(real.get());
}

namespace {

struct Opened {
    Descriptor file;
    std::uint64_t size = 0;
};

/// A plain file for reading. What somebody else has put in its place does not make anybody wait.
Result<Opened> open_plain(const fs::path& file) {
    Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (in.get() < 0) return tl::unexpected(error_of_errno(errno));
    struct stat status {};
    if (fstat(in.get(), &status) != 0) return tl::unexpected(Error::Io);
    if (!S_ISREG(status.st_mode)) return tl::unexpected(Error::NotPlain);
    return Opened{std::move(in), static_cast<std::uint64_t>(status.st_size)};
}

/// Up to `size` bytes.
Result<crypto::Bytes> read_up_to(const Descriptor& in, std::size_t size) {
    crypto::Bytes content(size);
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

/// 0, or the number of the system's error.
int write_all(const Descriptor& out, crypto::ByteView content) noexcept {
    for (std::size_t done = 0; done < content.size();) {
        const ssize_t n = ::write(out.get(), content.data() + done, content.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return n < 0 ? errno : EIO;
        done += static_cast<std::size_t>(n);
    }
    return 0;
}

/// Every piece of a file, in order, until `use` says otherwise.
template <class Use>
Result<void> each_piece(const Descriptor& in, const Use& use) {
    constexpr std::size_t piece_bytes = 1U << 16;
    for (;;) {
        const auto piece = read_up_to(in, piece_bytes);
        if (!piece) return tl::unexpected(piece.error());
        if (piece->empty()) return {};
        if (Result<void> done = use(*piece); !done) return done;
    }
}

}  // namespace

bool is_there(const fs::path& file) noexcept {
    struct stat status {};
    return lstat(file.c_str(), &status) == 0;
}

Result<crypto::Bytes> read_small(const fs::path& file, std::size_t most) {
    const auto in = open_plain(file);
    if (!in) return tl::unexpected(in.error());
    if (in->size > most) return tl::unexpected(Error::Damaged);
    return read_up_to(in->file, static_cast<std::size_t>(in->size));
}

Result<crypto::Bytes> read_part(const fs::path& file, std::size_t size) {
    const auto in = open_plain(file);
    if (!in) return tl::unexpected(in.error());
    auto bytes = read_up_to(in->file, size);
    if (bytes && bytes->size() != size) return tl::unexpected(Error::Damaged);
    return bytes;
}

Result<void> overwrite_start(const fs::path& file, crypto::ByteView bytes) {
    const Descriptor out(::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (out.get() < 0) return tl::unexpected(error_of_errno(errno));
    if (const int code = write_all(out, bytes); code != 0) return tl::unexpected(error_of_errno(code));
    return {};
}

Result<void> copy_plain_file(const fs::path& from, const fs::path& to) {
    const auto in = open_plain(from);
    if (!in) return tl::unexpected(in.error());
    const Descriptor out(::open(to.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (out.get() < 0) return tl::unexpected(error_of_errno(errno));
    return each_piece(in->file, [&](crypto::ByteView piece) -> Result<void> {
        const int code = write_all(out, piece);
        return code == 0 ? Result<void>{} : tl::unexpected(error_of_errno(code));
    });
}

Result<crypto::Digest> digest_of_file(crypto::SodiumReady ready, const fs::path& file) {
    const auto in = open_plain(file);
    if (!in) return tl::unexpected(in.error());
    crypto::Sha256 digest(ready);
    const auto read = each_piece(in->file, [&](crypto::ByteView piece) -> Result<void> {
        digest.update(piece);
        return {};
    });
    if (!read) return tl::unexpected(read.error());
    return digest.finish();
}

Result<void> sync_folder(const fs::path& folder) {
    const Descriptor in(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (in.get() < 0 || fsync(in.get()) != 0) return tl::unexpected(error_of_errno(errno));
    return {};
}

fs::path unfinished(const fs::path& file) {
    return file.string() + ".tmp";
}

Result<void> replace_small(const fs::path& file, crypto::ByteView content) {
    const fs::path temporary = unfinished(file);
    ::unlink(temporary.c_str());  // left behind by an interrupted write of this very file
    Descriptor out(::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (out.get() < 0) return tl::unexpected(error_of_errno(errno));
    auto give_up = [&](int code) {
        ::unlink(temporary.c_str());
        return tl::unexpected(error_of_errno(code));
    };
    if (const int code = write_all(out, content); code != 0) return give_up(code);
    if (fsync(out.get()) != 0) return give_up(errno);
    if (::close(out.release()) != 0) return give_up(errno);
    if (::rename(temporary.c_str(), file.c_str()) != 0) return give_up(errno);
    return sync_folder(file.parent_path());
}

}  // namespace app::store::detail

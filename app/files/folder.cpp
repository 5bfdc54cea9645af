#include "app/files/folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

namespace app::files {

namespace fs = std::filesystem;

bool is_there(const fs::path& file) noexcept {
    struct stat status {};
    return ::lstat(file.c_str(), &status) == 0;
}

Result<bool> make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0) {
        if (errno == EEXIST) return false;
        return error_of_call();
    }
    const auto named = sync_name(folder);
    if (named) return true;
    const int why = errno;  // whoever asked may say it
    ::rmdir(folder.c_str());
    errno = why;
    return tl::unexpected(named.error());
}

Result<Descriptor> open_folder(const fs::path& folder) {
    Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (opened.get() < 0) return error_of_call();
    return opened;
}

Result<bool> lock(const Descriptor& folder) {
    if (::flock(folder.get(), LOCK_EX | LOCK_NB) == 0) return true;
    if (errno == EWOULDBLOCK) return false;
    return error_of_call();
}

bool close_to_others(const Descriptor& file) noexcept {
    struct stat status {};
    return file.get() >= 0 && ::fstat(file.get(), &status) == 0 && (status.st_mode & 077) != 0 &&
           ::fchmod(file.get(), status.st_mode & 0700) == 0 && ::fstat(file.get(), &status) == 0 &&
           (status.st_mode & 077) == 0;
}

bool close_to_others(const fs::path& file) noexcept {
    return close_to_others(Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)));
}

Result<void> make_empty(const fs::path& file) {
    const Descriptor made(::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (made.get() < 0) return error_of_call();
    return {};
}

Result<bool> remove(const fs::path& file) noexcept {
    if (::unlink(file.c_str()) == 0) return true;
    if (errno == ENOENT) return false;
    return error_of_call();
}

Result<void> rename_over(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return error_of_call();
    return {};
}

Result<void> rename_new(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
    if (errno != EINVAL && errno != ENOSYS) return error_of_call();
    // The file system lacks that operation.
    if (is_there(to)) return tl::unexpected(Error::Exists);
    return rename_over(from, to);
}

Result<void> exchange_names(const fs::path& one, const fs::path& other) {
    if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) != 0) return error_of_call();
    return {};
}

Result<void> sync_folder(const fs::path& folder) {
    const Descriptor in(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (in.get() < 0 || ::fsync(in.get()) != 0) return error_of_call();
    return {};
}

fs::path folder_of(const fs::path& file) {
    const auto folder = file.has_filename() ? file.parent_path() : file.parent_path().parent_path();
    return folder.empty() ? fs::path(".") : folder;
}

Result<void> sync_name(const fs::path& file) {
    auto synced = sync_folder(folder_of(file));
    if (!synced && synced.error() == Error::Unsupported) return {};
    return synced;
}

Result<void> each_name(const Descriptor& folder, const std::function<bool(std::string_view)>& use) {
    Descriptor again(::fcntl(folder.get(), F_DUPFD_CLOEXEC, 0));
    if (again.get() < 0) return error_of_call();
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(again.get()), ::closedir);
    if (!stream) return error_of_call();
    static_cast<void>(again.release());  // the stream closes it
    ::rewinddir(stream.get());
    errno = 0;
    for (const dirent* entry = ::readdir(stream.get()); entry != nullptr; entry = ::readdir(stream.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != ".." && !use(name)) return {};
        errno = 0;
    }
    if (errno != 0) return tl::unexpected(Error::Io);
    return {};
}

Result<void> each_name(const fs::path& folder, const std::function<bool(std::string_view)>& use) {
    const Descriptor in(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (in.get() < 0) return error_of_call();
    return each_name(in, use);
}

Result<std::vector<std::string>> names_in(const Descriptor& folder) {
    std::vector<std::string> names;
    const auto listed = each_name(folder, [&names](std::string_view name) {
        names.emplace_back(name);
        return true;
    });
    if (!listed) return tl::unexpected(listed.error());
    return names;
}

Result<std::vector<std::string>> names_in(const fs::path& folder) {
    const Descriptor in(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (in.get() < 0) return error_of_call();
    return names_in(in);
}

Result<fs::path> real_path(const fs::path& path) {
    const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), std::free);
    if (!real) return error_of_call();
    return fs::path(real.get());
}

}  // namespace app::files

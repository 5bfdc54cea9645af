#include "tests/fault/unsynced.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <list>
#include <map>
#include <vector>

namespace fault::unsynced {
namespace {

/// One change of a file's bytes.
struct Data {
    ino_t file;
    int descriptor;  // a second one, for putting it back
    off_t at;
    std::vector<char> bytes;  // that were there
    off_t size;               // of the file
};
/// One change of names. `now` is empty for a removal, `before` for a new file; `saved` keeps what `now` replaced, or
/// what was removed.
struct Name {
    std::string folder;
    std::string before;
    std::string now;
    std::string saved;
};
struct Change {
    bool is_data;
    Data data;
    Name name;
};

std::string keep_in;
std::list<Change>* changes = nullptr;  // never destroyed: files change until the process has ended
std::map<ino_t, int>* descriptors = nullptr;
std::size_t saved_files = 0;

std::string full(const char* path) {
    return std::filesystem::absolute(path).lexically_normal().string();
}
std::string folder_of(const std::string& path) {
    return std::filesystem::path(path).parent_path().string();
}

bool is_there(const std::string& path) {
    struct stat status {};
    return syscall(SYS_newfstatat, AT_FDCWD, path.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

/// Another name for what `path` names now; empty when there is nothing.
std::string save(const std::string& path) {
    if (!is_there(path)) return {};
    auto saved = keep_in + "/" + std::to_string(saved_files++);
    syscall(SYS_linkat, AT_FDCWD, path.c_str(), AT_FDCWD, saved.c_str(), 0);
    return saved;
}

void add_data(int descriptor, off_t at, std::size_t size) {
    struct stat status {};
    if (syscall(SYS_fstat, descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return;
    const auto [known, fresh] = descriptors->try_emplace(status.st_ino, -1);
    if (fresh) {
        const auto link = "/proc/self/fd/" + std::to_string(descriptor);
        known->second = static_cast<int>(syscall(SYS_openat, AT_FDCWD, link.c_str(), O_RDWR | O_CLOEXEC, 0));
    }
    Change change{true, {status.st_ino, known->second, at, {}, status.st_size}, {}};
    change.data.bytes.resize(size);
    const auto had = syscall(SYS_pread64, known->second, change.data.bytes.data(), size, at);
    change.data.bytes.resize(had > 0 ? static_cast<std::size_t>(had) : 0);
    changes->push_back(std::move(change));
}

void undo(const Data& data) {
    syscall(SYS_pwrite64, data.descriptor, data.bytes.data(), data.bytes.size(), data.at);
    syscall(SYS_ftruncate, data.descriptor, data.size);
}

void undo(const Name& name) {
    if (!name.now.empty() && !name.before.empty()) syscall(SYS_rename, name.now.c_str(), name.before.c_str());
    if (!name.now.empty() && name.before.empty()) syscall(SYS_unlink, name.now.c_str());
    const auto& place = name.now.empty() ? name.before : name.now;
    if (!name.saved.empty()) syscall(SYS_rename, name.saved.c_str(), place.c_str());
}

}  // namespace

void watch(const std::string& folder) {
    keep_in = folder;
    changes = new std::list<Change>;
    descriptors = new std::map<ino_t, int>;
}

bool watching() noexcept {
    return changes != nullptr;
}

void before_write(int descriptor, std::size_t size, off_t at) {
    add_data(descriptor, at, size);
}

void before_cut(int descriptor, off_t size) {
    struct stat status {};
    if (syscall(SYS_fstat, descriptor, &status) != 0) return;
    add_data(descriptor, size, status.st_size > size ? static_cast<std::size_t>(status.st_size - size) : 0);
}

void before_making(const char* path) {
    const auto now = full(path);
    if (!is_there(now)) changes->push_back({false, {}, {folder_of(now), {}, now, {}}});
}

void before_removing(const char* path) {
    const auto before = full(path);
    if (auto saved = save(before); !saved.empty())
        changes->push_back({false, {}, {folder_of(before), before, {}, std::move(saved)}});
}

void before_renaming(const char* from, const char* to) {
    const auto now = full(to);
    if (is_there(full(from))) changes->push_back({false, {}, {folder_of(now), full(from), now, save(now)}});
}

void synced(int descriptor) {
    struct stat status {};
    if (syscall(SYS_fstat, descriptor, &status) != 0) return;
    if (!S_ISDIR(status.st_mode))
        return void(
            changes->remove_if([&](const Change& one) { return one.is_data && one.data.file == status.st_ino; }));
    const auto folder = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor)).string();
    changes->remove_if([&](const Change& one) { return !one.is_data && one.name.folder == folder; });
}

void lose() noexcept {
    for (auto at = changes->rbegin(); at != changes->rend(); ++at)
        if (at->is_data)
            undo(at->data);
        else
            undo(at->name);
}

}  // namespace fault::unsynced

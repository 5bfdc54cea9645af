#include "tests/fault/unsynced.hpp"

#include <fcntl.h>
#include <stdio.h>
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
/// One change of names. `now` is empty for a removal, `before` for what is new; `saved` keeps the file that `now`
/// replaced, or that was removed, and is empty for a folder, which was empty when it was removed.
struct Name {
    std::string folder;
    std::string before;
    std::string now;
    std::string saved;
    bool exchanged = false;
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

std::string full(int folder, const char* path) {
    const auto in = "/proc/self/fd/" + std::to_string(folder);
    const auto base = folder == AT_FDCWD ? std::filesystem::current_path() : std::filesystem::read_symlink(in);
    return (base / path).lexically_normal().string();
}
std::string folder_of(const std::string& path) {
    return std::filesystem::path(path).parent_path().string();
}

bool is_there(const std::string& path) {
    struct stat status {};
    return syscall(SYS_newfstatat, AT_FDCWD, path.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

std::string new_name() {
    return keep_in + "/" + std::to_string(saved_files++);
}

/// Another name for the file that `path` names now; empty when there is none.
std::string save(const std::string& path) {
    if (!is_there(path) || std::filesystem::is_directory(path)) return {};
    auto saved = new_name();
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
    if (name.exchanged) {
        syscall(SYS_renameat2, AT_FDCWD, name.before.c_str(), AT_FDCWD, name.now.c_str(), RENAME_EXCHANGE);
        return;
    }
    if (!name.now.empty() && !name.before.empty()) syscall(SYS_rename, name.now.c_str(), name.before.c_str());
    // A folder goes with everything in it, synced or not: nothing leads there.
    if (!name.now.empty() && name.before.empty() && syscall(SYS_unlink, name.now.c_str()) != 0)
        syscall(SYS_rename, name.now.c_str(), new_name().c_str());
    if (name.now.empty() && name.saved.empty()) syscall(SYS_mkdir, name.before.c_str(), 0700);
    const auto& place = name.now.empty() ? name.before : name.now;
    if (!name.saved.empty()) syscall(SYS_rename, name.saved.c_str(), place.c_str());
}

void rebase(std::string& path, const std::string& from, const std::string& to) {
    if (path == from || path.starts_with(from + "/")) path.replace(0, from.size(), to);
}

/// A folder has its new name for good: what changed in it before it had that is found under it.
void rename_in(Name& name, const Name& renamed) {
    for (auto* path : {&name.folder, &name.before, &name.now}) {
        const std::string was = *path;
        rebase(*path, renamed.before, renamed.now);
        if (renamed.exchanged && *path == was) rebase(*path, renamed.now, renamed.before);
    }
}

/// The names in the folder are on the medium.
void names_synced(const std::string& folder) {
    for (auto at = changes->begin(); at != changes->end();) {
        if (at->is_data || at->name.folder != folder) {
            ++at;
            continue;
        }
        if (!at->name.now.empty() && !at->name.before.empty())
            for (auto earlier = changes->begin(); earlier != at; ++earlier)
                if (!earlier->is_data) rename_in(earlier->name, at->name);
        at = changes->erase(at);
    }
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

void before_making(int in, const char* path) {
    const auto now = full(in, path);
    if (!is_there(now)) changes->push_back({false, {}, {folder_of(now), {}, now, {}}});
}

void before_removing(int in, const char* path) {
    const auto before = full(in, path);
    const bool goes = !std::filesystem::is_directory(before) || std::filesystem::is_empty(before);
    if (is_there(before) && goes) changes->push_back({false, {}, {folder_of(before), before, {}, save(before)}});
}

void before_renaming(int from_folder, const char* from, int to_folder, const char* to) {
    const auto before = full(from_folder, from);
    const auto now = full(to_folder, to);
    if (is_there(before)) changes->push_back({false, {}, {folder_of(now), before, now, save(now)}});
}

void before_exchanging(int one_folder, const char* one, int other_folder, const char* other) {
    const auto before = full(one_folder, one);
    const auto now = full(other_folder, other);
    if (is_there(before) && is_there(now)) changes->push_back({false, {}, {folder_of(now), before, now, {}, true}});
}

void synced(int descriptor) {
    struct stat status {};
    if (syscall(SYS_fstat, descriptor, &status) != 0) return;
    if (!S_ISDIR(status.st_mode))
        return void(
            changes->remove_if([&](const Change& one) { return one.is_data && one.data.file == status.st_ino; }));
    const auto folder = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor)).string();
    names_synced(folder);
}

void lose() noexcept {
    for (auto at = changes->rbegin(); at != changes->rend(); ++at)
        if (at->is_data)
            undo(at->data);
        else
            undo(at->name);
}

}  // namespace fault::unsynced

#include "app/files/replaceable.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <deque>
#include <system_error>

namespace app::files {

namespace fs = std::filesystem;

namespace {

constexpr int most_links = 40;  // as many as the kernel follows

bool of_others(const struct stat& entry, bool only_root) {
    return entry.st_uid != 0 && (only_root || entry.st_uid != ::geteuid());
}

/// Whether this folder lets somebody else put another entry in the place of one of its own: its owner, or a group or
/// everybody who may write it, but for a sticky one (/tmp).
bool open_to_others(const fs::path& folder, bool only_root) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0 || of_others(status, only_root)) return true;
    const bool own_group = !only_root && status.st_gid == ::getegid();
    const auto others = static_cast<mode_t>(own_group ? S_IWOTH : S_IWGRP | S_IWOTH);
    return (status.st_mode & others) != 0 && (status.st_mode & S_ISVTX) == 0;
}

}  // namespace

bool replaceable(const fs::path& file, bool only_root) {
    std::error_code failure;
    const auto full = fs::absolute(file, failure);
    if (failure) return true;
    // The path is followed by hand: resolved at once, the folders of the links on it would not be seen.
    std::deque<fs::path> rest(full.begin(), full.end());
    fs::path at = full.root_path();
    for (int links = 0; !rest.empty();) {
        if (open_to_others(at, only_root)) return true;
        const auto part = rest.front();
        rest.pop_front();
        if (part.empty() || part == "." || part == part.root_path()) continue;
        if (part == "..") {
            at = at.parent_path();
            continue;
        }
        auto next = at / part;
        struct stat status {};
        if (::lstat(next.c_str(), &status) != 0) return true;
        if (!S_ISLNK(status.st_mode)) {
            at = std::move(next);
            continue;
        }
        const auto target = fs::read_symlink(next, failure);
        if (failure || ++links > most_links || of_others(status, only_root)) return true;
        if (target.is_absolute()) at = target.root_path();
        rest.insert(rest.begin(), target.begin(), target.end());
    }
    return false;
}

}  // namespace app::files

#include "app/files/inside.hpp"

#include <sys/stat.h>

#include <system_error>

namespace app::files {

namespace fs = std::filesystem;

namespace {

/// The same file or folder: names and mounts may differ.
bool same(const struct stat& one, const struct stat& other) {
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

}  // namespace

bool lies_in(const fs::path& file, const fs::path& folder) {
    struct stat wanted {};
    struct stat place {};
    struct stat status {};
    if (::stat(file.c_str(), &wanted) != 0 || ::stat(folder.c_str(), &place) != 0) return false;
    std::error_code failure;
    for (auto above = fs::canonical(file, failure).parent_path(); !failure; above = above.parent_path()) {
        if (::stat(above.c_str(), &status) == 0 && same(status, place)) return true;
        if (above == above.root_path()) break;
    }
    if (wanted.st_nlink < 2) return false;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, failure);
    for (; !failure && at != fs::recursive_directory_iterator(); at.increment(failure))
        if (::lstat(at->path().c_str(), &status) == 0 && same(status, wanted)) return true;
    return false;
}

}  // namespace app::files

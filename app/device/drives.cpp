#include "app/device/drives.hpp"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "app/files/system.hpp"

namespace app::device {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_words = 4096;        // of a file in /sys: the kernel's own limit, a page
constexpr std::size_t most_mounts = 1U << 20U;  // of the list of mounts

/// mounts(5) writes space, tab, newline and backslash as \040, \011, \012, \134.
std::string unescape(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 4> escapes{
        {{"\\040", ' '}, {"\\011", '\t'}, {"\\012", '\n'}, {"\\134", '\\'}}};
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto* const found = std::find_if(escapes.begin(), escapes.end(), [&](const auto& escape) {
            return text.substr(i).starts_with(escape.first);
        });
        out += found == escapes.end() ? text[i] : found->second;
        i += found == escapes.end() ? 1 : found->first.size();
    }
    return out;
}

bool for_people(std::string_view point) {
    return point.starts_with("/media/") || point.starts_with("/run/media/") || point.starts_with("/mnt/");
}

std::string first_word(const fs::path& file) {
    std::istringstream in(files::read_kernel_file(file, most_words).value_or(""));
    std::string word;
    in >> word;
    return word;
}

/// On USB, a card in a reader, or what the kernel calls removable; `place` is a device or partition in sysfs.
bool carries_removable(const fs::path& place) {
    if (place.string().find("/usb") != std::string::npos) return true;
    for (auto at = place; at.has_relative_path(); at = at.parent_path())
        if (first_word(at / "removable") == "1" || first_word(at / "type") == "SD") return true;
    return false;
}

}  // namespace

bool is_removable(const std::string& device) {
    struct stat status {};
    if (stat(device.c_str(), &status) != 0 || !S_ISBLK(status.st_mode)) return false;
    // sysfs(5): a link to the device below its bus, for a partition inside its disk.
    const auto number = std::to_string(major(status.st_rdev)) + ":" + std::to_string(minor(status.st_rdev));
    std::error_code failure;
    const auto place = fs::canonical("/sys/dev/block/" + number, failure);
    if (failure) return false;
    if (carries_removable(place)) return true;
    // An encrypted stick is a device of its own that stands on the stick.
    for (fs::directory_iterator at(place / "slaves", failure); !failure && at != fs::directory_iterator();
         at.increment(failure))
        if (const auto below = fs::canonical(at->path(), failure); !failure && carries_removable(below)) return true;
    return false;
}

std::vector<fs::path> removable_mounts(std::string_view mounts,
                                       const std::function<bool(const std::string& device)>& removable) {
    std::vector<fs::path> found;
    std::istringstream lines{std::string(mounts)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string device, point;
        if (!(words >> device >> point)) continue;
        point = unescape(point);
        if (!for_people(point) || std::find(found.begin(), found.end(), point) != found.end()) continue;
        if (removable(unescape(device))) found.emplace_back(point);
    }
    return found;
}

std::vector<fs::path> removable_mounts() {
    return removable_mounts(files::read_kernel_file("/proc/self/mounts", most_mounts).value_or(""), is_removable);
}

}  // namespace app::device

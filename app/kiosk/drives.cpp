#include "app/kiosk/drives.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>

namespace app::kiosk {

namespace {

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

session::Place place_at(const std::filesystem::path& path, bool removable) {
    session::Place place;
    place.path = path.string();
    place.removable = removable;
    struct statvfs room {};
    if (statvfs(path.c_str(), &room) == 0) {
        place.free = static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize;
        place.read_only = (room.f_flag & ST_RDONLY) != 0;
    }
    place.read_only = place.read_only || access(path.c_str(), W_OK) != 0;
    return place;
}

}  // namespace

std::vector<std::filesystem::path> removable_mounts(std::string_view mounts) {
    std::vector<std::filesystem::path> found;
    std::istringstream lines{std::string(mounts)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string device, point;
        if (!(words >> device >> point)) continue;
        point = unescape(point);
        if (for_people(point) && std::find(found.begin(), found.end(), point) == found.end()) found.emplace_back(point);
    }
    return found;
}

std::vector<std::filesystem::path> removable_mounts() {
    std::ifstream in("/proc/self/mounts");
    return removable_mounts(std::string(std::istreambuf_iterator<char>(in), {}));
}

std::vector<session::Place> find_places(const std::filesystem::path& outbox,
                                        const std::vector<std::filesystem::path>& drives) {
    std::vector<session::Place> places;
    std::error_code ignored;
    if (!outbox.empty() && std::filesystem::is_directory(outbox, ignored)) places.push_back(place_at(outbox, false));
    for (const auto& drive : drives)
        if (std::filesystem::is_directory(drive, ignored)) places.push_back(place_at(drive, true));
    return places;
}

}  // namespace app::kiosk

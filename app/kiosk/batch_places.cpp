#include "app/kiosk/batch_places.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

namespace app::kiosk {

namespace fs = std::filesystem;

namespace {

session::Place place_at(const fs::path& path, bool removable) {
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

std::vector<session::Place> find_places(const fs::path& outbox, const std::vector<fs::path>& drives) {
    std::vector<session::Place> places;
    std::error_code ignored;
    if (!outbox.empty() && fs::is_directory(outbox, ignored)) places.push_back(place_at(outbox, false));
    for (const auto& drive : drives)
        if (fs::is_directory(drive, ignored)) places.push_back(place_at(drive, true));
    return places;
}

}  // namespace app::kiosk

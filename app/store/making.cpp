#include "app/store/making.hpp"

#include <algorithm>
#include <new>
#include <string>
#include <vector>

#include "app/database/database.hpp"
#include "app/files/folder.hpp"
#include "app/files/small_file.hpp"
#include "crypto/try.hpp"

namespace app::store {

namespace fs = std::filesystem;

namespace {

/// All that making a device writes, but for the mark. Not the recovery file: it comes with the enrolment.
std::vector<std::string> names_of_making() {
    std::vector<std::string> names{std::string(database_file), std::string(database_file) + "-journal"};
    for (const auto name : {slots_file, slots_copy_file, salt_file}) {
        names.emplace_back(name);
        names.push_back(files::unfinished(name).string());
    }
    return names;
}

/// A file system of removable media may not be able to.
Result<void> sync(const fs::path& folder) {
    const auto synced = files::sync_folder(folder);
    if (synced || synced.error() == files::Error::Unsupported) return {};
    return tl::unexpected(database::error_of(synced.error()));
}

/// The mark goes last: what is left of an interrupted clearing is half made still.
Result<void> clear(const fs::path& folder) {
    for (const auto& name : names_of_making()) AMPARO_DO(database::stored(files::remove(folder / name)));
    AMPARO_DO(sync(folder));
    AMPARO_DO(database::stored(files::remove(folder / making_file)));
    return sync(folder);
}

}  // namespace

Standing standing(const fs::path& folder) {
    if (!files::is_there(folder)) return Standing::Nothing;
    const auto names = files::names_in(folder);
    if (!names) return Standing::Something;
    if (names->empty()) return Standing::Nothing;
    const auto made = names_of_making();
    const auto of_making = [&](const std::string& name) {
        return name == making_file || std::find(made.begin(), made.end(), name) != made.end();
    };
    const bool begun = std::find(names->begin(), names->end(), making_file) != names->end();
    return begun && std::all_of(names->begin(), names->end(), of_making) ? Standing::HalfMade : Standing::Something;
}

Result<void> begin_making(const StateFolder& folder) {
    switch (standing(folder.path())) {
        case Standing::Nothing:
            break;
        case Standing::HalfMade:
            AMPARO_DO(clear(folder.path()));
            break;
        case Standing::Something:
            return tl::unexpected(Error::Exists);
    }
    AMPARO_DO(database::stored(files::make_empty(folder.path() / making_file)));
    return sync(folder.path());
}

Result<void> made_whole(const StateFolder& folder) {
    AMPARO_DO(database::stored(files::remove(folder.path() / making_file)));
    return sync(folder.path());
}

void give_up_making(const StateFolder& folder) noexcept {
    try {
        // Gone already where only the last sync failed: nobody was told that the device is made.
        if (!files::is_there(folder.path() / making_file) && !files::make_empty(folder.path() / making_file)) return;
        if (standing(folder.path()) == Standing::HalfMade) static_cast<void>(clear(folder.path()));
    } catch (const std::bad_alloc&) {  // the next start clears it away
    }
}

}  // namespace app::store

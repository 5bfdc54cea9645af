#include "app/store/state_folder.hpp"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "app/database/database.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "app/files/small_file.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::store {

namespace fs = std::filesystem;
using database::error_of_errno;
using files::is_there;

namespace {

constexpr std::string_view repaired_prefix = "repaired-";

/// The database in all its states, the slots, the recovery file. Nothing else is touched: a folder that was named by
/// mistake stays as it is.
bool is_of_a_kiosk(std::string_view name) {
    return name == slots_file || name == slots_copy_file || name == recovery_file || name == salt_file ||
           ((name.starts_with("amparo") || name.starts_with(repaired_prefix)) && name.find(".db") != name.npos);
}

/// The folder and the files of a kiosk in it belong to this user and to nobody else; what others may do is taken from
/// them. Whoever owns a file can change it at any time. True when something was open to others.
Result<bool> make_private(const fs::path& folder, const files::Descriptor& descriptor) {
    struct stat status {};
    if (fstat(descriptor.get(), &status) != 0) return tl::unexpected(error_of_errno(errno));
    if (status.st_uid != geteuid()) return tl::unexpected(Error::Foreign);
    AMPARO_TRY(const names, database::stored(files::names_in(descriptor)));
    std::vector<fs::path> open_files;
    bool of_a_kiosk = false;
    for (const auto& name : names) {
        if (!is_of_a_kiosk(name)) continue;
        of_a_kiosk = true;
        auto path = folder / name;
        if (lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
        if (status.st_uid != geteuid()) return tl::unexpected(Error::Foreign);
        if ((status.st_mode & 077) != 0) open_files.push_back(std::move(path));
    }
    bool was_open = of_a_kiosk && files::close_to_others(descriptor);
    for (const auto& path : open_files) was_open = files::close_to_others(path) || was_open;
    return was_open;
}

/// What an interrupted write of a small file left.
void remove_unfinished(const fs::path& folder) {
    for (const auto name : {slots_file, slots_copy_file, recovery_file, salt_file})
        static_cast<void>(files::remove(folder / files::unfinished(name)));
}

using Salt = crypto::DatabaseSalt;

Result<Salt> read_salt(const fs::path& file) {
    AMPARO_TRY(const bytes, database::stored(files::read_part(file, database::database_salt_bytes)));
    Salt salt;
    std::copy(bytes.begin(), bytes.end(), salt.begin());
    return salt;
}

constexpr std::size_t slots_and_salt = crypto::slots_file_size + database::database_salt_bytes;

/// What is in a file of slots. The salt is not in one of an earlier version.
struct SlotsFile {
    crypto::Slots slots;
    std::optional<Salt> salt;
    [[nodiscard]] crypto::Bytes bytes() const {
        auto all = slots.serialise();
        if (salt) crypto::append(all, *salt);
        return all;
    }
};

Result<SlotsFile> read_slots_file(const fs::path& file) {
    AMPARO_TRY(const bytes, database::stored(files::read_plain(file, slots_and_salt, files::Links::Refused)));
    const bool with_salt = bytes.size() == slots_and_salt;
    const crypto::ByteView view(bytes);
    auto slots = crypto::Slots::parse(with_salt ? view.first(crypto::slots_file_size) : view);
    if (!slots) return tl::unexpected(Error::Damaged);
    SlotsFile read{std::move(*slots), std::nullopt};
    if (with_salt) std::copy(view.begin() + crypto::slots_file_size, view.end(), read.salt.emplace().begin());
    return read;
}

}  // namespace

Result<StateFolder> StateFolder::create(const fs::path& folder) {
    if (const auto made = files::make_folder(folder); !made) return tl::unexpected(database::error_of(made.error()));
    return open(folder);
}

// Every later path begins with the real one: SQLite follows no symbolic link anywhere in a path, and a link that is
// turned round while the program runs leads nowhere else.
Result<StateFolder> StateFolder::open(const fs::path& folder) {
    AMPARO_TRY(full, database::stored(files::real_path(folder)));
    AMPARO_TRY(descriptor, database::stored(files::open_folder(full)));
    const auto locked = database::stored(files::lock(descriptor));
    if (!locked || !*locked) return tl::unexpected(locked ? Error::InUse : locked.error());
    AMPARO_TRY(const was_open, make_private(full, descriptor));
    remove_unfinished(full);
    return StateFolder(std::move(full), std::move(descriptor), was_open);
}

Result<SlotCopies> StateFolder::read_slot_copies() const {
    auto first = read_slots_file(folder_ / slots_file);
    auto second = read_slots_file(folder_ / slots_copy_file);
    // "Missing" only when there is no trace of either: a person with a damaged file must not be asked to start anew.
    if (!first && !second) return tl::unexpected(first.error() == Error::Missing ? second.error() : first.error());
    SlotCopies copies;
    copies.equal = first && second && first->slots.serialise() == second->slots.serialise();
    for (const auto* file : {&first, &second})
        if (*file && (*file)->salt) copies.salts.push_back(*(*file)->salt);
    if (first) copies.whole.push_back(std::move(first->slots));
    if (second && !copies.equal) copies.whole.push_back(std::move(second->slots));
    return copies;
}

Result<crypto::Slots> StateFolder::read_slots() const {
    AMPARO_TRY(copies, read_slot_copies());
    return std::move(copies.whole.front());
}

Result<void> StateFolder::write_slots_copy(const crypto::Slots& slots, const std::optional<Salt>& salt) const {
    return database::stored(files::replace_small(folder_ / slots_copy_file, SlotsFile{slots, salt}.bytes()));
}

std::optional<crypto::Bytes> StateFolder::slots_copy_as_it_is() const {
    auto bytes = database::stored(files::read_plain(folder_ / slots_copy_file, slots_and_salt, files::Links::Refused));
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

Result<void> StateFolder::put_slots_copy_back(const std::optional<crypto::Bytes>& before) const {
    const auto file = folder_ / slots_copy_file;
    if (before) return database::stored(files::replace_small(file, *before));
    if (const auto gone = files::remove(file); !gone) return tl::unexpected(database::error_of(gone.error()));
    return database::stored(files::sync_folder(folder_));
}

Result<void> StateFolder::write_slots(const crypto::Slots& slots) const {
    const auto now = salt();
    const SlotsFile content{slots, now ? std::optional(*now) : std::nullopt};
    AMPARO_DO(write_slots_copy(slots, content.salt));
    return database::stored(files::replace_small(folder_ / slots_file, content.bytes()));
}

Result<void> StateFolder::write_recovery(crypto::ByteView sealed) const {
    return database::stored(files::replace_small(folder_ / recovery_file, sealed));
}

Result<crypto::Bytes> StateFolder::read_recovery() const {
    constexpr std::size_t most = 65536;  // 16 KiB of padded text and ten stanzas
    return database::stored(files::read_plain(folder_ / recovery_file, most, files::Links::Refused));
}

Result<void> StateFolder::take_next_database() const {
    if (!is_there(next_database())) return tl::unexpected(Error::Missing);
    AMPARO_DO(database::stored(files::rename_over(next_database(), database())));
    return database::stored(files::sync_folder(folder_));
}

// The repaired database carries the damaged one's name to be: whoever finds it knows what is left to do.
Result<void> StateFolder::mark_repaired(const std::string& damaged_file) const {
    if (!is_there(next_database())) return tl::unexpected(Error::Missing);
    const auto marked = folder_ / (std::string(repaired_prefix) + damaged_file);
    AMPARO_DO(database::stored(files::rename_over(next_database(), marked)));
    return database::stored(files::sync_folder(folder_));
}

Result<std::vector<StateFolder::Marked>> StateFolder::marked() const {
    AMPARO_TRY(const names, database::stored(files::names_in(folder_)));
    std::vector<Marked> found;
    for (const auto& name : names)
        if (name.starts_with(std::string(repaired_prefix).append(damaged_prefix)) && name.ends_with(".db"))
            found.push_back({folder_ / name, folder_ / name.substr(repaired_prefix.size())});
    return found;
}

Result<void> StateFolder::take_repaired(const Marked& repaired) const {
    // The journal goes first: left alone beside a new database it would be played into it.
    for (const auto* ending : {"-journal", ""}) {
        const auto from = database().string() + ending;
        if (!is_there(from)) continue;
        AMPARO_DO(database::stored(files::rename_over(from, (repaired.damaged.string() + ending))));
    }
    AMPARO_DO(database::stored(files::rename_over(repaired.file, database())));
    return database::stored(files::sync_folder(folder_));
}

Result<void> StateFolder::put_aside(crypto::SodiumReady ready, const fs::path& file) const {
    struct stat status {};
    if (lstat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
        // A pipe or a link holds nothing to keep, and a confined program may not even give it another name.
        if (const auto gone = files::remove(file); !gone) return tl::unexpected(database::error_of(gone.error()));
        return database::stored(files::sync_folder(folder_));
    }
    const auto name = std::string(damaged_prefix) + "refused-" + crypto::random_hex(ready, 4) + ".db";
    for (const auto* ending : {"-journal", ""}) {
        const auto from = file.string() + ending;
        if (!is_there(from)) continue;
        AMPARO_DO(database::stored(files::rename_over(from, (folder_ / (name + ending)))));
    }
    return database::stored(files::sync_folder(folder_));
}

Result<void> StateFolder::keep_salt() const {
    AMPARO_TRY(const now, salt());
    if (const auto kept = read_salt(folder_ / salt_file); !kept || *kept != now)
        AMPARO_DO(database::stored(files::replace_small(folder_ / salt_file, now)));
    for (const auto name : {slots_copy_file, slots_file}) {
        auto file = read_slots_file(folder_ / name);
        if (!file || file->salt == now) continue;
        file->salt = now;
        AMPARO_DO(database::stored(files::replace_small(folder_ / name, file->bytes())));
    }
    return {};
}

Result<Salt> StateFolder::salt() const {
    return read_salt(database());
}

std::vector<Salt> StateFolder::known_salts() const {
    std::vector<Salt> salts;
    const auto add = [&](const Salt& salt) {
        if (std::find(salts.begin(), salts.end(), salt) == salts.end()) salts.push_back(salt);
    };
    for (const auto& file : {database(), folder_ / salt_file})
        if (const auto known = read_salt(file)) add(*known);
    if (const auto copies = read_slot_copies())
        for (const auto& known : copies->salts) add(known);
    return salts;
}

std::vector<std::string> StateFolder::damaged_files() const {
    auto names = database::stored(files::names_in(folder_)).value_or(std::vector<std::string>{});
    std::erase_if(names, [](const auto& name) { return !name.starts_with(damaged_prefix) || !name.ends_with(".db"); });
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::uint64_t> StateFolder::free_bytes() const {
    struct statvfs medium {};
    if (statvfs(folder_.c_str(), &medium) != 0) return tl::unexpected(Error::Io);
    return static_cast<std::uint64_t>(medium.f_bavail) * medium.f_frsize;
}

}  // namespace app::store

#include "app/store/state_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

#include "app/store/files.hpp"
#include "crypto/random.hpp"

namespace app::store {

namespace fs = std::filesystem;
using detail::error_of_errno;

namespace {

Result<int> take_lock(const fs::path& folder) {
    detail::Descriptor lock(
        ::open((folder / lock_file).c_str(), O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
    if (lock.get() < 0) return tl::unexpected(error_of_errno(errno));
    if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
        return tl::unexpected(errno == EWOULDBLOCK ? Error::InUse : error_of_errno(errno));
    return lock.release();
}

Result<crypto::Slots> parse_slots(const fs::path& file) {
    auto bytes = detail::read_small(file, crypto::slots_file_size);
    if (!bytes) return tl::unexpected(bytes.error());
    auto slots = crypto::Slots::parse(*bytes);
    if (!slots) return tl::unexpected(Error::Damaged);
    return std::move(*slots);
}

bool is_there(const fs::path& file) {
    struct stat status {};
    return lstat(file.c_str(), &status) == 0;
}

}  // namespace

Result<StateFolder> StateFolder::create(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return tl::unexpected(error_of_errno(errno));
    return open(folder);
}

Result<StateFolder> StateFolder::open(const fs::path& folder) {
    std::error_code failure;
    fs::path full = fs::absolute(folder, failure);
    if (failure) return tl::unexpected(Error::Io);
    struct stat status {};
    if (stat(full.c_str(), &status) != 0) return tl::unexpected(error_of_errno(errno));
    if (!S_ISDIR(status.st_mode)) return tl::unexpected(Error::Missing);
    auto lock = take_lock(full);
    if (!lock) return tl::unexpected(lock.error());
    return StateFolder(std::move(full), *lock);
}

StateFolder::StateFolder(StateFolder&& other) noexcept : folder_(std::move(other.folder_)), lock_(other.lock_) {
    other.lock_ = -1;
}

StateFolder::~StateFolder() {
    if (lock_ >= 0) ::close(lock_);
}

Result<SlotCopies> StateFolder::read_slot_copies() const {
    auto first = parse_slots(folder_ / slots_file);
    auto second = parse_slots(folder_ / slots_copy_file);
    // "Missing" only when there is no trace of either: a person with a damaged file must not be asked to start anew.
    if (!first && !second) return tl::unexpected(first.error() == Error::Missing ? second.error() : first.error());
    SlotCopies copies;
    copies.equal = first && second && first->serialise() == second->serialise();
    if (first) copies.whole.push_back(std::move(*first));
    if (second && !copies.equal) copies.whole.push_back(std::move(*second));
    return copies;
}

Result<crypto::Slots> StateFolder::read_slots() const {
    auto copies = read_slot_copies();
    if (!copies) return tl::unexpected(copies.error());
    return std::move(copies->whole.front());
}

Result<void> StateFolder::write_slots_copy(const crypto::Slots& slots) const {
    return detail::replace_small(folder_ / slots_copy_file, slots.serialise());
}

Result<void> StateFolder::write_slots(const crypto::Slots& slots) const {
    if (auto copy = write_slots_copy(slots); !copy) return copy;
    return detail::replace_small(folder_ / slots_file, slots.serialise());
}

Result<void> StateFolder::write_recovery(crypto::ByteView sealed) const {
    return detail::replace_small(folder_ / recovery_file, sealed);
}

Result<crypto::Bytes> StateFolder::read_recovery() const {
    constexpr std::size_t most = 65536;  // 16 KiB of padded text and ten stanzas
    return detail::read_small(folder_ / recovery_file, most);
}

Result<void> StateFolder::take_next_database() const {
    if (!is_there(next_database())) return tl::unexpected(Error::Missing);
    if (::rename(next_database().c_str(), database().c_str()) != 0) return tl::unexpected(error_of_errno(errno));
    return detail::sync_folder(folder_);
}

Result<std::string> StateFolder::move_aside(crypto::SodiumReady ready) const {
    const fs::path from = database();
    if (!is_there(from)) return tl::unexpected(Error::Missing);
    const std::string name = "amparo-unreadable-" + crypto::random_hex(ready, 4) + ".db";
    const fs::path to = folder_ / name;
    if (is_there(to)) return tl::unexpected(Error::Exists);
    const std::string journal = "-journal";
    // The journal goes first: left alone beside a new database it would be played into it.
    if (is_there(from.string() + journal) &&
        ::rename((from.string() + journal).c_str(), (to.string() + journal).c_str()) != 0)
        return tl::unexpected(error_of_errno(errno));
    if (::rename(from.c_str(), to.c_str()) != 0) return tl::unexpected(error_of_errno(errno));
    if (auto synced = detail::sync_folder(folder_); !synced) return tl::unexpected(synced.error());
    return name;
}

Result<std::uint64_t> StateFolder::free_bytes() const {
    struct statvfs medium {};
    if (statvfs(folder_.c_str(), &medium) != 0) return tl::unexpected(Error::Io);
    return static_cast<std::uint64_t>(medium.f_bavail) * medium.f_frsize;
}

}  // namespace app::store

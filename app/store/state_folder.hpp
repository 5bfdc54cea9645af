#pragma once
// The folder of one kiosk: who may use it now, where its files are, the key slots file in two copies, and what to do
// with a database that cannot be read. Opens no database itself.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/files/descriptor.hpp"
#include "app/store/failure.hpp"
#include "crypto/recovery.hpp"
#include "crypto/slots.hpp"

namespace app::store {

inline constexpr std::string_view database_file = "amparo.db";
inline constexpr std::string_view slots_file = "slots.bin";
inline constexpr std::string_view slots_copy_file = "slots-copy.bin";
inline constexpr std::string_view recovery_file = "recovery.age";
inline constexpr std::string_view next_database_file = "amparo-next.db";  ///< only while the database key changes
inline constexpr std::string_view salt_file = "amparo-salt.bin";
/// What damaged databases that a repair put aside are called, with eight hex digits and ".db" after it.
inline constexpr std::string_view damaged_prefix = "amparo-unreadable-";

/// What is whole of `slots.bin` and its copy. They differ after an interrupted write, and while the database key
/// changes.
struct SlotCopies {
    std::vector<crypto::Slots> whole;         ///< in this order; one when both are equal or the other is lost
    bool equal = false;                       ///< both are there and the same: nothing to mend
    std::vector<crypto::DatabaseSalt> salts;  ///< how the database begins, as far as the copies say
};

/// Holds the only right to use the folder while it exists (advisory lock on the folder itself, given back by the system
/// when the process ends in whatever way). Must outlive every store opened in it.
class StateFolder {
  public:
    /// Makes the folder (mode 0700; its parent must exist) unless it is there, and takes the lock.
    /// Errors: Missing (parent), InUse, Foreign, ReadOnly, NoSpace, Io.
    [[nodiscard]] static Result<StateFolder> create(const std::filesystem::path& folder);
    /// Takes the lock of an existing folder, which may be named through symbolic links. Folder and files must belong to
    /// this user; what others may do with them is taken from them. Errors: Missing, InUse, Foreign, ReadOnly, Io.
    [[nodiscard]] static Result<StateFolder> open(const std::filesystem::path& folder);

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return folder_; }
    /// Others could read or write the folder or a file in it until now.
    [[nodiscard]] bool was_open_to_others() const noexcept { return was_open_; }
    [[nodiscard]] std::filesystem::path database() const { return folder_ / database_file; }
    [[nodiscard]] std::filesystem::path next_database() const { return folder_ / next_database_file; }

    /// Reads `slots.bin`, and its copy when the first is missing or damaged. Errors: Missing (neither is there),
    /// Damaged (neither is whole), Io.
    [[nodiscard]] Result<crypto::Slots> read_slots() const;
    /// Errors: as read_slots().
    [[nodiscard]] Result<SlotCopies> read_slot_copies() const;
    /// Writes the copy alone: the first step of changing the database key. `salt`: how the database that these slots
    /// open begins, where that is known. Errors: as write_slots().
    [[nodiscard]] Result<void> write_slots_copy(const crypto::Slots& slots,
                                                const std::optional<crypto::DatabaseSalt>& salt) const;
    /// The copy as it is, whoever's and however damaged; nothing when there is no plain file of its size. For
    /// put_slots_copy_back(), which undoes write_slots_copy(). Errors of the latter: ReadOnly, NoSpace, Io.
    [[nodiscard]] std::optional<crypto::Bytes> slots_copy_as_it_is() const;
    [[nodiscard]] Result<void> put_slots_copy_back(const std::optional<crypto::Bytes>& before) const;
    /// Replaces `recovery.age`. Errors: ReadOnly, NoSpace, Io.
    [[nodiscard]] Result<void> write_recovery(crypto::ByteView sealed) const;
    /// Errors: Missing, Damaged (far too long), Io.
    [[nodiscard]] Result<crypto::Bytes> read_recovery() const;
    /// Puts the next database in the place of the present one, which must be closed. Errors: Missing, ReadOnly, Io.
    [[nodiscard]] Result<void> take_next_database() const;

    /// Writes the copy, then the file, each as temporary file, synced, renamed, folder synced: at any instant one of
    /// them is whole. The present database is the one they open: how it begins goes with them. Errors: ReadOnly,
    /// NoSpace, Io.
    [[nodiscard]] Result<void> write_slots(const crypto::Slots& slots) const;

    /// The next database is a repaired one that is to take the place of the present one, which will be called
    /// `damaged_file`. Errors: Missing, ReadOnly, Io.
    [[nodiscard]] Result<void> mark_repaired(const std::string& damaged_file) const;
    /// What calls itself a repaired database: somebody may have put it here, so it is to be looked at first.
    struct Marked {
        std::filesystem::path file;
        std::filesystem::path damaged;  ///< where the present one goes
    };
    /// Errors: Io.
    [[nodiscard]] Result<std::vector<Marked>> marked() const;
    /// Moves the damaged database (and its journal) aside and the repaired one into its place. Nothing is deleted. The
    /// database must be closed. Errors: ReadOnly, Io.
    [[nodiscard]] Result<void> take_repaired(const Marked& repaired) const;
    /// Gives a file (and the journal beside it) that is not what it says a name that decides nothing. Errors: ReadOnly,
    /// Io.
    [[nodiscard]] Result<void> put_aside(crypto::SodiumReady ready, const std::filesystem::path& file) const;
    /// Keeps the first bytes of the database, without which no page of it can be told to be authentic, in a file of
    /// their own and behind the slots, unless they are there. What the slots hold stays. The database must be whole.
    /// Errors: Missing, ReadOnly, NoSpace, Io.
    [[nodiscard]] Result<void> keep_salt() const;
    /// The first bytes of the database as they are. Errors: Missing, Damaged (shorter), NotPlain, Io.
    [[nodiscard]] Result<crypto::DatabaseSalt> salt() const;
    /// Every way in which something here says the database begins, the likeliest first, each once.
    [[nodiscard]] std::vector<crypto::DatabaseSalt> known_salts() const;
    /// Names of the damaged databases that are kept, sorted.
    [[nodiscard]] std::vector<std::string> damaged_files() const;

    /// Room left for this user on the medium, bytes. Errors: Io.
    [[nodiscard]] Result<std::uint64_t> free_bytes() const;

  private:
    StateFolder(std::filesystem::path folder, files::Descriptor lock, bool was_open) noexcept
        : folder_(std::move(folder)), lock_(std::move(lock)), was_open_(was_open) {}
    std::filesystem::path folder_;
    files::Descriptor lock_;
    bool was_open_;
};

}  // namespace app::store

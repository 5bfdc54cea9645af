#pragma once
// What can go wrong in keeping things in an encrypted database, and beside it: one set for the wrapper and for what is
// built on it, because nearly every failure passes through as it is. Knows nothing of screens or languages.

#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

#include "app/files/error.hpp"

namespace app::database {

/// Failure classes of the whole layer. Callers map them in a `switch` without `default`.
enum class Error : std::uint8_t {
    Missing,     ///< there is no database (or folder, or slots file) where one was expected
    Exists,      ///< something is already there and is not overwritten
    InUse,       ///< another running program holds the state folder or the database
    WrongKey,    ///< the key does not open the database, or its first page is damaged: when the key came out of
                 ///< slots.bin it is authentic, so say "damaged"
    Damaged,     ///< not a database of ours, or a page, a row or the slots file was changed or cut
    Unreadable,  ///< the key is right, and nothing it could open is there: the database is gone, emptied, or no page of
                 ///< it can be read. It stays as it is
    RolledBack,  ///< authentic pages of different ages: somebody put an older one back
    ReadOnly,    ///< the folder or the file cannot be written
    NoSpace,     ///< the medium is full; what was there before is unchanged
    Io,          ///< the operating system failed otherwise
    Library,     ///< the library is not SQLCipher, or a protective setting did not take effect: nothing was opened
    Newer,       ///< written by a newer version of this program
    Memory,      ///< memory ran out, or could not be locked
    NotFound,    ///< no such row
    Refused,     ///< a constraint or a rule forbids it (sequence that falls, frozen row, number already taken)
    Input,       ///< an argument outside its documented range (the caller's mistake)
    Foreign,     ///< the folder, or a file in it, belongs to another user of this computer
    NotPlain,    ///< a symbolic link, a folder or a device stands where a file of ours should be
    Internal,    ///< a statement of this program is wrong
};

template <typename T>
using Result = tl::expected<T, Error>;

/// One English technical sentence for logs and tests; never contains input, paths or secrets.
[[nodiscard]] std::string_view describe(Error error) noexcept;

/// What went wrong with a file means here. A small file that is shorter or longer than it should be is Damaged.
[[nodiscard]] Error error_of(files::Error error) noexcept;
/// What a number of the operating system means here.
[[nodiscard]] Error error_of_errno(int code) noexcept;

/// The same result with an error of ours.
template <class T>
[[nodiscard]] Result<T> stored(files::Result<T> result) {
    if (!result) return tl::unexpected(error_of(result.error()));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return *std::move(result);
}

}  // namespace app::database

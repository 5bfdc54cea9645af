#pragma once
// What can go wrong with a casebook.

#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>

namespace app::casebook {

enum class Error : std::uint8_t {
    Missing,     ///< no casebook, or no key file beside it
    Exists,      ///< a casebook or key file is there already
    NoIdentity,  ///< none of the given identities opens the casebook's key file
    KeyDamaged,  ///< the key file was changed or cut, or belongs to another casebook
    InUse,       ///< another program is using it
    Damaged,     ///< the database was changed or cut
    ReadOnly,
    NoSpace,
    Io,
    Newer,       ///< written by a newer version of this program
    Memory,      ///< memory ran out, or could not be locked
    Library,     ///< SQLCipher or one of its protective settings is not in force
    Deployment,  ///< the batch was verified for another deployment than this casebook's
    BatchFile,   ///< the batch's file changed since it was verified, or cannot be read any more: nothing was taken in
    Stopped,     ///< the caller asked to stop: a batch is either taken in whole or not at all
    NotFound,
    Internal,
};

template <typename T>
using Result = tl::expected<T, Error>;

/// One English technical sentence for logs and tests.
[[nodiscard]] std::string_view describe(Error error) noexcept;

}  // namespace app::casebook

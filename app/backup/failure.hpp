#pragma once
// Why a backup of a casebook was not taken. What it is about is always the file, which the caller knows.

#include <cstdint>
#include <tl/expected.hpp>
#include <utility>
#include <variant>

#include "app/exchange/failure.hpp"
#include "app/files/error.hpp"
#include "crypto/error.hpp"

namespace app::backup {

/// A file is no backup of a casebook that may be used.
enum class Refusal : std::uint8_t {
    NotABackup,      ///< no age file, or something else in it
    NotForUs,        ///< sealed to none of the identities
    Changed,         ///< changed or cut
    OtherProgramme,  ///< of another programme than the folder's
    Newer,           ///< made by a later version of this program
    Unsigned,        ///< by nobody whom the programme lets sign
    NotASigner,      ///< whoever makes one is not let sign
};

/// A refusal, or what the layer below says of the medium or of memory.
using Failure = std::variant<Refusal, crypto::Error, files::Error, exchange::Failure>;

template <class T>
using Result = tl::expected<T, Failure>;

/// Shorthand for returning a failure.
[[nodiscard]] inline tl::unexpected<Failure> failed(Failure why) {
    return tl::make_unexpected(std::move(why));
}

}  // namespace app::backup

#pragma once
// What goes wrong with files, as values. Must not know what is in a file, or any words for people.

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

namespace app::files {

enum class Error : std::uint8_t {
    Missing,      ///< nothing of that name, or a link to nothing
    Kind,         ///< a folder, device, socket or pipe; a link where none is followed
    TooLarge,     ///< more bytes than the caller takes
    Short,        ///< fewer bytes than the caller needs
    Exists,       ///< something has that name already
    Denied,       ///< no permission, or a medium that is read only
    NoSpace,      ///< the medium is full, or a limit of it is reached
    Memory,       ///< memory ran out
    Unsupported,  ///< the file system has no such operation
    Interrupted,  ///< a signal came; nothing is lost, the call may be repeated
    Io,           ///< the medium or the operating system failed
};

/// An error, and what was being done, in short printable ASCII ("write: No space left on device").
struct Failure {
    Error error;
    std::string detail;
};

template <class T>
using Result = tl::expected<T, Error>;
template <class T>
using Detailed = tl::expected<T, Failure>;

/// What the number of a failed call of the operating system means here.
[[nodiscard]] Error error_of_errno(int code) noexcept;

/// The same of the call that failed just now.
[[nodiscard]] tl::unexpected<Error> error_of_call() noexcept;
/// And with its name.
[[nodiscard]] tl::unexpected<Failure> failure_of(const char* operation);

}  // namespace app::files

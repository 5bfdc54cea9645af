#include "app/files/error.hpp"

#include <array>
#include <cerrno>
#include <cstring>

namespace app::files {

Error error_of_errno(int code) noexcept {
    switch (code) {
        case ENOENT:
        case ENOTDIR:
            return Error::Missing;
        case ELOOP:  // a link that is not followed
        case ENXIO:  // a socket, or a device without a driver
        case ENODEV:
            return Error::Kind;
        case EEXIST:
            return Error::Exists;
        case EROFS:
        case EACCES:
        case EPERM:
            return Error::Denied;
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return Error::NoSpace;
        case ENOMEM:
            return Error::Memory;
        case EINVAL:
        case ENOSYS:
            return Error::Unsupported;
        case EINTR:
            return Error::Interrupted;
        default:
            return Error::Io;  // errno is an open set
    }
}

tl::unexpected<Error> error_of_call() noexcept {
    return tl::unexpected(error_of_errno(errno));
}

tl::unexpected<Failure> failure_of(const char* operation) {
    const int code = errno;
    std::array<char, 128> text{};
    const char* reason = strerror_r(code, text.data(), text.size());
    return tl::unexpected(Failure{error_of_errno(code), std::string(operation) + ": " + reason});
}

}  // namespace app::files

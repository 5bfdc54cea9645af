#include "app/casebook/passed_on.hpp"

namespace app::casebook::detail {

Error error_of(files::Error error) noexcept {
    switch (error) {
        case files::Error::NoSpace:
            return Error::NoSpace;
        case files::Error::Exists:
            return Error::Exists;
        case files::Error::Memory:
            return Error::Memory;
        case files::Error::Missing:
        case files::Error::Kind:
        case files::Error::TooLarge:
        case files::Error::Short:
        case files::Error::Denied:
        case files::Error::Unsupported:
        case files::Error::Interrupted:
        case files::Error::Io:
            return Error::Io;
    }
    return Error::Internal;
}

Error error_of(crypto::Error error) noexcept {
    switch (error) {
        case crypto::Error::LockedMemory:
        case crypto::Error::Memory:
            return Error::Memory;
        case crypto::Error::SelfTest:
        case crypto::Error::Input:
        case crypto::Error::Malformed:
        case crypto::Error::TooMany:
        case crypto::Error::Mixed:
        case crypto::Error::Kind:
        case crypto::Error::NoMatch:
        case crypto::Error::Header:
        case crypto::Error::Mac:
        case crypto::Error::Payload:
        case crypto::Error::Signature:
        case crypto::Error::OtherKey:
        case crypto::Error::WrongSecret:
        case crypto::Error::Protected:
        case crypto::Error::WorkFactor:
            return Error::Internal;
    }
    return Error::Internal;
}

}  // namespace app::casebook::detail

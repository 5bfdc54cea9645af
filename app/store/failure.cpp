#include "app/store/failure.hpp"

namespace app::store::detail {

Error error_of(crypto::Error error) noexcept {
    switch (error) {
        case crypto::Error::LockedMemory:
        case crypto::Error::Memory:
            return Error::Memory;
        case crypto::Error::Input:
        case crypto::Error::TooMany:
        case crypto::Error::Mixed:
        case crypto::Error::Kind:
        case crypto::Error::WorkFactor:
            return Error::Input;
        case crypto::Error::Malformed:
        case crypto::Error::Header:
        case crypto::Error::Mac:
        case crypto::Error::Payload:
        case crypto::Error::Signature:
            return Error::Damaged;
        case crypto::Error::NoMatch:
        case crypto::Error::OtherKey:
        case crypto::Error::WrongSecret:
        case crypto::Error::Protected:
            return Error::WrongKey;
        case crypto::Error::SelfTest:
            return Error::Internal;
    }
    return Error::Internal;
}

}  // namespace app::store::detail

#include "app/casebook/sqlcipher/calls.hpp"

#include <algorithm>

namespace app::casebook::sqlcipher {

Error error_of(app::database::Error error) noexcept {
    switch (error) {
        case app::database::Error::Missing:
            return Error::Missing;
        case app::database::Error::Exists:
            return Error::Exists;
        case app::database::Error::InUse:
            return Error::InUse;
        case app::database::Error::WrongKey:
            return Error::KeyDamaged;
        case app::database::Error::Damaged:
        case app::database::Error::Unreadable:
        case app::database::Error::RolledBack:
        case app::database::Error::NotPlain:
            return Error::Damaged;
        case app::database::Error::ReadOnly:
            return Error::ReadOnly;
        case app::database::Error::NoSpace:
            return Error::NoSpace;
        case app::database::Error::Io:
            return Error::Io;
        case app::database::Error::Library:
            return Error::Library;
        case app::database::Error::Newer:
            return Error::Newer;
        case app::database::Error::Memory:
            return Error::Memory;
        case app::database::Error::NotFound:
            return Error::NotFound;
        case app::database::Error::Foreign:
        case app::database::Error::Refused:
        case app::database::Error::Input:
        case app::database::Error::Internal:
            return Error::Internal;
    }
    return Error::Internal;
}

crypto::Digest digest_of(crypto::ByteView bytes) noexcept {
    crypto::Digest digest{};
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

}  // namespace app::casebook::sqlcipher

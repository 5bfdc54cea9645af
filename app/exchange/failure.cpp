#include "app/exchange/failure.hpp"

namespace app::exchange {

Failure failure_of(const files::Failure& failure) {
    switch (failure.error) {
        case files::Error::NoSpace:
            return {Error::NoSpace, {Reason::NoRoom}};
        case files::Error::Exists:
            return {Error::Exists, {Reason::FileThere}};
        case files::Error::TooLarge:
            return {Error::TooLarge, {Reason::ArchiveLarge}};
        case files::Error::Missing:
            return {Error::Io, {Reason::FileMissing}};
        case files::Error::Kind:
            return {Error::Io, {Reason::FileKind}};
        case files::Error::Short:
            return {Error::Io, {Reason::FileShort}};
        case files::Error::Denied:
            return {Error::Io, {Reason::FileDenied}};
        case files::Error::Memory:
            return {Error::Io, {Reason::Memory}};
        case files::Error::Unsupported:
            return {Error::Io, {Reason::FileSystem}};
        case files::Error::Interrupted:
        case files::Error::Io:
            break;
    }
    return {Error::Io, {Reason::FileIo}};
}

}  // namespace app::exchange

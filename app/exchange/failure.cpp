#include "app/exchange/failure.hpp"

namespace app::exchange {

Failure failure_of(files::Failure failure) {
    switch (failure.error) {
        case files::Error::NoSpace:
            return {Error::NoSpace, std::move(failure.detail)};
        case files::Error::Exists:
            return {Error::Exists, std::move(failure.detail)};
        case files::Error::TooLarge:
            return {Error::TooLarge, std::move(failure.detail)};
        case files::Error::Missing:
        case files::Error::Kind:
        case files::Error::Short:
        case files::Error::Denied:
        case files::Error::Memory:
        case files::Error::Unsupported:
        case files::Error::Interrupted:
        case files::Error::Io:
            break;
    }
    return {Error::Io, std::move(failure.detail)};
}

}  // namespace app::exchange

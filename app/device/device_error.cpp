#include "app/device/device_error.hpp"

namespace app::device {

using model::DeviceError;

DeviceError device_error_of_bundle(const exchange::Failure& failure) noexcept {
    switch (failure.error) {
        case exchange::Error::Content:
            return DeviceError::UnknownForm;
        case exchange::Error::Recipients:
            return DeviceError::NoRecipients;
        case exchange::Error::AppTooOld:
            return DeviceError::ProgramTooOld;
        case exchange::Error::Io:
        case exchange::Error::NoSpace:
        case exchange::Error::Exists:
        case exchange::Error::TooLarge:
        case exchange::Error::Archive:
        case exchange::Error::Members:
        case exchange::Error::Manifest:
        case exchange::Error::Signature:
        case exchange::Error::Certificate:
        case exchange::Error::Deployment:
        case exchange::Error::Rollback:
        case exchange::Error::Cancelled:
            return DeviceError::BadBundle;
        case exchange::Error::Crypto:
            return DeviceError::Other;
    }
    return DeviceError::BadBundle;
}

DeviceError device_error_of(store::Error error) noexcept {
    switch (error) {
        case store::Error::Missing:
            return DeviceError::StateMissing;
        case store::Error::InUse:
            return DeviceError::StateInUse;
        case store::Error::WrongKey:
            return DeviceError::WrongKey;
        case store::Error::Damaged:
        case store::Error::RolledBack:
            return DeviceError::StoreDamaged;
        case store::Error::Unreadable:
            return DeviceError::StoreLost;
        case store::Error::ReadOnly:
            return DeviceError::StateReadOnly;
        case store::Error::NoSpace:
            return DeviceError::NoRoom;
        case store::Error::Newer:
            return DeviceError::StoreNewer;
        case store::Error::Memory:
            return DeviceError::LockedMemory;
        case store::Error::NotFound:
            return DeviceError::StateMissing;
        case store::Error::Foreign:
            return DeviceError::StateForeign;
        case store::Error::NotPlain:
            return DeviceError::StateOdd;
        case store::Error::Exists:
        case store::Error::Io:
        case store::Error::Library:
        case store::Error::Refused:
        case store::Error::Input:
        case store::Error::Internal:
            return DeviceError::Other;
    }
    return DeviceError::Other;
}

}  // namespace app::device

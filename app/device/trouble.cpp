#include "app/device/trouble.hpp"

namespace app::device {

using model::Trouble;

Trouble trouble_of_bundle(const exchange::Failure& failure) noexcept {
    switch (failure.fault) {
        case exchange::Fault::Content:
            return Trouble::UnknownForm;
        case exchange::Fault::Recipients:
            return Trouble::NoRecipients;
        case exchange::Fault::AppTooOld:
            return Trouble::ProgramTooOld;
        case exchange::Fault::Io:
        case exchange::Fault::NoSpace:
        case exchange::Fault::Exists:
        case exchange::Fault::TooLarge:
        case exchange::Fault::Archive:
        case exchange::Fault::Members:
        case exchange::Fault::Manifest:
        case exchange::Fault::Signature:
        case exchange::Fault::Certificate:
        case exchange::Fault::Deployment:
        case exchange::Fault::Rollback:
        case exchange::Fault::Cancelled:
            return Trouble::BadBundle;
        case exchange::Fault::Crypto:
            return Trouble::Other;
    }
    return Trouble::BadBundle;
}

Trouble trouble_of(store::Error error) noexcept {
    switch (error) {
        case store::Error::Missing:
            return Trouble::StateMissing;
        case store::Error::InUse:
            return Trouble::StateInUse;
        case store::Error::WrongKey:
            return Trouble::WrongKey;
        case store::Error::Damaged:
        case store::Error::RolledBack:
            return Trouble::StoreDamaged;
        case store::Error::Unreadable:
            return Trouble::StoreLost;
        case store::Error::ReadOnly:
            return Trouble::StateReadOnly;
        case store::Error::NoSpace:
            return Trouble::NoRoom;
        case store::Error::Newer:
            return Trouble::StoreNewer;
        case store::Error::Memory:
            return Trouble::LockedMemory;
        case store::Error::NotFound:
            return Trouble::StateMissing;
        case store::Error::Foreign:
            return Trouble::StateForeign;
        case store::Error::NotPlain:
            return Trouble::StateOdd;
        case store::Error::Exists:
        case store::Error::Io:
        case store::Error::Library:
        case store::Error::Refused:
        case store::Error::Input:
        case store::Error::Internal:
            return Trouble::Other;
    }
    return Trouble::Other;
}

}  // namespace app::device

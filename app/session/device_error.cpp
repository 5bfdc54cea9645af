#include "app/session/device_error.hpp"

namespace app::session {

std::string_view catalogue_key(DeviceError error) noexcept {
    switch (error) {
        case DeviceError::NeedKey:
            return "unlock.or_key";
        case DeviceError::WrongKey:
            return "unlock.wrong_key_body";
        case DeviceError::OtherKeys:
            return "unlock.other_keys";
        case DeviceError::WrongWords:
            return "unlock.wrong_words";
        case DeviceError::OtherWords:
            return "keys.differ";
        case DeviceError::KeysUnsure:
            return "keys.unsure_body";
        case DeviceError::NoSlot:
            return "keys.full";
        case DeviceError::LockedMemory:
            return "error.locked_memory";
        case DeviceError::SelfTest:
            return "error.self_test";
        case DeviceError::StateMissing:
            return "error.state_missing";
        case DeviceError::StateReadOnly:
            return "error.state_read_only";
        case DeviceError::StateInUse:
            return "error.state_in_use";
        case DeviceError::StateForeign:
            return "error.state_foreign";
        case DeviceError::StateOdd:
            return "error.state_odd";
        case DeviceError::OtherProgramme:
            return "error.other_programme";
        case DeviceError::StoreDamaged:
            return "error.store_damaged";
        case DeviceError::StoreLost:
            return "error.store_lost";
        case DeviceError::WhoseLost:
            return "error.whose_lost";
        case DeviceError::SlotsLost:
            return "error.slots_lost";
        case DeviceError::StoreNewer:
            return "error.store_newer";
        case DeviceError::NotEnrolled:
            return "error.not_enrolled";
        case DeviceError::NoCertificate:
            return "error.no_certificate";
        case DeviceError::CertificateOfAnother:
            return "error.certificate_of_another";
        case DeviceError::CertificateOfOldKey:
            return "error.certificate_of_old_key";
        case DeviceError::CertificateForeign:
            return "error.certificate_foreign";
        case DeviceError::CertificateDamaged:
            return "error.certificate_damaged";
        case DeviceError::NoBundle:
            return "error.no_bundle";
        case DeviceError::BadBundle:
            return "error.bad_bundle";
        case DeviceError::TooManyBundles:
            return "error.too_many_bundles";
        case DeviceError::OldBundle:
            return "error.old_bundle";
        case DeviceError::NoRecipients:
            return "error.no_recipients";
        case DeviceError::ProgramTooOld:
            return "error.program_too_old";
        case DeviceError::UnknownForm:
            return "error.unknown_form";
        case DeviceError::InterviewOpen:
            return "error.interview_open";
        case DeviceError::NoRoom:
            return "error.no_room";
        case DeviceError::SealFailed:
            return "error.seal_failed";
        case DeviceError::Certificate:
            return "error.certificate";
        case DeviceError::Memory:
            return "error.memory";
        case DeviceError::Other:
            return "error.other";
    }
    return "error.other";
}

}  // namespace app::session

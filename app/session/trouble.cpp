#include "app/session/trouble.hpp"

namespace app::session {

std::string_view catalogue_key(Trouble trouble) noexcept {
    switch (trouble) {
        case Trouble::NeedKey:
            return "unlock.or_key";
        case Trouble::WrongKey:
            return "unlock.wrong_key_body";
        case Trouble::OtherKeys:
            return "unlock.other_keys";
        case Trouble::WrongWords:
            return "unlock.wrong_words";
        case Trouble::OtherWords:
            return "keys.differ";
        case Trouble::KeysUnsure:
            return "keys.unsure_body";
        case Trouble::NoSlot:
            return "keys.full";
        case Trouble::LockedMemory:
            return "error.locked_memory";
        case Trouble::SelfTest:
            return "error.self_test";
        case Trouble::StateMissing:
            return "error.state_missing";
        case Trouble::StateReadOnly:
            return "error.state_read_only";
        case Trouble::StateInUse:
            return "error.state_in_use";
        case Trouble::StateForeign:
            return "error.state_foreign";
        case Trouble::StateOdd:
            return "error.state_odd";
        case Trouble::OtherProgramme:
            return "error.other_programme";
        case Trouble::StoreDamaged:
            return "error.store_damaged";
        case Trouble::StoreLost:
            return "error.store_lost";
        case Trouble::WhoseLost:
            return "error.whose_lost";
        case Trouble::SlotsLost:
            return "error.slots_lost";
        case Trouble::StoreNewer:
            return "error.store_newer";
        case Trouble::NoBundle:
            return "error.no_bundle";
        case Trouble::BadBundle:
            return "error.bad_bundle";
        case Trouble::TooManyBundles:
            return "error.too_many_bundles";
        case Trouble::OldBundle:
            return "error.old_bundle";
        case Trouble::NoRecipients:
            return "error.no_recipients";
        case Trouble::ProgramTooOld:
            return "error.program_too_old";
        case Trouble::UnknownForm:
            return "error.unknown_form";
        case Trouble::NoRoom:
            return "error.no_room";
        case Trouble::SealFailed:
            return "error.seal_failed";
        case Trouble::Certificate:
            return "error.certificate";
        case Trouble::Memory:
            return "error.memory";
        case Trouble::Other:
            return "error.other";
    }
    return "error.other";
}

}  // namespace app::session

#pragma once
// Why a kiosk cannot go on; it carries nothing secret, and no words.

#include <cstdint>

namespace app::model {

enum class DeviceError : std::uint8_t {
    NeedKey,       ///< no device key file where it is looked for
    WrongKey,      ///< the key file does not open this device
    OtherKeys,     ///< there are key files, all of other devices
    WrongWords,    ///< these words do not open this slot; which part is wrong is not known
    OtherWords,    ///< the new words, typed again, are others
    KeysUnsure,    ///< a change of keys broke off where nobody can say which words are in force
    NoSlot,        ///< all eight slots have a keyholder
    LockedMemory,  ///< memory cannot be locked
    SelfTest,
    StateMissing,
    StateReadOnly,
    StateInUse,
    StateForeign,    ///< the state folder belongs to another user of this computer
    StateOdd,        ///< a link, a folder or a device stands where a file of ours should be
    OtherProgramme,  ///< the data belong to another programme than the one pinned on this device
    StoreDamaged,
    StoreLost,  ///< the keys are there, and nothing of the database can be read
    WhoseLost,  ///< what would say whose device this is cannot be read any more
    SlotsLost,  ///< no whole copy of the key slots is left: only recovery opens what is stored
    StoreNewer,
    NotEnrolled,           ///< the device was made here and belongs to no programme yet
    NoCertificate,         ///< no file that is called like one
    CertificateOfAnother,  ///< of other devices only
    CertificateOfOldKey,   ///< of this device's number, but not of the key that it has
    CertificateForeign,    ///< the pinned programme has not signed it
    CertificateDamaged,
    NoBundle,
    BadBundle,
    TooManyBundles,  ///< files on sticks that are called like one
    OldBundle,       ///< older than one that was installed here before
    NoRecipients,    ///< the bundle names nobody who could read what is sealed
    ProgramTooOld,   ///< for the bundle
    UnknownForm,     ///< the bundle's first form is not one a screening can start with
    InterviewOpen,   ///< an interview that broke off can still be gone on with
    NoRoom,          ///< less than `least_free` on the medium
    SealFailed,
    Certificate,
    Memory,
    Other,
};

}  // namespace app::model

// New words for the device, by the shift lead with a key of their own in hand: instead of everybody else's, or for one
// more person. Screens, events and effects of it.
#pragma once

#include <optional>
#include <vector>

#include "app/session/entry/unlocking.hpp"

namespace app::session {

/// New words as they were made; nothing knows them before they were typed again.
struct FreshWords {
    KeyUse use = KeyUse::Change;
    std::size_t slot = 0;       ///< they will open
    bool by_key_file = false;   ///< whoever is present holds a key file, which stays; else the words of that slot
    crypto::SecretBytes words;  ///< as crypto::generate_passphrase() gives them
};

// ---- screens ------------------------------------------------------------------------------------------------------

struct DeviceKeys {};
/// To be written on paper.
struct NewWords {
    FreshWords fresh;
};
/// Typed once more, from the paper.
struct RepeatWords {
    FreshWords fresh;
    EnterWords typed;
};
struct SavingWords {
    KeyUse use = KeyUse::Change;
};
/// What became of it.
struct KeysTold {
    KeyUse use = KeyUse::Change;
    std::size_t slot = 0;
    bool by_key_file = false;
    std::optional<DeviceError> failed;  ///< then nothing was changed, unless it is KeysUnsure
};

// ---- what people do -----------------------------------------------------------------------------------------------

struct OpenDeviceKeys {};
struct ChangeWords {};
struct AddWords {};
struct WroteWords {};

// ---- effects ------------------------------------------------------------------------------------------------------

/// Whether somebody who holds a key is really here; then new words are made -> WordsMade or KeyNotProved.
struct ProveKey {
    std::optional<SlotWords> words;  ///< nothing: the key file, where it is to be found
    KeyUse use = KeyUse::Change;
};
struct SaveWords {  ///< -> KeysSaved or KeysFailed
    FreshWords fresh;
};

// ---- what comes back ----------------------------------------------------------------------------------------------

struct WordsMade {
    FreshWords fresh;
};
struct KeyNotProved {
    DeviceError error;
};
struct KeysSaved {
    KeyUse use = KeyUse::Change;
    std::size_t slot = 0;
    bool by_key_file = false;
    std::vector<std::size_t> slots;  ///< that open the device now
};
struct KeysFailed {
    DeviceError error;
};

}  // namespace app::session

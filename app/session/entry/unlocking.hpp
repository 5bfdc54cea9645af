// Opening the device with its words, where no key file is there, and showing the same key once it is open: the screens
// and what people do on them.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "app/session/device_error.hpp"
#include "app/session/entry/device_words.hpp"
#include "crypto/slots.hpp"

namespace app::session {

using crypto::SlotWords;

/// What new words are for: only who is present stays, one more person, or the first of a device that is made with them.
enum class KeyUse : std::uint8_t { Change, Add, First };

// ---- screens ------------------------------------------------------------------------------------------------------

/// Which keyholder: the number of the slot. A key file that was plugged in meanwhile does as well.
struct ChoosingSlot {
    std::optional<DeviceError> refused;  ///< why the last look did not help
    std::optional<KeyUse> proof;         ///< the device is open: only to show that a keyholder is here
};
struct EnterWords {
    std::size_t slot = 0;
    DeviceWords words;
    bool shown = false;                  ///< the words taken so far are readable
    std::optional<DeviceError> refused;  ///< why the last try did not open; what was typed is still there
    std::optional<KeyUse> proof;         ///< as ChoosingSlot::proof

    // As DeviceWords does; what is typed now is no longer what was refused.
    void type(crypto::ByteView text) noexcept {
        words.type(text);
        refused.reset();
    }
    void take(std::size_t place) noexcept {
        words.take(place);
        refused.reset();
    }
    void drop() noexcept {
        words.drop();
        refused.reset();
    }
};

// ---- what people do -----------------------------------------------------------------------------------------------

struct UseWords {};  ///< the key file does not fit: words instead
struct ChooseSlot {
    std::size_t slot;
};
struct TypeLetters {
    crypto::SecretBytes text;  ///< the whole field
};
struct TakeWord {
    std::size_t place;  ///< in DeviceWords::fitting()
};
struct DropWord {};
struct ShowWords {};  ///< or hide them again
struct SubmitWords {};

/// Words that lie typed and untouched for so long, where nobody is in, are wiped.
inline constexpr std::chrono::minutes words_time{5};

}  // namespace app::session

// Who is here, and the PIN of that worker.
#pragma once

#include <cstdint>
#include <optional>

#include "app/session/device_error.hpp"
#include "app/session/values.hpp"
#include "crypto/secret.hpp"

namespace app::session {

// ---- screens -------------------------------------------------------------------------------------------------------

struct Who {};
struct EnterPin {
    store::WorkerNumber number;
    crypto::SecretBytes digits;  ///< pin_max_digits bytes; the first `count` are in use
    std::size_t count = 0;
    std::optional<store::SignIn> refused;  ///< why the last try did not open
};

// ---- what people do ------------------------------------------------------------------------------------------------

struct ChooseWorker {
    store::WorkerNumber number;
};
struct PinDigit {
    std::uint8_t digit;  ///< 0 to 9
};
struct PinBackspace {};
struct PinSubmit {};
struct TouchClock {};

// ---- effects -------------------------------------------------------------------------------------------------------

struct CheckPin {  ///< -> PinChecked or PinUnchecked
    store::WorkerNumber number;
    crypto::SecretBytes pin;
};

// ---- what comes back -----------------------------------------------------------------------------------------------

struct PinChecked {
    store::WorkerNumber number;
    store::SignIn outcome;
    bool resumable = false;  ///< this worker, in this role, may go on with an interview that broke off
};
struct PinUnchecked {  ///< whether the PIN is right is not known
    DeviceError error;
};

}  // namespace app::session

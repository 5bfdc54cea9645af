// Who is here, and the PIN of that worker.
#pragma once

#include <cstdint>
#include <optional>

#include "app/model/people.hpp"
#include "app/session/device_error.hpp"
#include "crypto/secret.hpp"

namespace app::session {

// ---- screens -------------------------------------------------------------------------------------------------------

struct Who {};
struct EnterPin {
    model::WorkerNumber number;
    crypto::SecretBytes digits;  ///< pin_max_digits bytes; the first `count` are in use
    std::size_t count = 0;
    std::optional<model::SignIn> refused;  ///< why the last try did not open
};

// ---- what people do ------------------------------------------------------------------------------------------------

struct ChooseWorker {
    model::WorkerNumber number;
};
struct PinDigit {
    std::uint8_t digit;  ///< 0 to 9
};
struct PinBackspace {};
struct PinSubmit {};
struct TouchClock {};

// ---- effects -------------------------------------------------------------------------------------------------------

struct CheckPin {  ///< -> PinChecked or PinUnchecked
    model::WorkerNumber number;
    crypto::SecretBytes pin;
};

// ---- what comes back -----------------------------------------------------------------------------------------------

struct PinChecked {
    model::WorkerNumber number;
    model::SignIn outcome;
    bool resumable = false;  ///< this worker, in this role, may go on with an interview that broke off
};
struct PinUnchecked {  ///< whether the PIN is right is not known
    DeviceError error;
};

}  // namespace app::session

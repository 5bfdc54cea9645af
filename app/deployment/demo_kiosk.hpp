#pragma once
// An enrolled kiosk for a demonstration, made through the same steps as a real one.

#include "app/deployment/keys.hpp"
#include "app/exchange/certificate.hpp"
#include "crypto/argon.hpp"

namespace app::deployment {

/// `root`/kiosk (state folder with workers 1, 2 and 3), `root`/usb/amparo-device.key (unlocks it, slot 1),
/// `root`/device-words-2.txt (unlock it too, slot 2), `root`/outbox. `clock`: how much work words cost on this machine.
/// Errors: store::Error (about the state folder), crypto::Error, exchange::Failure.
[[nodiscard]] Result<void> make_demo_kiosk(crypto::SodiumReady ready, const std::filesystem::path& root,
                                           const Keys& keys, const crypto::Bytes& bundle, exchange::Day today,
                                           const crypto::Clock& clock);

}  // namespace app::deployment

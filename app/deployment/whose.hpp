#pragma once
// Whose device an open store is, and whom it seals to from now on; looked at without changing it.

#include "app/deployment/device_access.hpp"

namespace app::deployment {

struct Whose {
    device::Enrolled enrolled;
    std::vector<crypto::Recipient> recipients;
};

/// What is looked at: an open store, and the device that the recovery file names.
struct Looked {
    store::Store& kiosk;
    const crypto::DeviceId& device;
    bool repairing;  ///< what is lacking may have been lost
};

/// A database that repair may help. Not WrongKey: a recovery file of before the last change of keys must not put a
/// good database aside.
[[nodiscard]] bool is_damage(store::Error error);

/// Looks, tells what is odd about the device, and asks the person. Errors: as open_device().
[[nodiscard]] Result<Whose> whose_is(crypto::SodiumReady ready, const Anchor& anchor, const DeviceToOpen& which,
                                     const Looked& looked, const Person& person);

}  // namespace app::deployment

// An enrolled kiosk for a demonstration, made through the same steps as a real one.
#pragma once

#include "app/cli/deployment_keys.hpp"

namespace app::cli {

/// `root`/kiosk (state folder with workers 1, 2 and 3), `root`/usb/amparo-device.key (unlocks it,
/// slot 1), `root`/device-words-2.txt (unlock it too, slot 2), `root`/outbox.
[[nodiscard]] Outcome<void> make_demo_kiosk(const Context& context, const std::filesystem::path& root,
                                            const DeploymentKeys& keys, const crypto::Bytes& bundle);

}  // namespace app::cli

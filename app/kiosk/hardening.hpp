// What the process gives up before it touches a secret.
#pragma once

namespace app::kiosk {

/// No core dumps, not readable through /proc by others of the same user, umask 077, lockable memory raised to what the
/// system allows, and an environment of only the names a window needs. False when one of the first three was refused.
[[nodiscard]] bool harden_process() noexcept;

}  // namespace app::kiosk

// Whether locking memory does anything: sanitizers put functions that do nothing in the place of mlock and munlock.
#pragma once

namespace support {

#ifdef AMPARO_SANITIZED
inline constexpr bool locking_is_real = false;
#else
inline constexpr bool locking_is_real = true;
#endif

}  // namespace support

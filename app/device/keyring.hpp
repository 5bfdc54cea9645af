// One key in the memory of the running kernel: it outlives this program, never the power, and lies on no disk.
// Source: keyrings(7), add_key(2), keyctl(2).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "crypto/secret.hpp"

namespace app::device::keyring {

/// Whether the kernel lets this process keep a key and read it back. Tried with a key of no meaning under a name of its
/// own. Containers often refuse it.
[[nodiscard]] bool allowed(crypto::SodiumReady ready, const std::string& name) noexcept;

/// Keeps the key under this name for so long, instead of any other of that name. Its time is measured by the running of
/// the machine, so that a wall clock set back does not prolong it; one set forward ends it early. False when the kernel
/// refuses; then no key of that name is left.
[[nodiscard]] bool keep(crypto::SodiumReady ready, const std::string& name, const crypto::SecretBytes& key,
                        std::chrono::seconds time) noexcept;

/// Its time begins anew. False when it is not there any more, or its time is over, or it has another length.
[[nodiscard]] bool renew(crypto::SodiumReady ready, const std::string& name, std::size_t size,
                         std::chrono::seconds time) noexcept;

/// Straight into locked memory; nothing when there is none, or its time is over, or it has another length.
[[nodiscard]] std::optional<crypto::SecretBytes> read(crypto::SodiumReady ready, const std::string& name,
                                                      std::size_t size) noexcept;

/// From now on nobody reads it. Also when there is none.
void forget(const std::string& name) noexcept;

}  // namespace app::device::keyring

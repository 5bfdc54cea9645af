#pragma once
// What can go wrong in sealing, signing and key handling; knows nothing of files, screens or languages.

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace crypto {

/// Failure classes of the whole layer. Callers map them in a `switch` without `default`.
enum class Error : std::uint8_t {
    SelfTest,      ///< libsodium could not be initialised or a primitive gave a wrong known answer: use nothing
    LockedMemory,  ///< memory for secrets could not be locked; see locked_memory_limit()
    Memory,        ///< not enough memory for a password hash
    Input,         ///< an argument outside its documented range (the caller's mistake)
    Malformed,     ///< a key, word or code that is not in its one accepted encoding
    TooMany,       ///< more recipients, or a larger record, than the format allows
    Mixed,         ///< recipients of different kinds in one file
    Kind,          ///< a key of a kind this build has not (post-quantum; see hybrid_available)
    NoMatch,       ///< age: none of the given identities or passphrases opens this file
    Header,        ///< age: malformed header (this includes armor and a truncated header)
    Mac,           ///< age: the header was changed
    Payload,       ///< age: the payload was changed, cut short or has something after its end
    Signature,     ///< a signature that does not verify
    OtherKey,      ///< a well-formed signature made by a different key
    WrongSecret,   ///< words, PIN, passphrase or key file do not fit
    Protected,     ///< the secret key is protected by a passphrase and none was given
    WorkFactor,    ///< a password hash asks for more memory or time than the cap
};

template <typename T>
using Result = tl::expected<T, Error>;

/// One English technical sentence for logs and the command line; never contains input or secrets.
/// For LockedMemory it names the current limit and how to raise it.
[[nodiscard]] std::string describe(Error error);

/// Soft limit of lockable memory in bytes (RLIMIT_MEMLOCK); nothing when unlimited or unknown.
[[nodiscard]] std::optional<std::uint64_t> locked_memory_limit() noexcept;

}  // namespace crypto

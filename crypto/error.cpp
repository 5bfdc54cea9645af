#include "crypto/error.hpp"

#include <sys/resource.h>

namespace crypto {

std::optional<std::uint64_t> locked_memory_limit() noexcept {
    rlimit limit{};
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
    return std::uint64_t{limit.rlim_cur};
}

namespace {

std::string locked_memory_sentence() {
    const auto limit = locked_memory_limit();
    const std::string now = limit ? std::to_string(*limit / 1024) + " KiB" : "unknown";
    return "memory for secrets could not be locked; the limit is " + now +
           ". Raise it: 'ulimit -l 65536', LimitMEMLOCK=64M in the service, or 'memlock' in "
           "/etc/security/limits.conf";
}

}  // namespace

std::string describe(Error error) {
    switch (error) {
        case Error::SelfTest:
            return "the cryptographic library failed its self-test; do not use this device";
        case Error::LockedMemory:
            return locked_memory_sentence();
        case Error::Memory:
            return "not enough memory to compute the password hash";
        case Error::Input:
            return "a value is outside the range this operation accepts";
        case Error::Malformed:
            return "the key or text is not in the expected form";
        case Error::TooMany:
            return "more recipients or a larger record than the format allows";
        case Error::Mixed:
            return "recipients of different kinds cannot be used for the same file";
        case Error::Kind:
            return "this Amparo was built with a libsodium older than 1.0.22, which has no post-quantum keys";
        case Error::NoMatch:
            return "none of the given identities or passphrases opens this file";
        case Error::Header:
            return "this is not a well-formed binary age file: its header is malformed or cut short";
        case Error::Mac:
            return "the header of the file was changed";
        case Error::Payload:
            return "the content of the file was changed or cut short";
        case Error::Signature:
            return "the signature does not verify";
        case Error::OtherKey:
            return "the signature was made by a different key";
        case Error::WrongSecret:
            return "the words, PIN, passphrase or key file do not fit";
        case Error::Protected:
            return "the secret key is protected by a passphrase, and none was given";
        case Error::WorkFactor:
            return "the password hash asks for more work or memory than is allowed";
    }
    return "unknown failure";
}

}  // namespace crypto

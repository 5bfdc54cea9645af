// What can go wrong in an exchanged file, as a value; knows nothing of screens or languages.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "app/exchange/reason.hpp"
#include "app/files/error.hpp"

namespace app::exchange {

/// Why a bundle, certificate, request or batch was refused or could not be written. The programs turn each code into
/// a sentence of the catalogue.
enum class Error {
    Io,           ///< the operating system failed
    NoSpace,      ///< the destination has too little room, or ran out of it
    Exists,       ///< the destination is there already
    Cancelled,    ///< the progress callback asked to stop; nothing was left behind
    TooLarge,     ///< beyond a limit of the format
    Archive,      ///< not the strict ustar this program writes
    Members,      ///< members missing, in the wrong place, or not those of the manifest
    Manifest,     ///< MANIFEST malformed, unsorted, or a digest differs
    Signature,    ///< a signature is malformed or does not verify with the key that was expected
    Certificate,  ///< the device certificate is malformed, of another device, or expired
    Deployment,   ///< made for another deployment
    Rollback,     ///< an older sequence than the one already trusted
    AppTooOld,    ///< asks for a newer program than this one
    Recipients,   ///< none, too many, a duplicate, malformed, or no recovery recipient
    Content,      ///< a signed member does not load: policy, form, catalogue, referrals
    Crypto,       ///< a cryptographic step failed (no lockable memory, weak recipient)
};

/// An error and why.
struct Failure {
    Error error;
    Why why;
};

template <class T>
using Result = tl::expected<T, Failure>;

/// Shorthand for returning a failure.
[[nodiscard]] inline tl::unexpected<Failure> failed(Error error, Reason reason, std::vector<std::string> of = {},
                                                    questionnaires::engine::Sentence said = {}) {
    return tl::make_unexpected(Failure{error, {reason, std::move(of), std::move(said)}});
}

/// What a file that could not be written or read means here.
[[nodiscard]] Failure failure_of(const files::Failure& failure);

}  // namespace app::exchange

#pragma once
// Why something that coordinators do did not go: the failure of the layer where it happened, and what it is about. The
// programs turn it into a sentence; here nothing is worded.

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>
#include <variant>

#include "app/backup/failure.hpp"
#include "app/casebook/casebook.hpp"
#include "app/device/enrolled.hpp"
#include "app/exchange/failure.hpp"
#include "app/files/error.hpp"
#include "app/store/store.hpp"
#include "crypto/error.hpp"

namespace app::deployment {

/// What no layer below knows of. `subject` of the failure is the file, or the device's number.
enum class Error : std::uint8_t {
    NoContent,          ///< the folder holds nothing that belongs into a bundle
    IdentityMalformed,  ///< no identity file
    WrongPassphrase,    ///< it does not open the identity file
    AnchorInside,       ///< what should vouch for a device lies in the device's own folder
    KeyReplaceable,     ///< others can replace the file with the programme's key
    NotAKey,            ///< not the public key of a programme
    ProgrammesDiffer,   ///< the casebook is of another programme than the key
    RecoveryMalformed,  ///< the recovery file was opened, and its content is none
    OtherDevice,        ///< not the device whose number was given
    UnknownDevice,      ///< the casebook has never heard of the device, and no number was given
    Revoked,            ///< the casebook says that the device is not to be trusted any more
    OwnerLost,          ///< what would say whose the device is was lost
    Declined,           ///< the person did not agree; nothing was changed
};

/// A rule about who is in the programme said no. `subject` of the failure is the label, or the file.
enum class Refusal : std::uint8_t {
    NotARequest,    ///< no request, or changed or cut on its way
    Malformed,      ///< what the programme has about its people cannot be read
    NoPeople,       ///< neither content nor a verified bundle says who they are
    Busy,           ///< another program changes the same files
    AlreadyThere,   ///< the keys of the request are somebody's already
    LabelTaken,     ///< somebody else has this label, or one that looks like it
    TooMany,        ///< no more recipients or signers fit
    UnknownLabel,   ///< nobody has this label
    LabelTwice,     ///< more than one have it
    Last,           ///< nobody would be left to read, or to sign receipts
    RecoveryStays,  ///< it is the label of the recovery recipient
    IntakeThere,    ///< a machine takes deliveries in already: its label
    NoIntake,       ///< none does
    IntakeReads,    ///< it has the key of somebody who reads
    NotALabel,
    NotARecipient,  ///< no recipient of the kind that the others have
    Answered,       ///< exactly this request has its certificate already
    EpochsEnded,    ///< the device has the highest epoch there is
};

/// A new passphrase would not hold. `subject` of the failure is empty.
enum class PassphraseRefusal : std::uint8_t {
    Short,       ///< fewer characters than are asked for
    Unwritable,  ///< a character that nobody sees, or no UTF-8: it could not be typed again
    Names,       ///< names that whoever tries would try first
    Words,       ///< few words, or words that many use
    Repeats,     ///< the same again and again
    Sequence,    ///< letters, digits or keys in a row
    Date,        ///< a day or a year
    Guessable,   ///< too easily guessed, for no one reason
};

/// An age file could not be opened.
struct NotOpened {
    crypto::Error error;
};
/// The recovery file in a device's folder could not be read.
struct RecoveryUnread {
    store::Error error;
};
/// The coordinator's bundle is older than one that the device has known.
struct BundleTooOld {
    std::uint64_t number;
    std::uint64_t known;
};

using Cause =
    std::variant<Error, Refusal, PassphraseRefusal, backup::Refusal, crypto::Error, store::Error, casebook::Error,
                 exchange::Failure, files::Error, device::NotEnrolledWhy, NotOpened, RecoveryUnread, BundleTooOld>;

struct Failure {
    Cause cause;
    std::string subject;  ///< a path, a bundle's name, or a device's number; empty for none
};

template <class T>
using Result = tl::expected<T, Failure>;

/// Shorthand for returning a failure.
[[nodiscard]] inline tl::unexpected<Failure> failed(Cause cause, std::string subject = {}) {
    return tl::make_unexpected(Failure{std::move(cause), std::move(subject)});
}

/// The result of a layer below, whose failure is about `subject`.
template <class T, class E>
[[nodiscard]] Result<T> about(std::string subject, tl::expected<T, E> result) {
    if (!result) {
        if constexpr (std::is_same_v<E, files::Failure>)
            return failed(exchange::failure_of(std::move(result).error()), std::move(subject));
        else if constexpr (std::is_same_v<E, backup::Failure>)
            return std::visit([&](auto& why) { return failed(std::move(why), std::move(subject)); }, result.error());
        else
            return failed(std::move(result).error(), std::move(subject));
    }
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(*result);
}

}  // namespace app::deployment

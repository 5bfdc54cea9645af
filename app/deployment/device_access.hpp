#pragma once
// Opening a kiosk's store with a coordinator's identity, and only one of the coordinator's own programme: what vouches
// for the device comes from the casebook or from the programme's public key, never from the folder.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/deployment/anchor.hpp"
#include "app/device/enrolled.hpp"
#include "app/store/device_keys.hpp"
#include "app/store/repair.hpp"
#include "crypto/recipient.hpp"

namespace app::deployment {

// What is found on the way and is no failure; the person should know of it.

/// Others could read the device's folder.
struct FolderWasOpen {};
/// The casebook knows that there are two devices of this number.
struct DeviceForked {
    std::string device;
};
/// The damaged database was put aside; what is whole of it is in the new one.
struct DatabaseRepaired {
    store::Repaired what;
};
/// The device's bundle is lost, so what leaves the device is sealed to the recipients of something else.
struct BundleLost {
    enum class Instead : std::uint8_t { OwnBundle, Excerpt, Identities };
    Instead instead;
    std::uint64_t number;  ///< of the bundle whose recipients they are; 0 for identities
};
/// The coordinator's bundle is newer than the device's, and is used.
struct BundleOlder {
    std::uint64_t number;
    std::uint64_t newer;
};
/// New keys are in force; so many records are on the device.
struct KeysReplaced {
    std::uint64_t records;
};
/// Something was done and could not be noted in the device's audit.
struct NotNoted {};

using Notice =
    std::variant<FolderWasOpen, DeviceForked, DatabaseRepaired, BundleLost, BundleOlder, KeysReplaced, NotNoted>;

/// The person who is there.
struct Person {
    std::function<void(const Notice&)> tell;
    /// Asked once, with the number of the device, before anything is changed.
    std::function<bool(const std::string& device)> agrees;
};

/// Which device, and what the coordinator has for it besides the anchor. Empty: not given.
struct DeviceToOpen {
    std::filesystem::path state;
    std::string device;              ///< its number from the enrolment papers
    std::filesystem::path bundle;    ///< one of the programme, where the device's is lost or older; must be right
    std::filesystem::path casebook;  ///< beside it a bundle is looked for where none is named
    bool repair = false;             ///< a damaged database is repaired
};

/// A device of the programme, open. The folder outlives what is open in it.
struct OpenDevice {
    store::StateFolder folder;
    store::Unlocked unlocked;
    device::Enrolled enrolled;
    std::vector<crypto::Recipient> recipients;  ///< who reads what leaves it: of a verified bundle, or who is here
};

/// Refuses, with nothing written, not even a repair, a device of another programme, a revoked one, one whose
/// certificate, key and number do not belong together, and one that the casebook has never heard of unless its number
/// is given. Then asks. Errors: OtherDevice, UnknownDevice, Revoked, OwnerLost, Declined, RecoveryMalformed,
/// RecoveryUnread, NotOpened, BundleTooOld, device::NotEnrolledWhy, store::Error, exchange::Failure, files::Error.
[[nodiscard]] Result<OpenDevice> open_device(crypto::SodiumReady ready, const Anchor& anchor, const DeviceToOpen& which,
                                             const Person& person);

/// The same without looking whose it is: only for taking out what is sealed, which tells nobody anything.
[[nodiscard]] Result<std::pair<store::StateFolder, store::Unlocked>> open_any_device(
    crypto::SodiumReady ready, std::span<const crypto::open::Identity> identities, const std::filesystem::path& state,
    bool repair, const std::function<void(const Notice&)>& tell);

}  // namespace app::deployment

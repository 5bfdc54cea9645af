// Opening a kiosk's store with a coordinator's identity, and only one of the coordinator's own programme: what vouches
// for the device comes from the casebook or from the programme's public key, never from the folder.
#pragma once

#include <string>
#include <vector>

#include "app/cli/files.hpp"
#include "app/device/enrolled.hpp"
#include "app/store/device_keys.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/recipient.hpp"

namespace CLI {
class App;
}

namespace app::cli {

/// What every command on a device takes.
struct DeviceOptions {
    std::string state;
    std::vector<std::string> identities;
    std::string passphrase_file;
    std::string casebook;    ///< the programme is that of this casebook, and it knows the device
    std::string deployment;  ///< or: the programme's public key
    std::string device;      ///< the device's number from its enrolment papers
    std::string bundle;      ///< a bundle of the programme, where the device's is lost or older
    bool yes = false;        ///< whoever wrote the command has seen the words before
    bool repair = false;
};

void add_device_options(CLI::App& command, const Context& context, DeviceOptions& options);

/// A device of the programme, open. The folder outlives what is open in it.
struct OpenDevice {
    store::StateFolder folder;
    store::Unlocked unlocked;
    device::Enrolled enrolled;
    std::vector<crypto::Recipient> recipients;  ///< who reads what leaves it: of a verified bundle, or who is here
};

/// Refuses, with nothing written, not even a repair, a device of another programme, a revoked one, one whose
/// certificate, key and number do not belong together, and one that the casebook has never heard of unless its number
/// is given. Then shows whose it is and asks, unless `yes`.
[[nodiscard]] Outcome<OpenDevice> open_device(const Context& context, const DeviceOptions& options);

/// The same without looking whose it is: only for taking out what is sealed, which tells nobody anything.
[[nodiscard]] Outcome<std::pair<store::StateFolder, store::Unlocked>> open_any_device(const Context& context,
                                                                                      const DeviceOptions& options);

[[nodiscard]] tl::unexpected<Said> stop_device(const Context& context, store::Error error,
                                               const std::filesystem::path& folder);

}  // namespace app::cli

// Opening a kiosk's store with a coordinator's identity, and only one of the coordinator's own programme: what vouches
// for the device comes from the casebook or from the programme's public key, never from the folder.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/cli/files.hpp"
#include "app/deployment/device_access.hpp"

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

/// The same as deployment::open_device(): refuses a device of which nobody of the coordinator's own side can say that
/// it is theirs. Then shows whose it is and asks, unless `yes`.
[[nodiscard]] Outcome<deployment::OpenDevice> open_device(const Context& context, const DeviceOptions& options);

/// The same without looking whose it is: only for taking out what is sealed, which tells nobody anything.
[[nodiscard]] Outcome<std::pair<store::StateFolder, store::Unlocked>> open_any_device(const Context& context,
                                                                                      const DeviceOptions& options);

/// Says what is found about the device of these options.
[[nodiscard]] std::function<void(const deployment::Notice&)> teller(const Context& context,
                                                                    const DeviceOptions& options);

}  // namespace app::cli

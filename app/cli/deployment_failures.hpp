// Words for what app/deployment gives back: failures, and what it found on its way.
#pragma once

#include "app/cli/files.hpp"
#include "app/deployment/device_access.hpp"
#include "app/deployment/failure.hpp"

namespace app::cli {

/// Says a failure. One of a device's store is said of the folder that is its subject.
[[nodiscard]] tl::unexpected<Failure> stop_deployment(const Context& context, const deployment::Failure& failure);

[[nodiscard]] tl::unexpected<Failure> stop_casebook(const Context& context, casebook::Error error,
                                                    const std::string& file);
[[nodiscard]] tl::unexpected<Failure> stop_device(const Context& context, store::Error error,
                                                  const std::filesystem::path& folder);

/// Says what was found about the device in the folder `state`.
void say_notice(const Context& context, const deployment::Notice& notice, const std::filesystem::path& state);

}  // namespace app::cli

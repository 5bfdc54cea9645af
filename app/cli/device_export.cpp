// amparo device export: gets every sealed record out of a kiosk, also where it has no bundle any more and where nobody
// can open it at the device. What was sealed stays sealed.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/device_access.hpp"
#include "app/deployment/taking_out.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

struct DeviceExport {
    DeviceOptions device;
    std::string folder;
    bool sealed = false;
};

Outcome<void> export_batches(const Context& context, const DeviceExport& options) {
    AMPARO_TRY(device, open_device(context, options.device));
    const auto written = [](const fs::path& batch) { print(shown(batch) + "\n"); };
    const auto records =
        deployment::take_batches(context.ready(), device, options.folder, local_today(),
                                 {teller(context, options.device), written, [] { return !stop_requested(); }});
    if (!records) return stop_deployment(context, records.error());
    context.show(context.counted("cli.device.export.done", *records));
    return {};
}

Outcome<void> export_sealed(const Context& context, const DeviceExport& options) {
    AMPARO_TRY(const opened, open_any_device(context, options.device));
    const auto taken = deployment::take_sealed(*opened.second.store, options.device.state, options.folder,
                                               [] { return !stop_requested(); });
    if (!taken) return stop_deployment(context, taken.error());
    context.show(context.counted("cli.device.export.done", taken->records));
    if (taken->lost > 0)
        return tl::make_unexpected(Failure{context.fail_counted("cli.device.export.lost", taken->lost)});
    return {};
}

Outcome<void> export_device(const Context& context, const DeviceExport& options) {
    if (options.folder.empty()) return stop(context, "cli.device.export.usage", {}, Exit::Usage);
    std::error_code ignored;
    if (!fs::is_directory(options.folder, ignored))
        return stop(context, "cli.device.export.no_folder", {{"file", shown(options.folder)}});
    return options.sealed ? export_sealed(context, options) : export_batches(context, options);
}

}  // namespace

void add_device_export(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<DeviceExport>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("export", context.text("cli.device.export.help"));
    add_device_options(*command, context, options->device);
    command->add_option("--to", options->folder, context.text("cli.device.export.to"));
    command->add_flag("--sealed", options->sealed, context.text("cli.device.export.sealed"));
    command->callback([options, &run] { run.exit = exit_of(export_device(run.context, *options)); });
}

}  // namespace app::cli

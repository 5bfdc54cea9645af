// amparo device recover: gives a kiosk of this programme new words, or a new key file, when all that opened it is lost.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/device_access.hpp"
#include "app/cli/failures.hpp"
#include "app/deployment/recovery.hpp"
#include "app/files/durable_file.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct RecoverOptions {
    DeviceOptions device;
    std::string slot = "1";
    std::string key_file;
};

Outcome<void> with_words(const Context& context, deployment::OpenDevice& device, const deployment::NewKey& key,
                         const DeviceOptions& options) {
    const auto words = deployment::replace_with_words(context.ready(), device, key, teller(context, options));
    if (!words) return stop_deployment(context, words.error());
    if (!write_bytes(words->view()) || !print("\n")) return stop(context, "cli.file.output_closed");
    context.note("cli.device.recover.words", {{"slot", std::to_string(key.slot + 1)}});
    return {};
}

Outcome<void> with_key_file(const Context& context, deployment::OpenDevice& device, const deployment::NewKey& key,
                            files::DurableFile& file, const DeviceOptions& options) {
    const auto path = shown(file.destination());
    const auto done = deployment::replace_with_key_file(context.ready(), device, key, file, teller(context, options));
    if (!done) return stop_deployment(context, done.error());
    context.note("cli.device.recover.key_file", {{"file", path}, {"slot", std::to_string(key.slot + 1)}});
    return {};
}

Outcome<void> recover(const Context& context, const RecoverOptions& options) {
    if (options.slot.size() != 1 || options.slot.front() < '1' || options.slot.front() > '8')
        return stop(context, "cli.device.recover.bad_slot", {{"argument", options.slot}}, Exit::Usage);
    std::optional<files::DurableFile> file;
    if (!options.key_file.empty()) {
        auto made = files::DurableFile::create(options.key_file);
        if (!made) return stop_exchange(context, exchange::failure_of(made.error()), shown(options.key_file));
        file.emplace(std::move(*made));
    }
    AMPARO_TRY(device, open_device(context, options.device));
    if (stop_requested()) return stop(context, "cli.stopped");
    const deployment::NewKey key{static_cast<std::size_t>(options.slot.front() - '1'), local_today()};
    return file ? with_key_file(context, device, key, *file, options.device)
                : with_words(context, device, key, options.device);
}

}  // namespace

void add_device_recover(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<RecoverOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("recover", context.text("cli.device.recover.help"));
    add_device_options(*command, context, options->device);
    command->add_option("--slot", options->slot, context.text("cli.device.recover.slot"));
    command->add_option("--key-file", options->key_file, context.text("cli.device.recover.to_key_file"));
    command->callback([options, &run] { run.exit = exit_of(recover(run.context, *options)); });
}

}  // namespace app::cli

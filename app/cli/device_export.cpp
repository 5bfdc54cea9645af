// amparo device export: gets every sealed record out of a kiosk, also where it has no bundle any more and where nobody
// can open it at the device. What was sealed stays sealed.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/device_access.hpp"
#include "app/cli/failures.hpp"
#include "app/device/sending.hpp"
#include "app/files/durable_file.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

struct ExportOptions {
    DeviceOptions device;
    std::string folder;
    bool sealed = false;
};

/// Batches as the kiosk itself would make them, those of before once more: the casebook takes each record once.
struct Exporting {
    const Context& context;
    OpenDevice device;
    std::uint64_t records = 0;
    bool again = false;

    void written(const store::FrozenBatch& frozen, const exchange::WrittenBatch& batch) {
        records += frozen.rows.size();
        exchange::AuditDetail which;
        which.number = frozen.sequence;
        const auto type = again ? exchange::AuditType::BatchAgain : exchange::AuditType::BatchMade;
        const auto noted = device::append_audit(context.ready(), *device.unlocked.store, device.recipients,
                                                {type, device::local_today(), std::move(which)});
        if (!noted) context.note("cli.device.recover.not_noted");
        print(shown(batch.path) + "\n");
    }

    [[nodiscard]] exchange::Result<void> send(const fs::path& folder) {
        auto& store = *device.unlocked.store;
        // Before a batch is planned, so that this very batch says why the device is in another epoch.
        if (!device::tell_repair(context.ready(), store, device.recipients))
            context.note("cli.device.recover.not_noted");
        device::Sender sender(
            context.ready(),
            {store, device.enrolled.enrolment.device, device.enrolled.signed_certificate, device.recipients}, folder,
            [](std::uint64_t, std::uint64_t) { return !stop_requested(); },
            [this](const auto& frozen, const auto& batch) { written(frozen, batch); });
        const auto before = store.open_batches();
        if (!before) return exchange::failed(exchange::Fault::Content, "the store");
        again = true;
        for (const auto& key : *before)
            if (auto done = sender.send_again(key); !done) return done;
        again = false;
        return sender.send_waiting({});
    }
};

Outcome<void> export_batches(const Context& context, const ExportOptions& options) {
    auto device = open_device(context, options.device);
    if (!device) return tl::make_unexpected(device.error());
    Exporting exporting{context, std::move(*device)};
    if (auto done = exporting.send(options.folder); !done)
        return stop_exchange(context, done.error(), shown(options.folder));
    context.show(context.counted("cli.device.export.done", exporting.records));
    return {};
}

/// Every record as a file of its own, as it was sealed. Nothing is signed, and nothing of the store is believed.
Outcome<void> export_sealed(const Context& context, const ExportOptions& options) {
    auto opened = open_any_device(context, options.device);
    if (!opened) return tl::make_unexpected(opened.error());
    auto& store = *opened->second.store;
    const auto kept = store.kept_rows();
    if (!kept) return stop_device(context, kept.error(), options.device.state);
    std::uint64_t out = 0;
    std::uint64_t lost = kept->odd;
    for (const auto& row : kept->rows) {
        if (stop_requested()) return stop(context, "cli.stopped");
        const auto sealed = store.read(row.id);
        store.release_memory();
        if (!sealed) {
            ++lost;
            continue;
        }
        const auto file = fs::path(options.folder) / (row.name + ".age");
        if (auto done = write_file(context, file, *sealed); !done) return done;
        ++out;
    }
    context.show(context.counted("cli.device.export.done", out));
    if (lost > 0) return tl::make_unexpected(Said{context.fail_counted("cli.device.export.lost", lost)});
    return {};
}

Outcome<void> export_device(const Context& context, const ExportOptions& options) {
    if (options.folder.empty()) return stop(context, "cli.device.export.usage", {}, Exit::Usage);
    std::error_code ignored;
    if (!fs::is_directory(options.folder, ignored))
        return stop(context, "cli.device.export.no_folder", {{"file", shown(options.folder)}});
    return options.sealed ? export_sealed(context, options) : export_batches(context, options);
}

}  // namespace

void add_device_export(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<ExportOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("export", context.text("cli.device.export.help"));
    add_device_options(*command, context, options->device);
    command->add_option("--to", options->folder, context.text("cli.device.export.to"));
    command->add_flag("--sealed", options->sealed, context.text("cli.device.export.sealed"));
    command->callback([options, &run] { run.exit = exit_of(export_device(run.context, *options)); });
}

}  // namespace app::cli

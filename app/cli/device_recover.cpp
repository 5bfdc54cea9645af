// amparo device recover: gives a kiosk of this programme new words, or a new key file, when all that opened it is lost.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/device_access.hpp"
#include "app/cli/failures.hpp"
#include "app/device/audit.hpp"
#include "app/files/durable_file.hpp"
#include "crypto/words.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

struct RecoverOptions {
    DeviceOptions device;
    std::string slot = "1";
    std::string key_file;
};

void say_kept(const Context& context, store::Store& kiosk) {
    const auto counts = kiosk.counts();
    if (counts)
        context.show(context.counted("cli.device.recover.kept", counts->waiting + counts->batched + counts->receipted));
}

struct Recovering {
    const Context& context;
    OpenDevice device;
    std::size_t slot;

    /// The new key in place of all others. What failed has been said, and the old key still holds.
    [[nodiscard]] Outcome<void> keep_only(const store::Opener& opener) {
        if (stop_requested()) return stop(context, "cli.stopped");
        auto& unlocked = device.unlocked;
        const auto before = crypto::SecretBytes::copy_of(context.ready(), unlocked.key.view());
        if (!before) return stop_crypto(context, before.error());
        const auto cost = unlocked.slots.cost();  // what this device was measured for
        const auto done = store::keep_only(context.ready(), device.folder, unlocked, {opener}, cost, device.recipients);
        // In force as soon as the databases changed places, even when a later step found no room.
        const bool in_force = done || (unlocked.store && !unlocked.key.equals(before->view()));
        if (!in_force) return stop_device(context, done.error(), device.folder.path());
        note_it();
        say_kept(context, *unlocked.store);
        return {};
    }

    /// The coordinators learn of it with the device's next batch, as they do of new words made at the kiosk.
    void note_it() {
        auto& store = *device.unlocked.store;
        exchange::AuditDetail which;
        which.number = slot + 1;
        auto noted = device::tell_repair(context.ready(), store, device.recipients);
        if (noted)
            noted = device::append_audit(context.ready(), store, device.recipients,
                                         {exchange::AuditType::WordsChanged, device::local_today(), std::move(which)});
        if (!noted) context.note("cli.device.recover.not_noted");
    }

    [[nodiscard]] Outcome<void> with_words() {
        const auto words = crypto::generate_passphrase(context.ready());
        if (!words) return stop_crypto(context, words.error());
        if (auto done = keep_only(store::ByWords{slot, &*words}); !done) return done;
        if (!write_bytes(words->view()) || !print("\n")) return stop(context, "cli.file.output_closed");
        context.note("cli.device.recover.words", {{"slot", std::to_string(slot + 1)}});
        return {};
    }

    /// Room for the file is on its medium before the device changes; the key itself goes there only when it opens
    /// something, and the file has its name at once afterwards.
    [[nodiscard]] Outcome<void> with_key_file(files::DurableFile& file) {
        const auto& unlocked = device.unlocked;
        auto slots = crypto::Slots::create(context.ready(), unlocked.slots.device(), unlocked.slots.cost());
        if (!slots) return stop_crypto(context, slots.error());
        const auto key_file = slots->set_key_file(context.ready(), slot, unlocked.key);
        if (!key_file) return stop_crypto(context, key_file.error());
        const auto text = key_file->to_text(context.ready());
        if (!text) return stop_crypto(context, text.error());
        const auto path = shown(file.destination());
        if (auto reserved = file.reserve(text->size()); !reserved)
            return stop_exchange(context, exchange::failure_of(reserved.error()), path);
        if (auto done = keep_only(store::ByKeyFile{&*key_file, nullptr}); !done) return done;
        auto written = file.write(text->view());
        if (written) written = file.publish();
        if (!written) return stop_exchange(context, exchange::failure_of(written.error()), path);
        context.note("cli.device.recover.key_file", {{"file", path}, {"slot", std::to_string(slot + 1)}});
        return {};
    }
};

Outcome<void> recover(const Context& context, const RecoverOptions& options) {
    if (options.slot.size() != 1 || options.slot.front() < '1' || options.slot.front() > '8')
        return stop(context, "cli.device.recover.bad_slot", {{"argument", options.slot}}, Exit::Usage);
    std::optional<files::DurableFile> file;
    if (!options.key_file.empty()) {
        auto made = files::DurableFile::create(options.key_file);
        if (!made) return stop_exchange(context, exchange::failure_of(made.error()), shown(options.key_file));
        file.emplace(std::move(*made));
    }
    auto device = open_device(context, options.device);
    if (!device) return tl::make_unexpected(device.error());
    Recovering recovering{context, std::move(*device), static_cast<std::size_t>(options.slot.front() - '1')};
    return file ? recovering.with_key_file(*file) : recovering.with_words();
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

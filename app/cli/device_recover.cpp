// amparo device recover: opens a kiosk's store with a coordinator's identity when its words and keys are lost.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/identities.hpp"
#include "app/exchange/audit.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/durable_file.hpp"
#include "app/store/device_keys.hpp"
#include "app/store/repair.hpp"
#include "crypto/open/open.hpp"
#include "crypto/words.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

struct RecoverOptions {
    std::string state;
    std::vector<std::string> identities;
    std::string passphrase_file;
    std::string slot = "1";
    std::string key_file;
    bool repair = false;
};

tl::unexpected<Said> stop_device(const Context& context, store::Error error, const fs::path& folder) {
    using store::Error;
    const Words words{{"file", shown(folder)}};
    switch (error) {
        case Error::Missing:
            return stop(context, "cli.device.missing", words);
        case Error::InUse:
            return stop(context, "cli.device.in_use", words);
        case Error::WrongKey:
            return stop(context, "cli.device.recover.other", words);
        case Error::Damaged:
        case Error::RolledBack:
            return stop(context, "cli.device.damaged", words);
        case Error::ReadOnly:
            return stop(context, "cli.casebook.read_only", words);
        case Error::NoSpace:
            return stop(context, "cli.file.no_space", words);
        case Error::Newer:
            return stop(context, "cli.casebook.newer", words);
        case Error::Library:
            return stop(context, "cli.casebook.library");
        case Error::Memory:
            return stop_crypto(context, crypto::Error::LockedMemory);
        case Error::Io:
        case Error::Exists:
        case Error::NotFound:
        case Error::Refused:
        case Error::Input:
        case Error::Internal:
            return stop(context, "cli.casebook.io", words);
    }
    return stop(context, "cli.casebook.io", words);
}

Outcome<crypto::Recovery> open_recovery(const Context& context, const RecoverOptions& options,
                                        const store::StateFolder& folder) {
    const auto passphrase_file =
        options.passphrase_file.empty() ? std::nullopt : std::optional<fs::path>(options.passphrase_file);
    const auto identities =
        read_identities(context, {options.identities.begin(), options.identities.end()}, passphrase_file);
    if (!identities) return tl::make_unexpected(identities.error());
    const auto file = folder.path() / store::recovery_file;
    const auto sealed = folder.read_recovery();
    if (!sealed && sealed.error() == store::Error::Missing)
        return stop(context, "cli.device.recover.no_file", {{"file", shown(file)}});
    if (!sealed) return stop(context, "cli.file.unreadable", {{"file", shown(file)}});
    const auto text = crypto::open::open(context.ready(), *sealed, *identities);
    if (!text) return stop_opening(context, text.error());
    auto recovery = crypto::Recovery::parse(context.ready(), text->view());
    if (recovery) return std::move(*recovery);
    if (recovery.error() == crypto::Error::Malformed)
        return stop(context, "cli.device.recover.malformed", {{"file", shown(file)}}, Exit::Payload);
    return stop_crypto(context, recovery.error());
}

/// Whom the new recovery file is for: those of the bundle that the device itself trusts.
Outcome<std::vector<crypto::Recipient>> recipients_of(const Context& context, store::Store& kiosk,
                                                      const fs::path& folder) {
    const auto enrolment = kiosk.enrolment();
    const auto installed = kiosk.bundle();
    const auto key = enrolment ? crypto::DeploymentPublicKey::parse(enrolment->deployment_key)
                               : tl::unexpected(crypto::Error::Malformed);
    if (!key || !installed) return stop(context, "cli.device.recover.no_bundle", {{"file", shown(folder)}});
    const auto bundle = exchange::load_bundle(context.ready(), installed->bytes, {*key, installed->sequence});
    if (!bundle) return stop_exchange(context, bundle.error(), exchange::bundle_file_name(installed->sequence));
    return bundle->recipient_keys();
}

void say_kept(const Context& context, store::Store& kiosk) {
    const auto counts = kiosk.counts();
    if (counts)
        context.show(context.counted("cli.device.recover.kept", counts->waiting + counts->batched + counts->receipted));
}

struct Recovering {
    const Context& context;
    const store::StateFolder& folder;
    store::Unlocked device;
    std::vector<crypto::Recipient> recipients;
    std::size_t slot;

    /// The new key in place of all others. What failed has been said, and the old key still holds.
    [[nodiscard]] Outcome<void> keep_only(const store::Opener& opener) {
        if (stop_requested()) return stop(context, "cli.stopped");
        const auto before = crypto::SecretBytes::copy_of(context.ready(), device.key.view());
        if (!before) return stop_crypto(context, before.error());
        const auto cost = device.slots.cost();  // what this device was measured for
        const auto done = store::keep_only(context.ready(), folder, device, {opener}, cost, recipients);
        // In force as soon as the databases changed places, even when a later step found no room.
        const bool in_force = done || (device.store && !device.key.equals(before->view()));
        if (!in_force) return stop_device(context, done.error(), folder.path());
        say_kept(context, *device.store);
        return {};
    }

    [[nodiscard]] Outcome<void> with_words() {
        const auto words = crypto::generate_passphrase(context.ready());
        if (!words) return stop_crypto(context, words.error());
        if (auto done = keep_only(store::ByWords{slot, &*words}); !done) return done;
        if (!write_bytes(words->view()) || !print("\n")) return stop(context, "cli.file.output_closed");
        context.note("cli.device.recover.words", {{"slot", std::to_string(slot + 1)}});
        return {};
    }

    /// The file is whole on its medium before the device changes, and has its name only afterwards.
    [[nodiscard]] Outcome<void> with_key_file(const fs::path& path) {
        auto slots = crypto::Slots::create(context.ready(), device.slots.device(), device.slots.cost());
        if (!slots) return stop_crypto(context, slots.error());
        const auto key_file = slots->set_key_file(context.ready(), slot, device.key);
        if (!key_file) return stop_crypto(context, key_file.error());
        const auto text = key_file->to_text(context.ready());
        if (!text) return stop_crypto(context, text.error());
        auto file = exchange::DurableFile::create(context.ready(), path);
        if (!file) return stop_exchange(context, file.error(), shown(path));
        auto written = file->write(text->view());
        if (written) written = file->sync();
        if (!written) return stop_exchange(context, written.error(), shown(path));
        if (auto done = keep_only(store::ByKeyFile{&*key_file, nullptr}); !done) return done;
        if (auto named = file->publish(); !named) return stop_exchange(context, named.error(), shown(path));
        context.note("cli.device.recover.key_file", {{"file", shown(path)}, {"slot", std::to_string(slot + 1)}});
        return {};
    }
};

/// Not WrongKey: a recovery file of before the last change of keys must not put a good database aside.
bool is_damage(store::Error error) {
    return error == store::Error::Damaged || error == store::Error::RolledBack;
}

/// What was lost besides records.
void say_what_else(const Context& context, const store::Repaired& repaired) {
    if (!repaired.enrolment_kept) context.note("cli.device.recover.enrolment_lost");
    if (!repaired.bundle_kept) context.note("cli.device.recover.bundle_lost");
    if (!repaired.people_kept) context.note("cli.device.recover.people");
    if (repaired.audit_lost > 0) context.show(context.counted("cli.device.recover.audit_lost", repaired.audit_lost));
    if (!repaired.settings_kept) context.note("cli.device.recover.settings_lost");
}

/// Saves what is whole of the damaged database, and says what became of it.
Outcome<void> repair(const Context& context, const store::StateFolder& folder, const crypto::Recovery& recovery) {
    const auto ready = context.ready();
    const store::AuditStep step = [ready](const crypto::Digest& previous, const store::AuditRow& row,
                                          crypto::ByteView sealed) {
        return exchange::audit_head(ready, previous, exchange::audit_name_of(row.number, row.day, row.type), sealed);
    };
    const auto repaired = store::repair(ready, folder, recovery.keys(), step);
    if (!repaired) return stop_device(context, repaired.error(), folder.path());
    context.show(context.counted("cli.device.recover.repaired", repaired->kept));
    if (repaired->lost > 0) context.show(context.counted("cli.device.recover.lost", repaired->lost));
    say_what_else(context, *repaired);
    context.note("cli.device.recover.aside", {{"file", shown(folder.path() / repaired->damaged_file)}});
    return {};
}

Outcome<void> recover(const Context& context, const RecoverOptions& options) {
    if (options.state.empty() || options.identities.empty())
        return stop(context, "cli.device.recover.usage", {}, Exit::Usage);
    if (options.slot.size() != 1 || options.slot.front() < '1' || options.slot.front() > '8')
        return stop(context, "cli.device.recover.bad_slot", {{"argument", options.slot}}, Exit::Usage);
    const fs::path path(options.state);
    const auto folder = store::StateFolder::open(path);
    if (!folder) return stop_device(context, folder.error(), path);
    const auto recovery = open_recovery(context, options, *folder);
    if (!recovery) return tl::make_unexpected(recovery.error());
    auto device = store::unlock(context.ready(), *folder, *recovery);
    if (!device && options.repair && is_damage(device.error())) {
        if (auto done = repair(context, *folder, *recovery); !done) return done;
        device = store::unlock(context.ready(), *folder, *recovery);
    }
    if (!device) return stop_device(context, device.error(), path);
    auto recipients = recipients_of(context, *device->store, path);
    if (!recipients) return tl::make_unexpected(recipients.error());
    Recovering recovering{context, *folder, std::move(*device), std::move(*recipients),
                          static_cast<std::size_t>(options.slot.front() - '1')};
    return options.key_file.empty() ? recovering.with_words() : recovering.with_key_file(options.key_file);
}

}  // namespace

void add_device_recover(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<RecoverOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("recover", context.text("cli.device.recover.help"));
    command->add_option("--state", options->state, context.text("cli.device.recover.state"));
    command->add_option("-i,--identity", options->identities, context.text("cli.option.identity"))
        ->allow_extra_args(false);
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_option("--slot", options->slot, context.text("cli.device.recover.slot"));
    command->add_option("--key-file", options->key_file, context.text("cli.device.recover.to_key_file"));
    command->add_flag("--repair", options->repair, context.text("cli.device.recover.repair"));
    command->callback([options, &run] { run.exit = exit_of(recover(run.context, *options)); });
}

}  // namespace app::cli

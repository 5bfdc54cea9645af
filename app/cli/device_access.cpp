#include "app/cli/device_access.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>

#include "app/cli/confirm.hpp"
#include "app/cli/device_anchor.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/identities.hpp"
#include "app/device/audit.hpp"
#include "app/exchange/bundle.hpp"
#include "app/store/repair.hpp"
#include "crypto/open/open.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

tl::unexpected<Said> stop_recovery_file(const Context& context, store::Error error, const fs::path& file) {
    const Words words{{"file", shown(file)}};
    if (error == store::Error::Missing) return stop(context, "cli.device.recover.no_file", words);
    if (error == store::Error::NotPlain) return stop(context, "cli.device.recover.not_plain", words);
    if (error == store::Error::Damaged) return stop(context, "cli.device.recover.too_large", words);
    return stop(context, "cli.device.recover.unreadable", words);
}

Outcome<crypto::Recovery> open_recovery(const Context& context, const std::vector<crypto::open::Identity>& identities,
                                        const store::StateFolder& folder) {
    const auto file = folder.path() / store::recovery_file;
    const auto sealed = folder.read_recovery();
    if (!sealed) return stop_recovery_file(context, sealed.error(), file);
    const auto text = crypto::open::open(context.ready(), *sealed, identities);
    if (!text) return stop_opening(context, text.error());
    auto recovery = crypto::Recovery::parse(context.ready(), text->view());
    if (recovery) return std::move(*recovery);
    if (recovery.error() == crypto::Error::Malformed)
        return stop(context, "cli.device.recover.malformed", {{"file", shown(file)}}, Exit::Payload);
    return stop_crypto(context, recovery.error());
}

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

/// Looks whose device a store is of before anything in its folder is changed. Says why not.
using Look = std::function<Outcome<void>(store::Store&)>;
struct Looks {
    Look opened;
    Look repaired;  ///< before it takes the damaged one's place
};

/// Saves what is whole of the damaged database, and says what became of it. Nothing is changed unless `look` agrees.
Outcome<void> repair(const Context& context, const store::StateFolder& folder, const crypto::Recovery& recovery,
                     const Look& look) {
    Outcome<void> looked;
    const auto accepted = [&](store::Store& kiosk) {
        if (look) looked = look(kiosk);
        return looked.has_value();
    };
    const auto repaired = store::repair(context.ready(), folder, recovery.keys(), device::audit_step(context.ready()),
                                        {}, accepted, recovery.salts());
    if (!looked) return looked;
    if (!repaired) return stop_device(context, repaired.error(), folder.path());
    context.show(context.counted("cli.device.recover.repaired", repaired->kept));
    if (repaired->lost > 0) context.show(context.counted("cli.device.recover.lost", repaired->lost));
    say_what_else(context, *repaired);
    context.note("cli.device.recover.aside", {{"file", shown(folder.path() / repaired->damaged_file)}});
    return {};
}

Outcome<store::Unlocked> unlock(const Context& context, const store::StateFolder& folder,
                                const crypto::Recovery& recovery, bool may_repair, const Looks& looks) {
    Outcome<void> looked;
    const auto accepted = [&](store::Store& kiosk) {
        if (looks.opened) looked = looks.opened(kiosk);
        return looked.has_value();
    };
    auto unlocked = store::unlock(context.ready(), folder, recovery, accepted);
    if (!unlocked && may_repair && is_damage(unlocked.error())) {
        if (auto done = repair(context, folder, recovery, looks.repaired); !done)
            return tl::make_unexpected(done.error());
        unlocked = store::unlock(context.ready(), folder, recovery, accepted);
    }
    if (!looked) return tl::make_unexpected(looked.error());
    if (!unlocked) return stop_device(context, unlocked.error(), folder.path());
    return std::move(*unlocked);
}

tl::unexpected<Said> stop_not_enrolled(const Context& context, const device::NotEnrolledWhy& why,
                                       const fs::path& folder) {
    const Words words{{"file", shown(folder)}};
    switch (why.why) {
        case device::NotEnrolled::Never:
            return stop(context, "cli.device.never", words);
        case device::NotEnrolled::OtherProgramme:
            return stop(context, "cli.device.other_programme", words);
        case device::NotEnrolled::OtherDevice:
            return stop(context, "cli.device.mixed", words);
        case device::NotEnrolled::Unreadable:
            return stop_device(context, why.store, folder);
    }
    return stop(context, "cli.device.mixed", words);
}

/// What the casebook and the papers say about this very device.
Outcome<void> check_known(const Context& context, const DeviceOptions& options, const Anchor& anchor,
                          const std::string& device) {
    const Words words{{"device", device}};
    if (!options.device.empty() && options.device != device) return stop(context, "cli.device.not_this", words);
    if (!anchor.known) return {};
    const auto found = std::find_if(anchor.known->begin(), anchor.known->end(),
                                    [&](const casebook::Device& one) { return one.device == device; });
    // One that was only ever named here, to refuse it or not, has not shown itself.
    if (found == anchor.known->end() || (!found->revoked && found->last_sequence == 0))
        return options.device.empty() ? Outcome<void>(stop(context, "cli.device.unknown", words)) : Outcome<void>{};
    if (found->revoked) return stop(context, "cli.device.revoked", words);
    if (found->forked) context.note("cli.device.forked", words);
    return {};
}

/// The same where the device's bundle is lost: its excerpt, or the coordinator's own bundle, none of them older than
/// what the device knows of. An older one may name people who have been removed since.
Outcome<std::vector<crypto::Recipient>> recipients_without(const Context& context, const DeviceOptions& options,
                                                           const Anchor& anchor, store::Store& kiosk,
                                                           const std::optional<exchange::Bundle>& own) {
    const auto installed = kiosk.bundle_sequence();
    if (!installed) return stop_device(context, installed.error(), options.state);
    std::optional<exchange::BundleExcerpt> excerpt;
    if (const auto kept = kiosk.bundle_excerpt())
        if (auto loaded = exchange::load_excerpt(context.ready(), *kept, {anchor.programme, *installed}))
            excerpt.emplace(std::move(*loaded));
    const auto newest = excerpt ? excerpt->version.sequence : *installed;
    if (own && own->version.sequence >= newest) {
        context.note("cli.device.bundle_lost");
        return own->recipient_keys();
    }
    if (excerpt) {
        context.note("cli.device.bundle_lost_excerpt", {{"number", std::to_string(newest)}});
        return std::move(excerpt->recipients);
    }
    if (own)
        return stop(context, "cli.device.bundle_older",
                    {{"number", std::to_string(own->version.sequence)}, {"newer", std::to_string(newest)}});
    context.note("cli.device.bundle_lost_alone");
    std::vector<crypto::Recipient> here;
    for (const auto& identity : anchor.identities) here.push_back(identity.recipient());
    return here;
}

/// Whom to seal to from now on: the newer of the device's own bundle and the coordinator's. A bundle that is lost holds
/// nothing up; one that the programme did not sign, or that is older than the device says, stops everything.
Outcome<std::vector<crypto::Recipient>> recipients_of(const Context& context, const DeviceOptions& options,
                                                      const Anchor& anchor, store::Store& kiosk) {
    const auto installed = kiosk.bundle();
    std::optional<exchange::Bundle> bundle;
    if (installed) {
        auto loaded = exchange::load_bundle(context.ready(), installed->bytes, {anchor.programme, installed->sequence});
        if (!loaded) return stop_exchange(context, loaded.error(), exchange::bundle_file_name(installed->sequence));
        bundle.emplace(std::move(*loaded));
    } else if (installed.error() != store::Error::NotFound && !is_damage(installed.error())) {
        return stop_device(context, installed.error(), options.state);
    }
    auto own = own_bundle(context, options, anchor.programme);
    if (!own) return tl::make_unexpected(own.error());
    if (!bundle) return recipients_without(context, options, anchor, kiosk, *own);
    if (*own && (*own)->version.sequence > bundle->version.sequence)
        context.note("cli.device.older_bundle", {{"number", std::to_string(bundle->version.sequence)},
                                                 {"newer", std::to_string((*own)->version.sequence)}});
    if (*own && (*own)->version.sequence > bundle->version.sequence) bundle = std::move(*own);
    return bundle->recipient_keys();
}

struct Whose {
    device::Enrolled enrolled;
    std::vector<crypto::Recipient> recipients;
};

/// What is looked at: an open store, and the device that the recovery file names.
struct Looked {
    store::Store& kiosk;
    const crypto::DeviceId& device;
    bool repairing;  ///< what is lacking may have been lost
};

/// What would say whose it is was lost; repairing, or repairing again, does not bring it back.
bool lost_itself(const device::NotEnrolledWhy& why, bool repairing) {
    return (repairing && why.why == device::NotEnrolled::Never) ||
           (why.why == device::NotEnrolled::Unreadable && is_damage(why.store));
}

/// Looks whose device it is, without changing it; then shows it and asks, unless `yes`.
Outcome<Whose> whose_is(const Context& context, const DeviceOptions& options, const Anchor& anchor,
                        const Looked& looked) {
    auto enrolled = device::verify_enrolled(context.ready(), looked.kiosk, looked.device, anchor.programme);
    if (!enrolled && lost_itself(enrolled.error(), looked.repairing))
        return stop(context, "cli.device.whose_lost", {{"file", shown(options.state)}});
    if (!enrolled) return stop_not_enrolled(context, enrolled.error(), options.state);
    const auto& device = enrolled->enrolment.device;
    if (auto known = check_known(context, options, anchor, device); !known) return tl::make_unexpected(known.error());
    auto recipients = recipients_of(context, options, anchor, looked.kiosk);
    if (!recipients) return tl::make_unexpected(recipients.error());
    context.note("cli.device.whose",
                 {{"words", exchange::deployment_words(context.ready(), anchor.programme)}, {"device", device}});
    if (!options.yes)
        if (auto said = confirm(context, "cli.device.go_on"); !said) return tl::make_unexpected(said.error());
    return Whose{std::move(*enrolled), std::move(*recipients)};
}

Outcome<void> check_usage(const Context& context, const DeviceOptions& options) {
    const bool programme = !options.casebook.empty() || !options.deployment.empty();
    const bool identity = !options.casebook.empty() || !options.identities.empty();
    if (options.state.empty() || !programme || !identity) return stop(context, "cli.device.usage", {}, Exit::Usage);
    return {};
}

Outcome<store::StateFolder> open_folder(const Context& context, const fs::path& path) {
    auto folder = store::StateFolder::open(path);
    if (!folder) return stop_device(context, folder.error(), path);
    if (folder->was_open_to_others()) context.note("cli.device.was_open", {{"file", shown(path)}});
    return std::move(*folder);
}

}  // namespace

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
        case Error::Unreadable:
            return stop(context, "cli.device.unreadable", words);
        case Error::Damaged:
        case Error::RolledBack:
            return stop(context, "cli.device.damaged", words);
        case Error::Foreign:
            return stop(context, "cli.device.foreign", words);
        case Error::NotPlain:
            return stop(context, "cli.device.not_plain", words);
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

void add_device_options(CLI::App& command, const Context& context, DeviceOptions& options) {
    command.add_option("--state", options.state, context.text("cli.device.recover.state"));
    command.add_option("--casebook", options.casebook, context.text("cli.device.casebook"));
    command.add_option("--deployment", options.deployment, context.text("cli.device.deployment"));
    command.add_option("--device", options.device, context.text("cli.device.device"))->transform(lower_case);
    command.add_option("-i,--identity", options.identities, context.text("cli.option.identity"))
        ->allow_extra_args(false);
    command.add_option("--passphrase-file", options.passphrase_file, context.text("cli.option.passphrase_file"));
    command.add_option("--bundle", options.bundle, context.text("cli.device.bundle"));
    command.add_flag("--repair", options.repair, context.text("cli.device.recover.repair"));
    command.add_flag("--yes", options.yes, context.text("cli.device.yes"));
}

Outcome<OpenDevice> open_device(const Context& context, const DeviceOptions& options) {
    if (auto usage = check_usage(context, options); !usage) return tl::make_unexpected(usage.error());
    const auto anchor = anchor_of(context, options);
    if (!anchor) return tl::make_unexpected(anchor.error());
    auto folder = open_folder(context, options.state);
    if (!folder) return tl::make_unexpected(folder.error());
    const auto recovery = open_recovery(context, anchor->identities, *folder);
    if (!recovery) return tl::make_unexpected(recovery.error());
    std::optional<Whose> whose;
    const auto look = [&](bool repairing) {
        return [&, repairing](store::Store& kiosk) -> Outcome<void> {
            if (whose) return {};  // the same store, of which a copy was looked at
            auto seen = whose_is(context, options, *anchor, {kiosk, recovery->device(), repairing});
            if (!seen) return tl::make_unexpected(seen.error());
            whose.emplace(std::move(*seen));
            return {};
        };
    };
    auto unlocked = unlock(context, *folder, *recovery, options.repair, {look(false), look(true)});
    if (!unlocked) return tl::make_unexpected(unlocked.error());
    return OpenDevice{std::move(*folder), std::move(*unlocked), std::move(whose->enrolled),
                      std::move(whose->recipients)};
}

Outcome<std::pair<store::StateFolder, store::Unlocked>> open_any_device(const Context& context,
                                                                        const DeviceOptions& options) {
    if (options.state.empty() || options.identities.empty())
        return stop(context, "cli.device.usage_sealed", {}, Exit::Usage);
    const auto identities =
        read_identities(context, {options.identities.begin(), options.identities.end()}, passphrase_file_of(options));
    if (!identities) return tl::make_unexpected(identities.error());
    auto folder = open_folder(context, options.state);
    if (!folder) return tl::make_unexpected(folder.error());
    const auto recovery = open_recovery(context, *identities, *folder);
    if (!recovery) return tl::make_unexpected(recovery.error());
    auto unlocked = unlock(context, *folder, *recovery, options.repair, {});
    if (!unlocked) return tl::make_unexpected(unlocked.error());
    return std::pair{std::move(*folder), std::move(*unlocked)};
}

}  // namespace app::cli

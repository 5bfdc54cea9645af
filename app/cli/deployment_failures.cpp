#include "app/cli/deployment_failures.hpp"

#include "app/cli/failures.hpp"
#include "app/deployment/passphrase.hpp"

namespace app::cli {
namespace fs = std::filesystem;
namespace {

tl::unexpected<Failure> stop_recovery_file(const Context& context, store::Error error, const fs::path& file) {
    const Words words{{"file", shown(file)}};
    if (error == store::Error::Missing) return stop(context, "cli.device.recover.no_file", words);
    if (error == store::Error::NotPlain) return stop(context, "cli.device.recover.not_plain", words);
    if (error == store::Error::Damaged) return stop(context, "cli.device.recover.too_large", words);
    return stop(context, "cli.device.recover.unreadable", words);
}

tl::unexpected<Failure> stop_not_enrolled(const Context& context, const device::NotEnrolledWhy& why,
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

tl::unexpected<Failure> stop_own(const Context& context, deployment::Error error, const std::string& subject) {
    using deployment::Error;
    const Words file{{"file", shown(subject)}};
    const Words device{{"device", subject}};
    switch (error) {
        case Error::NoContent:
            return stop(context, "cli.deployment.content", file);
        case Error::IdentityMalformed:
            return stop(context, "cli.identity.malformed", file);
        case Error::WrongPassphrase:
            return stop(context, "cli.passphrase.wrong", {}, Exit::NoMatch);
        case Error::AnchorInside:
            return stop(context, "cli.device.anchor_inside", file);
        case Error::KeyReplaceable:
            return stop(context, "cli.device.programme_open", file);
        case Error::NotAKey:
            return stop(context, "cli.device.no_programme", file);
        case Error::ProgrammesDiffer:
            return stop(context, "cli.device.programmes_differ");
        case Error::RecoveryMalformed:
            return stop(context, "cli.device.recover.malformed", file, Exit::Payload);
        case Error::OtherDevice:
            return stop(context, "cli.device.not_this", device);
        case Error::UnknownDevice:
            return stop(context, "cli.device.unknown", device);
        case Error::Revoked:
            return stop(context, "cli.device.revoked", device);
        case Error::OwnerLost:
            return stop(context, "cli.device.whose_lost", file);
        case Error::Declined:
            return stop(context, "cli.stopped");
    }
    return stop(context, "cli.failed");
}

tl::unexpected<Failure> stop_refused(const Context& context, deployment::Refusal refusal, const std::string& subject) {
    using deployment::Refusal;
    const Words file{{"file", shown(subject)}};
    const Words label{{"label", subject}};
    switch (refusal) {
        case Refusal::NotARequest:
            return stop(context, "cli.request.malformed", file);
        case Refusal::Malformed:
            return stop(context, "cli.people.malformed", file);
        case Refusal::NoPeople:
            return stop(context, "cli.people.none", file);
        case Refusal::Busy:
            return stop(context, "cli.people.busy", file);
        case Refusal::AlreadyThere:
            return stop(context, "cli.people.already", label);
        case Refusal::LabelTaken:
            return stop(context, "cli.people.label_taken", label);
        case Refusal::TooMany:
            return stop(context, "cli.people.full", label);
        case Refusal::UnknownLabel:
            return stop(context, "cli.people.unknown", label);
        case Refusal::LabelTwice:
            return stop(context, "cli.people.twice", label);
        case Refusal::Last:
            return stop(context, "cli.people.last", label);
        case Refusal::RecoveryStays:
            return stop(context, "cli.people.recovery", label);
        case Refusal::IntakeThere:
            return stop(context, "cli.intake.there", label);
        case Refusal::NoIntake:
            return stop(context, "cli.intake.none");
        case Refusal::IntakeReads:
            return stop(context, "cli.intake.reads");
        case Refusal::NotALabel:
            return stop(context, "cli.intake.label_form");
        case Refusal::NotARecipient:
            return stop(context, "cli.intake.recipient_form");
        case Refusal::Answered:
            return stop(context, "cli.enroll.answered", file);
        case Refusal::EpochsEnded:
            return stop(context, "cli.enroll.epochs", {{"device", subject}});
    }
    return stop(context, "cli.failed");
}

tl::unexpected<Failure> stop_passphrase(const Context& context, deployment::PassphraseRefusal refusal) {
    using deployment::PassphraseRefusal;
    switch (refusal) {
        case PassphraseRefusal::Short:
            return stop(context, "cli.passphrase.short", {{"least", std::to_string(deployment::least_passphrase)}});
        case PassphraseRefusal::Unwritable:
            return stop(context, "cli.passphrase.unwritable");
        case PassphraseRefusal::Names:
            return stop(context, "cli.passphrase.names");
        case PassphraseRefusal::Words:
            return stop(context, "cli.passphrase.words");
        case PassphraseRefusal::Repeats:
            return stop(context, "cli.passphrase.repeats");
        case PassphraseRefusal::Sequence:
            return stop(context, "cli.passphrase.sequence");
        case PassphraseRefusal::Date:
            return stop(context, "cli.passphrase.date");
        case PassphraseRefusal::Guessable:
            return stop(context, "cli.passphrase.guessable");
    }
    return stop(context, "cli.failed");
}

tl::unexpected<Failure> stop_backup(const Context& context, app::backup::Refusal refusal, const std::string& subject) {
    using BackupRefusal = app::backup::Refusal;
    const Words file{{"file", shown(subject)}};
    switch (refusal) {
        case BackupRefusal::NotABackup:
            return stop(context, "cli.backup.not_a_backup", file);
        case BackupRefusal::NotForUs:
            return stop(context, "cli.backup.not_for_us", file, Exit::NoMatch);
        case BackupRefusal::Changed:
            return stop(context, "cli.backup.changed", file, Exit::Payload);
        case BackupRefusal::OtherProgramme:
            return stop(context, "cli.backup.other_programme", file);
        case BackupRefusal::Newer:
            return stop(context, "cli.casebook.newer", file);
        case BackupRefusal::Unsigned:
            return stop(context, "cli.backup.unsigned", file);
        case BackupRefusal::NotASigner:
            return stop(context, "cli.backup.not_a_signer", file);
    }
    return stop(context, "cli.failed");
}

/// One overload for each layer whose failure it may be.
struct Wording {
    const Context& context;
    const std::string& subject;

    using Stopped = tl::unexpected<Failure>;
    Stopped operator()(deployment::Error error) const { return stop_own(context, error, subject); }
    Stopped operator()(deployment::Refusal refusal) const { return stop_refused(context, refusal, subject); }
    Stopped operator()(deployment::PassphraseRefusal refusal) const { return stop_passphrase(context, refusal); }
    Stopped operator()(app::backup::Refusal refusal) const { return stop_backup(context, refusal, subject); }
    Stopped operator()(crypto::Error error) const { return stop_crypto(context, error); }
    Stopped operator()(store::Error error) const { return stop_device(context, error, subject); }
    Stopped operator()(casebook::Error error) const { return stop_casebook(context, error, subject); }
    Stopped operator()(const exchange::Failure& why) const { return stop_exchange(context, why, shown(subject)); }
    Stopped operator()(app::files::Error error) const { return stop_file(context, error, subject); }
    Stopped operator()(const device::NotEnrolledWhy& why) const { return stop_not_enrolled(context, why, subject); }
    Stopped operator()(deployment::NotOpened why) const { return stop_opening(context, why.error); }
    Stopped operator()(deployment::RecoveryUnread why) const { return stop_recovery_file(context, why.error, subject); }
    Stopped operator()(deployment::BundleTooOld why) const {
        return stop(context, "cli.device.bundle_older",
                    {{"number", std::to_string(why.number)}, {"newer", std::to_string(why.known)}});
    }
};

/// What became of a damaged database, and what was lost besides records.
void say_repaired(const Context& context, const store::Repaired& repaired, const fs::path& state) {
    context.show(context.counted("cli.device.recover.repaired", repaired.kept));
    if (repaired.lost > 0) context.show(context.counted("cli.device.recover.lost", repaired.lost));
    if (!repaired.enrolment_kept) context.note("cli.device.recover.enrolment_lost");
    if (!repaired.bundle_kept) context.note("cli.device.recover.bundle_lost");
    if (!repaired.people_kept) context.note("cli.device.recover.people");
    if (repaired.audit_lost > 0) context.show(context.counted("cli.device.recover.audit_lost", repaired.audit_lost));
    if (!repaired.settings_kept) context.note("cli.device.recover.settings_lost");
    context.note("cli.device.recover.aside", {{"file", shown(state / repaired.damaged_file)}});
}

void say_bundle_lost(const Context& context, const deployment::BundleLost& lost) {
    using Instead = deployment::BundleLost::Instead;
    switch (lost.instead) {
        case Instead::OwnBundle:
            return context.note("cli.device.bundle_lost");
        case Instead::Excerpt:
            return context.note("cli.device.bundle_lost_excerpt", {{"number", std::to_string(lost.number)}});
        case Instead::Identities:
            return context.note("cli.device.bundle_lost_alone");
    }
}

/// One overload for each thing that may be found.
struct Noticing {
    const Context& context;
    const fs::path& state;

    void operator()(deployment::FolderWasOpen) const { context.note("cli.device.was_open", {{"file", shown(state)}}); }
    void operator()(const deployment::DeviceForked& forked) const {
        context.note("cli.device.forked", {{"device", forked.device}});
    }
    void operator()(const deployment::DatabaseRepaired& repaired) const { say_repaired(context, repaired.what, state); }
    void operator()(const deployment::BundleLost& lost) const { say_bundle_lost(context, lost); }
    void operator()(deployment::BundleOlder older) const {
        context.note("cli.device.older_bundle",
                     {{"number", std::to_string(older.number)}, {"newer", std::to_string(older.newer)}});
    }
    void operator()(deployment::KeysReplaced kept) const {
        context.show(context.counted("cli.device.recover.kept", kept.records));
    }
    void operator()(deployment::NotNoted) const { context.note("cli.device.recover.not_noted"); }
};

}  // namespace

tl::unexpected<Failure> stop_deployment(const Context& context, const deployment::Failure& failure) {
    return std::visit(Wording{context, failure.subject}, failure.cause);
}

void say_notice(const Context& context, const deployment::Notice& notice, const fs::path& state) {
    std::visit(Noticing{context, state}, notice);
}

tl::unexpected<Failure> stop_casebook(const Context& context, casebook::Error error, const std::string& file) {
    using casebook::Error;
    const Words words{{"file", shown(file)}};
    switch (error) {
        case Error::Missing:
            return stop(context, "cli.casebook.missing", words);
        case Error::Exists:
            return stop(context, "cli.file.exists", words);
        case Error::NoIdentity:
            return stop(context, "cli.casebook.no_identity", words, Exit::NoMatch);
        case Error::KeyDamaged:
            return stop(context, "cli.casebook.key_damaged", words);
        case Error::InUse:
            return stop(context, "cli.casebook.in_use", words);
        case Error::Damaged:
            return stop(context, "cli.casebook.damaged", words);
        case Error::ReadOnly:
            return stop(context, "cli.casebook.read_only", words);
        case Error::NoSpace:
            return stop(context, "cli.file.no_space", words);
        case Error::Io:
            return stop(context, "cli.casebook.io", words);
        case Error::Newer:
            return stop(context, "cli.casebook.newer", words);
        case Error::Memory:
            return stop_crypto(context, crypto::Error::LockedMemory);
        case Error::Library:
            return stop(context, "cli.casebook.library");
        case Error::Deployment:
            return stop(context, "cli.casebook.deployment", words);
        case Error::Stopped:
            return stop(context, "cli.stopped");
        case Error::NotFound:
            return stop(context, "cli.cases.show.unknown");
        case Error::BatchFile:  // the import says it of the batch
        case Error::Internal:
            return stop(context, "cli.failed");
    }
    return stop(context, "cli.failed");
}

tl::unexpected<Failure> stop_device(const Context& context, store::Error error, const fs::path& folder) {
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

}  // namespace app::cli

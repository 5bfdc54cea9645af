#include "app/cli/receipts.hpp"

#include "app/cli/clock.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/signing.hpp"
#include "app/deployment/files.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::cli {

namespace fs = std::filesystem;

namespace {

bool is_taken(const deployment::Failure& failure) {
    const auto* const why = std::get_if<exchange::Failure>(&failure.cause);
    return why != nullptr && why->error == exchange::Error::Exists;
}

}  // namespace

Outcome<crypto::ReceiptSecretKey> ReceiptDesk::read_key(const fs::path& file, const std::string& passphrase_file,
                                                        const crypto::SecretBytes* typed) const {
    if (typed != nullptr) {
        AMPARO_TRY(const text, read_secret_file(context_, file));
        if (crypto::is_protected(text.view()).value_or(false))
            if (auto key = crypto::ReceiptSecretKey::parse(context_.ready(), text.view(), *typed)) {
                warn_when_open(context_, file);
                return std::move(*key);
            }
    }
    return read_signing_key<crypto::Purpose::Receipt>(context_, file.string(), passphrase_file);
}

Outcome<void> ReceiptDesk::unlock(OpenCasebook& open, const std::string& named, const std::string& passphrase_file,
                                  const crypto::SecretBytes* typed) {
    const auto backup = deployment::backup_standing(context_.ready(), casebook_, open, utc_today());
    if (!backup) return stop_deployment(context_, backup.error());
    if (!backup->young) {
        backup_wanted_ = backup->days;
        return {};
    }
    key_file_ = named.empty() ? deployment::receipt_key_beside(casebook_) : fs::path(named);
    if (named.empty() && !files::is_there(key_file_)) return {};
    auto key = read_key(key_file_, passphrase_file, typed);
    if (key)
        key_.emplace(std::move(*key));
    else if (!named.empty())
        return tl::make_unexpected(key.error());
    return {};
}

std::string_view to_word(NoReceipt why) noexcept {
    switch (why) {
        case NoReceipt::InDoubt:
            return "in-doubt";
        case NoReceipt::NoBackup:
            return "no-backup";
        case NoReceipt::NoKey:
            return "no-key";
        case NoReceipt::KeyClosed:
            return "key-closed";
        case NoReceipt::Unwritten:
            return "unwritten";
    }
    return "unwritten";
}

std::optional<NoReceipt> ReceiptDesk::withheld() const {
    if (backup_wanted_) return NoReceipt::NoBackup;
    if (key_) return std::nullopt;
    return files::is_there(key_file_) ? NoReceipt::KeyClosed : NoReceipt::NoKey;
}

void ReceiptDesk::put(const fs::path& folder, const Put& write, ReceiptOutcome& name) {
    if (failed_.contains(folder)) return;
    auto written = write(folder);
    if (!written && is_taken(written.error())) {  // of this batch alone: the folder takes the others
        context_.fail("cli.import.receipt_name_taken", {{"file", shown(written.error().subject)}});
        return;
    }
    if (!written) {
        failed_.insert(folder);
        static_cast<void>(stop_deployment(context_, written.error()));
        context_.note("cli.import.receipts_unwritten", {{"folder", shown(folder)}});
        return;
    }
    folders_.insert(folder);
    issued_.insert(*written);
    name = std::move(*written);
}

ReceiptOutcome ReceiptDesk::issue(const fs::path& batch, const deployment::BatchTaken& taken,
                                  const OpenCasebook& open) {
    if (!deployment::calls_for_receipt(taken.report)) return tl::unexpected(NoReceipt::InDoubt);
    ++wanted_;
    if (const auto why = withheld()) return tl::unexpected(*why);
    auto receipt = deployment::issue_receipt(context_.ready(), taken.report, taken.batch.manifest_sha256, *key_);
    if (!receipt) {
        static_cast<void>(stop_deployment(context_, receipt.error()));
        return tl::unexpected(NoReceipt::Unwritten);
    }
    Put write;
    if (const auto& secret = taken.batch.way_back; secret && !plain_) {
        if (!news_) news_ = deployment::news_beside(context_.ready(), casebook_, open.book.deployment());
        auto answer =
            deployment::answer_to(context_.ready(), taken.batch, open.identities, std::move(*receipt), *news_);
        write = [this, &secret, files = std::move(answer)](const fs::path& folder) {
            return deployment::put_reply(context_.ready(), folder, secret->view(), files);
        };
    } else {
        write = [plain = std::move(*receipt)](const fs::path& folder) -> deployment::Result<std::string> {
            AMPARO_DO(deployment::put_receipt(folder, plain));
            return plain.name;
        };
    }
    const auto copies = deployment::receipts_beside(casebook_);
    ReceiptOutcome name = tl::unexpected(NoReceipt::Unwritten);
    put(files::folder_of(batch), write, name);
    if (deployment::have_folder(copies))
        put(copies, write, name);
    else if (failed_.insert(copies).second)
        context_.note("cli.import.receipts_unwritten", {{"folder", shown(copies)}});
    return name;
}

void ReceiptDesk::say(bool as_json) const {
    const auto why = wanted_ > 0 ? withheld() : std::nullopt;
    if (why == NoReceipt::NoBackup) context_.note_counted("cli.import.receipts_wait", *backup_wanted_);
    if (why == NoReceipt::NoKey) context_.note("cli.import.no_receipt_key", {{"file", shown(key_file_)}});
    if (why == NoReceipt::KeyClosed) context_.note("cli.import.receipt_key_closed", {{"file", shown(key_file_)}});
    if (issued_.empty() || as_json) return;
    std::string folders;
    for (const auto& folder : folders_) folders += (folders.empty() ? "" : ", ") + shown(folder);
    print(context_.counted("cli.import.receipts", issued_.size(), {{"folders", folders}}) + "\n");
}

}  // namespace app::cli

#include "app/deployment/casebook_restore.hpp"

#include <algorithm>

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/deployment/bundle_file.hpp"
#include "app/deployment/files.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace {

namespace fs = std::filesystem;

/// The reason in the note of what was withdrawn in another casebook of the programme.
constexpr std::string_view withdrawn_before = "withdrawn";

/// Casebooks in folders of the programme's, whatever people called them when they moved one away.
std::vector<fs::path> casebooks_in(const fs::path& root, const fs::path& but) {
    std::vector<fs::path> found;
    const auto names = files::names_in(root);
    if (!names) return found;
    for (const auto& name : *names) {
        auto file = root / name / backup::book_name;
        if (root / name != but && files::is_there(file)) found.push_back(std::move(file));
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// What the other one has as taken back, and this one does not, as notes of erasures: the order to withdraw came after
/// the backup, and stays with the other.
casebook::Result<void> add_withdrawn(OpenCasebook& open, casebook::Casebook& other,
                                     std::vector<casebook::Erased>& notes) {
    AMPARO_TRY(const theirs, other.erasable({}, open.identities));
    AMPARO_TRY(const ours, open.book.erasable({}, open.identities));
    for (const auto& one : theirs) {
        if (!one.withdrawn) continue;
        const bool here = std::any_of(ours.begin(), ours.end(), [&](const casebook::Erasable& own) {
            return own.device == one.device && own.record == one.record && !own.withdrawn && !own.erased;
        });
        if (here)
            notes.push_back({one.device,
                             one.record,
                             one.case_code,
                             one.day,
                             casebook::ErasedFor::Request,
                             std::string(withdrawn_before),
                             {},
                             false});
    }
    return {};
}

Result<void> erase_again(crypto::SodiumReady ready, const RestoreOrder& order, const fs::path& folder,
                         OpenCasebook& open, Restored& restored) {
    const auto subject = order.file.string();
    for (const auto& file : casebooks_in(order.root, folder)) {
        auto other = casebook::sqlcipher::open(ready, file, open.identities);
        auto erased = other ? other->erased() : casebook::Result<std::vector<casebook::Erased>>{};
        if (!other || !erased) {
            restored.closed.push_back(file.parent_path());
            continue;
        }
        if (!(other->deployment() == order.programme)) continue;
        if (!add_withdrawn(open, *other, *erased)) {
            restored.closed.push_back(file.parent_path());
            continue;
        }
        AMPARO_TRY(const gone, about(subject, open.book.heed_erased(*erased, open.identities)));
        restored.erased_again += gone;
        restored.heeded.push_back(file.parent_path());
    }
    if (restored.erased_again > 0) AMPARO_DO(about(subject, open.book.compact()));
    return {};
}

/// The bundle that came along, as it would hold if it lay with the others in the programme's folder.
std::optional<exchange::Bundle> brought(crypto::SodiumReady ready, const RestoreOrder& order,
                                        const backup::Unpacked& backup) {
    const auto number = exchange::bundle_file_sequence(backup.bundle_name).value_or(0);
    return backup::bundle_of(ready, backup, trust_before(ready, order.root, number, order.programme));
}

}  // namespace

Result<Restored> restore_casebook(crypto::SodiumReady ready, const RestoreOrder& order,
                                  std::vector<crypto::open::Identity> identities, const fs::path& folder,
                                  const backup::Progress& progress) {
    const auto subject = order.file.string();
    Restored restored;
    AMPARO_TRY(unpacked, about(subject, backup::unpack(ready, order.file, identities, folder, progress)));
    restored.backup = std::move(unpacked);
    const auto& head = restored.backup.head;
    if (head.deployment != exchange::deployment_id(ready, order.programme))
        return failed(backup::Refusal::OtherProgramme, subject);
    auto newest = newest_bundle(ready, order.root, order.programme);
    std::optional<exchange::Bundle> known;
    if (newest) known = std::move(newest->bundle);
    const auto signer =
        backup::signer_of(ready, restored.backup, std::move(known), brought(ready, order, restored.backup));
    if (!signer && !order.any_signer) return failed(backup::Refusal::Unsigned, subject);
    restored.signer = signer.value_or("");

    const auto book = folder / backup::book_name;
    auto open = open_casebook(ready, book, std::move(identities));
    if (!open) return failed(open.error().cause, subject);
    if (!(open->book.deployment() == order.programme)) return failed(backup::Refusal::OtherProgramme, subject);
    auto check = check_casebook(ready, book, *open, progress);
    if (!check) return failed(check.error().cause, subject);
    restored.check = std::move(*check);
    if (!restored.check.whole()) return restored;
    AMPARO_DO(erase_again(ready, order, folder, *open, restored));
    AMPARO_TRY(const change, about(subject, open->book.hold()));
    AMPARO_DO(about(subject, open->book.note_backup(head.made)));
    AMPARO_DO(about(subject, change->commit()));
    restored.check.last_backup = head.made;
    return restored;
}

Result<void> keep_bundle(crypto::SodiumReady ready, const RestoreOrder& order, const backup::Unpacked& backup) {
    const auto file = order.root / backup.bundle_name;
    if (files::is_there(file)) return {};
    if (!brought(ready, order, backup)) return {};
    return write_new(file, backup.bundle);
}

}  // namespace app::deployment

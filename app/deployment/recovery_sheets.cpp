#include "app/deployment/recovery_sheets.hpp"

#include <algorithm>
#include <tuple>

#include "app/deployment/files.hpp"
#include "app/deployment/identities.hpp"
#include "app/deployment/keys.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "app/files/small_file.hpp"
#include "crypto/age.hpp"
#include "crypto/open/open.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_sealed_key = 16U << 10U;

fs::path recovery_in(const fs::path& root) {
    return root / "recovery";
}

}  // namespace

fs::path sealed_key_of(const fs::path& root) {
    return root / "keys" / "deployment.key.age";
}

Result<void> seal_deployment_key(crypto::SodiumReady ready, const fs::path& file,
                                 const crypto::DeploymentSecretKey& key, const crypto::Recipient& recovery) {
    AMPARO_TRY(const text, about(file.string(), key.to_text(ready)));
    AMPARO_TRY(const sealed, about(file.string(), crypto::seal(ready, text.view(), {&recovery, 1})));
    return write_new(file, sealed.bytes);
}

Result<crypto::DeploymentSecretKey> open_deployment_key(crypto::SodiumReady ready, const fs::path& file,
                                                        const crypto::open::Identity& recovery,
                                                        const crypto::DeploymentPublicKey& programme) {
    AMPARO_TRY(const sealed, read_plain(file, most_sealed_key));
    const auto text = crypto::open::open(ready, sealed, {&recovery, 1});
    if (!text) return failed(NotOpened{text.error()}, file.string());
    auto key = crypto::DeploymentSecretKey::parse(ready, text->view());
    if (!key || !(key->public_key() == programme)) return failed(Error::NotAKey, file.string());
    return std::move(*key);
}

Result<void> write_sheets(crypto::SodiumReady ready, const fs::path& folder,
                          const std::vector<crypto::PaperShare>& shares, const locales::Translator& words,
                          const SharePage& page) {
    for (const auto& share : shares) {
        const auto file = folder / ("sheet-" + std::to_string(share.head.number) + ".svg");
        AMPARO_TRY(const sheet, about(file.string(), share_page(ready, words, share, page)));
        AMPARO_DO(write_new(file, sheet.view()));
    }
    return {};
}

Result<void> keep_sheets_note(crypto::SodiumReady ready, const fs::path& root, const exchange::SheetsNote& note,
                              const crypto::DeploymentSecretKey& key) {
    const auto folder = recovery_in(root);
    const auto file = folder / exchange::sheets_note_name(note);
    AMPARO_TRY(const bytes, about(file.string(), exchange::sign_sheets_note(ready, note, key)));
    AMPARO_DO(have_folder(folder));
    if (const auto done = files::replace_small(file, bytes); !done)
        return failed(exchange::failure_of({done.error(), "replace"}), file.string());
    return {};
}

std::vector<exchange::SheetsNote> sheets_notes(crypto::SodiumReady ready, const fs::path& root,
                                               const crypto::DeploymentPublicKey& programme,
                                               const crypto::Recipient& recovery) {
    std::vector<exchange::SheetsNote> notes;
    const auto folder = recovery_in(root);
    for (const auto& name : files::names_in(folder).value_or(std::vector<std::string>{})) {
        if (!name.ends_with(".sheets")) continue;
        const auto bytes = files::read_plain(folder / name, exchange::sheets_note_most_bytes, files::Links::Refused);
        if (!bytes) continue;
        auto note = exchange::load_sheets_note(ready, *bytes, programme);
        if (note && note->recipient == recovery && exchange::sheets_note_name(*note) == name)
            notes.push_back(std::move(*note));
    }
    std::sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) {
        return std::tuple(!a.proven(), a.day, a.set) < std::tuple(!b.proven(), b.day, b.set);
    });
    return notes;
}

Result<void> write_recovered(crypto::SodiumReady ready, const fs::path& folder, const crypto::open::Identity& recovery,
                             const crypto::DeploymentSecretKey* key, const crypto::SecretBytes& passphrase) {
    AMPARO_DO(have_folder(folder));
    AMPARO_DO(write_identity(ready, folder / recovery_file, recovery, &passphrase));
    if (key == nullptr) return {};
    return write_deployment_key(ready, folder, *key, &passphrase);
}

}  // namespace app::deployment

#include "app/deployment/device_access.hpp"

#include "app/deployment/whose.hpp"
#include "app/device/audit.hpp"
#include "crypto/open/open.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

using Tell = std::function<void(const Notice&)>;

Result<crypto::Recovery> open_recovery(crypto::SodiumReady ready, std::span<const crypto::open::Identity> identities,
                                       const store::StateFolder& folder) {
    const auto file = (folder.path() / store::recovery_file).string();
    const auto sealed = folder.read_recovery();
    if (!sealed) return failed(RecoveryUnread{sealed.error()}, file);
    const auto text = crypto::open::open(ready, *sealed, identities);
    if (!text) return failed(NotOpened{text.error()}, file);
    auto recovery = crypto::Recovery::parse(ready, text->view());
    if (recovery) return std::move(*recovery);
    if (recovery.error() == crypto::Error::Malformed) return failed(Error::RecoveryMalformed, file);
    return failed(recovery.error(), file);
}

/// Looks whose device a store is of before anything in its folder is changed.
using Look = std::function<Result<void>(store::Store&)>;
struct Looks {
    Look opened;
    Look repaired;  ///< before it takes the damaged one's place
};

/// Saves what is whole of the damaged database. Nothing is changed unless `look` agrees.
Result<void> repair_database(crypto::SodiumReady ready, const store::StateFolder& folder,
                             const crypto::Recovery& recovery, const Look& look, const Tell& tell) {
    Result<void> looked;
    const auto accepted = [&](store::Store& kiosk) {
        if (look) looked = look(kiosk);
        return looked.has_value();
    };
    auto repaired =
        store::repair(ready, folder, recovery.keys(), device::audit_step(ready), {}, accepted, recovery.salts());
    if (!looked) return looked;
    if (!repaired) return failed(repaired.error(), folder.path().string());
    tell(DatabaseRepaired{std::move(*repaired)});
    return {};
}

Result<store::Unlocked> unlock(crypto::SodiumReady ready, const store::StateFolder& folder,
                               const crypto::Recovery& recovery, bool may_repair, const Looks& looks,
                               const Tell& tell) {
    Result<void> looked;
    const auto accepted = [&](store::Store& kiosk) {
        if (looks.opened) looked = looks.opened(kiosk);
        return looked.has_value();
    };
    auto unlocked = store::unlock(ready, folder, recovery, accepted);
    if (!unlocked && may_repair && is_damage(unlocked.error())) {
        AMPARO_DO(repair_database(ready, folder, recovery, looks.repaired, tell));
        unlocked = store::unlock(ready, folder, recovery, accepted);
    }
    if (!looked) return tl::unexpected(looked.error());
    return about(folder.path().string(), std::move(unlocked));
}

Result<store::StateFolder> open_folder(const fs::path& path, const Tell& tell) {
    AMPARO_TRY(folder, about(path.string(), store::StateFolder::open(path)));
    if (folder.was_open_to_others()) tell(FolderWasOpen{});
    return folder;
}

}  // namespace

Result<OpenDevice> open_device(crypto::SodiumReady ready, const Anchor& anchor, const DeviceToOpen& which,
                               const Person& person) {
    AMPARO_TRY(folder, open_folder(which.state, person.tell));
    AMPARO_TRY(const recovery, open_recovery(ready, anchor.identities, folder));
    std::optional<Whose> whose;
    const auto look = [&](bool repairing) {
        return [&, repairing](store::Store& kiosk) -> Result<void> {
            if (whose) return {};  // the same store, of which a copy was looked at
            AMPARO_TRY(seen, whose_is(ready, anchor, which, {kiosk, recovery.device(), repairing}, person));
            whose.emplace(std::move(seen));
            return {};
        };
    };
    AMPARO_TRY(unlocked, unlock(ready, folder, recovery, which.repair, {look(false), look(true)}, person.tell));
    return OpenDevice{std::move(folder), std::move(unlocked), std::move(whose->enrolled), std::move(whose->recipients)};
}

Result<std::pair<store::StateFolder, store::Unlocked>> open_any_device(
    crypto::SodiumReady ready, std::span<const crypto::open::Identity> identities, const fs::path& state, bool repair,
    const std::function<void(const Notice&)>& tell) {
    AMPARO_TRY(folder, open_folder(state, tell));
    AMPARO_TRY(const recovery, open_recovery(ready, identities, folder));
    AMPARO_TRY(unlocked, unlock(ready, folder, recovery, repair, {}, tell));
    return std::pair{std::move(folder), std::move(unlocked)};
}

}  // namespace app::deployment

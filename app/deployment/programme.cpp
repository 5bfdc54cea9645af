#include "app/deployment/programme.hpp"

#include <chrono>

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/deployment/demo_kiosk.hpp"
#include "app/deployment/files.hpp"
#include "app/deployment/keys.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::days bundle_life{365};
constexpr exchange::AppVersion minimum_app{{0, 1, 0}};

Result<crypto::Bytes> first_bundle(crypto::SodiumReady ready, Programme programme, const Keys& keys,
                                   exchange::Day today) {
    const auto id = exchange::deployment_id(ready, keys.deployment.public_key());
    const exchange::BundleContents contents{
        {id, programme.name, 1, minimum_app, today, today + bundle_life, programme.demo},
        {{programme.coordinator, keys.coordinator.recipient(), false},
         {programme.recovery, keys.recovery.recipient(), true}},
        {{programme.coordinator, keys.receipt.public_key()}},
        first_policy(programme.content, programme.demo),
        std::move(programme.content)};
    return about(exchange::bundle_file_name(1), exchange::build_bundle(ready, contents, keys.deployment));
}

Result<void> make_casebook(crypto::SodiumReady ready, const fs::path& root, const Keys& keys) {
    AMPARO_DO(make_folder(root / "casebook"));
    const auto file = root / "casebook" / "cases.db";
    AMPARO_DO(about(file.string(),
                    casebook::sqlcipher::create(ready, file, keys.recipients(), keys.deployment.public_key())));
    return {};
}

}  // namespace

Result<void> make_programme(crypto::SodiumReady ready, const fs::path& root, Programme programme,
                            const crypto::SecretBytes* passphrase, exchange::Day today, const crypto::Clock& clock) {
    const bool demo = programme.demo;
    AMPARO_TRY(const keys, make_keys(ready));
    AMPARO_TRY(const bundle, first_bundle(ready, std::move(programme), keys, today));
    AMPARO_DO(make_folder(root));
    AMPARO_DO(write_keys(ready, root / "keys", keys, passphrase));
    AMPARO_DO(write_new(root / exchange::bundle_file_name(1), bundle));
    AMPARO_DO(make_casebook(ready, root, keys));
    if (demo) AMPARO_DO(make_demo_kiosk(ready, root, keys, bundle, today, clock));
    return {};
}

}  // namespace app::deployment

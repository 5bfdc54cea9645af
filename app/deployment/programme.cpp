#include "app/deployment/programme.hpp"

#include <chrono>

#include "app/deployment/bundle_sources.hpp"
#include "app/deployment/casebook_access.hpp"
#include "app/deployment/demo_kiosk.hpp"
#include "app/deployment/files.hpp"
#include "app/deployment/keys.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::days bundle_life{365};
constexpr exchange::AppVersion minimum_app{{0, 1, 0}};

exchange::BundleContents first_contents(crypto::SodiumReady ready, Programme programme, const Keys& keys,
                                        exchange::Day today) {
    const auto id = exchange::deployment_id(ready, keys.deployment.public_key());
    return {{id, programme.name, 1, minimum_app, today, today + bundle_life, programme.demo},
            {{programme.coordinator, keys.coordinator.recipient(), false},
             {programme.recovery, keys.recovery.recipient(), true}},
            {{programme.coordinator, keys.receipt.public_key()}},
            first_policy(programme.content, programme.demo),
            std::move(programme.content)};
}

/// The sources of the next bundle are what is in the first.
Result<void> write_first_sources(const fs::path& root, const crypto::Bytes& bundle) {
    AMPARO_TRY(members, about(exchange::bundle_file_name(1), exchange::bundle_files(bundle)));
    members.erase("VERSION");
    return write_sources(sources_of(root), members);
}

}  // namespace

Result<void> make_programme(crypto::SodiumReady ready, const fs::path& root, Programme programme,
                            const crypto::SecretBytes* passphrase, exchange::Day today, const crypto::Clock& clock) {
    const bool demo = programme.demo;
    AMPARO_TRY(const keys, make_keys(ready));
    const auto contents = first_contents(ready, std::move(programme), keys, today);
    AMPARO_TRY(const bundle,
               about(exchange::bundle_file_name(1), exchange::build_bundle(ready, contents, keys.deployment)));
    AMPARO_DO(have_folder(root));
    AMPARO_DO(write_keys(ready, root / "keys", keys, passphrase));
    AMPARO_DO(write_new(root / exchange::bundle_file_name(1), bundle));
    AMPARO_DO(write_first_sources(root, bundle));
    AMPARO_DO(make_casebook(ready, root, keys.recipients(), keys.deployment.public_key()));
    if (demo) AMPARO_DO(make_demo_kiosk(ready, root, keys, bundle, today, clock));
    return {};
}

}  // namespace app::deployment

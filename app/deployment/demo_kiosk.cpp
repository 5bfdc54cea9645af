#include "app/deployment/demo_kiosk.hpp"

#include <chrono>

#include "app/deployment/enrolling.hpp"
#include "app/deployment/files.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/certificate_file.hpp"
#include "app/exchange/enrolment.hpp"
#include "app/store/device_keys.hpp"
#include "crypto/age.hpp"
#include "crypto/open/open.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"
#include "crypto/words.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::days certificate_life{730};

struct DemoWorker {
    std::uint32_t number;
    store::Role role;
    std::string_view pin;
};
constexpr DemoWorker demo_workers[] = {
    {1, store::Role::Shelter, "135790"}, {2, store::Role::Border, "246801"}, {3, store::Role::ShiftLead, "975310"}};

/// A key file in the first slot, words in the second, and the recovery file: every way to open the device.
Result<void> give_keys(crypto::SodiumReady ready, const fs::path& root, const store::StateFolder& folder,
                       store::Unlocked& device, const Keys& keys) {
    const auto state = folder.path().string();
    AMPARO_TRY(const key_file, about(state, store::add_key_file(ready, folder, device, 0)));
    AMPARO_TRY(const text, about(state, key_file.to_text(ready)));
    AMPARO_DO(make_folder(root / "usb"));
    AMPARO_DO(write_new(root / "usb" / "amparo-device.key", text.view()));
    AMPARO_TRY(const words, about(state, crypto::generate_passphrase(ready)));
    AMPARO_DO(about(state, store::add_words(ready, folder, device, 1, words)));
    AMPARO_DO(write_new(root / "device-words-2.txt", words.view()));
    return about(state, store::keep_recovery(ready, folder, device, keys.recipients()));
}

/// Request, words on both sides, certificate, chain verified by the kiosk: as at a real enrolment.
Result<store::Enrolment> enrol(crypto::SodiumReady ready, const fs::path& root, const Keys& keys,
                               const std::string& device, const crypto::DeviceSecretKey& device_key,
                               exchange::Day today) {
    const auto programme = keys.deployment.public_key();
    AMPARO_TRY(bytes, about(device, exchange::make_enrolment_request(ready, device, device_key)));
    AMPARO_TRY(request, about(device, exchange::parse_enrolment_request(ready, bytes)));
    const DeviceRequest asked{std::move(request), std::move(bytes)};
    AMPARO_TRY(const epoch, epoch_for(ready, root, programme, asked, {}));
    AMPARO_TRY(const file, enrol_device(ready, root, asked, epoch, today + certificate_life, keys.deployment));
    AMPARO_TRY(const archive, read_plain(file, exchange::certificate_file_most_bytes));
    AMPARO_TRY(const read, about(device, exchange::load_certificate_file(ready, archive, programme)));
    const auto& both = read.signed_certificate;
    return store::Enrolment{device, programme.to_text(), read.certificate.epoch, both.text, both.signature};
}

/// What the kiosk seals, the coordinator opens: tried before the device is handed out.
Result<void> try_sealing(crypto::SodiumReady ready, const Keys& keys, const crypto::Bytes& bundle) {
    AMPARO_TRY(const loaded, about("bundle", exchange::load_bundle(ready, bundle, {keys.deployment.public_key()})));
    AMPARO_TRY(const sealed,
               about("bundle", crypto::seal_record(ready, crypto::as_bytes("{}"), loaded.recipient_keys())));
    for (const auto* identity : {&keys.coordinator, &keys.recovery})
        AMPARO_DO(about("bundle", crypto::open::open(ready, sealed.bytes, {identity, 1})));
    return {};
}

Result<void> fill_store(crypto::SodiumReady ready, const fs::path& root, store::Store& kiosk, const Keys& keys,
                        const std::string& device, const crypto::Bytes& bundle, const std::string& state,
                        exchange::Day today) {
    AMPARO_TRY(const device_key, about(state, crypto::DeviceSecretKey::generate(ready)));
    AMPARO_TRY(const enrolment, enrol(ready, root, keys, device, device_key, today));
    AMPARO_DO(about(state, kiosk.device().keep_key(device_key)));
    AMPARO_DO(about(state, kiosk.device().enrol(enrolment)));
    // Before the bundle, so that it lies at the beginning of the file.
    AMPARO_TRY(const excerpt, about("bundle", exchange::bundle_excerpt(bundle)));
    AMPARO_DO(about(state, kiosk.bundle().keep_excerpt(excerpt)));
    AMPARO_DO(about(state, kiosk.bundle().install(1, bundle)));
    for (const auto& worker : demo_workers) {
        AMPARO_TRY(const pin, about(state, crypto::SecretBytes::copy_of(ready, crypto::as_bytes(worker.pin))));
        AMPARO_DO(about(state, kiosk.people().add({{worker.number}, worker.role}, pin)));
    }
    return {};
}

}  // namespace

Result<void> make_demo_kiosk(crypto::SodiumReady ready, const fs::path& root, const Keys& keys,
                             const crypto::Bytes& bundle, exchange::Day today, const crypto::Clock& clock) {
    AMPARO_DO(try_sealing(ready, keys, bundle));
    const auto state = (root / "kiosk").string();
    AMPARO_TRY(const folder, about(state, store::StateFolder::create(state)));
    crypto::DeviceId device{};
    crypto::random_fill(ready, device);
    AMPARO_TRY(kiosk, about(state, store::create_device(ready, folder, device, clock)));
    AMPARO_DO(give_keys(ready, root, folder, kiosk, keys));
    AMPARO_DO(fill_store(ready, root, *kiosk.store, keys, crypto::to_hex(device), bundle, state, today));
    return make_folder(root / "outbox");
}

}  // namespace app::deployment

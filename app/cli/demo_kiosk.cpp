#include "app/cli/demo_kiosk.hpp"

#include <chrono>

#include "app/cli/failures.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/enrolment.hpp"
#include "app/store/device_keys.hpp"
#include "crypto/age.hpp"
#include "crypto/open/open.hpp"
#include "crypto/random.hpp"
#include "crypto/words.hpp"

namespace app::cli {
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

tl::unexpected<Said> stop_store(const Context& context, store::Error error, const fs::path& folder) {
    return stop(context, "cli.deployment.kiosk",
                {{"file", shown(folder)}, {"reason", std::string(store::describe(error))}});
}

/// A key file in the first slot, words in the second, and the recovery file: every way to open the device.
Outcome<void> give_keys(const Context& context, const fs::path& root, const store::StateFolder& folder,
                        store::Unlocked& device, const DeploymentKeys& keys) {
    const auto key_file = store::add_key_file(context.ready(), folder, device, 0);
    if (!key_file) return stop_store(context, key_file.error(), folder.path());
    const auto text = key_file->to_text(context.ready());
    if (!text) return stop_crypto(context, text.error());
    if (auto done = make_folder(context, root / "usb"); !done) return done;
    if (auto done = write_file(context, root / "usb" / "amparo-device.key", text->view()); !done) return done;
    const auto words = crypto::generate_passphrase(context.ready());
    if (!words) return stop_crypto(context, words.error());
    if (auto done = store::add_words(context.ready(), folder, device, 1, *words); !done)
        return stop_store(context, done.error(), folder.path());
    if (auto done = write_file(context, root / "device-words-2.txt", words->view()); !done) return done;
    const std::vector<crypto::Recipient> recipients{keys.coordinator.recipient(), keys.recovery.recipient()};
    if (auto done = store::keep_recovery(context.ready(), folder, device, recipients); !done)
        return stop_store(context, done.error(), folder.path());
    return {};
}

/// Request, words on both sides, certificate, chain verified by the kiosk: as at a real enrolment.
Outcome<store::Enrolment> enrol(const Context& context, const DeploymentKeys& keys, const std::string& device,
                                const crypto::DeviceSecretKey& device_key) {
    const auto deployment = keys.deployment.public_key();
    const auto request_bytes = exchange::make_enrolment_request(context.ready(), device, device_key);
    if (!request_bytes) return stop_exchange(context, request_bytes.error(), device);
    const auto request = exchange::parse_enrolment_request(context.ready(), *request_bytes);
    if (!request) return stop_exchange(context, request.error(), device);
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const auto certificate = exchange::certify(context.ready(), *request, 1, today + certificate_life, keys.deployment);
    if (!certificate) return stop_exchange(context, certificate.error(), device);
    const auto verified = exchange::verify_certificate(context.ready(), *certificate, deployment);
    if (!verified) return stop_exchange(context, verified.error(), device);
    return store::Enrolment{device, deployment.to_text(), verified->epoch, certificate->text, certificate->signature};
}

/// What the kiosk seals, the coordinator opens: tried before the device is handed out.
Outcome<void> try_sealing(const Context& context, const DeploymentKeys& keys, const crypto::Bytes& bundle) {
    const auto loaded = exchange::load_bundle(context.ready(), bundle, {keys.deployment.public_key()});
    if (!loaded) return stop_exchange(context, loaded.error(), "bundle");
    const auto sealed = crypto::seal_record(context.ready(), crypto::as_bytes("{}"), loaded->recipient_keys());
    if (!sealed) return stop_crypto(context, sealed.error());
    for (const auto* identity : {&keys.coordinator, &keys.recovery})
        if (const auto opened = crypto::open::open(context.ready(), sealed->bytes, {identity, 1}); !opened)
            return stop_crypto(context, opened.error());
    return {};
}

Outcome<void> fill_store(const Context& context, store::Store& kiosk, const DeploymentKeys& keys,
                         const std::string& device, const crypto::Bytes& bundle, const fs::path& folder) {
    const auto device_key = crypto::DeviceSecretKey::generate(context.ready());
    if (!device_key) return stop_crypto(context, device_key.error());
    const auto enrolment = enrol(context, keys, device, *device_key);
    if (!enrolment) return tl::make_unexpected(enrolment.error());
    if (auto done = kiosk.keep_device_key(*device_key); !done) return stop_store(context, done.error(), folder);
    if (auto done = kiosk.enrol(*enrolment); !done) return stop_store(context, done.error(), folder);
    // Before the bundle, so that it lies at the beginning of the file.
    const auto excerpt = exchange::bundle_excerpt(bundle);
    if (!excerpt) return stop_exchange(context, excerpt.error(), "bundle");
    if (auto done = kiosk.keep_bundle_excerpt(*excerpt); !done) return stop_store(context, done.error(), folder);
    if (auto done = kiosk.install_bundle(1, bundle); !done) return stop_store(context, done.error(), folder);
    for (const auto& worker : demo_workers) {
        const auto pin = crypto::SecretBytes::copy_of(context.ready(), crypto::as_bytes(worker.pin));
        if (!pin) return stop_crypto(context, pin.error());
        if (auto done = kiosk.add_worker({{worker.number}, worker.role}, *pin); !done)
            return stop_store(context, done.error(), folder);
    }
    return {};
}

}  // namespace

Outcome<void> make_demo_kiosk(const Context& context, const fs::path& root, const DeploymentKeys& keys,
                              const crypto::Bytes& bundle) {
    if (auto done = try_sealing(context, keys, bundle); !done) return done;
    const auto path = root / "kiosk";
    const auto folder = store::StateFolder::create(path);
    if (!folder) return stop_store(context, folder.error(), path);
    crypto::DeviceId device{};
    crypto::random_fill(context.ready(), device);
    auto kiosk = store::create_device(context.ready(), *folder, device,
                                      [] { return std::chrono::steady_clock::now().time_since_epoch(); });
    if (!kiosk) return stop_store(context, kiosk.error(), path);
    if (auto done = give_keys(context, root, *folder, *kiosk, keys); !done) return done;
    if (auto done = fill_store(context, *kiosk->store, keys, crypto::to_hex(device), bundle, path); !done) return done;
    return make_folder(context, root / "outbox");
}

}  // namespace app::cli

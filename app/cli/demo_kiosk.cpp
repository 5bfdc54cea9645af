#include "app/cli/demo_kiosk.hpp"

#include <chrono>

#include "app/cli/failures.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/enrolment.hpp"
#include "app/store/store.hpp"
#include "crypto/age.hpp"
#include "crypto/open/open.hpp"
#include "crypto/random.hpp"
#include "crypto/slots.hpp"

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

/// The key of the device's database, under a key file in the first slot.
Outcome<crypto::SecretBytes> make_device_key(const Context& context, const fs::path& root,
                                             const store::StateFolder& folder, const crypto::DeviceId& device) {
    auto key = crypto::SecretBytes::random(context.ready(), crypto::database_key_size);
    if (!key) return stop_crypto(context, key.error());
    auto slots = crypto::Slots::create(context.ready(), device);
    if (!slots) return stop_crypto(context, slots.error());
    const auto key_file = slots->set_key_file(context.ready(), 0, *key);
    if (!key_file) return stop_crypto(context, key_file.error());
    const auto text = key_file->to_text(context.ready());
    if (!text) return stop_crypto(context, text.error());
    if (auto done = folder.write_slots(*slots); !done) return stop_store(context, done.error(), folder.path());
    if (auto done = make_folder(context, root / "usb"); !done) return tl::make_unexpected(done.error());
    if (auto done = write_file(context, root / "usb" / "amparo-device.key", text->view()); !done)
        return tl::make_unexpected(done.error());
    return std::move(*key);
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
    const auto key = make_device_key(context, root, *folder, device);
    if (!key) return tl::make_unexpected(key.error());
    auto kiosk = store::create_store(context.ready(), *folder, *key);
    if (!kiosk) return stop_store(context, kiosk.error(), path);
    if (auto done = fill_store(context, **kiosk, keys, crypto::to_hex(device), bundle, path); !done) return done;
    return make_folder(context, root / "outbox");
}

}  // namespace app::cli

#include "app/kiosk/setting_up.hpp"

#include <unistd.h>

#include "app/device/enrolling.hpp"
#include "app/device/sealing.hpp"
#include "app/session/enrol/test_record.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"
#include "crypto/words.hpp"

namespace app::kiosk {

namespace {

using session::DeviceError;
using session::SendError;

SendError request_error(files::Error error, const std::filesystem::path& folder) {
    std::error_code ignored;
    switch (error) {
        case files::Error::NoSpace:
            return SendError::Full;
        case files::Error::Denied:
            return SendError::ReadOnly;
        case files::Error::Missing:
            return SendError::Gone;
        case files::Error::Memory:
            return SendError::Memory;
        case files::Error::Io:
            return std::filesystem::is_directory(folder, ignored) ? SendError::Check : SendError::Gone;
        case files::Error::Kind:
        case files::Error::TooLarge:
        case files::Error::Short:
        case files::Error::Exists:
        case files::Error::Unsupported:
        case files::Error::Interrupted:
            return SendError::Other;
    }
    return SendError::Other;
}

session::Asked asked(const device::Request& request) {
    return {request.file, request.words};
}

}  // namespace

tl::expected<session::FirstWords, DeviceError> first_words(crypto::SodiumReady ready) {
    auto words = crypto::generate_passphrase(ready);
    if (!words) return tl::unexpected(DeviceError::LockedMemory);
    return session::FirstWords{{session::KeyUse::First, 0, false, std::move(*words)}};
}

tl::expected<session::RequestWritten, SendError> write_request(crypto::SodiumReady ready, store::Store& store,
                                                               const std::string& device,
                                                               const crypto::DeploymentPublicKey& programme,
                                                               const session::Place& place) {
    const std::filesystem::path folder = place.path;
    const auto request = device::fresh_request(ready, store, device, programme);
    if (!request) return tl::unexpected(SendError::Other);
    if (const auto written = device::write_request(folder, *request); !written)
        return tl::unexpected(request_error(written.error().error, folder));
    return session::RequestWritten{asked(*request)};
}

std::optional<session::Asked> asked_before(crypto::SodiumReady ready, const device::NewDevice& device,
                                           const crypto::DeploymentPublicKey& programme) {
    const auto kept = device::kept_request(ready, device.store(), device.id(), programme);
    return kept ? std::optional(asked(*kept)) : std::nullopt;
}

tl::expected<Device, DeviceError> enrol(crypto::SodiumReady ready, const Places& places,
                                        std::optional<device::NewDevice>& fresh,
                                        const std::vector<std::filesystem::path>& folders,
                                        std::chrono::sys_days today) {
    if (!fresh || !places.programme) return tl::unexpected(DeviceError::NotEnrolled);
    AMPARO_TRY(const answer, device::find_answer(ready, *fresh, *places.programme, folders));
    AMPARO_DO(device::enrol(ready, *fresh, *places.programme, answer));
    auto opened = std::move(*fresh);
    fresh.reset();
    auto device = device::Device::enrolled(ready, places, std::move(opened), around(today));
    if (!device) return tl::unexpected(device.error());
    return Device(std::move(*device));
}

tl::expected<session::TestSealed, DeviceError> seal_test(crypto::SodiumReady ready, Device& device,
                                                         model::Worker worker) {
    if (!device.bundle) return tl::unexpected(device.no_bundle);
    const session::TestSaid said{crypto::random_hex(ready, 16), crypto::case_code(ready),
                                 exchange::day_text(device.local_today()), worker};
    const auto& version = device.bundle->version;
    const auto json = session::write_test_record(ready, *device.bundle,
                                                 {version.deployment, device.enrolment.device, version.sequence}, said);
    if (!json) return tl::unexpected(DeviceError::SealFailed);
    AMPARO_DO(device::seal_revision(ready, device, said.record, 1, *json, {}));
    const auto counts = device.store->records().counts();
    if (!counts) return tl::unexpected(device_error_of(counts.error()));
    return session::TestSealed{*counts};
}

}  // namespace app::kiosk

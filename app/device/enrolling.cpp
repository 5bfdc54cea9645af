#include "app/device/enrolling.hpp"

#include <algorithm>

#include "app/device/device.hpp"
#include "app/device/device_error.hpp"
#include "app/device/stick_files.hpp"
#include "app/exchange/enrolment.hpp"
#include "app/files/durable_file.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/try.hpp"

namespace app::device {

namespace fs = std::filesystem;
using model::DeviceError;

namespace {

constexpr std::string_view request_setting = "enrol.request";  // the bytes of the last request, which are text

Request told(crypto::SodiumReady ready, crypto::Bytes bytes, const exchange::EnrolmentRequest& request,
             const crypto::DeploymentPublicKey& programme) {
    const auto nonce = crypto::to_hex(request.nonce).substr(0, 8);
    return {request.device + "-" + nonce + ".amparo-request", std::move(bytes),
            exchange::enrolment_words(ready, programme, request)};
}

template <class T>
tl::expected<T, DeviceError> stored(store::Result<T> result) {
    if (!result) return tl::unexpected(device_error_of(result.error()));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(*result);
}

/// Files in these folders that are called like certificates: of this device, the highest epoch first; and whether
/// there are others'.
struct Named {
    std::vector<fs::path> own;
    bool others = false;
};

Named certificates_in(const std::vector<fs::path>& folders, const std::string& device) {
    Named named;
    for (const auto& file : files_on_sticks(folders, exchange::is_certificate_file_name).files) {
        if (file.filename().string().starts_with(device))
            named.own.push_back(file);
        else
            named.others = true;
    }
    std::sort(named.own.begin(), named.own.end(), [&](const auto& a, const auto& b) {
        const auto first = a.filename().string(), second = b.filename().string();
        return first.size() != second.size() ? first.size() > second.size() : first > second;  // no leading zeros
    });
    return named;
}

tl::expected<exchange::CertificateFile, DeviceError> read_certificate(crypto::SodiumReady ready, const fs::path& path,
                                                                      const std::string& device,
                                                                      const crypto::DevicePublicKey& key,
                                                                      const crypto::DeploymentPublicKey& programme,
                                                                      StickReader& reader) {
    const auto bytes = reader.whole(path, exchange::certificate_file_most_bytes);
    if (!bytes) return tl::unexpected(DeviceError::CertificateDamaged);
    auto file = exchange::load_certificate_file(ready, *bytes, programme);
    if (!file) {
        const auto why = file.error().error;
        return tl::unexpected(why == exchange::Error::Signature || why == exchange::Error::Deployment
                                  ? DeviceError::CertificateForeign
                                  : DeviceError::CertificateDamaged);
    }
    if (file->certificate.device != device) return tl::unexpected(DeviceError::CertificateOfAnother);
    if (!(file->certificate.key == key)) return tl::unexpected(DeviceError::CertificateOfOldKey);
    return std::move(*file);
}

/// The first that holds. Where none does: why not the one whose name promised most.
tl::expected<exchange::CertificateFile, DeviceError> find_certificate(crypto::SodiumReady ready,
                                                                      const NewDevice& device,
                                                                      const crypto::DeploymentPublicKey& programme,
                                                                      const std::vector<fs::path>& folders) {
    AMPARO_TRY(const key, stored(device.store().device().key()));
    const auto id = device.id();
    const auto named = certificates_in(folders, id);
    std::optional<DeviceError> why;
    StickReader reader;
    for (const auto& path : named.own) {
        auto file = read_certificate(ready, path, id, key.public_key(), programme, reader);
        if (file) return file;
        why = why.value_or(file.error());
    }
    if (why) return tl::unexpected(*why);
    return tl::unexpected(named.others ? DeviceError::CertificateOfAnother : DeviceError::NoCertificate);
}

}  // namespace

tl::expected<Request, DeviceError> fresh_request(crypto::SodiumReady ready, store::Store& store,
                                                 const std::string& device,
                                                 const crypto::DeploymentPublicKey& programme) {
    AMPARO_TRY(const key, stored(store.device().key()));
    auto bytes = exchange::make_enrolment_request(ready, device, key);
    if (!bytes) return tl::unexpected(DeviceError::Other);
    const auto request = exchange::parse_enrolment_request(ready, *bytes);
    if (!request) return tl::unexpected(DeviceError::Other);
    AMPARO_DO(stored(store.settings().set(request_setting, crypto::as_text(*bytes))));
    return told(ready, std::move(*bytes), *request, programme);
}

std::optional<Request> kept_request(crypto::SodiumReady ready, store::Store& store, const std::string& device,
                                    const crypto::DeploymentPublicKey& programme) {
    const auto text = store.settings().get(request_setting);
    if (!text || !*text || (*text)->empty()) return std::nullopt;
    const auto view = crypto::as_bytes(**text);
    crypto::Bytes bytes(view.begin(), view.end());
    const auto request = exchange::parse_enrolment_request(ready, bytes);
    const auto key = store.device().key();
    if (!request || !key || request->device != device || !(request->key == key->public_key())) return std::nullopt;
    return told(ready, std::move(bytes), *request, programme);
}

files::Detailed<void> write_request(const fs::path& folder, const Request& request) {
    const auto path = folder / request.file;
    auto file = files::DurableFile::create(path);
    if (!file && file.error().error == files::Error::Exists) {
        const auto there = files::read_plain(path, request.bytes.size(), files::Links::Refused);
        if (there && *there == request.bytes) return {};
    }
    if (!file) return tl::unexpected(file.error());
    AMPARO_DO(file->write(request.bytes));
    AMPARO_DO(file->sync());
    crypto::Bytes read;
    AMPARO_TRY(const whole, file->read_back([&](std::span<const std::byte> piece) {
        read.insert(read.end(), piece.begin(), piece.end());
        return read.size() <= request.bytes.size();
    }));
    if (!whole || read != request.bytes) return tl::unexpected(files::Failure{files::Error::Io, "read back"});
    return file->publish();
}

tl::expected<ProgrammeAnswer, DeviceError> find_answer(crypto::SodiumReady ready, const NewDevice& device,
                                                       const crypto::DeploymentPublicKey& programme,
                                                       const std::vector<fs::path>& folders) {
    AMPARO_TRY(certificate, find_certificate(ready, device, programme, folders));
    AMPARO_TRY(const least, stored(device.store().bundle().sequence()));
    AMPARO_TRY(bundle, find_first_bundle(ready, {programme, least}, folders));
    return ProgrammeAnswer{std::move(certificate), std::move(bundle)};
}

tl::expected<void, DeviceError> enrol(crypto::SodiumReady ready, NewDevice& device,
                                      const crypto::DeploymentPublicKey& programme, const ProgrammeAnswer& answer) {
    auto& store = device.store();
    AMPARO_DO(install_bundle(store, answer.bundle.bundle.version.sequence, answer.bundle.bytes));
    const auto recipients = answer.bundle.bundle.recipient_keys();
    AMPARO_DO(stored(store::keep_recovery(ready, device.folder, device.open, recipients)));
    const auto& certificate = answer.certificate;
    return stored(
        store.device().enrol({device.id(), programme.to_text(), certificate.certificate.epoch,
                              certificate.signed_certificate.text, certificate.signed_certificate.signature}));
}

}  // namespace app::device

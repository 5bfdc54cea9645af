#include "app/deployment/enrolling.hpp"

#include <algorithm>
#include <tuple>

#include "app/deployment/files.hpp"
#include "app/exchange/certificate_file.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_request = 16U << 10U;

/// Names of the answer's own files: the request is kept beside it, by its digest.
fs::path answered_mark(crypto::SodiumReady ready, const fs::path& root, const DeviceRequest& request) {
    return certificates_in(root) / (crypto::to_hex(crypto::sha256(ready, request.bytes)) + ".answered");
}

}  // namespace

fs::path certificates_in(const fs::path& root) {
    return root / "certificates";
}

Result<DeviceRequest> read_device_request(crypto::SodiumReady ready, const fs::path& file) {
    AMPARO_TRY(bytes, read_plain(file, most_request));
    auto request = exchange::parse_enrolment_request(ready, bytes);
    if (!request) return failed(Refusal::NotARequest, file.string());
    return DeviceRequest{std::move(*request), std::move(bytes)};
}

std::vector<exchange::Certificate> issued_certificates(crypto::SodiumReady ready, const fs::path& root,
                                                       const crypto::DeploymentPublicKey& programme) {
    std::vector<exchange::Certificate> issued;
    const auto folder = certificates_in(root);
    for (const auto& name : files::names_in(folder).value_or(std::vector<std::string>{})) {
        if (!exchange::is_certificate_file_name(name)) continue;
        const auto bytes =
            files::read_plain(folder / name, exchange::certificate_file_most_bytes, files::Links::Refused);
        if (!bytes) continue;
        auto file = exchange::load_certificate_file(ready, *bytes, programme);
        if (file && exchange::certificate_file_name(file->certificate) == name)
            issued.push_back(std::move(file->certificate));
    }
    std::sort(issued.begin(), issued.end(),
              [](const auto& a, const auto& b) { return std::tie(a.device, a.epoch) < std::tie(b.device, b.epoch); });
    return issued;
}

Result<std::uint64_t> epoch_for(crypto::SodiumReady ready, const fs::path& root,
                                const crypto::DeploymentPublicKey& programme, const DeviceRequest& request,
                                const std::vector<casebook::Device>& known) {
    const auto& device = request.request.device;
    if (const auto mark = answered_mark(ready, root, request); files::is_there(mark))
        return failed(Refusal::Answered, certificates_in(root).string());
    std::uint64_t highest = 0;
    for (const auto& certificate : issued_certificates(ready, root, programme))
        if (certificate.device == device) highest = std::max(highest, certificate.epoch);
    for (const auto& one : known) {
        if (one.device != device) continue;
        if (one.revoked) return failed(Error::Revoked, device);
        highest = std::max(highest, one.epoch);
    }
    if (highest >= exchange::most_epoch) return failed(Refusal::EpochsEnded, device);
    return highest + 1;
}

Result<fs::path> enrol_device(crypto::SodiumReady ready, const fs::path& root, const DeviceRequest& request,
                              std::uint64_t epoch, exchange::Day until, const crypto::DeploymentSecretKey& key) {
    const auto& device = request.request.device;
    AMPARO_TRY(const both, about(device, exchange::certify(ready, request.request, epoch, until, key)));
    AMPARO_TRY(const certificate, about(device, exchange::verify_certificate(ready, both, key.public_key())));
    AMPARO_TRY(const archive, about(device, exchange::certificate_file(both)));
    AMPARO_DO(have_folder(certificates_in(root)));
    const auto file = certificates_in(root) / exchange::certificate_file_name(certificate);
    AMPARO_DO(write_new(file, archive));
    AMPARO_DO(write_new(answered_mark(ready, root, request), crypto::as_bytes("")));
    return file;
}

}  // namespace app::deployment

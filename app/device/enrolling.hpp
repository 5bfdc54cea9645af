// A device asks to be enrolled and takes the programme's answer in: the request on a stick, the certificate and the
// bundle that come back. No words for people, no window.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/device/brought.hpp"
#include "app/device/new_device.hpp"
#include "app/exchange/certificate_file.hpp"
#include "app/files/error.hpp"

namespace app::device {

/// What a device asks with, and what people compare on both sides.
struct Request {
    std::string file;  ///< "<device>-<8 hex of the nonce>.amparo-request"
    crypto::Bytes bytes;
    std::string words;  ///< eight, joined by hyphens
};

/// A request with a new nonce, by the key that the device keeps; from now on it is the one that kept_request() gives.
/// `device`: 32 hex digits. Errors: those of the store; LockedMemory, Other.
[[nodiscard]] tl::expected<Request, model::DeviceError> fresh_request(crypto::SodiumReady ready, store::Store& store,
                                                                      const std::string& device,
                                                                      const crypto::DeploymentPublicKey& programme);
/// The last one, where it is whole and by this device's key.
[[nodiscard]] std::optional<Request> kept_request(crypto::SodiumReady ready, store::Store& store,
                                                  const std::string& device,
                                                  const crypto::DeploymentPublicKey& programme);
/// Whole under its name and read back from the medium, or not there at all. A file of that name which holds exactly
/// this is as good. Errors: Exists (it holds something else), Io, NoSpace.
[[nodiscard]] files::Detailed<void> write_request(const std::filesystem::path& folder, const Request& request);

/// The programme's answer, verified by its key and for this very device and its key.
struct ProgrammeAnswer {
    exchange::CertificateFile certificate;
    FoundBundle bundle;
};

/// In these folders: the certificate with the highest epoch, and the newest bundle. Only plain files are read, none
/// through a link, and of certificates a thousand at most. Errors: NoCertificate (there is none),
/// CertificateOfAnother (only other devices'), CertificateOfOldKey (this device's number, another key),
/// CertificateForeign (no signature of the programme), CertificateDamaged; and those of look_for_bundle().
[[nodiscard]] tl::expected<ProgrammeAnswer, model::DeviceError> find_answer(
    crypto::SodiumReady ready, const NewDevice& device, const crypto::DeploymentPublicKey& programme,
    const std::vector<std::filesystem::path>& folders);

/// Bundle, its excerpt and the recovery file first, the enrolment last and in one transaction: what breaks off before
/// is done again. Errors: OldBundle, and those of the store.
[[nodiscard]] tl::expected<void, model::DeviceError> enrol(crypto::SodiumReady ready, NewDevice& device,
                                                           const crypto::DeploymentPublicKey& programme,
                                                           const ProgrammeAnswer& answer);

}  // namespace app::device

#pragma once
// The programme's answer to a kiosk that asks to be enrolled, and what it remembers of the answers it gave: the folder
// `certificates`. Must not know how anybody is asked.

#include <filesystem>
#include <vector>

#include "app/deployment/failure.hpp"
#include "app/exchange/certificate.hpp"
#include "app/exchange/enrolment.hpp"

namespace app::deployment {

/// A request and the bytes that it was read from, by which it is known again.
struct DeviceRequest {
    exchange::EnrolmentRequest request;
    crypto::Bytes bytes;
};

/// Out of its file, which may be on a stick. Errors: Refusal::NotARequest, files::Error.
[[nodiscard]] Result<DeviceRequest> read_device_request(crypto::SodiumReady ready, const std::filesystem::path& file);

/// Where a programme keeps what it certified.
[[nodiscard]] std::filesystem::path certificates_in(const std::filesystem::path& root);
/// The certificates in the programme's folder `root` that are what their names say, signed by the programme; by device
/// and epoch. Whatever else lies there is passed over.
[[nodiscard]] std::vector<exchange::Certificate> issued_certificates(crypto::SodiumReady ready,
                                                                     const std::filesystem::path& root,
                                                                     const crypto::DeploymentPublicKey& programme);

/// The epoch that the device gets: above every one that a certificate or a batch of it has had, else 1. `known`: the
/// devices of the casebook. Errors: Refusal (Answered, about the request's answer; EpochsEnded), Error::Revoked.
[[nodiscard]] Result<std::uint64_t> epoch_for(crypto::SodiumReady ready, const std::filesystem::path& root,
                                              const crypto::DeploymentPublicKey& programme,
                                              const DeviceRequest& request, const std::vector<casebook::Device>& known);

/// Signs the certificate and keeps it, durable and never over another one; gives its path. Only after people have
/// compared the words. Errors: exchange::Failure.
[[nodiscard]] Result<std::filesystem::path> enrol_device(crypto::SodiumReady ready, const std::filesystem::path& root,
                                                         const DeviceRequest& request, std::uint64_t epoch,
                                                         exchange::Day until, const crypto::DeploymentSecretKey& key);

}  // namespace app::deployment

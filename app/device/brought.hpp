// What somebody brought on a stick for this device: a newer bundle, a newer certificate. Looked at first, with nothing
// believed that the programme's key did not sign; taken when people agree. Must not know how anybody is asked.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "app/device/device.hpp"
#include "app/exchange/certificate_file.hpp"
#include "app/model/news.hpp"

namespace app::device {

/// What was found, with its bytes: what people are shown is what accept() takes, whatever happens to the stick.
struct Brought {
    model::News news;
    crypto::Bytes bundle;  ///< the whole file; empty: none
    std::optional<exchange::CertificateFile> certificate;
};

/// The newest bundle and the newest certificate in these folders, plain or in a reply to this device, that the
/// programme signed for it and that are newer than what is in force, and why others that are called like one are not
/// taken. However many others there are, the genuine one is found, within the bounds of files_on_sticks() and
/// StickReader. Changes nothing. Errors: Other (the store cannot say what is in force), and those of reading it.
[[nodiscard]] tl::expected<Brought, model::DeviceError> look_for_news(
    crypto::SodiumReady ready, Device& device, const std::vector<std::filesystem::path>& folders);

/// Puts what was found into the store and works with it from now on: the bundle, with its excerpt, and the recovery
/// file for who can read from now on; then the certificate. Each is verified once more and noted. Where it fails the
/// device works on as it was, or with the bundle where only the certificate failed.
/// Errors: InterviewOpen (a draft is there that can be gone on with), OldBundle and Certificate (no longer newer),
/// BadBundle and its kin, NoRoom, StateReadOnly, Other.
[[nodiscard]] tl::expected<void, model::DeviceError> accept_news(crypto::SodiumReady ready, Device& device,
                                                                 const Brought& brought);

/// Of a device whose bundle was lost or cannot be used: the newest that is not older than any that was installed here,
/// looked for and taken. Errors: NoBundle (there is none), TooManyBundles, and as accept_news().
[[nodiscard]] tl::expected<void, model::DeviceError> find_bundle(crypto::SodiumReady ready, Device& device,
                                                                 const std::vector<std::filesystem::path>& folders);

/// A bundle that a device can work with.
struct FoundBundle {
    crypto::Bytes bytes;
    exchange::Bundle bundle;
};
/// Of a device that has none yet: the newest that `trust` allows. Errors: as find_bundle(). Changes nothing.
[[nodiscard]] tl::expected<FoundBundle, model::DeviceError> find_first_bundle(
    crypto::SodiumReady ready, const exchange::BundleTrust& trust, const std::vector<std::filesystem::path>& folders);
/// Into the store, with its excerpt. Errors: OldBundle, NoRoom, StateReadOnly, Other.
[[nodiscard]] tl::expected<void, model::DeviceError> install_bundle(store::Store& store, std::uint64_t sequence,
                                                                    crypto::ByteView bytes);

}  // namespace app::device

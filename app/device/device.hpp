// The unlocked device: folder, store, bundle and keys, opened in the only order that fails closed. It must not know
// screens, threads or what a session is.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/device/audit.hpp"
#include "app/device/device_error.hpp"
#include "app/device/draft_keeper.hpp"
#include "app/device/key_files.hpp"
#include "app/device/new_device.hpp"
#include "app/device/places.hpp"
#include "app/exchange/audit.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/certificate.hpp"
#include "app/model/device_error.hpp"
#include "app/store/device_keys.hpp"
#include "app/store/repair.hpp"

namespace app::device {

/// What a device takes from the program around it.
struct Around {
    std::chrono::sys_days today;                         ///< in UTC, as bundles and certificates count
    std::function<std::chrono::sys_days()> local_today;  ///< as people see it, asked for every entry of the audit
    DraftKeeper::OwnerOf draft_owner;                    ///< reads whose a draft is
};

/// Everything that is done with an open device works with this. Used from one thread.
struct Device {
    store::StateFolder folder;
    std::unique_ptr<store::Store> store;
    crypto::Slots slots;                                       ///< as they are on the medium
    crypto::SecretBytes key;                                   ///< of the database
    std::shared_ptr<const exchange::Bundle> bundle;            ///< null: it was lost, or cannot be used
    model::DeviceError no_bundle = model::DeviceError::Other;  ///< why, then
    std::vector<crypto::Recipient> recipients;                 ///< also without the bundle, from its excerpt; or none
    std::vector<crypto::Recipient> batch_recipients;           ///< and whom the outer layer of a batch is sealed to
    exchange::SignedCertificate certificate;
    store::Enrolment enrolment;
    std::string fingerprint;
    std::chrono::sys_days certificate_end{};  ///< its last day
    bool key_open_to_others = false;          ///< the key file that opened it
    DraftKeeper drafts;
    std::function<std::chrono::sys_days()> local_today;
    DraftKeeper::OwnerOf draft_owner;
    std::vector<std::size_t> keys_lost = {};   ///< slots with a keyholder that open nothing any more
    std::deque<AuditNote> unnoted = {};        ///< what happened and has no entry in the audit yet
    std::optional<std::uint32_t> worker = {};  ///< who signed in last

    /// Slots, words or else the key file, database, enrolment and certificate (under the pinned key of the programme,
    /// where there is one), bundle; only then is anything changed, and the recovery file is brought up to date with the
    /// bundle's recipients. Nothing is left open when a step fails, but for the bundle: it can be brought again, and
    /// what is sealed has to leave without it.
    /// NotEnrolled: it is a device that was made here and belongs to no programme yet; see open().
    [[nodiscard]] static tl::expected<Device, model::DeviceError> unlock(crypto::SodiumReady ready,
                                                                         const Places& places,
                                                                         const std::optional<crypto::SlotWords>& words,
                                                                         Around around);
    /// The same; where the programme's key is pinned, also a device that was not enrolled yet.
    [[nodiscard]] static tl::expected<std::variant<Device, NewDevice>, model::DeviceError> open(
        crypto::SodiumReady ready, const Places& places, const std::optional<crypto::SlotWords>& words, Around around);
    /// One that has just been enrolled goes on as the device that it is now; noted. Errors: as unlock().
    [[nodiscard]] static tl::expected<Device, model::DeviceError> enrolled(crypto::SodiumReady ready,
                                                                           const Places& places, NewDevice opened,
                                                                           Around around);
    /// From now on it works with this bundle, which is in the store.
    void use(crypto::SodiumReady ready, exchange::Bundle installed);
};

/// The copy of what sealing needs becomes that of this bundle; where it cannot be written now the next start tries.
void keep_excerpt(store::Store& store, crypto::ByteView bundle);

/// Saves what is whole of a damaged store (store::repair()), if what is saved belongs to the pinned programme, or to
/// one device of one programme where none is pinned; else nothing is changed. Errors: as Device::unlock(); StoreLost,
/// WhoseLost.
[[nodiscard]] tl::expected<store::Repaired, model::DeviceError> repair(
    crypto::SodiumReady ready, const Places& places, const std::optional<crypto::SlotWords>& words,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);

}  // namespace app::device

// The unlocked device: folder, store, bundle and keys, opened in the only order that fails closed. It must not know
// screens or threads.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/device/audit.hpp"
#include "app/exchange/audit.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/certificate.hpp"
#include "app/kiosk/draft_keeper.hpp"
#include "app/kiosk/key_files.hpp"
#include "app/session/effect.hpp"
#include "app/store/device_keys.hpp"
#include "app/store/repair.hpp"

namespace app::kiosk {

/// Where a kiosk finds its things.
struct Places {
    std::filesystem::path state;       ///< the state folder
    std::filesystem::path device_key;  ///< the key file; empty: looked for on removable drives
    std::filesystem::path outbox;      ///< a folder batches may go to; empty: removable drives only
    /// The key of the programme, from outside the state folder; nothing: none is pinned on this device.
    std::optional<crypto::DeploymentPublicKey> programme = {};
};

/// Everything effects work with. Used from one thread.
struct Device {
    store::StateFolder folder;
    std::unique_ptr<store::Store> store;
    crypto::Slots slots;                                   ///< as they are on the medium
    crypto::SecretBytes key;                               ///< of the database
    std::shared_ptr<const exchange::Bundle> bundle;        ///< null: it was lost, or cannot be used
    session::Trouble no_bundle = session::Trouble::Other;  ///< why, then
    std::vector<crypto::Recipient> recipients;             ///< also without the bundle, from its excerpt; or none
    exchange::SignedCertificate certificate;
    store::Enrolment enrolment;
    std::string fingerprint;
    std::chrono::sys_days certificate_end{};  ///< its last day
    bool key_open_to_others = false;          ///< the key file that opened it
    DraftKeeper drafts;
    std::vector<std::size_t> keys_lost = {};     ///< slots with a keyholder that open nothing any more
    std::deque<device::AuditNote> unnoted = {};  ///< what happened and has no entry in the audit yet
    std::optional<std::uint32_t> worker = {};    ///< who signed in last

    /// Slots, words or else the key file, database, enrolment and certificate (under the pinned key of the programme,
    /// where there is one), bundle; only then is anything changed, and the recovery file is brought up to date with the
    /// bundle's recipients. Nothing is left open when a step fails, but for the bundle: it can be brought again, and
    /// what is sealed has to leave without it.
    [[nodiscard]] static tl::expected<Device, session::Trouble> unlock(crypto::SodiumReady ready, const Places& places,
                                                                       const std::optional<session::SlotWords>& words,
                                                                       std::chrono::sys_days today);
    /// From now on it works with this bundle, which is in the store.
    void use(crypto::SodiumReady ready, exchange::Bundle installed);
    /// What the session is told. There must be a bundle.
    [[nodiscard]] tl::expected<session::Setup, session::Trouble> setup(std::chrono::sys_days today);
};

[[nodiscard]] session::Trouble trouble_of(store::Error error) noexcept;
[[nodiscard]] session::Trouble trouble_of_bundle(const exchange::Failure& failure) noexcept;
/// The copy of what sealing needs becomes that of this bundle; where it cannot be written now the next start tries.
void keep_excerpt(store::Store& store, crypto::ByteView bundle);

/// Saves what is whole of a damaged store (store::repair()), if what is saved belongs to the pinned programme, or to
/// one device of one programme where none is pinned; else nothing is changed. Errors: as Device::unlock(); StoreLost,
/// WhoseLost.
[[nodiscard]] tl::expected<store::Repaired, session::Trouble> repair(
    crypto::SodiumReady ready, const Places& places, const std::optional<session::SlotWords>& words,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);

}  // namespace app::kiosk

#include "app/device/device.hpp"

#include "app/device/enrolled.hpp"
#include "app/device/noting.hpp"

namespace app::device {

namespace {

using model::DeviceError;

DeviceError device_error_of_key(crypto::Error error) noexcept {
    return error == crypto::Error::LockedMemory ? DeviceError::LockedMemory
           : error == crypto::Error::Memory     ? DeviceError::Memory
                                                : DeviceError::WrongKey;
}

/// A device without a whole copy of its slots is known before anybody looks for a stick or types words.
tl::expected<store::SlotCopies, DeviceError> look_at_slots(const store::StateFolder& folder) {
    auto copies = folder.read_slot_copies();
    if (copies) return std::move(*copies);
    std::error_code ignored;
    const bool gone = copies.error() == store::Error::Missing && std::filesystem::exists(folder.database(), ignored);
    return tl::unexpected(gone || copies.error() == store::Error::Damaged ? DeviceError::SlotsLost
                                                                          : device_error_of(copies.error()));
}

/// Whether a key file opens one of these copies.
Fits fits_one_of(crypto::SodiumReady ready, const store::SlotCopies& copies) {
    return [ready, &copies](const crypto::KeyFile& file) -> tl::expected<bool, DeviceError> {
        for (const auto& slots : copies.whole) {
            const auto key = slots.unlock_key_file(ready, file);
            if (key) return true;
            if (const auto why = device_error_of_key(key.error()); why != DeviceError::WrongKey)
                return tl::unexpected(why);
        }
        return false;
    };
}

/// What opened the device, beside what it gave.
template <class T>
struct By {
    T opened;
    bool key_open_to_others;
};

template <class Use>
using UsedFor = typename std::invoke_result_t<Use, store::Opener, store::SlotCopies>::value_type;

/// Calls `use` with what opens the device, and the slots: these words, else the key file that fits where they are to
/// be found.
template <class Use>
auto with_opener(crypto::SodiumReady ready, const store::StateFolder& folder, const Places& places,
                 const std::optional<crypto::SlotWords>& words, const Use& use)
    -> tl::expected<By<UsedFor<Use>>, DeviceError> {
    const auto copies = look_at_slots(folder);
    if (!copies) return tl::unexpected(copies.error());
    std::optional<FoundKey> key;
    store::Opener opener = store::ByKeyFile{};
    if (words) {
        opener = store::ByWords{words->slot, &words->words};
    } else {
        auto found =
            find_key_file(ready, key_file_paths(places), copies->whole.front().device(), fits_one_of(ready, *copies));
        if (!found) return tl::unexpected(found.error());
        key.emplace(std::move(*found));
        opener = store::ByKeyFile{&key->file, nullptr};
    }
    auto opened = use(opener, *copies);
    if (opened) return By<UsedFor<Use>>{std::move(*opened), key && key->open_to_others};
    return tl::unexpected(words && opened.error() == store::Error::WrongKey ? DeviceError::WrongWords
                                                                            : device_error_of(opened.error()));
}

/// That the store belongs to the pinned programme, before anything else in it is believed. Where none is pinned the
/// store says itself whose it is.
tl::expected<Enrolled, DeviceError> whose(crypto::SodiumReady ready, store::Store& store,
                                          const crypto::DeviceId& device,
                                          const std::optional<crypto::DeploymentPublicKey>& pinned) {
    auto programme = pinned;
    if (!programme) {
        const auto enrolment = store.device().enrolment();
        if (!enrolment)
            return tl::unexpected(enrolment.error() == store::Error::Damaged ? DeviceError::Certificate
                                                                             : device_error_of(enrolment.error()));
        const auto named = crypto::DeploymentPublicKey::parse(enrolment->deployment_key);
        if (!named) return tl::unexpected(DeviceError::Certificate);
        programme = *named;
    }
    auto known = verify_enrolled(ready, store, device, *programme);
    if (known) return std::move(*known);
    switch (known.error().why) {
        case NotEnrolled::OtherProgramme:
            return tl::unexpected(pinned ? DeviceError::OtherProgramme : DeviceError::Certificate);
        case NotEnrolled::OtherDevice:
            return tl::unexpected(DeviceError::Certificate);
        case NotEnrolled::Never:
        case NotEnrolled::Unreadable:  // what repairing could not keep is no reason to repair again
            return tl::unexpected(known.error().store == store::Error::Damaged ? DeviceError::Certificate
                                                                               : device_error_of(known.error().store));
    }
    return tl::unexpected(DeviceError::Certificate);
}

/// Looks whose the store is, for any of the devices that the slots name, before anything of it is changed.
struct Look {
    crypto::SodiumReady ready;
    const std::optional<crypto::DeploymentPublicKey>& pinned;
    std::optional<tl::expected<Enrolled, DeviceError>> seen = {};
    bool lost = false;   ///< what would say whose it is cannot be read
    bool fresh = false;  ///< it was made here and is nobody's yet

    [[nodiscard]] bool operator()(store::Store& store, const store::SlotCopies& copies) {
        fresh = pinned && is_new(store);
        if (fresh) return true;
        lost = !store.device().enrolment();
        for (const auto& slots : copies.whole) {
            seen.emplace(whose(ready, store, slots.device(), pinned));
            if (*seen) return true;
        }
        return false;
    }
    /// Why a store operation failed: what was seen, where that is why.
    [[nodiscard]] DeviceError why(DeviceError error) const { return seen && !*seen ? seen->error() : error; }
};

/// A repair that the coordinators have not been told of is told with the next batch.
void tell_of_repair(crypto::SodiumReady ready, Device& device) {
    const auto repair = untold_repair(*device.store);
    if (!repair) return;
    note(ready, device, exchange::AuditType::DatabaseRepaired, *repair);
    if (device.unnoted.empty()) repair_told(*device.store);
}

DraftKeeper drafts_for(crypto::SodiumReady ready, const store::Enrolment& enrolment, const exchange::Bundle* bundle,
                       DraftKeeper::OwnerOf owner_of) {
    return DraftKeeper(ready, enrolment.device, bundle != nullptr ? bundle->policy.resume_minutes : 0,
                       bundle != nullptr ? bundle->version.sequence : 0, owner_of);
}

struct Loaded {
    std::shared_ptr<const exchange::Bundle> bundle;
    DeviceError no_bundle = DeviceError::Other;
    std::vector<crypto::Recipient> recipients;
    std::vector<crypto::Recipient> batch_recipients;
};

/// The bundle in the store, when screenings can be made with it.
tl::expected<exchange::Bundle, DeviceError> load_bundle(crypto::SodiumReady ready, store::Store& store,
                                                        const crypto::DeploymentPublicKey& pinned) {
    const auto installed = store.bundle().installed();
    if (!installed)
        return tl::unexpected(installed.error() == store::Error::NotFound ? DeviceError::NoBundle
                                                                          : device_error_of(installed.error()));
    auto bundle = exchange::load_bundle(ready, installed->bytes, {pinned, installed->sequence});
    if (!bundle) return tl::unexpected(device_error_of_bundle(bundle.error()));
    if (bundle->recipients.empty()) return tl::unexpected(DeviceError::NoRecipients);
    if (bundle->forms.empty()) return tl::unexpected(DeviceError::UnknownForm);
    keep_excerpt(store, installed->bytes);
    return std::move(*bundle);
}

/// Whom what is sealed goes to where there is no bundle.
void take_recipients(crypto::SodiumReady ready, store::Store& store, const crypto::DeploymentPublicKey& pinned,
                     Loaded& loaded) {
    const auto kept = store.bundle().excerpt();
    const auto newest = store.bundle().sequence();  // an older one may name people who have been removed since
    if (!kept || !newest) return;
    auto excerpt = exchange::load_excerpt(ready, *kept, {pinned, *newest});
    if (!excerpt) return;
    loaded.recipients = std::move(excerpt->recipients);
    loaded.batch_recipients = std::move(excerpt->batch_recipients);
}

/// The bundle, or whom what is sealed goes to without it.
tl::expected<Loaded, DeviceError> load(crypto::SodiumReady ready, store::Store& store,
                                       const crypto::DeploymentPublicKey& programme) {
    Loaded loaded;
    auto bundle = load_bundle(ready, store, programme);
    if (bundle) {
        loaded.recipients = bundle->recipient_keys();
        loaded.batch_recipients = bundle->batch_keys();
        loaded.bundle = std::make_shared<const exchange::Bundle>(std::move(*bundle));
    } else {
        if (bundle.error() == DeviceError::StoreDamaged) return tl::unexpected(bundle.error());
        loaded.no_bundle = bundle.error();
        take_recipients(ready, store, programme, loaded);
    }
    return loaded;
}

}  // namespace

void keep_excerpt(store::Store& store, crypto::ByteView bundle) {
    const auto excerpt = exchange::bundle_excerpt(bundle);
    if (!excerpt) return;
    if (const auto kept = store.bundle().excerpt(); kept && *kept == *excerpt) return;
    static_cast<void>(store.bundle().keep_excerpt(*excerpt));
}

tl::expected<Device, DeviceError> Device::unlock(crypto::SodiumReady ready, const Places& places,
                                                 const std::optional<crypto::SlotWords>& words, Around around) {
    auto opened = open(ready, places, words, std::move(around));
    if (!opened) return tl::unexpected(opened.error());
    auto* device = std::get_if<Device>(&*opened);
    if (device == nullptr) return tl::unexpected(DeviceError::NotEnrolled);
    return std::move(*device);
}

namespace {

/// From an open store to a device that works, if it is the pinned programme's.
tl::expected<Device, DeviceError> take_over(crypto::SodiumReady ready, const Places& places, NewDevice opened,
                                            Around around) {
    auto& store = opened.store();
    // For the device whose slot it was, now that one is known to have opened it.
    auto known = whose(ready, store, opened.open.slots.device(), places.programme);
    if (!known) return tl::unexpected(known.error());
    const auto programme =
        places.programme ? *places.programme : *crypto::DeploymentPublicKey::parse(known->enrolment.deployment_key);
    // Whoever holds the words or the key file may lift the lock that wrong PINs have put on the device.
    if (const auto locked = store.people().device_locked(); locked && *locked)
        if (const auto lifted = store.people().lift_device_lock(); !lifted)
            return tl::unexpected(device_error_of(lifted.error()));
    static_cast<void>(opened.folder.keep_salt());
    if (const auto whole = verify_audit(ready, store); !whole) return tl::unexpected(whole.error());
    auto loaded = load(ready, store, programme);
    if (!loaded) return tl::unexpected(loaded.error());
    // Where it cannot be written now, the device still has to open: what it keeps must be sent. The next start tries.
    if (!loaded->recipients.empty())
        static_cast<void>(store::keep_recovery(ready, opened.folder, opened.open, loaded->recipients));
    auto drafts = drafts_for(ready, known->enrolment, loaded->bundle.get(), around.draft_owner);
    if (loaded->bundle) static_cast<void>(drafts.find(store));  // one that cannot be gone on with is removed now
    Device device{std::move(opened.folder),
                  std::move(opened.open.store),
                  std::move(opened.open.slots),
                  std::move(opened.open.key),
                  std::move(loaded->bundle),
                  loaded->no_bundle,
                  std::move(loaded->recipients),
                  std::move(loaded->batch_recipients),
                  std::move(known->signed_certificate),
                  std::move(known->enrolment),
                  exchange::deployment_words(ready, programme),
                  known->certificate.not_after,
                  opened.key_open_to_others,
                  std::move(drafts),
                  std::move(around.local_today),
                  around.draft_owner};
    device.keys_lost = std::move(opened.open.lost);
    tell_of_repair(ready, device);  // before anything else: it explains why the chain goes on as it does
    return device;
}

}  // namespace

tl::expected<std::variant<Device, NewDevice>, DeviceError> Device::open(crypto::SodiumReady ready, const Places& places,
                                                                        const std::optional<crypto::SlotWords>& words,
                                                                        Around around) {
    auto folder = store::StateFolder::open(places.state);
    if (!folder) return tl::unexpected(device_error_of(folder.error()));
    Look look{ready, places.programme};
    auto by =
        with_opener(ready, *folder, places, words, [&](const store::Opener& opener, const store::SlotCopies& copies) {
            return store::unlock(ready, *folder, opener, [&](store::Store& found) { return look(found, copies); });
        });
    if (!by) return tl::unexpected(look.why(by.error()));
    NewDevice opened{std::move(*folder), std::move(by->opened), by->key_open_to_others};
    if (look.fresh) return opened;
    const auto today = around.today;
    auto device = take_over(ready, places, std::move(opened), std::move(around));
    if (!device) return tl::unexpected(device.error());
    exchange::AuditDetail unlocked;
    if (words) unlocked.number = words->slot + 1;
    note(ready, *device, exchange::AuditType::DeviceUnlocked, unlocked);
    if (device->bundle && exchange::before_made(*device->bundle, today))
        note(ready, *device, exchange::AuditType::ClockBefore, {});
    return std::move(*device);
}

tl::expected<Device, DeviceError> Device::enrolled(crypto::SodiumReady ready, const Places& places, NewDevice opened,
                                                   Around around) {
    auto device = take_over(ready, places, std::move(opened), std::move(around));
    if (!device) return device;
    exchange::AuditDetail which;
    which.number = device->enrolment.epoch;
    note(ready, *device, exchange::AuditType::Enrolled, which);
    return device;
}

void Device::use(crypto::SodiumReady ready, exchange::Bundle installed) {
    recipients = installed.recipient_keys();
    batch_recipients = installed.batch_keys();
    bundle = std::make_shared<const exchange::Bundle>(std::move(installed));
    drafts = drafts_for(ready, enrolment, bundle.get(), draft_owner);
}

tl::expected<store::Repaired, DeviceError> repair(crypto::SodiumReady ready, const Places& places,
                                                  const std::optional<crypto::SlotWords>& words,
                                                  const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    const auto folder = store::StateFolder::open(places.state);
    if (!folder) return tl::unexpected(device_error_of(folder.error()));
    Look look{ready, places.programme};
    auto by = with_opener(
        ready, *folder, places, words,
        [&](const store::Opener& opener, const store::SlotCopies& copies) -> store::Result<store::Repaired> {
            const auto keys = store::keys_of(ready, *folder, opener);
            if (!keys) return tl::unexpected(keys.error());
            return store::repair(ready, *folder, *keys, audit_step(ready), progress,
                                 [&](store::Store& found) { return look(found, copies); });
        });
    if (by) return std::move(by->opened);
    // Of a device that was set up: the repair could not keep what says so.
    return tl::unexpected(look.lost ? DeviceError::WhoseLost : look.why(by.error()));
}

}  // namespace app::device

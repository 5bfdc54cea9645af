#include "app/kiosk/effect_runner.hpp"

#include <memory>
#include <new>
#include <optional>

#include "app/device/brought.hpp"
#include "app/device/drives.hpp"
#include "app/device/noting.hpp"
#include "app/device/people.hpp"
#include "app/device/receipts.hpp"
#include "app/kiosk/batch_places.hpp"
#include "app/kiosk/effect_failure.hpp"
#include "app/kiosk/keys.hpp"
#include "app/kiosk/machine_clock.hpp"
#include "app/kiosk/setting_up.hpp"
#include "app/kiosk/tasks.hpp"
#include "app/store/making.hpp"

namespace app::kiosk {

namespace {

using session::DeviceError;

using session::AnswerTo;

std::chrono::nanoseconds steady() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

/// Progress is told when its percent is another than the one before.
class Percent {
  public:
    bool changed(std::uint64_t done, std::uint64_t total) noexcept {
        const auto now = total == 0 ? last_ : done * 100 / total;
        return std::exchange(last_, now) != now;
    }

  private:
    std::uint64_t last_ = 101;
};

/// Carries out one effect after the other, and returns the answer. Lives on the worker thread and owns the device
/// there.
class Hands {
  public:
    Hands(crypto::SodiumReady ready, const Places& places, const std::atomic<bool>& stop_export,
          std::function<void(session::Answer)> report)
        : ready_(ready), places_(places), clock_(ready), stop_export_(stop_export), report_(std::move(report)) {}

    AnswerTo<session::Unlock> operator()(session::Unlock& effect) {
        if (places_.programme && store::standing(places_.state) != store::Standing::Something)
            return session::NoDevice{};
        auto done = unlock(effect.words);
        if (!done) return session::UnlockFailed{done.error()};
        if (fresh_) return session::UnlockedNotEnrolled{asked_before(ready_, *fresh_, *places_.programme)};
        if (!device_->bundle) return session::UnlockedWithoutBundle{device_->without_bundle()};
        auto setup = this->setup();
        if (!setup) return session::UnlockFailed{setup.error()};
        return session::Unlocked{std::move(*setup)};
    }
    AnswerTo<session::FindBundle> operator()(session::FindBundle&) {
        if (!open()) return session::BundleNotFound{DeviceError::StateMissing};
        if (auto found = device::find_bundle(ready_, *device_, sticks()); !found)
            return session::BundleNotFound{found.error()};
        auto setup = this->setup();
        if (!setup) return session::BundleNotFound{setup.error()};
        return session::Unlocked{std::move(*setup)};
    }
    AnswerTo<session::LookForNews> operator()(session::LookForNews&) {
        brought_.reset();
        if (!open()) return session::NewsNotFound{DeviceError::StateMissing};
        auto receipts = device::take_receipts(ready_, *device_, sticks(), clock_.now());
        auto brought = device::look_for_news(ready_, *device_, sticks());
        if (!brought || !receipts) return session::NewsNotFound{brought ? receipts.error() : brought.error()};
        auto news = brought->news;
        news.receipts = std::move(*receipts);
        if (news.any()) brought_.emplace(std::move(*brought));
        const auto counts = device_->store->records().counts();
        return session::NewsFound{std::move(news), counts ? std::optional(*counts) : std::nullopt};
    }
    AnswerTo<session::AcceptNews> operator()(session::AcceptNews& effect) {
        if (!open()) return session::NewsNotTaken{DeviceError::StateMissing};
        // What was shown, and nothing that another look has found since.
        if (!brought_ || brought_->news.id != effect.id) return session::NewsNotTaken{DeviceError::Other};
        const auto before = device_->bundle;
        const auto taken = device::accept_news(ready_, *device_, *brought_);
        if (!taken && device_->bundle == before) return session::NewsNotTaken{taken.error()};
        brought_.reset();
        auto setup = this->setup();
        if (!setup) return session::NewsNotTaken{setup.error()};
        return session::NewsTaken{std::move(*setup), taken ? std::nullopt : std::optional(taken.error())};
    }
    AnswerTo<session::RepairStore> operator()(session::RepairStore& effect) {
        close();
        Percent percent;
        const auto progress = [&](std::uint64_t done, std::uint64_t total) {
            if (percent.changed(done, total)) report_(session::RepairProgress{done, total});
        };
        auto repaired = device::repair(ready_, places_, effect.words, progress);
        if (!repaired) return session::RepairFailed{repaired.error()};
        session::StoreRepaired told;
        told.told.repaired = std::move(*repaired);
        if (auto done = unlock(effect.words); !done) {
            told.told.error = done.error();
        } else if (fresh_) {
            told.told.error = DeviceError::NotEnrolled;
        } else if (!device_->bundle) {
            told.without_bundle = device_->without_bundle();
        } else if (auto setup = this->setup()) {
            told.setup.emplace(std::move(*setup));
        } else {
            told.told.error = setup.error();
        }
        return told;
    }
    AnswerTo<session::CheckPin> operator()(session::CheckPin& effect) {
        if (!open()) return session::PinUnchecked{DeviceError::StateMissing};
        notice_clock();
        auto outcome = device_->store->people().sign_in(effect.number, effect.pin, clock_.now());
        if (!outcome) return session::PinUnchecked{device_error_of(outcome.error())};
        const auto* in = std::get_if<store::SignedIn>(&*outcome);
        note_sign_in(effect.number, *outcome);
        const bool resumable = in != nullptr && device_->drafts.find_for(*device_->store, in->worker);
        return session::PinChecked{effect.number, *outcome, resumable};
    }
    AnswerTo<session::Prepare> operator()(session::Prepare&) {
        if (!open()) return session::PrepareFailed{DeviceError::StateMissing};
        auto prepared = prepare(ready_, *device_);
        if (!prepared) return session::PrepareFailed{prepared.error()};
        return std::move(*prepared);
    }
    AnswerTo<session::SealRecord> operator()(session::SealRecord& effect) {
        if (!open()) return session::SealFailed{effect.record, effect.revision, DeviceError::StateMissing};
        auto sealed = seal(ready_, *device_, effect);
        if (!sealed) return session::SealFailed{effect.record, effect.revision, sealed.error()};
        return std::move(*sealed);
    }
    AnswerTo<session::Withdraw> operator()(session::Withdraw& effect) {
        if (!open()) return session::NotErased{effect.record, effect.revision, DeviceError::StateMissing};
        auto erased = withdraw(ready_, *device_, effect);
        if (!erased) return session::NotErased{effect.record, effect.revision, erased.error()};
        return std::move(*erased);
    }
    AnswerTo<session::Resume> operator()(session::Resume& effect) {
        if (!open()) return session::ResumeFailed{DeviceError::StateMissing};
        auto resumed = resume(ready_, *device_, effect.worker);
        if (!resumed) return resumed.error();
        return std::move(*resumed);
    }
    AnswerTo<session::DropDraft> operator()(session::DropDraft&) {
        if (open()) device_->drafts.drop(*device_->store);
        return {};
    }
    AnswerTo<session::ListAudit> operator()(session::ListAudit&) {
        if (!open()) return session::AuditListed{true, {}};
        auto rows = device_->store->audit().rows(session::audit_most_shown);
        if (!rows) return session::AuditListed{true, {}};
        return session::AuditListed{false, std::move(*rows)};
    }
    AnswerTo<session::FindPlaces> operator()(session::FindPlaces&) {
        return session::PlacesFound{find_places(places_.outbox, drives())};
    }
    AnswerTo<session::Export> operator()(session::Export& effect) {
        if (!open()) return session::SendFailed{session::SendError::Other};
        Percent percent;
        const auto progress = [&](std::uint64_t done, std::uint64_t total) {
            if (percent.changed(done, total)) report_(session::SendProgress{done, total});
            return !stop_export_;
        };
        auto sent = send(ready_, *device_, effect, progress);
        if (!sent) return session::SendFailed{sent.error()};
        if (auto receipts = device::take_receipts(ready_, *device_, {effect.place.path}, clock_.now()))
            sent->receipts = std::move(*receipts);
        if (const auto counts = device_->store->records().counts()) sent->counts = *counts;
        return std::move(*sent);
    }
    AnswerTo<session::SaveWorker> operator()(session::SaveWorker& effect) {
        if (!open()) return session::WorkerNotSaved{session::PeopleError::Other};
        auto now = device::add_worker(ready_, *device_, effect.worker, effect.pin, effect.first_lead);
        if (!now) return session::WorkerNotSaved{now.error()};
        return session::WorkerSaved{std::move(now->workers), std::move(now->removed)};
    }
    AnswerTo<session::DropWorker> operator()(session::DropWorker& effect) {
        if (!open()) return session::WorkerNotRemoved{session::PeopleError::Other};
        auto now = device::remove_worker(ready_, *device_, effect.number);
        if (!now) return session::WorkerNotRemoved{now.error()};
        return session::WorkerRemoved{std::move(now->workers), std::move(now->removed)};
    }
    AnswerTo<session::ChangePin> operator()(session::ChangePin& effect) {
        if (!open()) return session::PinNotChanged{session::PeopleError::Other};
        const auto changed = device::change_pin(ready_, *device_, effect.number, effect.pin);
        if (!changed) return session::PinNotChanged{changed.error()};
        return session::PinChanged{effect.number};
    }
    AnswerTo<session::ProveKey> operator()(session::ProveKey& effect) {
        if (!open()) return session::KeyNotProved{DeviceError::StateMissing};
        auto made = prove(ready_, *device_, places_, effect);
        if (!made) return session::KeyNotProved{made.error()};
        return std::move(*made);
    }
    AnswerTo<session::SaveWords> operator()(session::SaveWords& effect) {
        if (!open()) return session::KeysFailed{DeviceError::StateMissing};
        auto saved = save_words(ready_, *device_, places_, effect);
        if (!saved) return session::KeysFailed{saved.error()};
        return std::move(*saved);
    }
    AnswerTo<session::MakeFirstWords> operator()(session::MakeFirstWords&) {
        auto made = first_words(ready_);
        if (!made) return session::NoFirstWords{made.error()};
        return std::move(*made);
    }
    AnswerTo<session::MakeDevice> operator()(session::MakeDevice& effect) {
        close();
        auto made = device::make_device(ready_, places_.state, effect.words, steady);
        if (!made) return session::DeviceNotMade{made.error()};
        fresh_.emplace(std::move(*made));
        return session::DeviceMade{};
    }
    AnswerTo<session::WriteRequest> operator()(session::WriteRequest& effect) {
        auto* store = fresh_ ? fresh_->open.store.get() : open() ? device_->store.get() : nullptr;
        const auto programme = this->programme();
        if (store == nullptr || !programme) return session::RequestNotWritten{session::SendError::Other};
        const auto device = fresh_ ? fresh_->id() : device_->enrolment.device;
        auto written = write_request(ready_, *store, device, *programme, effect.place);
        if (!written) return session::RequestNotWritten{written.error()};
        return std::move(*written);
    }
    AnswerTo<session::EnrolDevice> operator()(session::EnrolDevice&) {
        auto enrolled = enrol(ready_, places_, fresh_, sticks(), today());
        if (!enrolled) return session::DeviceNotEnrolled{enrolled.error()};
        device_.emplace(std::move(*enrolled));
        auto setup = this->setup();
        if (!setup) return session::DeviceNotEnrolled{setup.error()};
        return session::DeviceEnrolled{std::move(*setup)};
    }
    AnswerTo<session::SealTest> operator()(session::SealTest& effect) {
        if (!open()) return session::TestNotSealed{DeviceError::StateMissing};
        auto sealed = seal_test(ready_, *device_, effect.worker);
        if (!sealed) return session::TestNotSealed{sealed.error()};
        return std::move(*sealed);
    }
    AnswerTo<session::SavePreference> operator()(session::SavePreference& effect) {
        // A preference that cannot be kept is no reason to interrupt anybody: it still holds until the program ends.
        if (open()) (void)device_->store->settings().set(effect.name, effect.value);
        return {};
    }
    AnswerTo<session::StopExport> operator()(session::StopExport&) { return {}; }      // run() has seen to it
    AnswerTo<session::ForgetScreen> operator()(session::ForgetScreen&) { return {}; }  // the interface thread's own
    AnswerTo<session::Quit> operator()(session::Quit&) { return {}; }

  private:
    [[nodiscard]] std::vector<std::filesystem::path> drives() const {
        auto folders = device::removable_mounts();
        folders.insert(folders.end(), places_.drives.begin(), places_.drives.end());
        return folders;
    }
    [[nodiscard]] std::vector<std::filesystem::path> sticks() const {
        auto folders = drives();
        if (!places_.outbox.empty()) folders.push_back(places_.outbox);
        return folders;
    }
    /// Of a device that works, or of one that is not enrolled yet. Where it fails none is open.
    tl::expected<void, DeviceError> unlock(const std::optional<session::SlotWords>& words) {
        close();
        auto opened = device::Device::open(ready_, places_, words, around(today()));
        if (!opened) return tl::unexpected(opened.error());
        if (auto* fresh = std::get_if<device::NewDevice>(&*opened)) {
            fresh_.emplace(std::move(*fresh));
            return {};
        }
        device_.emplace(std::move(std::get<device::Device>(*opened)));
        notice_clock();
        return {};
    }
    void close() noexcept {
        device_.reset();
        fresh_.reset();
    }
    [[nodiscard]] std::chrono::sys_days today() const {
        return std::chrono::floor<std::chrono::days>(clock_.now().wall);
    }
    /// Where what people bring is looked for.
    /// Whose device it is: the pinned key, or that of the store where none is pinned.
    [[nodiscard]] std::optional<crypto::DeploymentPublicKey> programme() const {
        if (places_.programme) return places_.programme;
        if (!device_) return std::nullopt;
        const auto named = crypto::DeploymentPublicKey::parse(device_->enrolment.deployment_key);
        return named ? std::optional(*named) : std::nullopt;
    }
    /// Of a device with a bundle; where it fails none is open any more.
    tl::expected<session::Setup, DeviceError> setup() {
        auto setup = device_->setup(today());
        if (!setup) device_.reset();
        return setup;
    }
    /// A clock that somebody set is noted: nobody waits by it, but days in records and in this audit come from it.
    /// What was confirmed and held long enough goes with it: both happen whenever somebody comes to the device.
    void notice_clock() {
        device::erase_confirmed(ready_, *device_, clock_.now());
        const auto set_by = device_->store->clock().set_by(clock_.now());
        if (!set_by || *set_by == std::chrono::seconds(0)) return;
        exchange::AuditDetail by;
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(std::chrono::abs(*set_by));
        by.number = static_cast<std::uint64_t>(minutes.count());
        device::note(ready_, *device_, exchange::AuditType::ClockSet, by);
    }
    /// A number that waits, and a device that is locked, are noted once and not at every further try.
    void note_sign_in(store::WorkerNumber number, const store::SignIn& outcome) {
        exchange::AuditDetail who;
        who.worker = number.value;
        const bool waits = std::holds_alternative<store::MustWait>(outcome);
        const bool locked = std::holds_alternative<store::DeviceLocked>(outcome);
        if (std::holds_alternative<store::SignedIn>(outcome)) {
            device_->worker = number.value;
            device::note(ready_, *device_, exchange::AuditType::SignedIn, who);
        } else if (waits && refused_ != number.value) {
            device::note(ready_, *device_, exchange::AuditType::PinWaits, who);
        } else if (locked && refused_ != 0U) {
            device::note(ready_, *device_, exchange::AuditType::DeviceLocked, {});
        }
        refused_ = waits ? std::optional(number.value) : locked ? std::optional(0U) : std::nullopt;
    }
    /// Changing the key closes the database for a moment; where it could not be opened again, nothing is.
    [[nodiscard]] bool open() const noexcept { return device_ && device_->store; }

    crypto::SodiumReady ready_;
    const Places& places_;
    MachineClock clock_;
    const std::atomic<bool>& stop_export_;
    std::function<void(session::Answer)> report_;  ///< how far it is; the answer itself is returned
    std::optional<Device> device_;
    std::optional<device::Brought> brought_;  ///< what was found last, until it is taken
    std::optional<device::NewDevice> fresh_;  ///< instead of it: made, and not enrolled yet
    std::optional<std::uint32_t> refused_;    ///< the number that was last noted as waiting; 0: the whole device
};

/// The one place where the worker thread catches: libraries and containers throw, and an effect is either answered or
/// the program has ended.
std::optional<session::Answer> carry_out(Hands& hands, session::Effect& effect) noexcept {
    const auto answer = [&effect](auto& by) { return std::visit([&by](auto& one) { return by(one).take(); }, effect); };
    auto error = DeviceError::Other;
    try {
        return answer(hands);
    } catch (const std::bad_alloc&) {
        error = DeviceError::Memory;
    } catch (...) {
    }
    const EffectFailure failure{error};
    return answer(failure);
}

}  // namespace

EffectRunner::EffectRunner(crypto::SodiumReady ready, Places places, std::function<void()> wake)
    : worker_(
          [this, ready, places = std::move(places)](Answers::Report report) -> Answers::Hand {
              const auto hands = std::make_shared<Hands>(ready, places, stop_export_, std::move(report));
              return [hands](session::Effect& effect) { return carry_out(*hands, effect); };
          },
          enqueue, std::move(wake)) {}

void EffectRunner::run(session::Effect effect) {
    if (std::holds_alternative<session::StopExport>(effect)) {
        stop_export_ = true;
        return;
    }
    if (std::holds_alternative<session::Export>(effect)) stop_export_ = false;
    worker_.add(std::move(effect), session::Answer{});
}

std::vector<session::Answer> EffectRunner::take() {
    return worker_.take();
}

bool EffectRunner::wait_for_event() {
    return worker_.wait_for_answer();
}

}  // namespace app::kiosk

#include "app/kiosk/executor.hpp"

#include <optional>

#include "app/kiosk/drives.hpp"
#include "app/kiosk/tasks.hpp"

namespace app::kiosk {

namespace {

using session::Trouble;

std::chrono::sys_seconds wall() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// Carries out one effect after the other. Lives on the worker thread and owns the device there.
class Hands {
  public:
    Hands(crypto::SodiumReady ready, const Places& places, std::function<void(session::Event)> post)
        : ready_(ready), places_(places), post_(std::move(post)) {}

    void operator()(session::Unlock&) {
        device_.reset();
        const auto today = std::chrono::floor<std::chrono::days>(wall());
        auto device = Device::unlock(ready_, places_, today);
        if (!device) return post_(session::UnlockFailed{device.error()});
        auto setup = device->setup(today);
        if (!setup) return post_(session::UnlockFailed{setup.error()});
        device_.emplace(std::move(*device));
        post_(session::Unlocked{std::move(*setup)});
    }
    void operator()(session::CheckPin& effect) {
        if (!device_) return fail(Trouble::StateMissing);
        auto outcome = device_->store->sign_in(effect.number, effect.pin, wall());
        if (!outcome) return fail(trouble_of(outcome.error()));
        post_(session::PinChecked{effect.number, *outcome});
    }
    void operator()(session::Prepare&) {
        if (!device_) return fail(Trouble::StateMissing);
        auto prepared = prepare(ready_, *device_);
        if (!prepared) return fail(prepared.error());
        post_(std::move(*prepared));
    }
    void operator()(session::SealRecord& effect) {
        if (!device_) return post_(session::SealFailed{effect.record, effect.revision, Trouble::StateMissing});
        auto sealed = seal(ready_, *device_, effect);
        if (!sealed) return post_(session::SealFailed{effect.record, effect.revision, sealed.error()});
        post_(std::move(*sealed));
    }
    void operator()(session::Withdraw& effect) {
        if (!device_) return post_(session::SealFailed{effect.record, effect.revision, Trouble::StateMissing});
        auto erased = withdraw(ready_, *device_, effect);
        if (!erased) return post_(session::SealFailed{effect.record, effect.revision, erased.error()});
        post_(std::move(*erased));
    }
    void operator()(session::FindPlaces&) {
        post_(session::PlacesFound{find_places(places_.outbox, removable_mounts())});
    }
    void operator()(session::Export& effect) {
        if (!device_) return post_(session::SendFailed{session::SendFault::Other});
        std::uint64_t last = 101;
        const auto progress = [&](std::uint64_t done, std::uint64_t total) {
            const auto percent = total == 0 ? 100 : done * 100 / total;
            if (std::exchange(last, percent) != percent) post_(session::SendProgress{done, total});
        };
        auto sent = send(ready_, *device_, effect, progress);
        if (!sent) return post_(session::SendFailed{sent.error()});
        post_(std::move(*sent));
    }
    void operator()(session::SavePreference& effect) {
        // A preference that cannot be kept is no reason to interrupt anybody: it still holds until the program ends.
        if (device_) (void)device_->store->set_setting(effect.name, effect.value);
    }
    void operator()(session::ForgetScreen&) {}  // the interface thread's own
    void operator()(session::Quit&) {}

  private:
    void fail(Trouble trouble) { post_(session::EffectFailed{trouble}); }

    crypto::SodiumReady ready_;
    const Places& places_;
    std::function<void(session::Event)> post_;
    std::optional<Device> device_;
};

}  // namespace

Executor::Executor(crypto::SodiumReady ready, Places places, std::function<void()> wake)
    : ready_(ready), places_(std::move(places)), wake_(std::move(wake)), thread_([this] { work(); }) {}

Executor::~Executor() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Executor::run(session::Effect effect) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(effect));
    }
    changed_.notify_all();
}

std::vector<session::Event> Executor::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(events_, {});
}

bool Executor::wait_for_event() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !events_.empty() || (queue_.empty() && !busy_); });
    return !events_.empty();
}

void Executor::post(session::Event event) {
    {
        const std::lock_guard lock(mutex_);
        events_.push_back(std::move(event));
    }
    changed_.notify_all();
    wake_();
}

void Executor::work() {
    Hands hands(ready_, places_, [this](session::Event event) { post(std::move(event)); });
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        auto effect = std::move(queue_.front());
        queue_.pop_front();
        busy_ = true;
        lock.unlock();
        std::visit(hands, effect);
        lock.lock();
        busy_ = false;
        changed_.notify_all();
    }
}

}  // namespace app::kiosk

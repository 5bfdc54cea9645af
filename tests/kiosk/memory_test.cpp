// The worker thread runs out of memory at every place where it asks for some: each effect is answered, the program
// lives, and the same effect succeeds once there is memory again.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <new>
#include <set>
#include <thread>
#include <type_traits>

#include "app/exchange/open/batch_open.hpp"
#include "app/kiosk/effect_runner.hpp"
#include "tests/kiosk/support.hpp"

using namespace test;
using kiosk::EffectRunner;

namespace {

const std::thread::id tests_thread = std::this_thread::get_id();
/// Requests that other threads than the tests' may still make; below zero: any number.
std::atomic<long> left{-1};

bool refused() noexcept {
    if (left.load() < 0 || std::this_thread::get_id() == tests_thread) return false;
    return left.load() == 0 || left.fetch_sub(1) <= 0;
}

void* allocate(std::size_t size) {
    void* const memory = refused() ? nullptr : std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

}  // namespace

void* operator new(std::size_t size) {
    return allocate(size);
}
void* operator new[](std::size_t size) {
    return allocate(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return refused() ? nullptr : std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

/// Carries out one effect with only so much memory to ask for; what it was answered with.
session::Answer last_answer(EffectRunner& runner, session::Effect effect, long requests) {
    left = requests;
    runner.run(std::move(effect));
    session::Answer last;
    bool answered = false;
    while (runner.wait_for_event())
        for (auto& event : runner.take()) {
            last = std::move(event);
            answered = true;
        }
    left = -1;
    REQUIRE(answered);
    return last;
}

/// Gives the effect more requests each time until it succeeds; the number of times it was refused.
template <class Success>
long sweep(EffectRunner& runner, const std::function<session::Effect()>& make, double growth,
           const std::function<bool(const session::Answer&)>& out_of_memory) {
    long requests = 0;
    for (long refusals = 0;; ++refusals) {
        const auto event = last_answer(runner, make(), requests);
        if (std::holds_alternative<Success>(event)) return refusals;
        INFO("after " << requests << " requests: event " << event.index());
        REQUIRE(out_of_memory(event));
        REQUIRE(requests < 10'000'000);
        requests = std::max(requests + 1, static_cast<long>(static_cast<double>(requests) * growth));
    }
}

template <class Failed>
bool effect_failed(const session::Answer& event) {
    const auto* failed = std::get_if<Failed>(&event);
    return failed != nullptr && failed->error != session::DeviceError::WrongKey;
}

template <class Failed>
bool failed_for_record(const session::Answer& event) {
    const auto* failed = std::get_if<Failed>(&event);
    return failed != nullptr && failed->record == std::string(32, 'a');
}

}  // namespace

// Not swept to the end: the JSON library asks for memory in a destructor, which nobody can survive. Until it is
// unlocked the device holds nothing that could be lost.
TEST_CASE("Unlocking without memory is said, and succeeds once there is some") {
    const Deployment deployment;
    EffectRunner runner(ready(), deployment.places(), [] {});
    for (long requests = 0; requests < 12; ++requests)
        REQUIRE(std::holds_alternative<session::UnlockFailed>(last_answer(runner, session::Unlock{}, requests)));
    CHECK(std::holds_alternative<session::Unlocked>(last_answer(runner, session::Unlock{}, -1)));
}

TEST_CASE("A seal without memory says which revision failed, and what was sealed before is whole") {
    const Deployment deployment;
    {
        EffectRunner runner(ready(), deployment.places(), [] {});
        (void)last_answer(runner, session::Unlock{}, -1);
        std::uint32_t revision = 0;
        const auto refusals = sweep<session::Sealed>(
            runner, [&] { return order('a', ++revision, "{}"); }, 1.15, failed_for_record<session::SealFailed>);
        CHECK(refusals > 3);
        const auto erased = sweep<session::Erased>(
            runner,
            [&] {
                return session::Withdraw{std::string(32, 'a'), ++revision, secret("{}")};
            },
            1.15, failed_for_record<session::NotErased>);
        CHECK(erased > 1);
        (void)last_answer(runner, order('b', 1, "{}"), -1);
    }
    auto device = deployment.open();
    const auto rows = waiting(device);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].record == std::string(32, 'b'));
}

TEST_CASE("A PIN, preparing and looking for sticks without memory are answered") {
    const Deployment deployment;
    EffectRunner runner(ready(), deployment.places(), [] {});
    (void)last_answer(runner, session::Unlock{}, -1);
    CHECK(sweep<session::PinChecked>(
              runner,
              [] {
                  return session::CheckPin{{1}, secret("135790")};
              },
              1, effect_failed<session::PinUnchecked>) > 1);
    CHECK(sweep<session::Prepared>(
              runner, [] { return session::Prepare{}; }, 1, effect_failed<session::PrepareFailed>) > 1);
    CHECK(sweep<session::PlacesFound>(
              runner, [] { return session::FindPlaces{}; }, 1,
              [](const session::Answer& event) {
                  const auto* failed = std::get_if<session::PlacesNotFound>(&event);
                  return failed != nullptr && failed->error == session::SendError::Memory;
              }) > 1);
}

TEST_CASE("A sending without memory is said, leaves nothing half-written, and delivers one batch once there is some") {
    const Deployment deployment;
    {
        EffectRunner runner(ready(), deployment.places(), [] {});
        (void)last_answer(runner, session::Unlock{}, -1);
        (void)last_answer(runner, order('a', 1, "{}"), -1);
        long refusals = 0;
        for (long requests = 0;; requests = std::max(requests + 1, requests * 11 / 10), ++refusals) {
            REQUIRE(requests < 10'000'000);
            const auto answer = last_answer(runner, deployment.to_outbox(), requests);
            if (std::holds_alternative<session::Sent>(answer)) break;
            const auto* failed = std::get_if<session::SendFailed>(&answer);
            REQUIRE(failed != nullptr);
            // It was delivered the time before, and memory ran out in telling so.
            if (failed->error == session::SendError::Nothing && !deployment.batches().empty()) break;
        }
        CHECK(refusals > 3);
    }
    // Memory may run out after a file was whole and before that was noted: then the same batch is written once more.
    const auto pinned = deployment.pinned();
    const auto identities = deployment.coordinator();
    std::set<crypto::Digest> manifests;
    for (const auto& name : deployment.batches()) {
        const auto batch = app::exchange::open_batch(ready(), deployment.outbox() / name, identities, pinned, today());
        REQUIRE(batch);
        manifests.insert(batch->manifest_sha256);
    }
    CHECK(manifests.size() == 1);
    for (const auto& entry : fs::directory_iterator(deployment.outbox()))
        CHECK(entry.path().filename().string().starts_with("b-"));
}

TEST_CASE("Changes of people and PINs without memory are answered, and are there once there is some") {
    const Deployment deployment;
    {
        EffectRunner runner(ready(), deployment.places(), [] {});
        (void)last_answer(runner, session::Unlock{}, -1);
        const auto changed = [&]<class Failed>(std::type_identity<Failed>,
                                               const std::function<session::Effect()>& make) {
            long refusals = 0;
            for (long requests = 0;; requests = std::max(requests + 1, requests * 5 / 4), ++refusals) {
                REQUIRE(requests < 1'000'000);
                const auto answer = last_answer(runner, make(), requests);
                const auto* failed = std::get_if<Failed>(&answer);
                // It was saved the time before, and memory ran out in telling so.
                const bool there = failed != nullptr && (failed->error == session::PeopleError::Taken ||
                                                         failed->error == session::PeopleError::Gone);
                if (failed == nullptr || there) return refusals;
            }
        };
        CHECK(changed(std::type_identity<session::WorkerNotSaved>{}, [] {
                  return session::SaveWorker{{{27}, store::Role::Shelter}, secret("112233")};
              }) > 1);
        CHECK(changed(std::type_identity<session::PinNotChanged>{}, [] {
                  return session::ChangePin{{27}, secret("445566")};
              }) > 1);
        CHECK(changed(std::type_identity<session::WorkerNotRemoved>{}, [] { return session::DropWorker{{2}}; }) > 1);
    }
    auto device = deployment.open();
    const auto in = device.store->people().sign_in({27}, secret("445566"), {today()});
    REQUIRE(in);
    CHECK(std::holds_alternative<store::SignedIn>(*in));
    CHECK(device.setup(today())->workers.size() == 3);
}

TEST_CASE("A change of words without memory never leaves a device that neither the old nor the new words open",
          "[long]") {
    const Deployment deployment;
    const auto opens = [&](std::string_view words) {
        return kiosk::Device::unlock(ready(), deployment.places(), session::SlotWords{1, secret(words)}, today())
            .has_value();
    };
    auto words = std::string(crypto::as_text(deployment.words().words.view()));
    int unsure = 0, unchanged = 0;
    for (long requests = 0;; requests = std::max(requests + 1, requests * 5 / 4)) {
        REQUIRE(requests < 1'000'000);
        std::string fresh;
        session::Answer answer;
        {
            EffectRunner runner(ready(), deployment.places(), [] {});
            (void)last_answer(runner, session::Unlock{session::SlotWords{1, secret(words)}}, -1);
            auto made = last_answer(runner, session::ProveKey{session::SlotWords{1, secret(words)}, {}}, -1);
            auto& order = std::get<session::WordsMade>(made).fresh;
            fresh = crypto::as_text(order.words.view());
            answer = last_answer(runner, session::SaveWords{std::move(order)}, requests);
        }
        INFO("after " << requests << " requests: event " << answer.index());
        if (std::holds_alternative<session::KeysSaved>(answer)) {
            CHECK(opens(fresh));
            CHECK_FALSE(opens(words));
            break;
        }
        const bool is_unsure = std::get<session::KeysFailed>(answer).error == session::DeviceError::KeysUnsure;
        (is_unsure ? unsure : unchanged) += 1;
        const bool old_opens = opens(words);
        REQUIRE((old_opens || (is_unsure && opens(fresh))));
        if (!old_opens) words = fresh;
    }
    CHECK(unsure > 0);
}

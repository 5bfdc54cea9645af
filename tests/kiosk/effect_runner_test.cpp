// The worker thread: in order, answered, and never leaving a seal undone.
#include "app/kiosk/effect_runner.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>

#include "tests/kiosk/support.hpp"

using namespace test;
using kiosk::EffectRunner;

namespace {

/// Waits for the answer to one effect.
std::vector<session::Answer> answer(EffectRunner& runner, session::Effect effect) {
    runner.run(std::move(effect));
    REQUIRE(runner.wait_for_event());
    return runner.take();
}

void unlock(EffectRunner& runner) {
    const auto events = answer(runner, session::Unlock{});
    REQUIRE(events.size() == 1);
    REQUIRE(std::holds_alternative<session::Unlocked>(events[0]));
}

}  // namespace

TEST_CASE("Effects are answered in their order, and the window is woken") {
    const Deployment deployment;
    std::atomic<int> woken{0};
    EffectRunner runner(ready(), deployment.places(), [&] { ++woken; });
    unlock(runner);
    for (const char record : {'c', 'a', 'b'}) runner.run(order(record, 1, "{}"));
    std::string records;
    while (runner.wait_for_event())
        for (const auto& event : runner.take()) records += std::get<session::Sealed>(event).record.front();
    CHECK(records == "cab");
    CHECK(woken >= 4);
}

TEST_CASE("Of a hundred revisions that are asked for at once few are sealed, and the newest is") {
    const Deployment deployment;
    std::uint32_t last = 0;
    std::size_t answers = 0;
    {
        EffectRunner runner(ready(), deployment.places(), [] {});
        unlock(runner);
        for (std::uint32_t revision = 1; revision <= 100; ++revision) runner.run(order('a', revision, "{}"));
        while (runner.wait_for_event())
            for (const auto& event : runner.take()) {
                last = std::get<session::Sealed>(event).revision;
                ++answers;
            }
    }
    CHECK(last == 100);
    CHECK(answers < 100);
    auto device = deployment.open();
    const auto rows = waiting(device);
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().revision == 100);
}

TEST_CASE("Whoever learns that something is sealed finds what was sealed wiped already") {
    const Deployment deployment;
    EffectRunner runner(ready(), deployment.places(), [] {});
    unlock(runner);
    const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    for (std::uint32_t revision = 1; revision <= 40; ++revision) {
        auto sealing = order('a', revision, "{}");
        // Locked memory has pages of its own, which go away when it is wiped.
        auto* const at =
            reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(sealing.json.view().data()) & ~(page - 1));
        REQUIRE(msync(at, page, MS_ASYNC) == 0);
        runner.run(std::move(sealing));
        REQUIRE(runner.wait_for_event());
        CHECK(msync(at, page, MS_ASYNC) != 0);
        (void)runner.take();
    }
}

TEST_CASE("With nothing under way there is nothing to wait for") {
    const Deployment deployment;
    EffectRunner runner(ready(), deployment.places(), [] {});
    CHECK_FALSE(runner.wait_for_event());
}

TEST_CASE("Ending the program finishes every seal that was asked for") {
    const Deployment deployment;
    {
        EffectRunner runner(ready(), deployment.places(), [] {});
        unlock(runner);
        for (const char record : {'a', 'b', 'c'}) runner.run(order(record, 1, "{}"));
    }
    auto device = deployment.open();
    CHECK(waiting(device).size() == 3);
}

TEST_CASE("Before the device is unlocked nothing is sealed, and that is said") {
    const Deployment deployment;
    EffectRunner runner(ready(), deployment.places(), [] {});
    const auto events = answer(runner, order('a', 1, "{}"));
    REQUIRE(std::holds_alternative<session::SealFailed>(events.at(0)));
    const auto pin = answer(runner, session::CheckPin{{1}, secret("135790")});
    CHECK(std::holds_alternative<session::PinUnchecked>(pin.at(0)));
}

TEST_CASE("PINs are checked against the people of the store") {
    const Deployment deployment;
    EffectRunner runner(ready(), deployment.places(), [] {});
    unlock(runner);
    const auto right = answer(runner, session::CheckPin{{2}, secret("246801")});
    const auto& in = std::get<session::PinChecked>(right.at(0)).outcome;
    REQUIRE(std::holds_alternative<store::SignedIn>(in));
    CHECK(std::get<store::SignedIn>(in).worker.role == store::Role::Border);
    const auto wrong = answer(runner, session::CheckPin{{2}, secret("135790")});
    CHECK(std::holds_alternative<store::WrongPin>(std::get<session::PinChecked>(wrong.at(0)).outcome));
}

TEST_CASE("A missing key is answered, and the same runner opens the device once it is there") {
    const Deployment deployment;
    const auto key = deployment.places().device_key;
    const auto aside = deployment.path() / "aside";
    fs::rename(key, aside);
    EffectRunner runner(ready(), deployment.places(), [] {});
    const auto first = answer(runner, session::Unlock{});
    CHECK(std::get<session::UnlockFailed>(first.at(0)).error == session::DeviceError::NeedKey);
    fs::rename(aside, key);
    unlock(runner);
}

TEST_CASE("Preferences are there the next time") {
    const Deployment deployment;
    {
        EffectRunner runner(ready(), deployment.places(), [] {});
        unlock(runner);
        runner.run(session::SavePreference{"text_percent", "150"});
        runner.run(session::SavePreference{"theme", "1"});
    }
    auto device = deployment.open();
    const auto setup = device.setup(today());
    REQUIRE(setup);
    CHECK(setup->text_percent == 150);
    CHECK(setup->theme == session::Theme::Dark);
}

TEST_CASE("A sending that is under way can be stopped, and the next one is not stopped by it") {
    const Deployment deployment;
    EffectRunner* running = nullptr;
    bool stop = false;
    std::atomic<int> events{0};
    EffectRunner runner(ready(), deployment.places(), [&] {
        // Called by the worker: the first count of the sending has just been told.
        if (stop && ++events == 1) running->run(session::StopExport{});
    });
    running = &runner;
    unlock(runner);
    (void)answer(runner, order('a', 1, "{}"));
    const auto outcome = [&] {
        runner.run(deployment.to_outbox());
        session::Answer last;
        while (runner.wait_for_event())
            for (auto& event : runner.take()) last = std::move(event);
        return last;
    };
    stop = true;
    const auto stopped = outcome();
    REQUIRE(std::holds_alternative<session::SendFailed>(stopped));
    CHECK(std::get<session::SendFailed>(stopped).error == session::SendError::Cancelled);
    CHECK(deployment.batches().empty());
    const auto sent = outcome();
    REQUIRE(std::holds_alternative<session::Sent>(sent));
    CHECK(deployment.batches().size() == 1);
}

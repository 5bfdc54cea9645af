// Workers and PINs on a real store: what is answered, and what is there after the next start.
#include "app/device/people.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "app/kiosk/effect_runner.hpp"
#include "tests/kiosk/support.hpp"

using namespace test;
using session::PeopleError;

namespace {

std::vector<std::uint32_t> numbers(const std::vector<store::Worker>& workers) {
    std::vector<std::uint32_t> all;
    for (const auto& worker : workers) all.push_back(worker.number.value);
    return all;
}

session::SaveWorker worker(std::uint32_t number, std::string_view pin, store::Role role = store::Role::Shelter) {
    return {{{number}, role}, secret(pin)};
}

auto add(kiosk::Device& device, const session::SaveWorker& order) {
    return app::device::add_worker(ready(), device, order.worker, order.pin, order.first_lead);
}

bool comes_in(kiosk::Device& device, std::uint32_t number, std::string_view pin) {
    const auto in = device.store->people().sign_in({number}, secret(pin), {today()});
    REQUIRE(in);
    return std::holds_alternative<store::SignedIn>(*in);
}

}  // namespace

TEST_CASE("A worker that was added comes in with the PIN, also after the next start") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        const auto changed = add(device, worker(27, "112233", store::Role::Border));
        REQUIRE(changed);
        CHECK(numbers(changed->workers) == std::vector<std::uint32_t>{1, 2, 3, 27});
    }
    auto device = deployment.open();
    CHECK(comes_in(device, 27, "112233"));
    CHECK_FALSE(comes_in(device, 27, "112234"));
    CHECK(device.setup(today())->workers.back().role == store::Role::Border);
}

TEST_CASE("A worker that was removed does not come in any more, and what was sealed stays") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    const auto changed = app::device::remove_worker(ready(), device, {2});
    REQUIRE(changed);
    CHECK(numbers(changed->workers) == std::vector<std::uint32_t>{1, 3});
    CHECK_FALSE(comes_in(device, 2, "246801"));
    CHECK(waiting(device).size() == 1);
    // Nobody else gets the number: who is trained is listed by it.
    CHECK(add(device, worker(2, "112233")).error() == PeopleError::Removed);
    CHECK(device.setup(today())->removed == std::vector<store::WorkerNumber>{{2}});
}

TEST_CASE("What the store forbids is told apart and changes nothing") {
    const Deployment deployment;
    auto device = deployment.open();
    CHECK(add(device, worker(2, "112233")).error() == PeopleError::Taken);
    CHECK(add(device, worker(0, "112233")).error() == PeopleError::Number);
    CHECK(app::device::remove_worker(ready(), device, {3}).error() == PeopleError::LastLead);
    CHECK(app::device::remove_worker(ready(), device, {77}).error() == PeopleError::Gone);
    CHECK(app::device::change_pin(ready(), device, {77}, secret("112233")).error() == PeopleError::Gone);
    CHECK(numbers(device.setup(today())->workers) == std::vector<std::uint32_t>{1, 2, 3});
    CHECK(comes_in(device, 2, "246801"));
}

TEST_CASE("A changed PIN is the only one that opens") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(app::device::change_pin(ready(), device, {1}, secret("445566")));
    CHECK(comes_in(device, 1, "445566"));
    CHECK_FALSE(comes_in(device, 1, "135790"));
}

TEST_CASE("Without room people and PINs stay as they were, and that is said") {
    const Deployment deployment;
    const pid_t child = fork();
    if (child == 0) {
        auto device = deployment.open();
        signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{4096, 4096};
        const bool limited = setrlimit(RLIMIT_FSIZE, &limit) == 0;
        const auto no_room = [](const auto& done) { return !done && done.error() == PeopleError::NoRoom; };
        const bool added = no_room(add(device, worker(27, "112233")));
        const bool removed = no_room(app::device::remove_worker(ready(), device, {2}));
        const bool changed = no_room(app::device::change_pin(ready(), device, {1}, secret("445566")));
        _exit(!limited ? 1 : !added ? 2 : !removed ? 3 : !changed ? 4 : 0);
    }
    REQUIRE(child > 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    auto device = deployment.open();
    CHECK(numbers(device.setup(today())->workers) == std::vector<std::uint32_t>{1, 2, 3});
    CHECK(comes_in(device, 1, "135790"));
}

TEST_CASE("The worker thread answers each change, and says so when the device is not open") {
    const Deployment deployment;
    kiosk::EffectRunner runner(ready(), deployment.places(), [] {});
    const auto answer = [&](session::Effect effect) {
        runner.run(std::move(effect));
        REQUIRE(runner.wait_for_event());
        auto events = runner.take();
        REQUIRE(events.size() == 1);
        return std::move(events.front());
    };
    CHECK(std::holds_alternative<session::WorkerNotSaved>(answer(session::SaveWorker(worker(4, "112233")))));
    REQUIRE(std::holds_alternative<session::Unlocked>(answer(session::Unlock{})));
    CHECK(std::holds_alternative<session::WorkerSaved>(answer(session::SaveWorker(worker(4, "112233")))));
    CHECK(std::holds_alternative<session::PinChanged>(answer(session::ChangePin{{4}, secret("445566")})));
    CHECK(std::holds_alternative<session::WorkerRemoved>(answer(session::DropWorker{{4}})));
    const auto gone = answer(session::DropWorker{{4}});
    REQUIRE(std::holds_alternative<session::WorkerNotRemoved>(gone));
    CHECK(std::get<session::WorkerNotRemoved>(gone).error == PeopleError::Gone);
}

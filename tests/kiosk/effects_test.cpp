// Preparing, sealing and taking back, on a real store with a real bundle.
#include "tests/kiosk/support.hpp"

using namespace test;
using session::DeviceError;

TEST_CASE("An interview gets locked memory, a record id and a case code of its own") {
    const Deployment deployment;
    auto device = deployment.open();
    const auto first = kiosk::prepare(ready(), device);
    const auto second = kiosk::prepare(ready(), device);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->origin.record.size() == 32);
    CHECK(first->origin.record != second->origin.record);
    CHECK(first->origin.case_code != second->origin.case_code);
    CHECK(first->origin.arena->size() >= session::arena_bytes);
    CHECK(first->origin.day.size() == 10);
}

TEST_CASE("A sealed revision is what the coordinator opens; the revision before it is gone") {
    const Deployment deployment;
    auto device = deployment.open();
    for (std::uint32_t revision = 1; revision <= 3; ++revision) {
        const auto sealed =
            kiosk::seal(ready(), device, order('a', revision, "{\"n\":" + std::to_string(revision) + "}"));
        REQUIRE(sealed);
        CHECK(sealed->revision == revision);
        CHECK(sealed->counts.waiting == 1);
    }
    const auto rows = waiting(device);
    REQUIRE(rows.size() == 1);
    const auto bytes = device.store->records().read(rows[0].id);
    REQUIRE(bytes);
    CHECK(opened(deployment, *bytes) == "{\"n\":3}");
}

TEST_CASE("What was sealed is there after the device was closed and opened again") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    }
    auto device = deployment.open();
    CHECK(waiting(device).size() == 1);
}

TEST_CASE("No plain word of a record is in any file of the kiosk") {
    const Deployment deployment;
    constexpr std::string_view word = "palabraquenadiedebever";
    {
        auto device = deployment.open();
        REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{\"x\":\"" + std::string(word) + "\"}")));
        REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), [](auto, auto) { return true; }));
    }
    write(deployment.path() / "control", std::string(50, ' ') + std::string(word));
    std::size_t hits = 0;
    for (const auto& entry : fs::recursive_directory_iterator(deployment.path()))
        if (entry.is_regular_file() && read(entry.path()).find(word) != std::string::npos) ++hits;
    CHECK(hits == 1);  // the control
}

TEST_CASE("A revision that is not new is refused and leaves the newer one in place") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 2, "{\"n\":2}")));
    const auto again = kiosk::seal(ready(), device, order('a', 1, "{\"n\":1}"));
    REQUIRE_FALSE(again);
    CHECK(again.error() == DeviceError::SealFailed);
    CHECK(waiting(device).size() == 1);
}

TEST_CASE("A record beyond the largest bucket is refused, not cut") {
    const Deployment deployment;
    auto device = deployment.open();
    const auto sealed = kiosk::seal(ready(), device, order('a', 1, std::string(300'000, 'x')));
    REQUIRE_FALSE(sealed);
    CHECK(sealed.error() == DeviceError::SealFailed);
    CHECK(waiting(device).empty());
}

TEST_CASE("Taking back a record that never left deletes all of it") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    REQUIRE(kiosk::seal(ready(), device, order('b', 1, "{}")));
    const auto erased = kiosk::withdraw(ready(), device, {std::string(32, 'a'), 2, secret("{\"kind\":\"withdrawn\"}")});
    REQUIRE(erased);
    CHECK(erased->counts.waiting == 1);
    CHECK(waiting(device)[0].record == std::string(32, 'b'));
}

TEST_CASE("Taking back what was never stored is done at once") {
    const Deployment deployment;
    auto device = deployment.open();
    CHECK(kiosk::withdraw(ready(), device, {std::string(32, 'a'), 1, secret("{}")}));
    CHECK(waiting(device).empty());
}

TEST_CASE("Taking back a record that was sent seals the order to erase it") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), [](auto, auto) { return true; }));
    REQUIRE(kiosk::withdraw(ready(), device, {std::string(32, 'a'), 2, secret("{\"kind\":\"withdrawn\"}")}));
    const auto rows = waiting(device);
    REQUIRE(rows.size() == 1);
    CHECK(opened(deployment, *device.store->records().read(rows[0].id)) == "{\"kind\":\"withdrawn\"}");
}

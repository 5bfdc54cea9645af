// Too little room on the medium: no interview starts, and everything that is already there still goes its way.
#include "tests/fault/scenarios.hpp"
#include "tests/fault/shim.hpp"

using namespace test;

TEST_CASE("Below 64 MiB no interview starts; what was begun is sealed, and what is sealed is sent") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::prepare(ready(), device));
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    fault::leave_room(session::least_free - 1);
    CHECK(kiosk::prepare(ready(), device).error() == session::DeviceError::NoRoom);
    CHECK(kiosk::seal(ready(), device, order('a', 2, "{}")));
    CHECK(kiosk::send(ready(), device, deployment.to_outbox(), [](std::uint64_t, std::uint64_t) { return true; }));
    fault::leave_room(session::least_free);
    CHECK(kiosk::prepare(ready(), device));
    fault::leave_room(std::nullopt);
}

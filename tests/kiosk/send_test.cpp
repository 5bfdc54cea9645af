// Batches to a folder: written, counted, repeated, and finished after a stick was pulled.
#include "tests/kiosk/support.hpp"

using namespace test;
using session::SendError;

namespace {

session::Export to(const fs::path& folder) {
    session::Place place;
    place.path = folder.string();
    return {place, false};
}

}  // namespace

TEST_CASE("A sending writes one batch, says what is in it, and counts its way to the end") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    REQUIRE(kiosk::seal(ready(), device, order('b', 1, "{}")));
    std::uint64_t last = 0, whole = 0;
    bool forwards = true;
    const auto sent =
        kiosk::send(ready(), device, deployment.to_outbox(), [&](std::uint64_t done, std::uint64_t total) {
            forwards = forwards && done >= last;
            last = done;
            whole = total;
            return true;
        });
    REQUIRE(sent);
    CHECK(forwards);
    CHECK(last == whole);
    CHECK(sent->records == 2);
    CHECK(sent->bytes == fs::file_size(deployment.outbox() / sent->file));
    CHECK(deployment.batches() == std::vector{sent->file});
    CHECK(sent->counts.waiting == 0);
    CHECK(sent->counts.batched == 2);
}

TEST_CASE("With nothing waiting no file is made") {
    const Deployment deployment;
    auto device = deployment.open();
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE_FALSE(sent);
    CHECK(sent.error() == SendError::Nothing);
    const auto again = kiosk::send(ready(), device, deployment.to_outbox(true), no_report);
    REQUIRE_FALSE(again);
    CHECK(again.error() == SendError::Nothing);
    CHECK(deployment.batches().empty());
}

TEST_CASE("The last batch can be written again; the coordinator takes both files as one") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
        REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
        REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(true), no_report));
        CHECK(device.store->records().counts()->batches == 1);
    }
    CHECK(deployment.batches().size() == 2);
}

TEST_CASE("A stick pulled out early loses nothing: the same batch is finished on the next one") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    const auto gone = kiosk::send(ready(), device, to(deployment.path() / "pulled"), no_report);
    REQUIRE_FALSE(gone);
    CHECK(gone.error() == SendError::Gone);
    REQUIRE(kiosk::seal(ready(), device, order('b', 1, "{}")));
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE(sent);
    CHECK(sent->records == 2);
    CHECK(deployment.batches().size() == 2);
    CHECK(device.store->records().counts()->batches == 2);
}

TEST_CASE("After a failed sending with nothing new, sending once more still delivers what was cut off") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
        REQUIRE_FALSE(kiosk::send(ready(), device, to(deployment.path() / "pulled"), no_report));
    }
    auto device = deployment.open();
    const auto setup = device.setup(today());
    REQUIRE(setup);
    CHECK(setup->counts.batches == 1);
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
    REQUIRE(sent);
    CHECK(sent->records == 1);
    CHECK(deployment.batches().size() == 1);
}

TEST_CASE("A sending stopped anywhere leaves no file behind and loses nothing; the next one delivers everything once") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    int steps = 0;
    for (int stop_at = 0;; stop_at += 3) {
        steps = 0;
        const auto stopped = kiosk::send(ready(), device, deployment.to_outbox(),
                                         [&](std::uint64_t, std::uint64_t) { return steps++ < stop_at; });
        if (stopped) {
            CHECK(stopped->records == 1);
            break;
        }
        REQUIRE(stopped.error() == SendError::Cancelled);
        REQUIRE(deployment.batches().empty());
    }
    CHECK(steps > 3);
    CHECK(deployment.batches().size() == 1);
    CHECK(device.store->records().counts()->batches == 1);
    CHECK(waiting(device).empty());
}

// A bundle that revokes devices: it says so before it is taken, and a device that was revoked receives as before.
#include <nlohmann/json.hpp>

#include "tests/kiosk/brought_kiosk.hpp"

using namespace test;
using Self = model::BundleNews::Self;

namespace {

const std::string lost_device = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

std::string lines_of_devices(std::vector<std::string> devices) {
    std::sort(devices.begin(), devices.end());
    return exchange::revoked_text(devices);
}

}  // namespace

TEST_CASE("A bundle tells which devices it revokes and takes in again, and this one apart from the others") {
    const BroughtKiosk kiosk;
    const auto self = kiosk.device_id();
    kiosk.put("bundle-2.amparo", kiosk.deployment.bundle_with("revoked.txt", lines_of_devices({lost_device, self}), 1));
    auto open = kiosk.deployment.open();
    const auto revokes = kiosk.look(open);
    REQUIRE(revokes.news.bundle);
    CHECK(revokes.news.bundle->revoked == std::vector{lost_device});
    CHECK(revokes.news.bundle->admitted.empty());
    CHECK(revokes.news.bundle->self == Self::Revoked);
    REQUIRE(device::accept_news(ready(), open, revokes));
    CHECK(open.bundle->revokes(self));
}

TEST_CASE("A device that was revoked takes the bundle that takes it in again") {
    const BroughtKiosk kiosk;
    const auto self = kiosk.device_id();
    kiosk.deployment.install_bundle_with("revoked.txt", lines_of_devices({lost_device, self}));  // number 2
    kiosk.put("bundle-3.amparo", kiosk.deployment.bundle_with("revoked.txt", lines_of_devices({self}), 1));
    CHECK(kiosk.look().bundle->admitted == std::vector{lost_device});
    CHECK(kiosk.look().bundle->self == Self::AsBefore);
    kiosk.put("bundle-3.amparo", kiosk.deployment.bundle_with("revoked.txt", "", 1));
    auto open = kiosk.deployment.open();
    REQUIRE(open.bundle->revokes(self));
    const auto brought = kiosk.look(open);
    REQUIRE(brought.news.bundle);
    CHECK(brought.news.bundle->self == Self::Admitted);
    REQUIRE(device::accept_news(ready(), open, brought));
    CHECK(open.bundle->version.sequence == 3);
    CHECK_FALSE(open.bundle->revokes(self));
}

TEST_CASE("A bundle that revokes this device with one signature where two are asked for revokes nothing") {
    const BroughtKiosk kiosk;
    const auto self = kiosk.device_id();
    const auto second = *crypto::ReceiptSecretKey::generate(ready());
    auto policy = nlohmann::json::parse(member(kiosk.first, "policy.json"));
    policy["signatures_required"] = 2;
    policy["bundle_signers"] = nlohmann::json::array({exchange::public_key_line(second.public_key())});
    kiosk.deployment.install_bundle_with("policy.json", policy.dump(2) + "\n");
    kiosk.put("bundle-3.amparo", kiosk.deployment.bundle_with("revoked.txt", lines_of_devices({self}), 1));
    auto open = kiosk.deployment.open();
    const auto brought = kiosk.look(open);
    CHECK_FALSE(brought.news.bundle);
    CHECK(refused(brought.news, NotTaken::FewSigned));
    CHECK_FALSE(open.bundle->revokes(self));
}

TEST_CASE("The screens say that this device is revoked before and after it is, in both languages") {
    for (const auto* language : {"es", "en"}) {
        const BroughtKiosk kiosk;
        const auto self = kiosk.device_id();
        const auto bundle = kiosk.deployment.bundle_with("revoked.txt", lines_of_devices({lost_device, self}), 1);
        write(kiosk.deployment.outbox() / "bundle-2.amparo", bundle);
        const auto ran = kiosk.receive_on_screen(
            language,
            "wait receive.revokes_this\ncheck\n"
            "tap receive.accept\nwait receive.home\ntap receive.home\nwait home.revoked\ncheck\n"
            "tap home.send\nwait send.revoked\ncheck\n");
        INFO(language << "\n" << ran.err);
        CHECK(ran.code == 0);
        CHECK(kiosk.deployment.open().bundle->revokes(self));
    }
}

// Taking what was brought on a stick, while the disk fails.
#include "app/device/brought.hpp"
#include "app/kiosk/tasks.hpp"
#include "tests/fault/scenarios.hpp"

namespace fault {
namespace {

using test::Deployment;
using test::ready;

constexpr std::chrono::days until{900};

test::fs::path brought(const Deployment& deployment) {
    return deployment.path() / "usb";
}

bool take(const Deployment& deployment, const std::function<void()>& begin) {
    auto device = deployment.open();
    const auto found = app::device::look_for_news(ready(), device, {brought(deployment)});
    if (!found || !found->news.any()) throw std::logic_error("nothing was brought");
    begin();
    return app::device::accept_news(ready(), device, *found).has_value();
}

}  // namespace

Scenario accept_news() {
    return {"taking a newer bundle and certificate",
            [](const Deployment& deployment) {
                std::string id;
                {
                    auto device = deployment.open();
                    REQUIRE(app::kiosk::seal(ready(), device, test::order('a', 1, "{}")));
                    id = device.enrolment.device;
                }
                test::write(brought(deployment) / "bundle-2.amparo", deployment.bundle_with("", ""));
                test::write(brought(deployment) / (id + "-2.amparo-cert"),
                            deployment.certificate_file(2, test::today() + until));
            },
            take,
            [](const Deployment& deployment, Told told) {
                {
                    auto device = deployment.open();
                    REQUIRE(device.bundle);
                    const bool bundle = device.bundle->version.sequence == 2;
                    const bool certificate = device.certificate_end == test::today() + until;
                    CHECK(device.enrolment.epoch == (certificate ? 2U : 1U));
                    CHECK((bundle || !certificate));  // in their order
                    if (told == Told::Done) CHECK((bundle && certificate));
                    if (bundle && certificate) return;
                }
                CHECK(take(deployment, [] {}));  // what is left is taken the next time
            }};
}

}  // namespace fault

// Which mounted folders are offered for a batch.
#include "app/device/drives.hpp"
#include "app/kiosk/batch_places.hpp"

#include <algorithm>

#include "tests/kiosk/support.hpp"

using namespace test;

TEST_CASE(
    "Only removable devices mounted where sticks appear are offered, each once, with escaped characters resolved") {
    std::vector<std::string> asked;
    const auto found = app::device::removable_mounts(
        "/dev/sda1 / ext4 rw 0 0\n"
        "/dev/sdb1 /media/ana/MI\\040USB vfat rw 0 0\n"
        "/dev/sdb1 /media/ana/MI\\040USB vfat rw 0 0\n"
        "/dev/sdc1 /run/media/ana/a\\134b exfat rw 0 0\n"
        "tmpfs /mnt tmpfs rw 0 0\n"
        "/dev/sdd1 /mnt/stick vfat ro 0 0\n"
        "/dev/nvme0n1p3 /mnt/data ext4 rw 0 0\n"
        "tools /mnt/tools tmpfs ro 0 0\n"
        "server:/share /media/share nfs rw 0 0\n"
        "proc /proc proc rw 0 0\n"
        "broken\n",
        [&](const std::string& device) {
            asked.push_back(device);
            return device.starts_with("/dev/sd");
        });
    CHECK(found == std::vector<fs::path>{"/media/ana/MI USB", "/run/media/ana/a\\b", "/mnt/stick"});
    CHECK(std::find(asked.begin(), asked.end(), "/dev/sda1") == asked.end());
}

TEST_CASE("What is not a block device of this machine is not removable") {
    for (const auto* device : {"tmpfs", "server:/share", "/dev/null", "/dev/there-is-no-such-device", "overlay", ""})
        CHECK_FALSE(app::device::is_removable(device));
}

TEST_CASE("The given folder comes first; what is not there is not offered") {
    const Deployment deployment;
    const auto places =
        kiosk::find_places(deployment.outbox(), {deployment.path() / "usb", deployment.path() / "not-there"});
    REQUIRE(places.size() == 2);
    CHECK(places[0].path == deployment.outbox().string());
    CHECK_FALSE(places[0].removable);
    CHECK(places[1].removable);
    CHECK(places[0].free > 0);
    CHECK_FALSE(places[0].read_only);
    CHECK(kiosk::find_places({}, {}).empty());
}

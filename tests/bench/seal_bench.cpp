// One answered page until its sealed row is on the medium, read back and verified, and the row before is gone: what the
// kiosk does, against the bare seal and the same statements, in turns in the same run on the same medium. Beside it
// what one commit and one fsync cost there. Needs a quiet machine.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "app/kiosk/tasks.hpp"
#include "crypto/random.hpp"
#include "tests/bench/seal_floor.hpp"
#include "tests/support/folder.hpp"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double most_ratio = 1.2;
constexpr std::uint32_t pages = 400;
constexpr std::size_t said_bytes = 6'000;  // a whole interview; padded to 16 KiB

double milliseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

double median(std::vector<double>& all) {
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

void need(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "%s failed\n", what);
    std::exit(2);
}

double one_fsync(const fs::path& folder) {
    std::vector<double> times;
    const int file = ::open((folder / "fsync").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    const std::string page(4096, 'x');
    for (int i = 0; i < 200; ++i) {
        const auto from = Clock::now();
        need(::pwrite(file, page.data(), page.size(), 0) == 4096 && ::fsync(file) == 0, "fsync");
        times.push_back(milliseconds(from));
    }
    ::close(file);
    return median(times);
}

}  // namespace

int main() {
    const auto ready = crypto::SodiumReady::init();
    if (!ready) return 2;
    const test::Folder folder;
    const auto demo = folder.path() / "demo";
    need(std::system(
             ("'" AMPARO_BIN_DIR "/amparo' deployment new '" + demo.string() + "' --name Bench --demo > /dev/null")
                 .c_str()) == 0,
         "the deployment");
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    auto device = app::kiosk::Device::unlock(*ready, {demo / "kiosk", demo / "usb" / app::device::key_file_name, demo},
                                             std::nullopt, today);
    need(device.has_value(), "unlocking");
    bench::BareStore bare(folder.path() / "bare.db");
    const auto recipients = device->bundle->recipient_keys();
    const std::string said(said_bytes, 's');
    const std::string record(32, 'a');

    std::vector<double> ours;
    std::vector<double> floor;
    std::vector<double> seals;
    std::vector<double> commits;
    for (std::uint32_t revision = 1; revision <= pages; ++revision) {
        auto json = crypto::SecretBytes::copy_of(*ready, crypto::as_bytes(said));
        need(json.has_value(), "memory");
        const app::session::SealRecord order{record, revision, std::move(*json)};
        auto from = Clock::now();
        need(app::kiosk::seal(*ready, *device, order).has_value(), "sealing");
        ours.push_back(milliseconds(from));

        const auto name = crypto::random_hex(*ready, 16);
        from = Clock::now();
        const auto sealed = crypto::seal_record(*ready, crypto::as_bytes(said), recipients);
        seals.push_back(milliseconds(from));
        need(sealed.has_value(), "the bare seal");
        bare.keep(record, revision, name, sealed->bytes);
        floor.push_back(milliseconds(from));

        from = Clock::now();
        bare.one_commit();
        commits.push_back(milliseconds(from));
    }
    const double ratio = median(ours) / median(floor);
    std::printf("page to durable, verified row   %7.2f ms, floor %7.2f ms   %.2fx of at most %.2fx%s\n", median(ours),
                median(floor), ratio, most_ratio, ratio <= most_ratio ? "" : "   MISSED");
    std::printf("of that the seal                %7.3f ms\n", median(seals));
    std::printf("one commit of one small row     %7.2f ms, one fsync of 4 KiB %.2f ms (%s)\n", median(commits),
                one_fsync(folder.path()), folder.path().parent_path().c_str());
    return ratio <= most_ratio ? 0 : 1;
}

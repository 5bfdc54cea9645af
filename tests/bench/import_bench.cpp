// What `amparo import` takes for batches of 1 to 256 MiB: time, and the most memory that the real program ever had.
// Floors are ratios within one run: memory must be flat in the size of the batch, and time linear in its records.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/programme.hpp"

namespace {

using bench::give_up;
using bench::Programme;

struct Taken {
    double seconds = 0;
    double mib = 0;
};

Taken run(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const auto from = std::chrono::steady_clock::now();
    std::fflush(stdout);  // or the child would say it once more
    const auto child = ::fork();
    if (child == 0) {
        if (std::freopen("/dev/null", "w", stdout) == nullptr || std::freopen("/dev/null", "w", stderr) == nullptr)
            ::_exit(126);
        ::execv(argv.front(), argv.data());
        ::_exit(127);
    }
    int status = 0;
    struct rusage used {};
    if (child < 0 || ::wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
        give_up("the import did not run");
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count(),
            static_cast<double>(used.ru_maxrss) / 1024};
}

Taken row(Programme& programme, const char* name, std::size_t records, const std::function<crypto::Bytes()>& make) {
    const auto taken = run(programme.prepare(records, make));
    programme.remove_batch();
    std::printf("%-30s %7zu records  %6.1f MiB  %7.2f s  %6.1f MiB of memory\n", name, records,
                static_cast<double>(programme.file_bytes) / (1 << 20), taken.seconds, taken.mib);
    return taken;
}

}  // namespace

int main() {
    const auto ready = crypto::SodiumReady::init();
    if (!ready) return 2;
    Programme programme(*ready);
    const auto junk = [&] { return programme.junk(1'000'000); };
    const auto real = [&] { return programme.record(); };
    const auto one = row(programme, "large records, 1 MiB", 1, [&] { return programme.junk(500'000); });
    row(programme, "large records, 16 MiB", 15, junk);
    row(programme, "large records, 64 MiB", 60, junk);
    const auto large = row(programme, "large records, 256 MiB", 250, junk);
    const auto some = row(programme, "records of 16 KiB, 64 MiB", 3'700, real);
    const auto most = row(programme, "records of 16 KiB, 256 MiB", 14'800, real);
    const double size_ratio = large.mib / one.mib;
    const double record_ratio = most.mib / one.mib;
    const double time_ratio = most.seconds / some.seconds;
    std::printf("memory, 256 MiB to 1 MiB: %.2f (at most 1.5), with 14,800 records %.2f (at most 2.5)\n", size_ratio,
                record_ratio);
    std::printf("time, 14,800 to 3,700 records: %.2f (at most 6; 4 is linear, 16 quadratic)\n", time_ratio);
    return size_ratio <= 1.5 && record_ratio <= 2.5 && time_ratio <= 6 ? 0 : 1;
}

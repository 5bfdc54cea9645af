// What a start and standing still cost, from the operating system's own accounting.
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

#include "app/shell/speak.hpp"
#include "tests/driver/kiosk.hpp"

namespace driver {

using namespace app;

namespace {

constexpr std::chrono::seconds idle_time{10};

/// Milliseconds since this process was started (proc(5), starttime: in clock ticks, so to about 10 ms).
double since_start() {
    std::ifstream in("/proc/self/stat");
    std::string text;
    std::getline(in, text);
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string field;
    for (int i = 3; i <= 22; ++i) fields >> field;
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double ticks = static_cast<double>(std::stoull(field)) * 1000.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
    return static_cast<double>(now.tv_sec) * 1000.0 + static_cast<double>(now.tv_nsec) / 1e6 - ticks;
}

double cpu_ms() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto ms = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) * 1000.0 + static_cast<double>(t.tv_usec) / 1000.0;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

long voluntary_switches() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw;
}

/// Proportional set size in kB (proc(5), smaps_rollup); 0 where the kernel does not say.
long pss_kb() {
    std::ifstream in("/proc/self/smaps_rollup");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("Pss:")) return std::stol(line.substr(4));
    return 0;
}

}  // namespace

void measure(kiosk::Program& program, platform::Window& window) {
    const auto starting = [&program] { return std::holds_alternative<session::Starting>(program.state().screen); };
    program.begin();
    double first_frame = 0;
    while (starting()) {
        program.loop().turn();
        if (first_frame == 0 && program.loop().frames() > 0) first_frame = since_start();
        if (starting()) window.wait(program.loop().next_wake());
    }
    program.loop().turn();
    const double usable = since_start();
    const int frames = program.loop().frames();
    const double cpu = cpu_ms();
    const long switches = voluntary_switches();
    const auto until = window.now() + std::chrono::duration_cast<platform::Instant>(idle_time);
    while (window.now() < until) {
        window.wait(until);
        if (window.now() < until) program.loop().turn();
    }
    std::array<char, 512> line{};
    std::snprintf(line.data(), line.size(),
                  "{\"first_frame_ms\": %.0f, \"usable_ms\": %.0f, \"frames_to_usable\": %d, \"idle_seconds\": %d, "
                  "\"idle_frames\": %d, \"idle_cpu_ms\": %.1f, \"idle_wake_ups\": %ld, \"pss_kb\": %ld}\n",
                  first_frame, usable, frames, static_cast<int>(idle_time.count()), program.loop().frames() - frames,
                  cpu_ms() - cpu, voluntary_switches() - switches, pss_kb());
    shell::print(line.data());
}

}  // namespace driver

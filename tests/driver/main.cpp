// amparo-driver: the programs that people use, with a journey file in place of a person. Built beside them, never
// installed.
#include <array>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "app/kiosk/start.hpp"
#include "app/platform/glfw_window.hpp"
#include "app/shell/signals.hpp"
#include "app/shell/speak.hpp"
#include "tests/driver/kiosk.hpp"
#include "tests/driver/null_window.hpp"

namespace {

using namespace app;

constexpr int failed = 1;
constexpr int usage = 64;

constexpr std::string_view help =
    "amparo-driver kiosk [--headless] (--tour FILE [--screenshots DIR] | --measure) [OPTIONS OF amparo-kiosk]\n"
    "\n"
    "  --tour FILE         play a journey (tests/driver/tour.hpp lists its commands) and end\n"
    "  --screenshots DIR   folder for the pictures that the journey takes\n"
    "  --stick DIR         a folder in place of a USB stick; several may be named\n"
    "  --measure           measure start and rest, print them as JSON, and end\n"
    "  --headless          without a window\n"
    "\n"
    "Exit status: 0 done, 1 a step failed or a picture could not be written, 64 wrong usage, else as amparo-kiosk.\n";

struct Order {
    std::filesystem::path tour;
    std::filesystem::path pictures;
    std::vector<std::filesystem::path> sticks;
    bool measure = false;
    bool headless = false;
    std::vector<char*> left;  ///< for the program itself
};

/// False, and said why, when that is no order.
bool read(int argc, char** argv, Order& order) {
    order.left.push_back(argv[0]);
    for (int i = 2; i < argc; ++i) {
        const std::string_view word = argv[i];
        const bool path = word == "--tour" || word == "--screenshots" || word == "--stick";
        if (path && (i + 1 == argc || *argv[i + 1] == '\0')) {
            std::cerr << "amparo-driver: " << word << " needs a value.\n";
            return false;
        }
        if (word == "--stick")
            order.sticks.emplace_back(argv[++i]);
        else if (path)
            (word == "--tour" ? order.tour : order.pictures) = argv[++i];
        else if (word == "--measure")
            order.measure = true;
        else if (word == "--headless")
            order.headless = true;
        else
            order.left.push_back(argv[i]);
    }
    if (order.headless && order.tour.empty() && !order.measure) {
        std::cerr
            << "amparo-driver: --headless needs --tour or --measure: without a window nobody can touch anything.\n";
        return false;
    }
    return true;
}

int play(const Order& order, kiosk::Program& program, platform::Window& window, ui::Ui& ui) {
    const auto stop = [&](const driver::TourFailure& why) {
        shell::complain("amparo-kiosk", order.tour.string() + ":" + std::to_string(why.line) + ": " + why.what);
        return failed;
    };
    const auto tour = driver::read_tour(order.tour);
    if (!tour) return stop(tour.error());
    const auto report = driver::play(program, window, ui, *tour, order.pictures);
    if (!report) return stop(report.error());
    for (const auto& [name, ms] : report->laps) {
        std::array<char, 32> time{};
        std::snprintf(time.data(), time.size(), ": %.1f ms\n", ms);
        shell::print(name + time.data());
    }
    shell::print(std::to_string(report->steps) + " steps, " + std::to_string(report->pictures) + " pictures, " +
                 std::to_string(report->frames) + " frames\n");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    shell::Signals::hold();
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (first == "-h" || first == "--help") {
        std::cout << help;
        return 0;
    }
    Order order;
    if (first != "kiosk" || !read(argc, argv, order)) {
        if (first != "kiosk") std::cerr << help;
        return usage;
    }
    kiosk::Host host;
    host.open = [&order](platform::WindowOptions wanted) -> platform::Result<std::unique_ptr<platform::Window>> {
        wanted.fullscreen = false;
        if (order.headless) return std::make_unique<driver::NullWindow>(wanted);
        return platform::open_window(wanted);
    };
    host.run = [&order](kiosk::Program& program, platform::Window& window, ui::Ui& ui) {
        if (!order.tour.empty()) return play(order, program, window, ui);
        if (order.measure)
            driver::measure(program, window);
        else
            program.run();
        return 0;
    };
    host.drives = order.sticks;
    if (!order.tour.empty()) host.read.push_back(order.tour);
    host.pipes = order.pictures;
    order.left.push_back(nullptr);
    return kiosk::start(static_cast<int>(order.left.size()) - 1, order.left.data(), host);
}

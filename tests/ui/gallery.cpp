// Draws every reference screen to PNG: ui_gallery FOLDER [--glfw] [--size WxH] [--scale X] [--text 0-3] [--contrast
// 0-2]
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "app/platform/glfw_window.hpp"
#include "app/platform/null_window.hpp"
#include "tests/ui/screens.hpp"

namespace {

struct Options {
    std::filesystem::path folder;
    app::platform::WindowOptions window;
    app::ui::Preferences preferences;
    bool glfw = false;
    std::string only;
};

Options parse(int argc, char** argv) {
    Options o;
    o.window = {.width = 412, .height = 860, .scale = 1.0F};
    for (int i = 1; i < argc; ++i) {
        const std::string arg = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        if (arg == "--glfw")
            o.glfw = true;
        else if (arg == "--size") {
            o.window.width = std::atoi(value.c_str());
            o.window.height = std::atoi(value.substr(value.find('x') + 1).c_str());
            ++i;
        } else if (arg == "--scale") {
            o.window.scale = static_cast<float>(std::atof(value.c_str()));
            ++i;
        } else if (arg == "--text") {
            o.preferences.text_size = static_cast<app::ui::TextSize>(std::atoi(value.c_str()));
            ++i;
        } else if (arg == "--contrast") {
            o.preferences.contrast = static_cast<app::ui::Contrast>(std::atoi(value.c_str()));
            ++i;
        } else if (arg == "--only") {
            o.only = value;
            ++i;
        } else if (arg.starts_with("-")) {
            std::cerr << "ui_gallery: there is no option " << arg << "\n";  // else it would become a folder's name
            std::exit(64);
        } else
            o.folder = arg;
    }
    return o;
}

// The share of pixels that differ visibly: the graphics system and our own rasteriser must show the same.
double difference(const app::platform::Image& a, const app::platform::Image& b) {
    if (a.rgba.size() != b.rgba.size()) return 1;
    std::size_t different = 0;
    for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
        int most = 0;
        for (std::size_t c = 0; c < 3; ++c) most = std::max(most, std::abs(int{a.rgba[i + c]} - int{b.rgba[i + c]}));
        if (most > 32) ++different;
    }
    return static_cast<double>(different) / (static_cast<double>(a.rgba.size()) / 4);
}

int complain(const app::platform::Failure& failure) {
    std::cerr << "ui_gallery: " << static_cast<int>(failure.error) << " " << failure.subject << "\n";
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto started = std::chrono::steady_clock::now();
    const Options options = parse(argc, argv);
    const auto ready = crypto::SodiumReady::init();
    const auto fonts = app::platform::find_fonts();
    if (!ready || !fonts) return fonts ? 1 : complain(fonts.error());
    std::unique_ptr<app::platform::Window> window;
    if (options.glfw) {
        auto opened = app::platform::open_window(options.window);
        if (!opened) return complain(opened.error());
        window = std::move(*opened);
    } else {
        window = std::make_unique<app::platform::NullWindow>(options.window);
    }
    auto ui = app::ui::Ui::make(*ready, *fonts);
    if (!ui) return complain(ui.error());
    (*ui)->prefer(options.preferences);
    std::filesystem::create_directories(options.folder);
    int bad = 0;
    for (const std::string& name : gallery::names()) {
        if (!options.only.empty() && options.only != name) continue;
        gallery::State state;
        state.screen = name;
        (*ui)->forget();
        (*ui)->invalidate();
        window->poll();
        const auto picture = (*ui)->frame(window->metrics(), window->events(), window->now(),
                                          [&](app::ui::Ui& u) { return gallery::describe(u, state); });
        if (!picture) return 1;
        window->show(*picture);
        if (name == gallery::names().front())
            std::cout << "first frame after "
                      << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                               started)
                             .count()
                      << " ms\n";
        const auto image = window->capture(*picture);
        if (!image) return complain(image.error());
        if (const auto written = app::platform::write_png(*image, options.folder / (name + ".png")); !written)
            return complain(written.error());
        const auto drawn = app::platform::rasterise(*picture, image->width, image->height);
        if (!drawn || difference(*image, *drawn) > 0.002) {
            std::cout << name << ": the window shows something else than the headless picture\n";
            ++bad;
        }
        for (const auto& fault : app::ui::faults((*ui)->trace())) {
            std::cout << name << ": " << fault.key << ": " << fault.what << "\n";
            ++bad;
        }
    }
    return bad == 0 ? 0 : 2;
}

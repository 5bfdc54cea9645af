// Draws every reference screen to PNG, without a window or in one, which must show the same.
#include <GL/gl.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "app/platform/glfw_window.hpp"
#include "tests/driver/null_window.hpp"
#include "tests/ui/screens.hpp"

namespace {

// What was shown, read back from OpenGL. Software OpenGL copies when it swaps: the picture is still in the back buffer.
driver::Image shown(const app::platform::Metrics& metrics) {
    driver::Image image{metrics.width, metrics.height, {}};
    const std::size_t row = static_cast<std::size_t>(metrics.width) * 4;
    const auto rows = static_cast<std::size_t>(metrics.height);
    std::vector<std::uint8_t> upside(row * rows);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, metrics.width, metrics.height, GL_RGBA, GL_UNSIGNED_BYTE, upside.data());
    for (std::size_t y = rows; y-- > 0;)
        image.rgba.insert(image.rgba.end(), upside.begin() + static_cast<std::ptrdiff_t>(row * y),
                          upside.begin() + static_cast<std::ptrdiff_t>(row * (y + 1)));
    for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
    return image;
}

// The share of pixels that differ visibly: the graphics system and our own rasteriser must show the same.
double difference(const driver::Image& a, const driver::Image& b) {
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
    std::filesystem::path folder;
    app::platform::WindowOptions wanted{.width = 412, .height = 860, .scale = 1.0F};
    int text = 0;
    int contrast = 0;
    bool glfw = false;
    std::string only;
    CLI::App line("Draws the reference screens, and prints what does not fit.", "ui_gallery");
    line.add_option("folder", folder, "where the pictures go; it is made")->required();
    line.add_flag("--glfw", glfw, "in a window");
    line.add_option("--width", wanted.width, "dp")->check(CLI::Range(100, 4096));
    line.add_option("--height", wanted.height, "dp")->check(CLI::Range(100, 4096));
    line.add_option("--scale", wanted.scale, "pixels in one dp")->check(CLI::Range(0.5, 4.0));
    line.add_option("--text", text, "size of the text")->check(CLI::Range(0, 3));
    line.add_option("--contrast", contrast, "light, dark, high")->check(CLI::Range(0, 2));
    line.add_option("--only", only, "one screen");
    CLI11_PARSE(line, argc, argv);
    const auto ready = crypto::SodiumReady::init();
    const auto fonts = app::platform::find_fonts();
    if (!ready || !fonts) return fonts ? 1 : complain(fonts.error());
    std::unique_ptr<app::platform::Window> window;
    if (glfw) {
        auto opened = app::platform::open_window(wanted);
        if (!opened) return complain(opened.error());
        window = std::move(*opened);
    } else {
        window = std::make_unique<driver::NullWindow>(wanted);
    }
    auto ui = app::ui::Ui::make(*ready, *fonts);
    if (!ui) return complain(ui.error());
    (*ui)->prefer({static_cast<app::ui::Contrast>(contrast), static_cast<app::ui::TextSize>(text), false});
    std::filesystem::create_directories(folder);
    int bad = 0;
    for (const std::string& name : gallery::names()) {
        if (!only.empty() && only != name) continue;
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
        const auto drawn = driver::rasterise(*picture, window->metrics().width, window->metrics().height);
        if (!drawn || !driver::write_png(*drawn, folder / (name + ".png"))) return 1;
        if (glfw && difference(shown(window->metrics()), *drawn) > 0.002) {
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

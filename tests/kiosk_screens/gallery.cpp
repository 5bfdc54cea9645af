// Draws every screen to PNG.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <string>

#include "tests/kiosk_screens/stage.hpp"

int main(int argc, char** argv) {
    std::filesystem::path folder;
    std::string size = "412x915";
    std::string language = "es";
    std::string only;
    int text = 0;
    int contrast = 0;
    CLI::App line("Draws every screen of the kiosk, and prints what does not fit.", "kiosk_gallery");
    line.add_option("folder", folder, "where the pictures go; it is made")->required();
    line.add_option("--size", size, "WIDTHxHEIGHT in dp")->check([](const std::string& value) {
        int width = 0;
        int height = 0;
        const bool good = std::sscanf(value.c_str(), "%dx%d", &width, &height) == 2 && width > 0 && height > 0;
        return good ? std::string() : "a size is WIDTHxHEIGHT";
    });
    line.add_option("--lang", language)->check(CLI::IsMember({"es", "en", "qps"}));
    line.add_option("--text", text, "size of the text")->check(CLI::Range(0, 3));
    line.add_option("--contrast", contrast, "light, dark, high")->check(CLI::Range(0, 2));
    line.add_option("--only", only, "screens whose name begins so");
    CLI11_PARSE(line, argc, argv);

    stage::Stage stage;
    stage.size(std::atoi(size.c_str()), std::atoi(size.substr(size.find('x') + 1).c_str()));
    stage.prefer({static_cast<app::ui::Contrast>(contrast), static_cast<app::ui::TextSize>(text), false});
    std::filesystem::create_directories(folder);
    const auto texts = stage::words(language);
    for (const auto& name : stage::names()) {
        if (!only.empty() && name.rfind(only, 0) != 0) continue;
        const auto state = stage::state_of(stage.ready(), name);
        const auto picture = stage.draw(state, texts);
        const auto image = stage.window().capture(picture);
        if (!image || !driver::write_png(*image, folder / (name + ".png"))) return 1;
        for (const auto& fault : app::ui::faults(stage.trace()))
            std::cout << name << ": " << fault.key << " " << fault.what << "\n";
    }
    return 0;
}

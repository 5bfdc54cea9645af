// Draws every screen to PNG: kiosk_gallery FOLDER [--size WxH] [--lang es|en|qps] [--text 0-3] [--contrast 0-2] [--only
// NAME]
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

#include "tests/kiosk_screens/stage.hpp"

namespace {

/// A misspelt option would otherwise become the name of a folder.
int usage() {
    std::cerr << "kiosk_gallery FOLDER [--size WxH] [--lang es|en|qps] [--text 0-3] [--contrast 0-2] [--only NAME]\n";
    return 64;
}

}  // namespace

int main(int argc, char** argv) {
    std::filesystem::path folder;
    std::string language = "es";
    std::string only;
    app::ui::Preferences preferences;
    stage::Stage stage;
    for (int i = 1; i < argc; ++i) {
        const std::string arg = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        const bool option = arg.rfind("--", 0) == 0;
        if (arg == "--size")
            stage.size(std::atoi(value.c_str()), std::atoi(value.substr(value.find('x') + 1).c_str()));
        else if (arg == "--lang")
            language = value;
        else if (arg == "--text")
            preferences.text_size = static_cast<app::ui::TextSize>(std::atoi(value.c_str()));
        else if (arg == "--contrast")
            preferences.contrast = static_cast<app::ui::Contrast>(std::atoi(value.c_str()));
        else if (arg == "--only")
            only = value;
        else if (option)
            return usage();
        else
            folder = arg;
        if (option) ++i;
    }
    if (folder.empty()) return usage();
    stage.prefer(preferences);
    std::filesystem::create_directories(folder);
    const auto texts = stage::words(language);
    for (const auto& name : stage::names()) {
        if (!only.empty() && name.rfind(only, 0) != 0) continue;
        const auto state = stage::state_of(stage.ready(), name);
        const auto picture = stage.draw(state, texts);
        const auto image = stage.window().capture(picture);
        if (!image || !app::platform::write_png(*image, folder / (name + ".png"))) return 1;
        for (const auto& fault : app::ui::faults(stage.trace()))
            std::cout << name << ": " << fault.key << " " << fault.what << "\n";
    }
    return 0;
}

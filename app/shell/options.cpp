#include "app/shell/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace app::shell {
namespace {

constexpr int least_side = 320;  ///< dp; below it nothing fits
constexpr int most_side = 4096;
constexpr float least_scale = 0.5F;
constexpr float most_scale = 4;

bool read_side(std::string_view text, int& out) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && out >= least_side && out <= most_side;
}

/// "412x915"
bool read_size(std::string_view text, DisplayOptions& options) {
    const auto cross = text.find('x');
    return cross != std::string_view::npos && read_side(text.substr(0, cross), options.width) &&
           read_side(text.substr(cross + 1), options.height);
}

/// "1.5", whatever the system's language writes between the digits.
std::optional<float> scale_of(std::string_view text) {
    float value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    if (!(value >= least_scale && value <= most_scale)) return std::nullopt;
    return value;
}

std::optional<int> text_percent_of(std::string_view text) {
    int percent = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), percent);
    if (read.ec != std::errc() || !text_size_of(percent) || text != std::to_string(percent)) return std::nullopt;
    return percent;
}

std::optional<ui::Contrast> contrast_of(std::string_view name) {
    if (name == "light") return ui::Contrast::light;
    if (name == "dark") return ui::Contrast::dark;
    if (name == "high-contrast") return ui::Contrast::high;
    return std::nullopt;
}

}  // namespace

void add_display_options(CLI::App& app, RawDisplayOptions& raw, const locales::Translator& texts) {
    const auto tr = [&](std::string_view key) { return std::string(texts.tr(key).view()); };
    app.add_option("--size", raw.size, tr("display.option.size"));
    app.add_option("--scale", raw.scale, tr("display.option.scale"));
    app.add_option("--lang", raw.language, tr("cli.option.lang"));
    app.add_option("--text-size", raw.text_percent, tr("display.option.text_size"));
    app.add_option("--theme", raw.theme, tr("display.option.theme"));
    app.add_option("--fonts", raw.fonts, tr("display.option.fonts"));
}

std::optional<WrongOption> read_display_options(const RawDisplayOptions& raw, DisplayOptions& options) {
    if (!raw.size.empty()) {
        if (!read_size(raw.size, options)) return WrongOption{"display.usage.size", raw.size};
        options.size_given = true;
    }
    if (!raw.scale.empty()) {
        options.scale = scale_of(raw.scale);
        if (!options.scale) return WrongOption{"display.usage.scale", raw.scale};
    }
    if (!raw.text_percent.empty()) {
        options.text_percent = text_percent_of(raw.text_percent);
        if (!options.text_percent) return WrongOption{"display.usage.text_size", raw.text_percent};
    }
    if (!raw.theme.empty()) {
        options.contrast = contrast_of(raw.theme);
        if (!options.contrast) return WrongOption{"display.usage.theme", raw.theme};
    }
    if (!raw.language.empty()) {
        options.language = locales::language_from(raw.language);
        if (!options.language) return WrongOption{"display.usage.lang", raw.language};
    }
    options.fonts = raw.fonts;
    return std::nullopt;
}

void word_help(CLI::App& app, const locales::Translator& texts) {
    const auto tr = [&](std::string_view key) { return std::string(texts.tr(key).view()); };
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", tr("cli.help.usage"));
    formatter->label("OPTIONS", tr("cli.help.options_mark"));
    formatter->label("TEXT", tr("cli.help.text_mark"));
    formatter->column_width(34);
    app.formatter(formatter);
    app.option_defaults()->group(tr("cli.help.options"));
    app.set_help_flag("-h,--help", tr("cli.help.help"));
}

std::optional<std::string> given_empty(const CLI::App& app) {
    for (const auto* option : app.get_options()) {
        const auto& values = option->results();
        if (std::find(values.begin(), values.end(), "") != values.end()) return option->get_name();
    }
    return std::nullopt;
}

locales::Language language_of(int argc, char** argv) {
    const auto supported = [](std::string_view name) {
        return locales::language_from(name).value_or(locales::Language::Es);
    };
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--lang" && i + 1 < argc) return supported(argv[i + 1]);
        if (word.starts_with("--lang=")) return supported(word.substr(7));
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return supported(value);
    return locales::Language::Es;
}

platform::WindowOptions window_of(const DisplayOptions& options) {
    platform::WindowOptions wanted;
    wanted.width = options.width;
    wanted.height = options.height;
    wanted.scale = options.scale;
    wanted.fullscreen = !options.size_given;
    return wanted;
}

std::optional<ui::TextSize> text_size_of(int percent) noexcept {
    switch (percent) {
        case 100:
            return ui::TextSize::normal;
        case 125:
            return ui::TextSize::larger;
        case 150:
            return ui::TextSize::large;
        case 200:
            return ui::TextSize::largest;
        default:
            return std::nullopt;
    }
}

}  // namespace app::shell

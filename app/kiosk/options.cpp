#include "app/kiosk/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "app/hardening/folders.hpp"
#include "app/kiosk/speak.hpp"
#include "app/session/state.hpp"

namespace app::kiosk {

namespace {

constexpr int least_side = 320;  ///< dp; below it nothing fits
constexpr int most_side = 4096;

constexpr std::string_view default_state_name = "amparo";

/// $XDG_STATE_HOME/amparo, else ~/.local/state/amparo (XDG Base Directory Specification).
std::filesystem::path default_state() {
    if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/')
        return std::filesystem::path(state) / default_state_name;
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home == nullptr ? "." : home) / ".local/state" / default_state_name;
}

bool read_side(std::string_view text, int& out) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && out >= least_side && out <= most_side;
}

/// "412x915"
bool read_size(std::string_view text, Options& options) {
    const auto cross = text.find('x');
    return cross != std::string_view::npos && read_side(text.substr(0, cross), options.width) &&
           read_side(text.substr(cross + 1), options.height);
}

/// Everything is read as text: CLI11 would name numbers and ranges in English words of its own.
struct Raw {
    std::string size, lang, theme, scale, text_percent;
};

constexpr float least_scale = 0.5F;
constexpr float most_scale = 4;

/// "1.5", whatever the system's language writes between the digits.
std::optional<float> scale_of(std::string_view text) {
    float value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    if (!(value >= least_scale && value <= most_scale)) return std::nullopt;
    return value;
}

std::optional<int> text_percent_of(std::string_view text) {
    for (const int size : session::text_sizes)
        if (text == std::to_string(size)) return size;
    return std::nullopt;
}

std::optional<session::Theme> theme_of(std::string_view name) {
    if (name == "light") return session::Theme::Light;
    if (name == "dark") return session::Theme::Dark;
    if (name == "high-contrast") return session::Theme::HighContrast;
    return std::nullopt;
}

void add_options(CLI::App& app, Options& options, Raw& raw, const locales::Translator& texts) {
    const auto tr = [&](std::string_view key) { return std::string(texts.tr(key).view()); };
    app.set_help_flag("-h,--help", tr("cli.help.help"));
    app.add_option("--state", options.places.state, tr("kiosk.option.state"));
    app.add_option("--deployment", options.programme_file, tr("kiosk.option.deployment"));
    app.add_option("--device-key", options.places.device_key, tr("kiosk.option.device_key"));
    app.add_option("--outbox", options.places.outbox, tr("kiosk.option.outbox"));
    app.add_option("--size", raw.size, tr("kiosk.option.size"));
    app.add_option("--scale", raw.scale, tr("kiosk.option.scale"));
    app.add_option("--lang", raw.lang, tr("cli.option.lang"));
    app.add_option("--text-size", raw.text_percent, tr("kiosk.option.text_size"));
    app.add_option("--theme", raw.theme, tr("kiosk.option.theme"));
    app.add_option("--fonts", options.fonts, tr("kiosk.option.fonts"));
}

Exit say(const locales::Translator& texts, std::string_view key, std::string_view argument) {
    const auto text = texts.tr(key, {{"argument", argument}});
    complain(text.view());
    return Exit::Usage;
}

/// An option that was given without saying anything, as an empty variable of a script does it: it is not taken for one
/// that was left out.
const CLI::Option* given_empty(const CLI::App& app) {
    for (const auto* option : app.get_options()) {
        const auto& values = option->results();
        if (std::find(values.begin(), values.end(), "") != values.end()) return option;
    }
    return nullptr;
}

/// What CLI11 cannot check by itself; nothing when all is well.
std::optional<Exit> take(Options& options, const Raw& raw, const locales::Translator& texts) {
    if (!raw.size.empty()) {
        if (!read_size(raw.size, options)) return say(texts, "kiosk.usage.size", raw.size);
        options.size_given = true;
    }
    if (!raw.scale.empty()) {
        options.scale = scale_of(raw.scale);
        if (!options.scale) return say(texts, "kiosk.usage.scale", raw.scale);
    }
    if (!raw.text_percent.empty()) {
        options.text_percent = text_percent_of(raw.text_percent);
        if (!options.text_percent) return say(texts, "kiosk.usage.text_size", raw.text_percent);
    }
    if (!raw.theme.empty()) {
        options.theme = theme_of(raw.theme);
        if (!options.theme) return say(texts, "kiosk.usage.theme", raw.theme);
    }
    if (!raw.lang.empty()) {
        options.language = locales::language_from(raw.lang);
        if (!options.language) return say(texts, "kiosk.usage.lang", raw.lang);
    }
    if (options.places.state.empty()) options.places.state = default_state();
    return std::nullopt;
}

}  // namespace

std::variant<Options, Exit> read_options(int argc, char** argv, const locales::Translator& texts) {
    const auto tr = [&](std::string_view key) { return std::string(texts.tr(key).view()); };
    Options options;
    Raw raw;
    CLI::App app(tr("kiosk.about"), "amparo-kiosk");
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", tr("cli.help.usage"));
    formatter->label("OPTIONS", tr("cli.help.options_mark"));
    formatter->label("TEXT", tr("cli.help.text_mark"));
    formatter->column_width(34);
    app.formatter(formatter);
    app.option_defaults()->group(tr("cli.help.options"));
    add_options(app, options, raw, texts);
    app.get_help_ptr()->group(tr("cli.help.options"));
    bool version = false;
    app.add_flag("--version", version, tr("cli.option.version"));
    for (int i = 1; i < argc; ++i)  // "--state=": the library would take the next word for the value
        if (std::string_view word = argv[i]; word.starts_with("--") && word.find('=') + 1 == word.size())
            return say(texts, "kiosk.usage.empty", word.substr(0, word.size() - 1));
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        print(app.help());
        return Exit::Done;
    } catch (const CLI::ParseError&) {
        // Said first: the library takes the next word for the value then.
        if (const auto* empty = given_empty(app)) return say(texts, "kiosk.usage.empty", empty->get_name());
        // What is left over was not understood; else the last option lacks its value, or was given twice.
        const auto rest = app.remaining();
        return rest.empty() ? say(texts, "kiosk.usage.value", argv[argc - 1])
                            : say(texts, "kiosk.usage.wrong", rest.front());
    }
    if (version) {
        print("amparo-kiosk " AMPARO_VERSION "\n");
        if (!hardening::can_confine()) print(tr("version.unconfined") + "\n");
        return Exit::Done;
    }
    if (const auto* empty = given_empty(app)) return say(texts, "kiosk.usage.empty", empty->get_name());
    if (auto wrong = take(options, raw, texts)) return *wrong;
    return options;
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

}  // namespace app::kiosk

#include "app/kiosk/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <string_view>

#include "app/hardening/folders.hpp"
#include "app/session/state.hpp"
#include "app/shell/speak.hpp"

namespace app::kiosk {

namespace {

constexpr std::string_view default_state_name = "amparo";

/// $XDG_STATE_HOME/amparo, else ~/.local/state/amparo (XDG Base Directory Specification).
std::filesystem::path default_state() {
    if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/')
        return std::filesystem::path(state) / default_state_name;
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home == nullptr ? "." : home) / ".local/state" / default_state_name;
}

constexpr std::string_view program = "amparo-kiosk";

session::Theme theme_of(ui::Contrast contrast) noexcept {
    switch (contrast) {
        case ui::Contrast::light:
            return session::Theme::Light;
        case ui::Contrast::dark:
            return session::Theme::Dark;
        case ui::Contrast::high:
            break;
    }
    return session::Theme::HighContrast;
}

void add_options(CLI::App& app, Options& options, shell::RawDisplayOptions& raw, const locales::Translator& texts) {
    const auto tr = [&](std::string_view key) { return std::string(texts.tr(key).view()); };
    app.add_option("--state", options.places.state, tr("kiosk.option.state"));
    app.add_option("--deployment", options.programme_file, tr("kiosk.option.deployment"));
    app.add_option("--device-key", options.places.device_key, tr("kiosk.option.device_key"));
    app.add_option("--outbox", options.places.outbox, tr("kiosk.option.outbox"));
    shell::add_display_options(app, raw, texts);
}

Exit say(const locales::Translator& texts, std::string_view key, std::string_view argument) {
    const auto text = texts.tr(key, {{"argument", argument}});
    shell::complain(program, text.view());
    return Exit::Usage;
}

/// What CLI11 cannot check by itself; nothing when all is well.
std::optional<Exit> take(Options& options, const shell::RawDisplayOptions& raw, const locales::Translator& texts) {
    if (const auto wrong = shell::read_display_options(raw, options.display))
        return say(texts, wrong->key, wrong->argument);
    if (options.display.contrast) options.theme = theme_of(*options.display.contrast);
    if (options.places.state.empty()) options.places.state = default_state();
    return std::nullopt;
}

}  // namespace

std::variant<Options, Exit> read_options(int argc, char** argv, const locales::Translator& texts) {
    const auto tr = [&](std::string_view key) { return std::string(texts.tr(key).view()); };
    Options options;
    shell::RawDisplayOptions raw;
    CLI::App app(tr("kiosk.about"), std::string(program));
    shell::word_help(app, texts);
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
        shell::print(app.help());
        return Exit::Done;
    } catch (const CLI::ParseError&) {
        // Said first: the library takes the next word for the value then.
        if (const auto empty = shell::given_empty(app)) return say(texts, "kiosk.usage.empty", *empty);
        // What is left over was not understood; else the last option lacks its value, or was given twice.
        const auto rest = app.remaining();
        return rest.empty() ? say(texts, "kiosk.usage.value", argv[argc - 1])
                            : say(texts, "kiosk.usage.wrong", rest.front());
    }
    if (version) {
        shell::print("amparo-kiosk " AMPARO_VERSION "\n");
        if (!hardening::can_confine()) shell::print(tr("version.unconfined") + "\n");
        return Exit::Done;
    }
    if (const auto empty = shell::given_empty(app)) return say(texts, "kiosk.usage.empty", *empty);
    if (auto wrong = take(options, raw, texts)) return *wrong;
    return options;
}

}  // namespace app::kiosk

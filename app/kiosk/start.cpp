#include "app/kiosk/start.hpp"

#include <unistd.h>

#include <cstdlib>

#include "app/device/programme_key.hpp"
#include "app/files/folder.hpp"
#include "app/hardening/calls.hpp"
#include "app/hardening/folders.hpp"
#include "app/hardening/process.hpp"
#include "app/platform/fonts.hpp"
#include "app/shell/signals.hpp"
#include "app/shell/speak.hpp"

namespace app::kiosk {

namespace {

using device::ProgrammeError;
using shell::Refusal;

/// With {{subject}}: the file.
std::string_view catalogue_key(ProgrammeError error) noexcept {
    switch (error) {
        case ProgrammeError::Missing:
            return "kiosk.programme.missing";
        case ProgrammeError::Unreadable:
            return "kiosk.programme.unreadable";
        case ProgrammeError::NotPlain:
            return "kiosk.programme.not_plain";
        case ProgrammeError::Writable:
            return "kiosk.programme.writable";
        case ProgrammeError::Foreign:
            return "kiosk.programme.foreign";
        case ProgrammeError::Inside:
            return "kiosk.programme.inside";
        case ProgrammeError::Malformed:
            return "kiosk.programme.malformed";
    }
    return "kiosk.programme.unreadable";
}

Refusal refusal_of(ProgrammeError error, const std::filesystem::path& named) {
    return {Exit::Programme, catalogue_key(error),
            named.empty() ? std::string(device::default_programme_file) : named.string()};
}

int say(const locales::Translator& texts, const Refusal& why) {
    const auto text = texts.tr(why.key, {{"subject", why.subject}});
    shell::complain("amparo-kiosk", text.view());
    return static_cast<int>(why.exit);
}

/// All that the program reaches from its first picture to its last. What lies elsewhere is not there for it.
hardening::Folders reached(const Options& options, const Host& host) {
    hardening::Folders folders;
    const auto& places = options.places;
    folders.read = {"/sys", options.display.fonts,
                    options.programme_file};  // what the graphics driver and a stick are, is told in /sys
    if (const char* right = std::getenv("XAUTHORITY"); right != nullptr) folders.read.emplace_back(right);
    // A stick may be put in, and a file on it replaced, at any time: the folders are allowed, not what lies in them
    // now.
    if (places.device_key.has_parent_path()) folders.read.push_back(places.device_key.parent_path());
    folders.write = {places.state, places.outbox, "/media", "/run/media", "/mnt"};
    folders.write.insert(folders.write.end(), places.drives.begin(), places.drives.end());
    folders.devices = {"/dev/dri"};
    folders.read.insert(folders.read.end(), host.read.begin(), host.read.end());
    if (!host.pipes.empty()) folders.pipes.push_back(hardening::nearest_existing(host.pipes));
    return folders;
}

/// A kiosk that is to be set up has no folder yet, and none is made where a program is kept to those that are there.
/// What cannot be made is said when the device is.
void prepare_state(const Options& options) {
    const std::filesystem::path pinned =
        options.programme_file.empty() ? std::filesystem::path(device::default_programme_file) : options.programme_file;
    if (files::is_there(pinned)) static_cast<void>(files::make_folder(options.places.state));
}

/// False when the system refuses; `options` then know whether it could keep the program to its files.
bool confine(Options& options, const Host& host) {
    constexpr auto self = hardening::Program::Kiosk;
    if (!hardening::harden_process(self) || !hardening::allow_only_known_calls(self)) return false;
    const auto confined = hardening::confine_to(reached(options, host));
    options.confined = confined == hardening::Confinement::Confined;
    return confined != hardening::Confinement::Refused;
}

}  // namespace

int start(int argc, char** argv, const Host& host) {
    const auto texts = locales::Translator::built_in(shell::language_of(argc, argv));
    auto read = read_options(argc, argv, texts);
    if (const auto* exit = std::get_if<Exit>(&read)) return static_cast<int>(*exit);
    auto& options = std::get<Options>(read);
    options.places.drives = host.drives;
    prepare_state(options);
    if (!confine(options, host)) return say(texts, {Exit::Internal, "error.hardening", {}});
    // Nothing is open yet: whoever asks is obeyed at once, also while a library waits for a display that says nothing.
    shell::Signals signals([] { ::_exit(static_cast<int>(Exit::Done)); });
    if (!hardening::can_lock_memory()) return say(texts, {Exit::Internal, "error.locked_memory", {}});
    const auto ready = crypto::SodiumReady::init();
    if (!ready)
        return say(texts, {Exit::Internal,
                           ready.error() == crypto::Error::LockedMemory ? "error.locked_memory" : "error.self_test",
                           {}});
    const auto programme = device::read_programme_key(options.programme_file, options.places.state);
    if (!programme) return say(texts, refusal_of(programme.error(), options.programme_file));
    options.places.programme = *programme;
    const auto fonts =
        options.display.fonts.empty() ? platform::find_fonts() : platform::find_fonts({options.display.fonts});
    if (!fonts) return say(texts, shell::refusal_of(fonts.error()));
    auto window = host.open(shell::window_of(options.display));
    if (!window) return say(texts, shell::refusal_of(window.error()));
    // The display is connected, or none is wanted.
    if (!hardening::allow_no_more_sockets()) return say(texts, {Exit::Internal, "error.hardening", {}});
    const auto interface = ui::Ui::make(*ready, *fonts);
    if (!interface) return say(texts, shell::refusal_of(interface.error()));
    Program program(*ready, options, **window, **interface, texts);
    const shell::Signals::Instead asked(signals, [&program] { program.ask_to_end(); });
    return host.run(program, **window, **interface);
}

}  // namespace app::kiosk

#include "app/cli/confine.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/files.hpp"

namespace app::cli {
namespace {

namespace fs = std::filesystem;

struct Written {
    std::string_view command;  ///< empty: of every command
    std::string_view option;
};

/// A command that writes what is not named here is refused by the system, and its tests say so.
constexpr std::array written_options{Written{"", "--output"},
                                     Written{"", "--casebook"},
                                     Written{"", "--state"},
                                     Written{"", "--key-file"},
                                     Written{"sign", "--signature"},
                                     Written{"sign", "FILE"},
                                     Written{"import", "BATCH"},  // receipts go where the batch came from
                                     Written{"device export", "--to"},
                                     Written{"form import", "DIR"},
                                     Written{"form export", "FILE"},
                                     Written{"deployment new", "DIR"},
                                     Written{"bundle build", "DIR"},
                                     Written{"bundle sign", "DIR"},
                                     Written{"bundle sign", "DRAFT"},
                                     Written{"deployment coordinator add", "DIR"},
                                     Written{"deployment coordinator remove", "DIR"},
                                     Written{"deployment intake add", "DIR"},
                                     Written{"deployment intake remove", "DIR"},
                                     Written{"deployment join", "DIR"},
                                     Written{"deployment enroll", "DIR"},
                                     Written{"deployment show", "DIR"},  // its casebook is opened as a database
                                     Written{"deployment device list", "DIR"},
                                     Written{"deployment device revoke", "DIR"},
                                     Written{"deployment device audit", "DIR"},
                                     Written{"deployment recover", "OUT"},
                                     Written{"deployment shares make", "DIR"},
                                     Written{"deployment shares make", "OUT"},
                                     Written{"deployment shares check", "DIR"},
                                     Written{"casebook backup", "DIR"},
                                     Written{"casebook verify", "PLACE"},  // opened as a database
                                     Written{"casebook restore", "DIR"}};

bool writes(std::string_view command, std::string_view option) {
    return std::any_of(written_options.begin(), written_options.end(), [&](const Written& one) {
        return (one.command.empty() || one.command == command) && one.option == option;
    });
}

bool is_below(const fs::path& path, std::string_view folder) {
    return path.native().starts_with(folder);
}

/// The folder itself, or the one in which a file lies or will lie: its companions are there, and new files get their
/// name by being renamed. Devices and open descriptors stand for themselves. Also what a symbolic link leads to.
void add_places(std::vector<fs::path>& places, const fs::path& named) {
    std::error_code failure;
    const auto plain = without_slash(fs::absolute(named, failure));
    for (const auto& path : {plain, fs::weakly_canonical(plain, failure)}) {
        if (path.empty()) continue;
        const bool itself = is_below(path, "/dev/") || is_below(path, "/proc/") || fs::is_directory(path, failure);
        auto place = itself ? path : path.parent_path();
        if (places.empty() || places.back() != place)
            places.push_back(std::move(place));  // a thousand batches, one folder
    }
}

void add(hardening::Folders& folders, const std::string& command, const CLI::Option& option) {
    const auto name = option.get_name();
    for (const auto& value : option.results()) {
        add_places(writes(command, name) ? folders.write : folders.read, value);
        // The folder that is made takes the place of the one before, beside it.
        if (command == "form import" && name == "DIR")
            add_places(folders.write, without_slash(value).parent_path() / ".");
        // Where the coordinator's identity and the programme's bundles are looked for when none is named.
        std::error_code failure;
        if (name == "--casebook") folders.read.push_back(fs::absolute(value, failure).parent_path().parent_path());
    }
}

}  // namespace

hardening::Folders named_files(const CLI::App& app) {
    hardening::Folders folders;
    folders.devices.emplace_back("/dev/tty");  // passphrases are asked for there
    std::string command;
    for (const auto* at = &app;; at = at->get_subcommands().front()) {
        if (at != &app) command += (command.empty() ? "" : " ") + at->get_name();
        for (const auto* option : at->get_options([](const CLI::Option* one) { return one->get_items_expected() > 0; }))
            add(folders, command, *option);
        if (!at->get_subcommands().empty()) continue;
        // A spreadsheet, which says nothing of anybody, is put together from pieces in a folder of its own there.
        std::error_code failure;
        // So is a casebook out of a backup that is looked over, encrypted as it is.
        if (command == "form export" || command == "casebook verify")
            folders.write.push_back(fs::temp_directory_path(failure));
        return folders;
    }
}

}  // namespace app::cli

#include "app/cli/asking_files.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <string>
#include <string_view>

#include "app/cli/asking.hpp"
#include "app/files/system.hpp"

namespace app::cli {
namespace {

struct AskedFile {
    std::string_view command;  ///< empty: each that has the option
    std::string_view option;
    std::string_view question;
};

/// In the order of the questions. What a pipe or a script is the usual way for (age, sign, verify, form) asks nothing.
constexpr std::array asked_files{
    AskedFile{"deployment new", "DIR", "cli.ask.new_programme"},
    AskedFile{"deployment join", "DIR", "cli.ask.own_folder"},
    AskedFile{"deployment join", "--deployment", "cli.ask.public_key"},
    AskedFile{"deployment enroll", "DIR", "cli.ask.programme"},
    AskedFile{"deployment enroll", "REQUEST", "cli.ask.device_request"},
    AskedFile{"deployment coordinator add", "DIR", "cli.ask.programme"},
    AskedFile{"deployment coordinator add", "REQUEST", "cli.ask.coordinator_request"},
    AskedFile{"deployment coordinator remove", "DIR", "cli.ask.programme"},
    AskedFile{"deployment coordinator list", "DIR", "cli.ask.programme"},
    AskedFile{"deployment intake add", "DIR", "cli.ask.programme"},
    AskedFile{"deployment intake remove", "DIR", "cli.ask.programme"},
    AskedFile{"deployment show", "DIR", "cli.ask.programme"},
    AskedFile{"deployment device list", "DIR", "cli.ask.programme"},
    AskedFile{"deployment device revoke", "DIR", "cli.ask.programme"},
    AskedFile{"deployment device audit", "DIR", "cli.ask.programme"},
    AskedFile{"deployment recover", "DIR", "cli.ask.programme"},
    AskedFile{"deployment recover", "OUT", "cli.ask.keys_folder"},
    AskedFile{"deployment shares make", "DIR", "cli.ask.programme"},
    AskedFile{"deployment shares make", "OUT", "cli.ask.sheets_folder"},
    AskedFile{"deployment shares check", "DIR", "cli.ask.programme"},
    AskedFile{"bundle build", "DIR", "cli.ask.programme"},
    AskedFile{"bundle sign", "DIR", "cli.ask.programme"},
    AskedFile{"bundle sign", "DRAFT", "cli.ask.draft"},
    AskedFile{"bundle show", "FILE", "cli.ask.bundle"},
    AskedFile{"bundle show", "--deployment", "cli.ask.public_key"},
    AskedFile{"bundle diff", "OLD", "cli.ask.bundle_before"},
    AskedFile{"bundle diff", "NEW", "cli.ask.bundle"},
    AskedFile{"bundle diff", "--deployment", "cli.ask.public_key"},
    AskedFile{"device recover", "--state", "cli.ask.state"},
    AskedFile{"device export", "--state", "cli.ask.state"},
    AskedFile{"device export", "--to", "cli.ask.taken_out"},
    AskedFile{"import", "BATCH", "cli.ask.batch"},
    AskedFile{"casebook backup", "DIR", "cli.ask.programme"},
    AskedFile{"casebook backup", "--output", "cli.ask.backup_new"},
    AskedFile{"casebook verify", "PLACE", "cli.ask.programme"},
    AskedFile{"casebook restore", "FILE", "cli.ask.backup"},
    AskedFile{"casebook restore", "DIR", "cli.ask.programme"},
    AskedFile{"cases export", "--output", "cli.ask.export"},
    AskedFile{"", "--casebook", "cli.ask.casebook"},
};

bool given(CLI::App& command, const std::string& name) {
    const auto* const option = command.get_option_no_throw(name);
    return option != nullptr && option->count() > 0;
}

/// What vouches for a device may be something else than a casebook, and what is taken out sealed needs neither.
bool does_without(CLI::App& command, std::string_view option) {
    return option == "--casebook" && (given(command, "--deployment") || given(command, "--sealed"));
}

/// As a shell would take it: blanks at the ends and quotes go, which a file that is dragged into the window brings.
std::string path_of(std::string_view typed) {
    const auto first = typed.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    typed = typed.substr(first, typed.find_last_not_of(" \t\r") - first + 1);
    const char quote = typed.front();
    if (typed.size() > 2 && (quote == '\'' || quote == '"') && typed.back() == quote)
        typed = typed.substr(1, typed.size() - 2);
    return std::string(typed);
}

}  // namespace

void ask_for_files(const Context& context, CLI::App& app) {
    auto* command = &app;
    std::string name;
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
        name += (name.empty() ? "" : " ") + command->get_name();
    }
    const auto terminal = files::open_terminal();
    bool explained = false;
    for (const auto& one : asked_files) {
        if (!one.command.empty() && one.command != name) continue;
        auto* const option = command->get_option_no_throw(std::string(one.option));
        if (option == nullptr || option->count() > 0 || does_without(*command, one.option)) continue;
        if (terminal.get() < 0) return;
        if (!explained) context.note("cli.ask.files");
        explained = true;
        const auto path = path_of(ask_text(context, terminal.get(), one.question).value_or(""));
        if (path.empty()) return;
        option->add_result(path);
        option->run_callback();
    }
}

}  // namespace app::cli

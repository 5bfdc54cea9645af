// The program `amparo`: chooses the language, builds the commands, runs one.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "app/cli/asking_files.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/confine.hpp"
#include "app/cli/context.hpp"
#include "app/cli/language.hpp"
#include "app/hardening/calls.hpp"
#include "app/hardening/process.hpp"
#include "crypto/ready.hpp"

namespace app::cli {
namespace {

/// Headings of the help pages in the chosen language.
void translate_help(CLI::App& app, const Context& context) {
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", context.text("cli.help.usage"));
    formatter->label("Options", context.text("cli.help.options"));
    formatter->label("OPTIONS", context.text("cli.help.options_mark"));
    formatter->label("Positionals", context.text("cli.help.arguments"));
    formatter->label("SUBCOMMAND", context.text("cli.help.command_mark"));
    formatter->label("SUBCOMMANDS", context.text("cli.help.command_mark"));
    formatter->label("Subcommands", context.text("cli.help.commands"));
    formatter->label("REQUIRED", "");
    formatter->label("TEXT", context.text("cli.help.text_mark"));
    formatter->column_width(34);
    app.formatter(formatter);
    app.option_defaults()->group(context.text("cli.help.options"));
    app.set_help_flag("-h,--help", context.text("cli.help.help"));
}

CLI::App* group(CLI::App& app, const Context& context, const char* name, const char* key) {
    auto* made = app.add_subcommand(name, context.text(key));
    made->require_subcommand(0, 1);
    return made;
}

void add_coordinators(CLI::App& deployment, Run& run) {
    auto* coordinator = group(deployment, run.context, "coordinator", "cli.coordinator.help");
    add_coordinator_add(*coordinator, run);
    add_coordinator_remove(*coordinator, run);
    add_coordinator_list(*coordinator, run);
    auto* intake = group(deployment, run.context, "intake", "cli.intake.help");
    add_intake_add(*intake, run);
    add_intake_remove(*intake, run);
}

void add_devices(CLI::App& deployment, Run& run) {
    auto* device = group(deployment, run.context, "device", "cli.devices.help");
    add_deployment_device_list(*device, run);
    add_deployment_device_revoke(*device, run);
    add_deployment_device_audit(*device, run);
}

void add_commands(CLI::App& app, Run& run) {
    const auto& context = run.context;
    auto* age = group(app, context, "age", "cli.age.help");
    add_age_keygen(*age, run);
    add_age_seal(*age, run);
    add_age_open(*age, run);
    add_sign(app, run);
    add_verify(app, run);
    auto* form = group(app, context, "form", "cli.form.help");
    add_form_check(*form, run);
    add_form_eval(*form, run);
    add_form_run(*form, run);
    add_form_xform(*form, run);
    add_form_import(*form, run);
    add_form_export(*form, run);
    auto* deployment = group(app, context, "deployment", "cli.deployment.help");
    add_deployment_new(*deployment, run);
    add_deployment_show(*deployment, run);
    add_deployment_join(*deployment, run);
    add_deployment_enroll(*deployment, run);
    add_deployment_recover(*deployment, run);
    add_coordinators(*deployment, run);
    add_devices(*deployment, run);
    auto* bundle = group(app, context, "bundle", "cli.bundle.help");
    add_bundle_build(*bundle, run);
    add_bundle_sign(*bundle, run);
    add_bundle_show(*bundle, run);
    add_bundle_diff(*bundle, run);
    auto* shares = group(*deployment, context, "shares", "cli.shares.help");
    add_deployment_shares_make(*shares, run);
    add_deployment_shares_check(*shares, run);
    auto* device = group(app, context, "device", "cli.device.help");
    add_device_recover(*device, run);
    add_device_export(*device, run);
    add_import(app, run);
    auto* cases = group(app, context, "cases", "cli.cases.help");
    add_cases_list(*cases, run);
    add_cases_show(*cases, run);
    add_cases_held(*cases, run);
    add_cases_refused(*cases, run);
    add_cases_erase(*cases, run);
    add_cases_erased(*cases, run);
    add_cases_due(*cases, run);
    add_cases_expire(*cases, run);
    add_cases_log(*cases, run);
    add_cases_work(*cases, run);
    add_cases_export(*cases, run);
    add_cases_count(*cases, run);
    add_cases_refer(*cases, run);
    add_cases_link(*cases, run);
    auto* casebook = group(app, context, "casebook", "cli.casebook.help");
    add_casebook_backup(*casebook, run);
    add_casebook_verify(*casebook, run);
    add_casebook_restore(*casebook, run);
}

/// The headings under which help lists commands and its own flag, on every level.
void group_commands(CLI::App& app, const Context& context) {
    app.get_help_ptr()->group(context.text("cli.help.options"));
    for (auto* command : app.get_subcommands([](CLI::App*) { return true; })) {
        command->group(context.text("cli.help.commands"));
        group_commands(*command, context);
    }
}

/// For CLI11: an empty text means that all is well.
std::string is_language(const std::string& word) {
    return word == "es" || word == "en" ? "" : word;
}

/// The innermost command that was named.
const CLI::App& deepest(const CLI::App& app) {
    const auto* at = &app;
    while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
    return *at;
}

/// The words of the command that was reached, for "… --help".
std::string reached(const CLI::App& app) {
    std::string name = "amparo";
    for (const auto* at = &app; !at->get_subcommands().empty();) {
        at = at->get_subcommands().front();
        name += " " + at->get_name();
    }
    return name;
}

/// Where an empty text means something.
bool may_be_empty(std::string_view option) {
    return option == "--trusted-comment" || option == "--self";
}

/// "--device=" and nothing behind it: the library would take the next word for the value.
std::string ends_at_once(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--") break;
        const auto name = word.substr(0, word.find('='));
        if (word.starts_with("--") && name.size() + 1 == word.size() && !may_be_empty(name)) return std::string(name);
    }
    return {};
}

/// An option that was given without saying anything, as an empty variable of a shell does it: it is not taken for one
/// that was left out.
std::string given_empty(const CLI::App& app) {
    for (const auto* at = &app;; at = at->get_subcommands().front()) {
        for (const auto* option : at->get_options()) {
            const auto name = option->get_name();
            if (option->get_positional() || may_be_empty(name)) continue;
            const auto& values = option->results();
            if (std::find(values.begin(), values.end(), "") != values.end()) return name;
        }
        if (at->get_subcommands().empty()) return {};
    }
}

/// Says in one sentence what is wrong with the command line.
Exit say_usage(const Context& context, const CLI::App& app, const CLI::ParseError& error) {
    const auto command = reached(app);
    // Said first: the library takes the next word for the value then, and what it says would be about another one.
    if (const auto empty = given_empty(app); !empty.empty())
        return context.fail("cli.usage.empty", {{"argument", empty}, {"command", command}}, Exit::Usage);
    auto rest = deepest(app).remaining(true);
    if (rest.empty()) rest = app.remaining(true);
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) && !rest.empty())
        return context.fail("cli.usage.unexpected", {{"argument", rest.front()}, {"command", command}}, Exit::Usage);
    return context.fail("cli.usage.wrong", {{"command", command}}, Exit::Usage);
}

Exit say_version(const Context& context) {
    std::string said = "amparo " AMPARO_VERSION "\n";
    if (!hardening::can_confine()) said += context.text("version.unconfined") + "\n";
    return print(said) ? Exit::Done : Exit::Failed;
}

/// Between reading the command line and running the command. Throws what the caller turns into a sentence.
void confine(const CLI::App& app) {
    if (stop_requested()) throw CLI::RuntimeError(static_cast<int>(Exit::Failed));
    if (hardening::confine_to(named_files(app)) == hardening::Confinement::Refused)
        throw CLI::RuntimeError(static_cast<int>(Exit::Failed));
}

Exit run_program(const Context& context, int argc, char** argv) {
    Run run{context};
    CLI::App app(context.text("cli.help.about"), "amparo");
    translate_help(app, context);
    app.require_subcommand(0, 1);
    app.fallthrough();
    std::string language;  // read before the words were chosen; named here so that help shows it
    app.add_option("--lang", language, context.text("cli.option.lang"))->check(is_language);
    bool version = false;
    app.add_flag("--version", version, context.text("cli.option.version"));
    add_commands(app, run);
    group_commands(app, context);
    app.parse_complete_callback([&app, &context] {
        if (auto empty = given_empty(app); !empty.empty()) throw CLI::ArgumentMismatch(std::move(empty));
        ask_for_files(context, app);
        confine(app);
    });
    if (const auto empty = ends_at_once(argc, argv); !empty.empty())
        return context.fail("cli.usage.empty", {{"argument", empty}, {"command", "amparo"}}, Exit::Usage);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return print(app.help()) ? Exit::Done : Exit::Failed;
    } catch (const CLI::RuntimeError&) {
        return context.fail(stop_requested() ? "cli.stopped" : "error.hardening");
    } catch (const CLI::ParseError& error) {
        return say_usage(context, app, error);
    }
    if (version) return say_version(context);
    if (!deepest(app).get_subcommands([](const CLI::App*) { return true; }).empty())
        return context.fail("cli.usage.which", {{"command", reached(app)}}, Exit::Usage);
    return run.exit;
}

}  // namespace
}  // namespace app::cli

int main(int argc, char** argv) {
    using namespace app::cli;
    const auto words = locales::Translator::built_in(language_of(argc, argv));
    const auto refuse = [&words](std::string_view key, const std::string& kib = {}) {
        const auto said = words.tr(key, {{"kib", kib}});
        complain(said.view());
        return static_cast<int>(Exit::Failed);
    };
    if (constexpr auto self = app::hardening::Program::CommandLine;
        !app::hardening::harden_process(self) || !app::hardening::allow_only_known_calls(self))
        return refuse("error.hardening");
    const auto ready = crypto::SodiumReady::init();
    watch_for_stop();
    if (!ready) {
        if (ready.error() != crypto::Error::LockedMemory) return refuse("cli.crypto.self_test");
        return refuse("cli.crypto.locked_memory", std::to_string(crypto::locked_memory_limit().value_or(0) / 1024));
    }
    const Context context(*ready, words, errors_are_seen());
    try {
        return static_cast<int>(run_program(context, argc, argv));
    } catch (const std::exception&) {  // from the command line library or an exhausted memory
        return static_cast<int>(context.fail("cli.failed"));
    }
}

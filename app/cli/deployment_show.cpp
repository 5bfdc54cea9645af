// amparo deployment show: where a programme stands, and what is to be done next.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/device_words.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/programme_folder.hpp"
#include "app/cli/share_reading.hpp"
#include "app/deployment/casebook_access.hpp"
#include "app/deployment/identities.hpp"
#include "app/deployment/overview.hpp"
#include "app/files/folder.hpp"
#include "crypto/share.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using deployment::Overview;
using nlohmann::json;

struct DeploymentShowOptions {
    std::string folder;
    std::string passphrase_file;
    bool as_json = false;
};

/// The casebook says which kiosks are revoked. To look needs no passphrase: where it asks for one and none is given,
/// it stays closed.
Outcome<std::optional<std::vector<casebook::Device>>> known_devices(const Context& context,
                                                                    const ProgrammeFolder& programme,
                                                                    const std::string& passphrase_file) {
    using Known = std::optional<std::vector<casebook::Device>>;
    const auto casebook = deployment::casebook_of(programme.root);
    const auto identity = deployment::identity_beside(casebook);
    if (!files::is_there(casebook) || !files::is_there(identity)) return Known{};
    if (passphrase_file.empty()) {
        AMPARO_TRY(const text, read_secret_file(context, identity));
        if (deployment::is_wrapped(text.view())) return Known{};
    }
    AMPARO_TRY(devices, devices_of(context, programme, passphrase_file));
    return Known(std::move(devices));
}

std::string set_words_of(const exchange::SheetsNote& note) {
    crypto::ShareHead head;
    head.set = note.set;
    return crypto::set_words(head);
}

std::string people_text(const Context& context, const Overview& all) {
    std::string lines;
    for (const auto& one : all.people) {
        const auto* const part = one.takes_in             ? "cli.intake.part"
                                 : one.recovery           ? "cli.coordinator.recovery"
                                 : one.reads && one.signs ? "cli.coordinator.reads_and_signs"
                                 : one.reads              ? "cli.coordinator.reads"
                                                          : "cli.coordinator.signs";
        const auto* const standing = !one.in_force   ? "cli.show.person_next"
                                     : !one.stays    ? "cli.show.person_leaves"
                                     : one.since > 0 ? "cli.show.person_since"
                                                     : "cli.show.person";
        lines += one_line("  " + context.text(standing, {{"label", one.label},
                                                         {"part", context.text(part)},
                                                         {"number", std::to_string(one.since)},
                                                         {"day", one.since_day ? exchange::day_text(*one.since_day)
                                                                               : std::string()}}));
    }
    return lines;
}

std::string sheets_text(const Context& context, const Overview& all) {
    if (all.sheets.empty()) return one_line("  " + context.text("cli.show.no_sheets"));
    std::string lines;
    for (const auto& note : all.sheets)
        lines += one_line("  " + context.text(note.proven() ? "cli.show.sheets_proven" : "cli.show.sheets_made",
                                              {{"set", set_words_of(note)},
                                               {"needed", std::to_string(note.needed)},
                                               {"sheets", std::to_string(note.sheets)},
                                               {"numbers", numbers_text(note.read)},
                                               {"day", exchange::day_text(note.day)}}));
    return lines;
}

std::string bundle_text(const Context& context, const Overview& all) {
    if (!all.bundle) return one_line("  " + context.text("cli.show.no_bundle"));
    const auto& version = all.bundle->version;
    const auto& policy = all.bundle->policy;
    const auto listed = [](const std::vector<std::string>& words) {
        std::string text;
        for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
        return text;
    };
    return one_line("  " + context.text("cli.show.bundle", {{"number", std::to_string(version.sequence)},
                                                            {"made", exchange::day_text(version.made)},
                                                            {"expires", exchange::day_text(version.expires)}})) +
           one_line("  " + context.text("cli.show.forms", {{"forms", listed(policy.forms)}})) +
           one_line("  " + context.text("cli.show.languages", {{"languages", listed(policy.languages)}}));
}

std::string kiosks_text(const Context& context, const Overview& all) {
    if (all.kiosks.empty()) return one_line("  " + context.text("cli.show.no_kiosks"));
    std::string lines;
    bool unknown = false;
    for (const auto& one : all.kiosks) {
        unknown = unknown || !one.casebook_says;
        const auto* const standing = one.revoked     ? "cli.show.kiosk_revoked"
                                     : one.ended     ? "cli.show.kiosk_ended"
                                     : one.ends_soon ? "cli.show.kiosk_soon"
                                                     : "cli.show.kiosk";
        lines += one_line("  " + context.text(standing, {{"device", one.certificate.device},
                                                         {"epoch", std::to_string(one.certificate.epoch)},
                                                         {"revoked", revoked_text(context, one.revoked)},
                                                         {"day", exchange::day_text(one.certificate.not_after)}}));
    }
    if (unknown) lines += one_line("  " + context.text("cli.show.revoked_unknown"));
    return lines;
}

std::string overview_text(const Context& context, const Overview& all, const std::string& folder) {
    std::string lines;
    if (all.bundle) lines += one_line(all.bundle->version.name);
    if (all.bundle && all.bundle->version.demo) lines += one_line(context.text("cli.bundle.show.demo"));
    lines += one_line(context.text("cli.bundle.show.words", {{"words", all.words}}));
    lines += one_line(context.text("cli.show.people")) + people_text(context, all);
    lines += one_line(context.text("cli.show.recovery")) + sheets_text(context, all);
    lines += one_line(context.text("cli.show.in_force")) + bundle_text(context, all);
    lines += one_line(context.text("cli.show.kiosks")) + kiosks_text(context, all);
    lines += one_line(context.text(all.missing.empty() ? "cli.show.nothing_next" : "cli.show.next"));
    for (const auto missing : all.missing)
        lines += one_line(
            "  " + context.text("cli.show.next." + std::string(deployment::to_word(missing)), {{"folder", folder}}));
    return lines;
}

json bundle_json(const exchange::Bundle& bundle) {
    return {{"name", bundle.version.name},
            {"sequence", bundle.version.sequence},
            {"made", exchange::day_text(bundle.version.made)},
            {"expires", exchange::day_text(bundle.version.expires)},
            {"demo", bundle.version.demo},
            {"forms", bundle.policy.forms},
            {"languages", bundle.policy.languages}};
}

std::string overview_json(const Overview& all) {
    json out{{"words", all.words},      {"bundle", all.bundle ? bundle_json(*all.bundle) : json()},
             {"people", json::array()}, {"sheets", json::array()},
             {"kiosks", json::array()}, {"missing", json::array()}};
    for (const auto& one : all.people)
        out["people"].push_back({{"label", one.label},
                                 {"reads", one.reads},
                                 {"signs", one.signs},
                                 {"recovery", one.recovery},
                                 {"takes_in", one.takes_in},
                                 {"in_force", one.in_force},
                                 {"in_next", one.stays},
                                 {"since", one.since > 0 ? json(one.since) : json()},
                                 {"since_day", one.since_day ? json(exchange::day_text(*one.since_day)) : json()}});
    for (const auto& one : all.sheets)
        out["sheets"].push_back({{"set", set_words_of(one)},
                                 {"needed", one.needed},
                                 {"sheets", one.sheets},
                                 {"read", one.read},
                                 {"day", exchange::day_text(one.day)}});
    for (const auto& one : all.kiosks)
        out["kiosks"].push_back(
            {{"device", one.certificate.device},
             {"epoch", one.certificate.epoch},
             {"not_after", exchange::day_text(one.certificate.not_after)},
             {"ended", one.ended},
             {"ends_soon", one.ends_soon},
             {"revoked", one.revoked || one.casebook_says ? json(static_cast<bool>(one.revoked)) : json()},
             {"revoked_here", one.casebook_says ? json(one.revoked.own) : json()},
             {"revoked_by_bundle", one.revoked.bundle > 0 ? json(one.revoked.bundle) : json()}});
    for (const auto one : all.missing) out["missing"].push_back(deployment::to_word(one));
    return out.dump(2, ' ', false, json::error_handler_t::replace);
}

Outcome<void> show_deployment(const Context& context, const DeploymentShowOptions& options) {
    if (options.folder.empty()) return stop(context, "cli.show.usage", {}, Exit::Usage);
    AMPARO_TRY(const programme, programme_folder(context, options.folder));
    AMPARO_TRY(const known, known_devices(context, programme, options.passphrase_file));
    const auto all = deployment::look_over(context.ready(), programme.root, programme.key, known, utc_today());
    if (!all) return stop_deployment(context, all.error());
    const bool said =
        options.as_json ? print_json(overview_json(*all)) : print(overview_text(context, *all, shown(programme.root)));
    if (!said) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_deployment_show(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<DeploymentShowOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("show", context.text("cli.show.help"));
    command->add_option("DIR", options->folder, context.text("cli.programme.folder"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(show_deployment(run.context, *options)); });
}

}  // namespace app::cli

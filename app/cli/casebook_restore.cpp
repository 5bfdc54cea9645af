// amparo casebook restore: a casebook out of a backup, into a place where there is none, after it was looked over
// whole.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/casebook_words.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/programme_folder.hpp"
#include "app/cli/stream.hpp"
#include "app/deployment/casebook_restore.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct RestoreOptions {
    std::string file;
    OwnCasebook own;
    bool any_signer = false;
    bool as_json = false;
};

Outcome<std::vector<crypto::open::Identity>> identities_of(const Context& context, const RestoreOptions& options) {
    std::vector<fs::path> files(options.own.identities.begin(), options.own.identities.end());
    if (files.empty()) files.push_back(deployment::identity_beside(options.own.file()));
    return read_identities(context, files, passphrase_file_of(options.own.passphrase_file));
}

json names_of(const std::vector<fs::path>& places) {
    auto all = json::array();
    for (const auto& place : places) all.push_back(shown(place));
    return all;
}

std::string json_of(const RestoreOptions& options, const deployment::Restored& restored) {
    auto all = json::parse(check_json(options.file, restored.check, &restored.backup.head, restored.signer));
    all["restored"] = restored.check.whole();
    all["heeded"] = names_of(restored.heeded);
    all["not_opened"] = names_of(restored.closed);
    all["erased_again"] = restored.erased_again;
    return all.dump(2, ' ', false, json::error_handler_t::replace);
}

/// What was erased since: it is gone again, or nobody here knows of it.
std::string erased_text(const Context& context, const deployment::Restored& restored) {
    std::string text;
    for (const auto& one : restored.heeded)
        text += one_line(context.text("cli.restore.heeded", {{"file", shown(one)}}));
    if (restored.erased_again > 0) text += one_line(context.counted("cli.restore.erased", restored.erased_again));
    for (const auto& one : restored.closed)
        text += one_line(context.text("cli.restore.closed", {{"file", shown(one)}}));
    if (!restored.heeded.empty() && restored.closed.empty()) return text;
    return text + one_line(context.counted("cli.restore.may_be_back", restored.check.cases,
                                           {{"day", exchange::day_text(restored.backup.head.made)}}));
}

/// To standard output what is said of the backup, whether or not it is used.
Outcome<void> tell(const Context& context, const RestoreOptions& options, const deployment::Restored& restored,
                   const std::string& more) {
    if (options.as_json) {
        if (!print_json(json_of(options, restored))) return stop(context, "cli.file.output_closed");
        return {};
    }
    const auto name = shown(options.file);
    auto text = check_text(context, name, restored.check) + age_text(context, name, restored.backup.head);
    text += signer_text(context, name, restored.signer);
    if (!print(text + more)) return stop(context, "cli.file.output_closed");
    return {};
}

Outcome<void> restore_casebook(const Context& context, const RestoreOptions& options) {
    if (options.file.empty() || options.own.folder.empty()) return stop(context, "cli.restore.usage", {}, Exit::Usage);
    AMPARO_TRY(const programme, programme_folder(context, options.own.folder));
    const auto folder = deployment::casebook_of(programme.root).parent_path();
    if (app::files::is_there(folder)) return stop(context, "cli.restore.there", {{"file", shown(folder)}});
    AMPARO_TRY(identities, identities_of(context, options));
    AMPARO_TRY(draft, draft_folder(context, folder));
    const deployment::RestoreOrder order{options.file, programme.root, programme.key, options.any_signer};
    const auto restored = [&] {
        Progress bar(context, 0);
        return deployment::restore_casebook(context.ready(), order, std::move(identities), draft.path(),
                                            [&](std::uint64_t done, std::uint64_t total) {
                                                bar.show(done, total, context.text("cli.check.reading"));
                                                return !stop_requested();
                                            });
    }();
    if (!restored) return stop_deployment(context, restored.error());
    if (!restored->check.whole()) {
        AMPARO_DO(tell(context, options, *restored, {}));
        return stop(context, "cli.restore.not_whole", {{"file", shown(options.file)}});
    }
    if (const auto kept = deployment::keep_bundle(context.ready(), order, restored->backup); !kept)
        return stop_deployment(context, kept.error());
    AMPARO_DO(publish(context, draft));
    return tell(
        context, options, *restored,
        erased_text(context, *restored) + one_line(context.text("cli.restore.done", {{"file", shown(folder)}})));
}

}  // namespace

void add_casebook_restore(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<RestoreOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("restore", context.text("cli.restore.help"));
    command->add_option("FILE", options->file, context.text("cli.restore.file"));
    add_own_casebook_options(*command, context, options->own);
    command->add_flag("--any-signer", options->any_signer, context.text("cli.restore.any_signer"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(restore_casebook(run.context, *options)); });
}

}  // namespace app::cli

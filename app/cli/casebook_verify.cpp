// amparo casebook verify: whether casebooks and backups are whole.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/backup/opening.hpp"
#include "app/cli/casebook_access.hpp"
#include "app/cli/casebook_words.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/stream.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct VerifyBookOptions {
    std::vector<std::string> places;
    std::vector<std::string> identities;
    std::string passphrase_file;
    bool as_json = false;
};

class Looking {
  public:
    Looking(const Context& context, const VerifyBookOptions& options) : context_(context), options_(options) {}

    /// A folder with a casebook in it, or the file of a backup.
    Outcome<void> look_at(const std::string& place) {
        std::error_code failure;
        if (!fs::is_directory(place, failure)) return backup(place);
        const auto file = deployment::casebook_of(without_slash(place));
        AMPARO_TRY(open, open_casebook(context_, {file.string(), options_.identities, options_.passphrase_file}));
        return look(place, file, open, nullptr, {});
    }
    [[nodiscard]] std::string as_json() const { return all_.dump(2, ' ', false, json::error_handler_t::replace); }
    [[nodiscard]] bool whole() const { return whole_; }

  private:
    /// What is in it stays sealed: the database is unpacked as it is, encrypted, and goes away again.
    Outcome<void> backup(const std::string& place) {
        if (options_.identities.empty()) return stop(context_, "cli.check.identity", {}, Exit::Usage);
        const std::vector<fs::path> files(options_.identities.begin(), options_.identities.end());
        AMPARO_TRY(identities, read_identities(context_, files, passphrase_file_of(options_.passphrase_file)));
        std::error_code failure;
        AMPARO_TRY(draft, draft_folder(context_, fs::temp_directory_path(failure) /
                                                     ("amparo-" + crypto::random_hex(context_.ready(), 8))));
        const auto backup = deployment::about(
            place, app::backup::unpack(context_.ready(), place, identities, draft.path(), progress()));
        if (!backup) return stop_deployment(context_, backup.error());
        const auto file = draft.path() / deployment::casebook_of("").filename();
        auto open = deployment::open_casebook(context_.ready(), file, std::move(identities));
        if (!open) return stop_deployment(context_, deployment::Failure{open.error().cause, place});
        // Nobody says here of which programme it should be: the casebook does, and its words are shown.
        const auto& programme = open->book.deployment();
        auto trust = open->book.next_bundle();
        if (!trust) return stop_deployment(context_, deployment::Failure{trust.error(), place});
        // The one that the casebook heeded last, and older ones, it cannot judge by.
        const auto number = exchange::bundle_file_sequence(backup->bundle_name).value_or(0);
        if (number < trust->least_sequence) trust = exchange::BundleTrust{programme};
        const auto signer = app::backup::signer_of(context_.ready(), *backup, std::nullopt,
                                                   app::backup::bundle_of(context_.ready(), *backup, *trust));
        whole_ = whole_ && signer && exchange::deployment_id(context_.ready(), programme) == backup->head.deployment;
        return look(place, file, *open, &*backup, signer.value_or(""));
    }

    Outcome<void> look(const std::string& place, const fs::path& file, deployment::OpenCasebook& open,
                       const app::backup::Unpacked* backup, const std::string& signer) {
        const auto check = deployment::check_casebook(context_.ready(), file, open, progress());
        if (!check) return stop_deployment(context_, deployment::Failure{check.error().cause, place});
        whole_ = whole_ && check->whole();
        all_.push_back(json::parse(check_json(place, *check, backup != nullptr ? &backup->head : nullptr, signer)));
        if (options_.as_json) return {};
        const auto name = shown(place);
        auto text = check_text(context_, name, *check);
        if (backup == nullptr) {
            text += last_backup_text(context_, *check);
        } else {
            const auto words = exchange::deployment_words(context_.ready(), open.book.deployment());
            text += age_text(context_, name, backup->head) + signer_text(context_, name, signer);
            text += one_line(context_.text("cli.check.programme", {{"words", words}}));
        }
        if (!print(text)) return stop(context_, "cli.file.output_closed");
        return {};
    }

    [[nodiscard]] app::backup::Progress progress() const {
        return [bar = std::make_shared<Progress>(context_, 0), this](std::uint64_t done, std::uint64_t total) {
            bar->show(done, total, context_.text("cli.check.reading"));
            return !stop_requested();
        };
    }

    const Context& context_;
    const VerifyBookOptions& options_;
    json all_ = json::array();
    bool whole_ = true;
};

Outcome<void> verify_casebooks(const Context& context, const VerifyBookOptions& options) {
    if (options.places.empty()) return stop(context, "cli.check.usage", {}, Exit::Usage);
    Looking looking(context, options);
    bool all = true;
    for (const auto& place : options.places)
        if (const auto looked = looking.look_at(place); !looked) {
            if (options.places.size() == 1) return looked;
            all = false;
        }
    if (options.as_json && !print_json(looking.as_json())) return stop(context, "cli.file.output_closed");
    if (!all || !looking.whole()) return tl::make_unexpected(Failure{Exit::Failed});
    return {};
}

}  // namespace

void add_casebook_verify(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<VerifyBookOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("verify", context.text("cli.check.help"));
    command->add_option("PLACE", options->places, context.text("cli.check.place"));
    command->add_option("--identity", options->identities, context.text("cli.option.casebook_identity"))
        ->allow_extra_args(false);
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(verify_casebooks(run.context, *options)); });
}

}  // namespace app::cli

#include "app/cli/casebook_access.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>

#include "app/cli/failures.hpp"
#include "app/cli/identities.hpp"

namespace app::cli {
namespace fs = std::filesystem;

void add_casebook_options(CLI::App& command, const Context& context, CasebookOptions& options) {
    command.add_option("--casebook", options.file, context.text("cli.option.casebook"));
    command.add_option("--identity", options.identities, context.text("cli.option.casebook_identity"))
        ->allow_extra_args(false);
    command.add_option("--passphrase-file", options.passphrase_file, context.text("cli.option.passphrase_file"));
}

Outcome<OpenCasebook> open_casebook(const Context& context, const CasebookOptions& options) {
    if (options.file.empty()) return stop(context, "cli.casebook.name", {}, Exit::Usage);
    std::error_code error;
    if (!fs::exists(options.file, error)) return stop_casebook(context, casebook::Error::Missing, options.file);
    std::vector<fs::path> files(options.identities.begin(), options.identities.end());
    if (files.empty()) {
        const auto beside = fs::absolute(options.file, error).parent_path().parent_path() / "keys" / coordinator_file;
        if (!fs::exists(beside, error))
            return stop(context, "cli.casebook.identity", {{"file", shown(beside)}}, Exit::Usage);
        files.push_back(beside);
    }
    const auto passphrase_file =
        options.passphrase_file.empty() ? std::nullopt : std::optional<fs::path>(options.passphrase_file);
    auto identities = read_identities(context, files, passphrase_file);
    if (!identities) return tl::make_unexpected(identities.error());
    auto book = casebook::Casebook::open(context.ready(), options.file, *identities);
    if (!book) return stop_casebook(context, book.error(), options.file);
    return OpenCasebook{std::move(*book), std::move(*identities)};
}

tl::unexpected<Said> stop_casebook(const Context& context, casebook::Error error, const std::string& file) {
    using casebook::Error;
    const Words words{{"file", shown(file)}};
    switch (error) {
        case Error::Missing:
            return stop(context, "cli.casebook.missing", words);
        case Error::Exists:
            return stop(context, "cli.file.exists", words);
        case Error::NoIdentity:
            return stop(context, "cli.casebook.no_identity", words, Exit::NoMatch);
        case Error::KeyDamaged:
            return stop(context, "cli.casebook.key_damaged", words);
        case Error::InUse:
            return stop(context, "cli.casebook.in_use", words);
        case Error::Damaged:
            return stop(context, "cli.casebook.damaged", words);
        case Error::ReadOnly:
            return stop(context, "cli.casebook.read_only", words);
        case Error::NoSpace:
            return stop(context, "cli.file.no_space", words);
        case Error::Io:
            return stop(context, "cli.casebook.io", words);
        case Error::Newer:
            return stop(context, "cli.casebook.newer", words);
        case Error::Memory:
            return stop_crypto(context, crypto::Error::LockedMemory);
        case Error::Library:
            return stop(context, "cli.casebook.library");
        case Error::Deployment:
            return stop(context, "cli.casebook.deployment", words);
        case Error::Stopped:
            return stop(context, "cli.stopped");
        case Error::NotFound:
            return stop(context, "cli.cases.show.unknown");
        case Error::BatchFile:  // the import says it of the batch
        case Error::Internal:
            return stop(context, "cli.failed");
    }
    return stop(context, "cli.failed");
}

}  // namespace app::cli

#include "app/cli/casebook_access.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>

#include "app/cli/identities.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace fs = std::filesystem;

namespace {

template <class Options>
void add_what_opens(CLI::App& command, const Context& context, Options& options) {
    command.add_option("--identity", options.identities, context.text("cli.option.casebook_identity"))
        ->allow_extra_args(false);
    command.add_option("--passphrase-file", options.passphrase_file, context.text("cli.option.passphrase_file"));
}

}  // namespace

void add_casebook_options(CLI::App& command, const Context& context, CasebookOptions& options) {
    command.add_option("--casebook", options.file, context.text("cli.option.casebook"));
    add_what_opens(command, context, options);
}

std::string OwnCasebook::file() const {
    return deployment::casebook_of(without_slash(folder)).string();
}

void add_own_casebook_options(CLI::App& command, const Context& context, OwnCasebook& options) {
    command.add_option("DIR", options.folder, context.text("cli.programme.folder"));
    add_what_opens(command, context, options);
}

Outcome<OpenCasebook> open_own_casebook(const Context& context, const OwnCasebook& options) {
    if (options.folder.empty()) return stop(context, "cli.show.usage", {}, Exit::Usage);
    return open_casebook(context, {options.file(), options.identities, options.passphrase_file});
}

Outcome<OpenCasebook> open_casebook(const Context& context, const CasebookOptions& options,
                                    std::optional<crypto::SecretBytes>* typed) {
    if (options.file.empty()) return stop(context, "cli.casebook.name", {}, Exit::Usage);
    std::error_code error;
    if (!fs::exists(options.file, error)) return stop_casebook(context, casebook::Error::Missing, options.file);
    std::vector<fs::path> files(options.identities.begin(), options.identities.end());
    if (files.empty()) {
        const auto beside = deployment::identity_beside(options.file);
        if (!fs::exists(beside, error))
            return stop(context, "cli.casebook.identity", {{"file", shown(beside)}}, Exit::Usage);
        files.push_back(beside);
    }
    AMPARO_TRY(identities, read_identities(context, files, passphrase_file_of(options.passphrase_file), typed));
    auto open = deployment::open_casebook(context.ready(), options.file, std::move(identities));
    if (!open) return stop_deployment(context, open.error());
    return std::move(*open);
}

}  // namespace app::cli

// Opening a casebook from the command line.
#pragma once

#include <string>
#include <vector>

#include "app/cli/deployment_failures.hpp"
#include "app/cli/files.hpp"
#include "app/deployment/casebook_access.hpp"

namespace CLI {
class App;
}

namespace app::cli {

using deployment::OpenCasebook;

/// What every command on a casebook takes.
struct CasebookOptions {
    std::string file;
    std::vector<std::string> identities;
    std::string passphrase_file;
};

/// --casebook, --identity, --passphrase-file.
void add_casebook_options(CLI::App& command, const Context& context, CasebookOptions& options);

/// The one in the folder of a programme, or of a coordinator who joined it.
struct OwnCasebook {
    std::string folder;
    std::vector<std::string> identities;
    std::string passphrase_file;

    [[nodiscard]] std::string file() const;
};

/// DIR, --identity, --passphrase-file.
void add_own_casebook_options(CLI::App& command, const Context& context, OwnCasebook& options);

/// Says so when no folder was named.
[[nodiscard]] Outcome<OpenCasebook> open_own_casebook(const Context& context, const OwnCasebook& options);

/// Without `identities`, the coordinator's identity is taken from the folder `keys` beside the casebook's folder, where
/// `deployment new` puts it. `typed`: as read_identities().
[[nodiscard]] Outcome<OpenCasebook> open_casebook(const Context& context, const CasebookOptions& options,
                                                  std::optional<crypto::SecretBytes>* typed = nullptr);

}  // namespace app::cli

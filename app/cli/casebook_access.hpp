// Opening a casebook from the command line.
#pragma once

#include <string>
#include <vector>

#include "app/casebook/casebook.hpp"
#include "app/cli/files.hpp"

namespace CLI {
class App;
}

namespace app::cli {

/// What every command on a casebook takes.
struct CasebookOptions {
    std::string file;
    std::vector<std::string> identities;
    std::string passphrase_file;
};

/// --casebook, --identity, --passphrase-file.
void add_casebook_options(CLI::App& command, const Context& context, CasebookOptions& options);

/// A casebook with the identities that opened it.
struct OpenCasebook {
    casebook::Casebook book;
    std::vector<crypto::open::Identity> identities;
};

/// Without `identities`, the coordinator's identity is taken from the folder `keys` beside the casebook's folder, where
/// `deployment new` puts it.
[[nodiscard]] Outcome<OpenCasebook> open_casebook(const Context& context, const CasebookOptions& options);

[[nodiscard]] tl::unexpected<Said> stop_casebook(const Context& context, casebook::Error error,
                                                 const std::string& file);

/// "coordinator.identity"
inline constexpr const char* coordinator_file = "coordinator.identity";

}  // namespace app::cli

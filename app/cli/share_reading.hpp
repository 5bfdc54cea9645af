// What the commands about the recovery key on paper share: the programme that it is of, and words for a refused sheet.
#pragma once

#include "app/cli/files.hpp"
#include "app/deployment/recovery_shares.hpp"
#include "app/exchange/bundle.hpp"

namespace CLI {
class App;
}

namespace app::cli {

struct SharesProgramme {
    std::string bundle;
    std::string deployment;
};

void add_shares_programme(CLI::App& command, const Context& context, SharesProgramme& options);

/// The bundle, signed by the programme's key. Says so when either is missing or wrong.
[[nodiscard]] Outcome<exchange::Bundle> bundle_of(const Context& context, const SharesProgramme& options);

/// The recipient that the bundle names for recovery.
[[nodiscard]] const crypto::Recipient& recovery_of(const exchange::Bundle& bundle);

/// The sentence for a sheet that was not taken; `file` says where it came from.
Exit say_refused(const Context& context, const deployment::RefusedShare& refused, const std::string& file);

/// Reads one sheet from the terminal, row by row and without showing it; a wrong row is said at once and asked for
/// again. An empty row ends it. Gives what was typed, to be taken as a whole.
[[nodiscard]] Outcome<crypto::SecretBytes> ask_sheet(const Context& context, std::size_t sheet);

}  // namespace app::cli

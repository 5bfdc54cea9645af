// What the commands about the recovery key on paper share: the programme that it is of, and reading sheets.
#pragma once

#include "app/cli/programme_folder.hpp"
#include "app/deployment/recovery_shares.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/sheets_note.hpp"

namespace app::cli {

/// A programme and what its newest bundle says.
struct SharesProgramme {
    ProgrammeFolder folder;
    exchange::Bundle bundle;

    /// The recipient that the bundle names for recovery.
    [[nodiscard]] const crypto::Recipient& recovery() const;
};

/// Says so when there is no bundle of the programme in its folder.
[[nodiscard]] Outcome<SharesProgramme> shares_programme(const Context& context, const std::string& folder);

/// Enough sheets of one set, and what they gave.
struct ReadSheets {
    crypto::ShareHead set;
    deployment::JoinedShares joined;
};

/// Reads sheets from the files, or without any from the terminal, row by row and without showing them, until there are
/// enough. A sheet that is not taken is named, and so are too few and false ones.
[[nodiscard]] Outcome<ReadSheets> read_sheets(const Context& context, const SharesProgramme& programme,
                                              const std::vector<std::string>& files);

/// "1, 3".
[[nodiscard]] std::string numbers_text(const std::vector<std::uint8_t>& numbers);

/// Keeps in the programme's folder that the set was made, or that these of its sheets were read back. The identity has
/// to open the sealed deployment key for that: where it does not, says so. False when it was not kept.
[[nodiscard]] bool note_sheets(const Context& context, const SharesProgramme& programme, const crypto::ShareHead& set,
                               const crypto::open::Identity& recovery, std::vector<std::uint8_t> read);

}  // namespace app::cli

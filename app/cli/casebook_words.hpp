// What commands on a whole casebook say of it.
#pragma once

#include <string>

#include "app/backup/form.hpp"
#include "app/cli/context.hpp"
#include "app/deployment/casebook_check.hpp"

namespace app::cli {

/// What is whole and what is not, in lines. `name`: of the file.
[[nodiscard]] std::string check_text(const Context& context, const std::string& name,
                                     const deployment::CasebookCheck& check);
/// When the last backup of a casebook was made, or that there is none.
[[nodiscard]] std::string last_backup_text(const Context& context, const deployment::CasebookCheck& check);

/// When a backup was made, and how many days ago.
[[nodiscard]] std::string age_text(const Context& context, const std::string& name, const app::backup::Head& head);
/// Who signed a backup; empty for nobody whom the programme lets sign.
[[nodiscard]] std::string signer_text(const Context& context, const std::string& name, const std::string& signer);

/// All of that for programs, a JSON object. `head`: of a backup, else nullptr.
[[nodiscard]] std::string check_json(const std::string& name, const deployment::CasebookCheck& check,
                                     const app::backup::Head* head, const std::string& signer);

}  // namespace app::cli

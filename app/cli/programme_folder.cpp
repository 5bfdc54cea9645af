#include "app/cli/programme_folder.hpp"

#include "app/cli/casebook_access.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/deployment/anchor.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::cli {

Outcome<ProgrammeFolder> programme_folder(const Context& context, const std::string& folder) {
    const auto root = without_slash(folder);
    const auto key = deployment::read_programme_key(root / "keys" / "deployment.pub");
    if (!key) return stop_deployment(context, key.error());
    return ProgrammeFolder{root, *key};
}

Outcome<std::vector<casebook::Device>> devices_of(const Context& context, const ProgrammeFolder& programme,
                                                  const std::string& passphrase_file) {
    const auto file = deployment::casebook_of(programme.root);
    if (!files::is_there(file)) return std::vector<casebook::Device>{};
    AMPARO_TRY(open, open_casebook(context, {file.string(), {}, passphrase_file}));
    auto anchor = deployment::anchor_of(std::move(open), programme.key, file);
    if (!anchor) return stop_deployment(context, anchor.error());
    return std::move(anchor->known).value_or(std::vector<casebook::Device>{});
}

}  // namespace app::cli

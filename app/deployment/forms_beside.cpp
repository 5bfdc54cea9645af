#include "app/deployment/forms_beside.hpp"

#include <algorithm>

#include "app/deployment/bundle_file.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace app::deployment {

FormsBeside::FormsBeside(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                         const crypto::DeploymentPublicKey& programme)
    : ready_(ready), folder_(folder_beside(casebook)), programme_(programme), left_(bundles_in(folder_)) {
    std::reverse(left_.begin(), left_.end());
}

const KnownForm* FormsBeside::find(std::string_view sha256) {
    for (;;) {
        if (const auto found = known_.find(sha256); found != known_.end()) return &found->second;
        if (left_.empty()) return nullptr;
        load_next();
    }
}

void FormsBeside::load_next() {
    const auto number = left_.back();
    left_.pop_back();
    const auto view = numbered_bundle(ready_, folder_, number, programme_);
    if (!view) return;
    for (const auto& one : view->bundle.forms) {
        const auto prefix = "forms/" + one.id + "/";
        questionnaires::workbook::Members members;
        for (auto at = view->files.lower_bound(prefix); at != view->files.end() && at->first.starts_with(prefix); ++at)
            members.emplace(at->first.substr(prefix.size()), at->second);
        auto sheets = questionnaires::workbook::read_memory(members);
        if (sheets) known_.try_emplace(crypto::to_hex(one.sha256), KnownForm{one.form, std::move(*sheets)});
    }
}

}  // namespace app::deployment

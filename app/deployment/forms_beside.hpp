#pragma once
// The questionnaires that records name, out of the bundles beside a casebook's folder. Knows no record.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/bundle.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace app::deployment {

struct KnownForm {
    std::shared_ptr<const questionnaires::engine::Form> form;
    questionnaires::engine::Workbook sheets;  ///< what it was made of
};

/// Looks into bundles as they are needed, the newest first: to load one compiles every form in it.
class FormsBeside {
  public:
    FormsBeside(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                const crypto::DeploymentPublicKey& programme);

    /// By the digest that a record holds, 64 hex digits. Null when no bundle that the programme signed has it.
    [[nodiscard]] const KnownForm* find(std::string_view sha256);

  private:
    void load_next();

    crypto::SodiumReady ready_;
    std::filesystem::path folder_;
    crypto::DeploymentPublicKey programme_;
    std::vector<std::uint64_t> left_;  ///< numbers of bundles that nobody has looked into, the highest last
    std::map<std::string, KnownForm, std::less<>> known_;
};

}  // namespace app::deployment

#include "app/cli/identities.hpp"

#include "app/cli/deployment_failures.hpp"
#include "app/deployment/identities.hpp"
#include "crypto/try.hpp"

namespace app::cli {

std::optional<std::filesystem::path> passphrase_file_of(const std::string& file) {
    return file.empty() ? std::nullopt : std::optional<std::filesystem::path>(file);
}

Outcome<std::vector<crypto::open::Identity>> read_identities(
    const Context& context, const std::vector<std::filesystem::path>& files,
    const std::optional<std::filesystem::path>& passphrase_file, std::optional<crypto::SecretBytes>* typed) {
    std::vector<crypto::open::Identity> identities;
    for (const auto& file : files) {
        AMPARO_TRY(const text, read_secret_file(context, file));
        std::optional<crypto::SecretBytes> passphrase;
        if (deployment::is_wrapped(text.view())) {
            AMPARO_TRY(given,
                       passphrase_from(context, passphrase_file, "cli.passphrase.of_file", {{"file", shown(file)}}));
            passphrase.emplace(std::move(given));
        }
        auto found =
            deployment::parse_identities(context.ready(), text.view(), passphrase ? &*passphrase : nullptr, file);
        if (!found) return stop_deployment(context, found.error());
        warn_when_open(context, file);
        for (auto& identity : *found) identities.push_back(std::move(identity));
        if (typed != nullptr && passphrase) *typed = std::move(passphrase);
    }
    return identities;
}

}  // namespace app::cli

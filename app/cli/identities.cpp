#include "app/cli/identities.hpp"

#include "app/cli/failures.hpp"
#include "crypto/open/open.hpp"

namespace app::cli {
namespace {

constexpr std::string_view age_mark = "age-encryption.org/v1\n";

Outcome<crypto::SecretBytes> unwrap(const Context& context, const crypto::SecretBytes& file,
                                    const std::filesystem::path& path,
                                    const std::optional<std::filesystem::path>& passphrase_file) {
    const auto passphrase =
        passphrase_from(context, passphrase_file, "cli.passphrase.of_file", {{"file", shown(path)}});
    if (!passphrase) return tl::make_unexpected(passphrase.error());
    auto text = crypto::open::open(context.ready(), file.view(),
                                   crypto::open::Keys{{}, std::span<const crypto::SecretBytes>(&*passphrase, 1)});
    if (text) return std::move(*text);
    if (text.error() == crypto::Error::NoMatch) return stop(context, "cli.passphrase.wrong", {}, Exit::NoMatch);
    return stop_opening(context, text.error());
}

}  // namespace

Outcome<std::vector<crypto::open::Identity>> read_identities(
    const Context& context, const std::vector<std::filesystem::path>& files,
    const std::optional<std::filesystem::path>& passphrase_file) {
    std::vector<crypto::open::Identity> identities;
    for (const auto& file : files) {
        auto text = read_secret_file(context, file);
        if (!text) return tl::make_unexpected(text.error());
        if (crypto::as_text(text->view()).starts_with(age_mark)) {
            text = unwrap(context, *text, file, passphrase_file);
            if (!text) return tl::make_unexpected(text.error());
        }
        auto found = crypto::open::parse_identity_file(context.ready(), text->view());
        if (!found && found.error() == crypto::Error::Malformed)
            return stop(context, "cli.identity.malformed", {{"file", shown(file)}});
        if (!found) return stop_crypto(context, found.error());
        warn_when_open(context, file);
        for (auto& identity : *found) identities.push_back(std::move(identity));
    }
    return identities;
}

Outcome<void> write_identity(const Context& context, const std::filesystem::path& file,
                             const crypto::open::Identity& identity, const crypto::SecretBytes* passphrase) {
    const auto text = crypto::open::identity_file(context.ready(), identity);
    if (!text) return stop_crypto(context, text.error());
    if (passphrase == nullptr) return write_file(context, file, text->view());
    const auto wrapped = crypto::open::seal_with_passphrase(context.ready(), text->view(), *passphrase);
    if (!wrapped) return stop_crypto(context, wrapped.error());
    return write_file(context, file, *wrapped);
}

}  // namespace app::cli

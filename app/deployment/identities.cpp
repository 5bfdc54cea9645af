#include "app/deployment/identities.hpp"

#include <span>

#include "app/deployment/files.hpp"
#include "crypto/open/open.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace {

constexpr std::string_view age_mark = "age-encryption.org/v1\n";

Result<crypto::SecretBytes> unwrap(crypto::SodiumReady ready, crypto::ByteView wrapped,
                                   const crypto::SecretBytes& passphrase, const std::filesystem::path& file) {
    auto text = crypto::open::open(ready, wrapped,
                                   crypto::open::Keys{{}, std::span<const crypto::SecretBytes>(&passphrase, 1)});
    if (text) return std::move(*text);
    if (text.error() == crypto::Error::NoMatch) return failed(Error::WrongPassphrase, file.string());
    return failed(NotOpened{text.error()}, file.string());
}

}  // namespace

bool is_wrapped(crypto::ByteView text) {
    return crypto::as_text(text).starts_with(age_mark);
}

Result<std::vector<crypto::open::Identity>> parse_identities(crypto::SodiumReady ready, crypto::ByteView text,
                                                             const crypto::SecretBytes* passphrase,
                                                             const std::filesystem::path& file) {
    std::optional<crypto::SecretBytes> plain;
    if (passphrase != nullptr && is_wrapped(text)) {
        AMPARO_TRY(opened, unwrap(ready, text, *passphrase, file));
        plain.emplace(std::move(opened));
    }
    auto found = crypto::open::parse_identity_file(ready, plain ? plain->view() : text);
    if (found) return std::move(*found);
    if (found.error() == crypto::Error::Malformed) return failed(Error::IdentityMalformed, file.string());
    return failed(found.error(), file.string());
}

Result<void> write_identity(crypto::SodiumReady ready, const std::filesystem::path& file,
                            const crypto::open::Identity& identity, const crypto::SecretBytes* passphrase) {
    AMPARO_TRY(const text, about(file.string(), crypto::open::identity_file(ready, identity)));
    if (passphrase == nullptr) return write_new(file, text.view());
    AMPARO_TRY(const wrapped,
               about(file.string(), crypto::open::seal_with_passphrase(ready, text.view(), *passphrase)));
    return write_new(file, wrapped);
}

}  // namespace app::deployment

// What signing and verifying share.
#pragma once

#include <string>

#include "app/cli/failures.hpp"
#include "app/cli/files.hpp"
#include "app/cli/identities.hpp"
#include "crypto/hash.hpp"
#include "crypto/minisign.hpp"
#include "crypto/try.hpp"

namespace app::cli {

/// BLAKE2b-512 of a file of any size: what minisign signs.
[[nodiscard]] Outcome<crypto::Digest512> prehash(const Context& context, const std::string& file);

/// A secret key that signs, out of its file; the passphrase is asked for where the key has one.
template <crypto::Purpose P>
[[nodiscard]] Outcome<crypto::SecretKey<P>> read_signing_key(const Context& context, const std::string& file,
                                                             const std::string& passphrase_file) {
    AMPARO_TRY(const text, read_secret_file(context, file));
    const auto is_protected = crypto::is_protected(text.view());
    if (!is_protected) return stop(context, "cli.sign.bad_key", {{"file", shown(file)}});
    warn_when_open(context, file);
    auto key = crypto::SecretKey<P>::parse(context.ready(), text.view());
    if (*is_protected) {
        AMPARO_TRY(const passphrase, passphrase_from(context, passphrase_file_of(passphrase_file),
                                                     "cli.passphrase.of_file", {{"file", shown(file)}}));
        key = crypto::SecretKey<P>::parse(context.ready(), text.view(), passphrase);
    }
    if (key) return std::move(*key);
    if (key.error() == crypto::Error::Malformed) return stop(context, "cli.sign.bad_key", {{"file", shown(file)}});
    return stop_crypto(context, key.error());
}

}  // namespace app::cli

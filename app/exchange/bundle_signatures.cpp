// Who has signed a bundle: the deployment, and as many of the people of the policy in force as it asks for.
#include <algorithm>

#include "app/exchange/bundle_parts.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::size_t signature_lines = 4;

/// Each signature as its own text. Errors: Signature.
Result<std::vector<std::string_view>> signature_blocks(crypto::ByteView signatures) {
    const auto wrong = [] { return failed(Error::Signature, Reason::SignatureForm); };
    std::vector<std::string_view> blocks;
    crypto::Reader reader(signatures);
    while (!reader.at_end()) {
        const auto begin = reader.rest();
        for (std::size_t i = 0; i < signature_lines; ++i)
            if (!reader.line(crypto::trusted_comment_limit)) return wrong();
        const auto text = crypto::as_text(begin.first(begin.size() - reader.rest().size()));
        if (blocks.size() == bundle_most_signatures || !crypto::signer_of(text)) return wrong();
        blocks.push_back(text);
    }
    return blocks;
}

}  // namespace

Result<BundleSignatures> bundle_signatures(crypto::SodiumReady ready, crypto::ByteView manifest,
                                           crypto::ByteView signatures, const BundleTrust& trust,
                                           std::optional<std::string> wanted) {
    AMPARO_TRY(const blocks, signature_blocks(signatures));
    BundleSignatures found;
    for (const auto text : blocks)
        if (auto comment = crypto::verify(ready, manifest, text, trust.deployment); comment && !found.comment)
            found.comment = std::move(*comment);
    if (!wanted) wanted = found.comment;
    for (const auto& signer : trust.signers) {
        const bool signed_by = std::any_of(blocks.begin(), blocks.end(), [&](std::string_view text) {
            const auto comment = crypto::verify(ready, manifest, text, signer);
            return comment && wanted && *comment == *wanted;
        });
        if (signed_by && std::find(found.others.begin(), found.others.end(), signer) == found.others.end())
            found.others.push_back(signer);
    }
    return found;
}

Result<std::string> verify_bundle_manifest(crypto::SodiumReady ready, crypto::ByteView manifest,
                                           crypto::ByteView signatures, const BundleTrust& trust) {
    AMPARO_TRY(found, bundle_signatures(ready, manifest, signatures, trust));
    if (!found.comment) return failed(Error::Signature, Reason::NoDeploymentSignature);
    if (found.count() < trust.signatures) return failed(Error::Signature, Reason::FewSignatures);
    return std::move(*found.comment);
}

}  // namespace app::exchange

// Builds and signs a bundle.
#include "app/exchange/bundle.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/text.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::exchange {

std::string bundle_file_name(std::uint64_t sequence) {
    return "bundle-" + std::to_string(sequence) + ".amparo";
}

namespace {

/// Every member of the bundle but MANIFEST and its signature.
Result<std::map<std::string, crypto::Bytes>> members_of(const BundleContents& contents) {
    auto members = contents.files;
    for (const auto& [name, text] : {std::pair<std::string, std::string>{"VERSION", version_text(contents.version)},
                                     {"recipients.txt", recipients_text(contents.recipients)},
                                     {"signers.txt", signers_text(contents.signers)},
                                     {"policy.json", policy_text(contents.policy)},
                                     {"revoked.txt", revoked_text(contents.revoked)}})
        if (!members.emplace(name, bytes_of(text)).second) return failed(Error::Members, Reason::MadeHere, {name});
    if (contents.revoked.empty()) members.erase("revoked.txt");
    if (contents.intake && !members.emplace("intake.txt", bytes_of(intake_text(*contents.intake))).second)
        return failed(Error::Members, Reason::MadeHere, {"intake.txt"});
    return members;
}

/// MANIFEST, what is signed of it, and every other member.
Result<crypto::Bytes> archive_of(const std::map<std::string, crypto::Bytes>& members, const std::string& manifest,
                                 const std::string& signatures) {
    UstarWriter archive;
    AMPARO_DO(archive.add("MANIFEST", crypto::as_bytes(manifest)));
    AMPARO_DO(archive.add("MANIFEST.minisig", crypto::as_bytes(signatures)));
    for (const auto& [name, content] : members) AMPARO_DO(archive.add(name, content));
    return std::move(archive).finish();
}

std::vector<ManifestLine> lines_of(crypto::SodiumReady ready, const std::map<std::string, crypto::Bytes>& members) {
    std::vector<ManifestLine> lines;
    for (const auto& [name, content] : members) lines.push_back({crypto::sha256(ready, content), name});
    sort_lines(lines);  // a form's digest goes by their order
    return lines;
}

}  // namespace

std::string bundle_draft_name(std::uint64_t sequence) {
    return "bundle-" + std::to_string(sequence) + ".draft";
}

Result<crypto::Bytes> draft_bundle(crypto::SodiumReady ready, const BundleContents& contents) {
    AMPARO_DO(preview_bundle(ready, contents));
    AMPARO_TRY(const members, members_of(contents));
    return archive_of(members, manifest_text(bundle_title, lines_of(ready, members)), {});
}

Result<Bundle> preview_bundle(crypto::SodiumReady ready, const BundleContents& contents) {
    AMPARO_TRY(const members, members_of(contents));
    BundleMembers views;
    for (const auto& [name, content] : members)
        if (name != "VERSION") views.emplace(name, content);
    Bundle bundle{};
    const auto version = version_text(contents.version);
    AMPARO_TRY(parsed, parse_version(crypto::as_bytes(version)));
    if (this_app_version().part < parsed.minimum_app.part)
        return failed(Error::AppTooOld, Reason::ProgramOld, {app_version_text(parsed.minimum_app)});
    bundle.version = std::move(parsed);
    AMPARO_DO(load_content(ready, views, lines_of(ready, members), bundle));
    return bundle;
}

Result<crypto::Bytes> build_bundle(crypto::SodiumReady ready, const BundleContents& contents,
                                   const crypto::DeploymentSecretKey& key) {
    AMPARO_TRY(const members, members_of(contents));
    auto lines = lines_of(ready, members);
    const auto manifest = manifest_text(bundle_title, std::move(lines));
    const auto signature = crypto::sign(ready, crypto::as_bytes(manifest), key, bundle_comment(contents.version));
    if (!signature) return failed(Error::Crypto, reason_of(signature.error()));

    AMPARO_TRY(bytes, archive_of(members, manifest, *signature));
    AMPARO_DO(load_bundle(ready, bytes, BundleTrust{key.public_key(), contents.version.sequence}));
    return bytes;
}

}  // namespace app::exchange

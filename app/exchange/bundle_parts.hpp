// The members of a bundle, each as text and back: for what makes bundles and for app/exchange itself. Every parser
// accepts exactly what the writer beside it writes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/bundle.hpp"
#include "app/exchange/manifest.hpp"
#include "app/exchange/ustar.hpp"

namespace app::exchange {

/// Of the archive, and of the excerpt that keeps some of its members.
inline constexpr UstarLimits bundle_limits{bundle_most_members, bundle_most_member_bytes, bundle_most_bytes};

[[nodiscard]] std::string version_text(const BundleVersion& version);
[[nodiscard]] Result<BundleVersion> parse_version(crypto::ByteView text);

[[nodiscard]] std::string recipients_text(const std::vector<BundleRecipient>& recipients);
[[nodiscard]] Result<std::vector<BundleRecipient>> parse_recipients(crypto::ByteView text);

[[nodiscard]] std::string intake_text(const BundleIntake& intake);
[[nodiscard]] Result<BundleIntake> parse_intake(crypto::ByteView text);
/// It opens no record: its key is none of theirs, of their kind, and a batch has room for it. Errors: Recipients.
[[nodiscard]] Result<void> check_intake(const std::vector<BundleRecipient>& recipients, const BundleIntake& intake);

[[nodiscard]] std::string signers_text(const std::vector<BundleSigner>& signers);
[[nodiscard]] Result<std::vector<BundleSigner>> parse_signers(crypto::ByteView text);

[[nodiscard]] std::string policy_text(const Policy& policy);
[[nodiscard]] Result<Policy> parse_policy(crypto::ByteView text);

[[nodiscard]] Result<std::vector<Referral>> parse_referrals(crypto::ByteView csv);

/// revoked.txt: a device number on each line, sorted. Nobody is revoked where there is no such member, so that an empty
/// one is refused.
[[nodiscard]] std::string revoked_text(const std::vector<std::string>& revoked);
[[nodiscard]] Result<std::vector<std::string>> parse_revoked(crypto::ByteView text);

using BundleMembers = std::map<std::string, crypto::ByteView, std::less<>>;
/// Everything after VERSION. Members are taken out as they are read: what remains is what nobody expected.
[[nodiscard]] Result<void> load_content(crypto::SodiumReady ready, BundleMembers& members,
                                        const std::vector<ManifestLine>& lines, Bundle& bundle);

/// Whose signatures of those that count a MANIFEST carries.
struct BundleSignatures {
    std::optional<std::string> comment;            ///< the trusted comment of the pinned key's; nothing without it
    std::vector<crypto::ReceiptPublicKey> others;  ///< of `trust`, each once, with `wanted` as their comment

    [[nodiscard]] std::uint32_t count() const {
        return static_cast<std::uint32_t>(others.size()) + (comment ? 1U : 0U);
    }
};
/// MANIFEST.minisig is at most eight minisign signatures after each other, all well-formed. `wanted`: the comment that
/// the others must have; nothing: that of the pinned key's. Errors: Signature (malformed).
[[nodiscard]] Result<BundleSignatures> bundle_signatures(crypto::SodiumReady ready, crypto::ByteView manifest,
                                                         crypto::ByteView signatures, const BundleTrust& trust,
                                                         std::optional<std::string> wanted = std::nullopt);

/// That of the pinned key and as many of the others as `trust` asks for. Gives the trusted comment of them all. Errors:
/// Signature.
[[nodiscard]] Result<std::string> verify_bundle_manifest(crypto::SodiumReady ready, crypto::ByteView manifest,
                                                         crypto::ByteView signatures, const BundleTrust& trust);
[[nodiscard]] std::vector<crypto::Recipient> keys_of(const std::vector<BundleRecipient>& recipients);
[[nodiscard]] std::vector<crypto::Recipient> batch_keys_of(const std::vector<BundleRecipient>& recipients,
                                                           const std::optional<BundleIntake>& intake);

/// 1 to 64 bytes of UTF-8 on one line in which nothing steers or hides.
[[nodiscard]] bool label_allowed(std::string_view label);

/// The signed trusted comment of a bundle: "amparo-bundle 1 deployment=<id> seq=<n>".
[[nodiscard]] std::string bundle_comment(const BundleVersion& version);

inline constexpr std::string_view bundle_title = "amparo-bundle 1";

/// Printable ASCII, at most 200 characters: what may stand in Why::text().
[[nodiscard]] std::string plain_detail(std::string_view text);

}  // namespace app::exchange

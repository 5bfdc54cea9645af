// The few members of a bundle that sealing needs, verifiable without the rest.
#include <algorithm>

#include "app/exchange/bundle.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/text.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::array members{std::string_view("MANIFEST"), std::string_view("MANIFEST.minisig"),
                             std::string_view("VERSION"), std::string_view("policy.json"),
                             std::string_view("recipients.txt")};
/// The last, where the bundle has one.
constexpr std::string_view intake_member = "intake.txt";

/// The content is what the manifest says of that name.
bool listed(crypto::SodiumReady ready, const std::vector<ManifestLine>& lines, const UstarMember& member) {
    const auto digest = crypto::sha256(ready, member.content);
    for (const auto& line : lines)
        if (line.name == member.name) return line.sha256 == digest;
    return false;
}

/// The content of the member of this name with which the archive begins, which is taken off it.
tl::expected<crypto::ByteView, BadHead> take_first(crypto::ByteView& archive, std::string_view name) {
    constexpr std::size_t size_at = 124;
    constexpr std::size_t size_digits = 11;
    const auto as_named = crypto::as_bytes(name).first(std::min(name.size(), archive.size()));
    if (!std::equal(as_named.begin(), as_named.end(), archive.begin())) return tl::unexpected(BadHead::Damaged);
    if (archive.size() < ustar_block) return tl::unexpected(BadHead::Cut);
    std::uint64_t size = 0;
    for (const auto digit : archive.subspan(size_at, size_digits)) {
        const auto value = std::to_integer<std::uint64_t>(digit) - '0';
        if (value > 7) return tl::unexpected(BadHead::Damaged);
        size = size * 8 + value;
    }
    const auto header = ustar_header(name, size);
    if (!header || !std::equal(header->begin(), header->end(), archive.begin()))
        return tl::unexpected(BadHead::Damaged);
    if (ustar_member_bytes(size) > archive.size()) return tl::unexpected(BadHead::Cut);
    const auto content = archive.subspan(ustar_block, static_cast<std::size_t>(size));
    archive = archive.subspan(static_cast<std::size_t>(ustar_member_bytes(size)));
    return content;
}

/// The number in a bundle_comment() of this deployment.
std::optional<std::uint64_t> commented_sequence(std::string_view comment, std::string_view deployment) {
    const auto before = std::string(bundle_title) + " deployment=" + std::string(deployment) + " seq=";
    if (!comment.starts_with(before)) return std::nullopt;
    const auto sequence = number_of(comment.substr(before.size()));
    return sequence && *sequence > 0 ? sequence : std::nullopt;
}

/// Whether one of these signatures says that it is by this key; proves nothing.
bool names_key(crypto::ByteView signatures, const crypto::DeploymentPublicKey& key) {
    auto text = crypto::as_text(signatures);
    while (!text.empty()) {
        std::size_t end = 0;
        for (int line = 0; line < 4 && end != std::string_view::npos; ++line)
            if (end = text.find('\n', end); end != std::string_view::npos) ++end;
        const auto block = text.substr(0, end);
        text.remove_prefix(block.size());
        if (const auto signer = crypto::signer_of(block); !signer || *signer == key.id()) return true;
    }
    return false;
}

}  // namespace

tl::expected<std::uint64_t, BadHead> signed_sequence(crypto::SodiumReady ready, crypto::ByteView head,
                                                     const crypto::DeploymentPublicKey& deployment) {
    AMPARO_TRY(const manifest, take_first(head, members[0]));
    AMPARO_TRY(const signatures, take_first(head, members[1]));
    const auto comment = verify_bundle_manifest(ready, manifest, signatures, {deployment});
    if (!comment) return tl::unexpected(names_key(signatures, deployment) ? BadHead::Damaged : BadHead::Foreign);
    const auto sequence = commented_sequence(*comment, deployment_id(ready, deployment));
    if (!sequence) return tl::unexpected(BadHead::Damaged);
    return *sequence;
}

Result<crypto::Bytes> bundle_excerpt(crypto::ByteView archive) {
    AMPARO_TRY(const entries, read_ustar(archive, bundle_limits));
    UstarWriter writer;
    const auto take = [&](std::string_view name) -> Result<void> {
        for (const auto& entry : entries)
            if (entry.name == name) AMPARO_DO(writer.add(entry.name, entry.content));
        return {};
    };
    for (const auto name : members) AMPARO_DO(take(name));
    AMPARO_DO(take(intake_member));
    return std::move(writer).finish();
}

Result<BundleExcerpt> load_excerpt(crypto::SodiumReady ready, crypto::ByteView archive, const BundleTrust& trust) {
    AMPARO_TRY(const entries, read_ustar(archive, bundle_limits));
    const bool with_intake = entries.size() == members.size() + 1;
    if (!with_intake && entries.size() != members.size()) return failed(Error::Members, Reason::NotExcerpt);
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (entries[i].name != (i < members.size() ? members[i] : intake_member))
            return failed(Error::Members, Reason::NotExcerpt);
    const auto manifest = entries[0].content;
    const auto comment = verify_bundle_manifest(ready, manifest, entries[1].content, trust);
    if (!comment) return tl::make_unexpected(comment.error());
    AMPARO_TRY(const lines, parse_manifest(manifest, bundle_title, bundle_most_members));
    const bool intake_listed =
        std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.name == intake_member; });
    if (intake_listed != with_intake) return failed(Error::Members, Reason::NotExcerpt);
    for (std::size_t i = 2; i < entries.size(); ++i)
        if (!listed(ready, lines, entries[i])) return failed(Error::Manifest, Reason::MemberChanged, {entries[i].name});
    AMPARO_TRY(version, parse_version(entries[2].content));
    if (version.deployment != deployment_id(ready, trust.deployment))
        return failed(Error::Deployment, Reason::OtherDeployment);
    if (*comment != bundle_comment(version)) return failed(Error::Signature, Reason::CommentOther);
    if (version.sequence < trust.least_sequence) return failed(Error::Rollback, Reason::OlderBundle);
    AMPARO_TRY(policy, parse_policy(entries[3].content));
    AMPARO_TRY(recipients, parse_recipients(entries[4].content));
    std::optional<BundleIntake> intake;
    if (with_intake) {
        AMPARO_TRY(parsed, parse_intake(entries[members.size()].content));
        AMPARO_DO(check_intake(recipients, parsed));
        intake = std::move(parsed);
    }
    return BundleExcerpt{std::move(version), std::move(policy), keys_of(recipients), batch_keys_of(recipients, intake)};
}

std::vector<crypto::Recipient> keys_of(const std::vector<BundleRecipient>& recipients) {
    std::vector<crypto::Recipient> keys;
    keys.reserve(recipients.size());
    for (const auto& recipient : recipients) keys.push_back(recipient.recipient);
    return keys;
}

std::vector<crypto::Recipient> batch_keys_of(const std::vector<BundleRecipient>& recipients,
                                             const std::optional<BundleIntake>& intake) {
    auto keys = keys_of(recipients);
    if (intake) keys.push_back(intake->recipient);
    return keys;
}

std::optional<std::uint64_t> bundle_file_sequence(std::string_view name) {
    constexpr std::string_view before = "bundle-";
    constexpr std::string_view after = ".amparo";
    if (!name.starts_with(before) || !name.ends_with(after) || name.size() <= before.size() + after.size())
        return std::nullopt;
    const auto sequence = number_of(name.substr(before.size(), name.size() - before.size() - after.size()));
    return sequence && *sequence > 0 && bundle_file_name(*sequence) == name ? sequence : std::nullopt;
}

}  // namespace app::exchange

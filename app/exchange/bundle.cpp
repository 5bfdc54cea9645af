// Verifies a bundle and loads it. Order: signature over raw bytes, manifest, member set, VERSION, the rest.
#include "app/exchange/bundle.hpp"

#include <algorithm>
#include <set>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/prompt.hpp"
#include "app/exchange/text.hpp"
#include "app/exchange/ustar.hpp"
#include "app/record/rules.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"
#include "locales/catalogue.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace app::exchange {
namespace {

using Members = BundleMembers;

/// The members after MANIFEST and its signature: exactly those listed, sorted by name, with their digests.
Result<Members> check_members(crypto::SodiumReady ready, const std::vector<UstarMember>& archive,
                              const std::vector<ManifestLine>& lines) {
    std::map<std::string_view, const Digest*> listed;
    for (const auto& line : lines) listed.emplace(line.name, &line.sha256);
    if (archive.size() != lines.size() + 2) return failed(Error::Members, Reason::MembersOther);
    Members members;
    for (std::size_t i = 2; i < archive.size(); ++i) {
        const auto& member = archive[i];
        if (i > 2 && member.name <= archive[i - 1].name) return failed(Error::Members, Reason::MembersUnsorted);
        const auto line = listed.find(member.name);
        if (line == listed.end()) return failed(Error::Members, Reason::MemberUnlisted, {member.name});
        if (crypto::sha256(ready, member.content) != *line->second)
            return failed(Error::Manifest, Reason::MemberChanged, {member.name});
        members.emplace(member.name, member.content);
    }
    return members;
}

/// A member that must be there; it is taken out, so that what remains at the end is what nobody expected.
Result<crypto::ByteView> take(Members& members, std::string_view name) {
    const auto found = members.find(name);
    if (found == members.end()) return failed(Error::Members, Reason::MemberMissing, {std::string(name)});
    const auto content = found->second;
    members.erase(found);
    return content;
}

/// `comment`: of the signatures; nothing for a draft, whose signatures are counted afterwards.
Result<void> check_version(crypto::SodiumReady ready, const BundleVersion& version,
                           const std::optional<std::string>& comment, const BundleTrust& trust) {
    if (version.deployment != deployment_id(ready, trust.deployment))
        return failed(Error::Deployment, Reason::OtherDeployment);
    if (comment && *comment != bundle_comment(version)) return failed(Error::Signature, Reason::CommentOther);
    if (version.sequence < trust.least_sequence) return failed(Error::Rollback, Reason::OlderBundle);
    if (this_app_version().part < version.minimum_app.part)
        return failed(Error::AppTooOld, Reason::ProgramOld, {app_version_text(version.minimum_app)});
    return {};
}

/// SHA-256 of the form's lines in MANIFEST, in their order there.
Digest form_digest(crypto::SodiumReady ready, const std::vector<ManifestLine>& lines, std::string_view folder) {
    crypto::Sha256 digest(ready);
    for (const auto& line : lines)
        if (line.name.starts_with(folder))
            digest.update(crypto::as_bytes(crypto::to_hex(line.sha256) + "  " + line.name + "\n"));
    return digest.finish();
}

Result<BundleForm> load_form(const std::string& id, const std::string& folder, Members& members, const Policy& policy) {
    questionnaires::workbook::Members sheets;
    for (auto member = members.lower_bound(folder); member != members.end() && member->first.starts_with(folder);) {
        const auto name = member->first.substr(folder.size());
        if (!name.ends_with(".csv") || name.find('/') != std::string::npos)
            return failed(Error::Members, Reason::NotOfForm, {member->first});
        sheets.emplace(name, member->second);
        member = members.erase(member);
    }
    const auto refuse = [&id](const questionnaires::engine::Diagnostics& faults) {
        const auto found = std::find_if(faults.begin(), faults.end(), [](const auto& fault) {
            return fault.severity == questionnaires::engine::Severity::Error;
        });
        if (found == faults.end()) return failed(Error::Content, Reason::FormFaulty, {id, {}});
        const auto place = found->row == 0 ? found->sheet : found->sheet + " " + std::to_string(found->row);
        return failed(Error::Content, Reason::FormFaulty, {id, place}, found->message);
    };
    if (sheets.empty()) return failed(Error::Members, Reason::FormMissing, {id});
    const auto workbook = questionnaires::workbook::read_memory(sheets);
    if (!workbook) return refuse(workbook.error());
    auto form = questionnaires::engine::load(*workbook, id);
    if (!form) return refuse(form.error());
    // An id that is no name for a folder ("2024", "Encuesta 1.0") stays the author's; records name the folder.
    if (record::is_form_id((*form)->id()) && (*form)->id() != id)
        return failed(Error::Content, Reason::FormOtherId, {id});
    for (const auto& language : policy.languages)
        if (!(*form)->language(language)) return failed(Error::Content, Reason::FormLanguage, {id, language});
    return BundleForm{id, std::move(*form), {}};
}

Result<void> load_forms(crypto::SodiumReady ready, Members& members, const std::vector<ManifestLine>& lines,
                        Bundle& bundle) {
    for (const auto& id : bundle.policy.forms) {
        const auto folder = "forms/" + id + "/";
        AMPARO_TRY(form, load_form(id, folder, members, bundle.policy));
        form.sha256 = form_digest(ready, lines, folder);
        bundle.forms.push_back(std::move(form));
    }
    return {};
}

Result<void> load_catalogues(Members& members, Bundle& bundle) {
    for (const auto& language : bundle.policy.languages) {
        const auto name = "locales/" + language + ".json";
        AMPARO_TRY(const content, take(members, name));
        const auto text = crypto::as_text(content);
        if (!locales::Catalogue::parse(text)) return failed(Error::Content, Reason::CatalogueForm, {name});
        bundle.catalogues.emplace(language, text);
    }
    return {};
}

Result<void> load_prompts(Members& members, Bundle& bundle) {
    std::uint64_t total = 0;
    const auto& languages = bundle.policy.languages;
    for (auto member = members.lower_bound("audio/"); member != members.end() && member->first.starts_with("audio/");) {
        const auto language = prompt_language(member->first);
        if (!language || std::find(languages.begin(), languages.end(), *language) == languages.end())
            return failed(Error::Members, Reason::NotOfBundle, {member->first});
        AMPARO_TRY(prompt, parse_prompt(member->first, member->second));
        total += prompt.bytes;
        if (total > prompts_most_bytes) return failed(Error::TooLarge, Reason::PromptsLarge);
        bundle.prompts.push_back(std::move(prompt));
        member = members.erase(member);
    }
    return {};
}

}  // namespace

BundleTrust BundleTrust::under(const Policy& in_force) const {
    return {deployment, least_sequence, in_force.signatures_required, in_force.bundle_signers};
}

Result<void> load_content(crypto::SodiumReady ready, BundleMembers& members, const std::vector<ManifestLine>& lines,
                          Bundle& bundle) {
    const auto part = [&members](std::string_view name, auto parse, auto& to) -> Result<void> {
        AMPARO_TRY(const content, take(members, name));
        AMPARO_TRY(parsed, parse(content));
        to = std::move(parsed);
        return {};
    };
    AMPARO_DO(part("recipients.txt", parse_recipients, bundle.recipients));
    if (members.count("intake.txt") == 1) {
        AMPARO_DO(part("intake.txt", parse_intake, bundle.intake));
        AMPARO_DO(check_intake(bundle.recipients, *bundle.intake));
    }
    AMPARO_DO(part("signers.txt", parse_signers, bundle.signers));
    AMPARO_DO(part("policy.json", parse_policy, bundle.policy));
    AMPARO_DO(part("referrals.csv", parse_referrals, bundle.referrals));
    if (members.count("revoked.txt") == 1) AMPARO_DO(part("revoked.txt", parse_revoked, bundle.revoked));
    AMPARO_DO(load_forms(ready, members, lines, bundle));
    AMPARO_DO(load_catalogues(members, bundle));
    AMPARO_DO(load_prompts(members, bundle));
    if (!members.empty()) return failed(Error::Members, Reason::NotOfBundle, {members.begin()->first});
    return {};
}

std::vector<crypto::Recipient> Bundle::recipient_keys() const {
    return keys_of(recipients);
}

std::vector<crypto::Recipient> Bundle::batch_keys() const {
    return batch_keys_of(recipients, intake);
}

const BundleForm* Bundle::form(std::string_view id) const {
    const auto found = std::find_if(forms.begin(), forms.end(), [id](const auto& form) { return form.id == id; });
    return found == forms.end() ? nullptr : &*found;
}

bool past_expiry(const Bundle& bundle, Day today) {
    return today > bundle.version.expires;
}

bool before_made(const Bundle& bundle, Day today) {
    return today < bundle.version.made;
}

Result<std::map<std::string, crypto::Bytes>> bundle_files(crypto::ByteView archive) {
    AMPARO_TRY(const entries, read_ustar(archive, bundle_limits));
    std::map<std::string, crypto::Bytes> files;
    for (const auto& entry : entries)
        if (entry.name != "MANIFEST" && entry.name != "MANIFEST.minisig")
            files.emplace(entry.name, crypto::Bytes(entry.content.begin(), entry.content.end()));
    return files;
}

namespace {

Result<std::vector<UstarMember>> bundle_entries(crypto::ByteView archive) {
    if (archive.size() > bundle_most_bytes) return failed(Error::TooLarge, Reason::ArchiveLarge);
    AMPARO_TRY(entries, read_ustar(archive, bundle_limits));
    if (entries.size() < 2 || entries[0].name != "MANIFEST" || entries[1].name != "MANIFEST.minisig")
        return failed(Error::Members, Reason::NotBundle);
    return entries;
}

Result<Bundle> load_entries(crypto::SodiumReady ready, const std::vector<UstarMember>& entries,
                            const std::optional<std::string>& comment, const BundleTrust& trust) {
    const auto manifest = entries[0].content;
    AMPARO_TRY(const lines, parse_manifest(manifest, bundle_title, bundle_most_members));
    AMPARO_TRY(members, check_members(ready, entries, lines));
    AMPARO_TRY(const version_member, take(members, "VERSION"));
    AMPARO_TRY(version, parse_version(version_member));
    AMPARO_DO(check_version(ready, version, comment, trust));

    Bundle bundle{};
    bundle.version = std::move(version);
    bundle.manifest_sha256 = crypto::sha256(ready, manifest);
    AMPARO_DO(load_content(ready, members, lines, bundle));
    return bundle;
}

}  // namespace

Result<Bundle> load_bundle(crypto::SodiumReady ready, crypto::ByteView archive, const BundleTrust& trust) {
    AMPARO_TRY(const entries, bundle_entries(archive));
    AMPARO_TRY(const comment, verify_bundle_manifest(ready, entries[0].content, entries[1].content, trust));
    return load_entries(ready, entries, comment, trust);
}

Result<BundleDraft> load_draft(crypto::SodiumReady ready, crypto::ByteView archive, const BundleTrust& trust) {
    AMPARO_TRY(const entries, bundle_entries(archive));
    AMPARO_TRY(bundle, load_entries(ready, entries, std::nullopt, trust));
    const auto wanted = bundle_comment(bundle.version);
    AMPARO_TRY(const found, bundle_signatures(ready, entries[0].content, entries[1].content, trust, wanted));
    if (found.comment && *found.comment != wanted) return failed(Error::Signature, Reason::CommentOther);
    return BundleDraft{std::move(bundle), found.count(), found.comment && found.count() >= trust.signatures};
}

Result<crypto::Bytes> sign_draft(crypto::SodiumReady ready, crypto::ByteView draft, const BundleTrust& trust,
                                 const crypto::PlainSecretKey& key) {
    AMPARO_TRY(const before, load_draft(ready, draft, trust));
    AMPARO_TRY(const entries, bundle_entries(draft));
    const auto raw = key.public_key().raw();
    const bool may = crypto::DeploymentPublicKey(raw) == trust.deployment ||
                     std::any_of(trust.signers.begin(), trust.signers.end(),
                                 [&raw](const auto& one) { return one == crypto::ReceiptPublicKey(raw); });
    if (!may) return failed(Error::Deployment, Reason::NotASigner);
    const auto signature = crypto::sign(ready, entries[0].content, key, bundle_comment(before.bundle.version));
    if (!signature) return failed(Error::Crypto, reason_of(signature.error()));
    UstarWriter writer;
    for (const auto& entry : entries) {
        auto content = crypto::Bytes(entry.content.begin(), entry.content.end());
        if (entry.name == "MANIFEST.minisig") crypto::append(content, *signature);
        AMPARO_DO(writer.add(entry.name, content));
    }
    auto archive = std::move(writer).finish();
    AMPARO_TRY(const after, load_draft(ready, archive, trust));
    if (after.signatures == before.signatures) return failed(Error::Exists, Reason::SignedAlready);
    return archive;
}

}  // namespace app::exchange

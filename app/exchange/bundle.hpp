// What a kiosk trusts, in one signed file: recipients, policy, questionnaires, words, referrals. Nothing in it is
// looked at before its signature has been verified with the pinned key of the deployment.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/exchange/certificate.hpp"
#include "app/exchange/failure.hpp"
#include "app/exchange/manifest.hpp"
#include "crypto/age.hpp"
#include "crypto/bytes.hpp"
#include "crypto/minisign.hpp"
#include "questionnaires/engine/form/form.hpp"

namespace app::exchange {

inline constexpr std::size_t bundle_most_recipients = 10;  ///< with the recovery recipient; see crypto's stanza counts
inline constexpr std::size_t bundle_most_signers = 16;
inline constexpr std::size_t bundle_most_revoked = 10'000;  ///< devices
inline constexpr std::size_t bundle_most_signatures = 8;    ///< blocks in MANIFEST.minisig
inline constexpr std::size_t bundle_most_members = 4'000;
inline constexpr std::size_t bundle_most_member_bytes = 4U << 20;
inline constexpr std::size_t bundle_most_bytes = 64U << 20;
inline constexpr std::size_t prompt_most_bytes = 1U << 20;    ///< minutes of speech
inline constexpr std::size_t prompts_most_bytes = 32U << 20;  ///< all of a bundle

/// A program version, compared part by part.
struct AppVersion {
    std::array<std::uint32_t, 3> part{};
};
/// "1.2.3", no leading zeros. Errors: Content.
[[nodiscard]] Result<AppVersion> parse_app_version(std::string_view text);
[[nodiscard]] std::string app_version_text(AppVersion version);
/// The version of this program.
[[nodiscard]] AppVersion this_app_version();

/// VERSION: "amparo-bundle 1", then the lines deployment, name, sequence, minimum-app, made, expires, demo (yes
/// or no).
struct BundleVersion {
    std::string deployment;  ///< deployment id; must be that of the pinned key
    std::string name;        ///< for people, 1 to 64 bytes of UTF-8 without control characters
    std::uint64_t sequence;  ///< from 1; only ever rises
    AppVersion minimum_app;
    Day made;     ///< a clock that shows an earlier day is wrong
    Day expires;  ///< not before `made`; soft: afterwards the kiosk warns and keeps working
    bool demo;    ///< the keys of a demonstration protect nobody, and the screens say so
};

/// recipients.txt: "# coordinator <label>" or "# recovery <label>", each followed by its age1… line; `age -R` reads it.
struct BundleRecipient {
    std::string label;
    crypto::Recipient recipient;
    bool recovery;  ///< exactly one recipient is the recovery identity
};

/// intake.txt: "# intake <label>" and its age1… line. A machine that takes batches in with nobody beside it: it opens
/// the outer layer of a batch, so that it can verify, keep and answer, and no record, audit entry, key or backup.
struct BundleIntake {
    std::string label;
    crypto::Recipient recipient;
};

/// signers.txt: "# <label>" followed by a minisign public key line. These keys may sign receipts.
struct BundleSigner {
    std::string label;
    crypto::ReceiptPublicKey key;
};

/// policy.json. Every member is required and no other is accepted.
struct Policy {
    std::vector<std::string> roles;            ///< `shelter`, `border`: which may screen here
    std::vector<std::string> languages;        ///< catalogue codes in the order they are offered
    std::vector<std::string> forms;            ///< ids in the order they are offered; the first starts a new screening
    std::vector<std::uint32_t> child_workers;  ///< numbers of the workers trained to use the form `child`
    std::uint32_t idle_minutes;                ///< until an untouched screen is sealed and closed
    std::uint32_t resume_minutes;              ///< 0 to 10; 0 switches resuming off
    std::uint32_t receipts_required;           ///< 1 to 4
    std::uint32_t hold_days;                   ///< between the last receipt and erasing
    std::uint32_t retention_days;              ///< how long coordinators keep a case; told to the person
    bool store_refusals;                       ///< whether the bare fact of a "no" is recorded
    bool record_time;                          ///< whether records carry the time of day
    std::uint32_t signatures_required = 1;     ///< 1 to 4: of the next bundle, with that of the deployment key
    std::vector<crypto::ReceiptPublicKey> bundle_signers = {};  ///< whose signatures count besides; each once
    std::uint32_t batch_mib = 256;                              ///< 1 to 256: what a batch holds at the most
    bool empty_batches = false;                                 ///< whether sending makes one also where nothing waits
};

/// One row of referrals.csv: whom a person can call.
struct Referral {
    std::string country;  ///< ISO 3166-1 alpha-2
    std::string service;
    std::string channel;  ///< phone, text, whatsapp, web …
    std::string number;
    std::string hours;
    std::string languages;
    std::string who_answers;  ///< shown before the number
    std::string verified_on;  ///< a day, or empty: "check first"
    std::string source;
    std::string note;
};

/// A questionnaire of the bundle, ready to be asked.
struct BundleForm {
    std::string id;
    std::shared_ptr<const questionnaires::engine::Form> form;
    Digest sha256;  ///< of the form's lines in MANIFEST, in their order: names the exact content in every record
};

/// A sound of the bundle, checked to be one. No program of this version plays it.
struct BundlePrompt {
    std::string name;  ///< "audio/es/adult.danger_now.opus"
    std::uint64_t bytes;
    std::uint32_t milliseconds;
};

/// A verified and loaded bundle. Of the sounds it keeps what they are called, not their bytes.
struct Bundle {
    BundleVersion version;
    std::vector<BundleRecipient> recipients;
    std::optional<BundleIntake> intake;
    std::vector<BundleSigner> signers;
    Policy policy;
    std::vector<BundleForm> forms;                  ///< in the order of the policy
    std::map<std::string, std::string> catalogues;  ///< language code -> text of its JSON file, checked to load
    std::vector<Referral> referrals;
    std::vector<std::string> revoked;   ///< numbers of devices, sorted: all whom nobody trusts any more
    std::vector<BundlePrompt> prompts;  ///< by name
    Digest manifest_sha256;

    /// The recipients without their labels, in the order of the file: whom everything is sealed to.
    [[nodiscard]] std::vector<crypto::Recipient> recipient_keys() const;
    /// Whom the outer layer of a batch, and nothing else, is sealed to: them and the intake machine, where there is
    /// one.
    [[nodiscard]] std::vector<crypto::Recipient> batch_keys() const;
    /// Nothing when no form has this id.
    [[nodiscard]] const BundleForm* form(std::string_view id) const;
    /// Whether it says that this device is not to be trusted any more.
    [[nodiscard]] bool revokes(std::string_view device) const;
};

/// True when the soft expiry has passed: warn, and keep working.
[[nodiscard]] bool past_expiry(const Bundle& bundle, Day today);

/// True when the clock shows a day before the bundle was made, so it is wrong: warn, and keep working.
[[nodiscard]] bool before_made(const Bundle& bundle, Day today);

/// What a kiosk knows before it looks at a bundle.
struct BundleTrust {
    crypto::DeploymentPublicKey deployment;
    std::uint64_t least_sequence = 0;  ///< that of the bundle in use: the same again is fine, an older one is refused
    std::uint32_t signatures = 1;      ///< with that of the pinned key, which is always asked for
    std::vector<crypto::ReceiptPublicKey> signers = {};  ///< of whom the others are, each counted once

    /// What the policy in force asks for: never that of the bundle that is looked at.
    [[nodiscard]] BundleTrust under(const Policy& in_force) const;
};

/// Verifies the signatures that `trust` asks for over the raw MANIFEST, then the digests of exactly the members it
/// lists, then VERSION, and only then reads and loads the rest.
/// Errors: Archive, TooLarge, Members, Signature, Manifest, Deployment, Rollback, AppTooOld, Recipients, Content.
[[nodiscard]] Result<Bundle> load_bundle(crypto::SodiumReady ready, crypto::ByteView archive, const BundleTrust& trust);

/// The members of a bundle that was loaded, by name, without MANIFEST and its signature. Errors: Archive, TooLarge.
[[nodiscard]] Result<std::map<std::string, crypto::Bytes>> bundle_files(crypto::ByteView archive);

/// What sealing needs of a bundle, and what the next one must have, signed like the whole: MANIFEST, MANIFEST.minisig,
/// VERSION, policy.json, recipients.txt and, where there is one, intake.txt in a tar of their own. A device keeps it
/// apart from the bundle, which is much larger, so that what is sealed can leave also when the bundle was lost. Source:
/// crypto/FORMAT.md "Bundle".
struct BundleExcerpt {
    BundleVersion version;
    Policy policy;
    std::vector<crypto::Recipient> recipients;        ///< in the order of the file
    std::vector<crypto::Recipient> batch_recipients;  ///< as Bundle::batch_keys()
};
/// From a bundle that was loaded. Errors: Archive, TooLarge.
[[nodiscard]] Result<crypto::Bytes> bundle_excerpt(crypto::ByteView archive);
/// Verifies it as load_bundle() does, whatever program version the bundle asks for.
/// Errors: Archive, TooLarge, Members, Signature, Manifest, Deployment, Rollback, Recipients, Content.
[[nodiscard]] Result<BundleExcerpt> load_excerpt(crypto::SodiumReady ready, crypto::ByteView archive,
                                                 const BundleTrust& trust);

/// Bytes with which a bundle begins, of which signed_sequence() needs no more.
inline constexpr std::size_t bundle_head_bytes = 1U << 20U;
/// Why the beginning of a file is not that of a bundle of this deployment.
enum class BadHead : std::uint8_t {
    Cut,      ///< it ends too early
    Foreign,  ///< signed by other keys only
    Damaged,  ///< not what was signed, or no bundle at all
};
/// The number of the bundle that begins so, as its signature says: MANIFEST comes first, its signature next, and they
/// verify. To find the newest genuine one among many; the rest of it is not looked at. `head`: bundle_head_bytes, or
/// all of a smaller file.
[[nodiscard]] tl::expected<std::uint64_t, BadHead> signed_sequence(crypto::SodiumReady ready, crypto::ByteView head,
                                                                   const crypto::DeploymentPublicKey& deployment);

/// What goes into a new bundle. `files` holds the members below `forms/`, `locales/` and `audio/`, and
/// `referrals.csv`, by name.
struct BundleContents {
    BundleVersion version;
    std::vector<BundleRecipient> recipients;
    std::vector<BundleSigner> signers;
    Policy policy;
    std::map<std::string, crypto::Bytes> files;
    std::vector<std::string> revoked = {};    ///< as Bundle::revoked; none: the member is left out
    std::optional<BundleIntake> intake = {};  ///< nothing: the member is left out
};

/// What a kiosk would read out of these contents, before anything is signed. `manifest_sha256` stays zero.
/// Errors: Members, AppTooOld, Recipients, Content.
[[nodiscard]] Result<Bundle> preview_bundle(crypto::SodiumReady ready, const BundleContents& contents);

/// Builds, signs, and loads the result again, so that no bundle leaves that a kiosk would refuse. The same contents and
/// key give the same bytes. Errors: as `load_bundle`.
[[nodiscard]] Result<crypto::Bytes> build_bundle(crypto::SodiumReady ready, const BundleContents& contents,
                                                 const crypto::DeploymentSecretKey& key);

/// A bundle on its way from one signer to the next: as a bundle, with fewer signatures than it needs, or none.
/// Errors: as preview_bundle().
[[nodiscard]] Result<crypto::Bytes> draft_bundle(crypto::SodiumReady ready, const BundleContents& contents);
struct BundleDraft {
    Bundle bundle;
    std::uint32_t signatures;  ///< of those that `trust` asks for, that of the pinned key among them or not
    bool complete;             ///< load_bundle() takes it
};
/// Checks and loads everything as load_bundle() does, but for the number of signatures: what it says is only what
/// somebody wants signed. Errors: as load_bundle().
[[nodiscard]] Result<BundleDraft> load_draft(crypto::SodiumReady ready, crypto::ByteView archive,
                                             const BundleTrust& trust);
/// The draft with one signature more, by the pinned key or one of the signers of `trust`. Errors: as load_draft();
/// Deployment (nobody's who may sign), Exists (this key has signed it).
[[nodiscard]] Result<crypto::Bytes> sign_draft(crypto::SodiumReady ready, crypto::ByteView draft,
                                               const BundleTrust& trust, const crypto::PlainSecretKey& key);

/// "bundle-7.draft"
[[nodiscard]] std::string bundle_draft_name(std::uint64_t sequence);
/// "bundle-7.amparo"
[[nodiscard]] std::string bundle_file_name(std::uint64_t sequence);
/// The sequence out of exactly such a name.
[[nodiscard]] std::optional<std::uint64_t> bundle_file_sequence(std::string_view name);

}  // namespace app::exchange

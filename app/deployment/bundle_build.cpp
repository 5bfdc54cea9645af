#include "app/deployment/bundle_build.hpp"

#include <limits>

#include "app/deployment/bundle_gates.hpp"
#include "app/deployment/bundle_sources.hpp"
#include "app/deployment/files.hpp"
#include "app/deployment/recovery_sheets.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

using Kind = BuildRefusal::Kind;

constexpr std::chrono::days usual_life{365};
constexpr exchange::AppVersion usual_minimum{{0, 1, 0}};
constexpr std::uint64_t last_number = std::numeric_limits<std::int64_t>::max();

exchange::BundleVersion version_of(const BuildOptions& options, const std::string& id, const BundlePlan& plan,
                                   exchange::Day today, BuildRefusals& refusals) {
    const auto* const before = plan.previous ? &plan.previous->bundle.version : nullptr;
    exchange::BundleVersion version{};
    version.deployment = id;
    version.name = options.name.empty() && before != nullptr ? before->name : options.name;
    if (version.name.empty())
        refusals.add(Kind::NameMissing);
    else if (!exchange::label_allowed(version.name))
        refusals.add_why(Kind::Malformed, "--name", exchange::Why{exchange::Reason::NameForm});
    // By their names: also a file that cannot be read was given out once, and none is overwritten.
    const auto highest = std::max(highest_bundle(options.programme), options.above);
    if (highest >= last_number)
        refusals.add(Kind::NumbersSpent);
    else
        version.sequence = highest + 1;
    version.minimum_app = options.minimum_app.value_or(before != nullptr ? before->minimum_app : usual_minimum);
    version.made = today;
    if (before != nullptr && before->made > today) refusals.add(Kind::MadeEarlier, exchange::day_text(before->made));
    version.expires = options.expires.value_or(today + usual_life);
    if (version.expires < today) refusals.add(Kind::ExpiresEarlier, exchange::day_text(version.expires));
    version.demo = before != nullptr && before->demo;
    return version;
}

/// The members that are neither people, machines, policy nor revoked devices.
Content files_in(Content sources) {
    for (const auto* name : {"policy.json", "recipients.txt", "intake.txt", "signers.txt", "revoked.txt"})
        sources.erase(name);
    return sources;
}

/// Sheets that nobody could read back are no recovery. The keys of a demonstration protect nobody.
void gate_recovery(crypto::SodiumReady ready, const BuildOptions& options, const crypto::DeploymentPublicKey& programme,
                   const exchange::BundleContents& contents, BuildRefusals& refusals) {
    if (options.unproven_recovery || contents.version.demo) return;
    for (const auto& one : contents.recipients) {
        if (!one.recovery) continue;
        const auto notes = sheets_notes(ready, options.programme, programme, one.recipient);
        if (notes.empty() || !notes.front().proven()) refusals.add(Kind::RecoveryUnproven, one.label);
    }
}

void gate_unnamed(const BuildOptions& options, Content& sources, BundlePlan& plan, BuildRefusals& refusals) {
    plan.left_out = take_unnamed(sources, plan.contents.policy);
    if (options.leave_out) return;
    for (const auto& name : plan.left_out)
        refusals.add(name.starts_with("forms/")   ? Kind::FormUnnamed
                     : name.starts_with("audio/") ? Kind::PromptsUnnamed
                                                  : Kind::CatalogueUnnamed,
                     name);
}

}  // namespace

std::variant<BundlePlan, BuildRefusals> plan_bundle(crypto::SodiumReady ready, const BuildOptions& options,
                                                    const crypto::DeploymentPublicKey& programme, exchange::Day today) {
    BuildRefusals refusals;
    BundlePlan plan{};
    plan.previous = newest_bundle(ready, options.programme, programme);
    const auto id = exchange::deployment_id(ready, programme);
    plan.contents.version = version_of(options, id, plan, today, refusals);
    auto sources = read_sources(sources_of(options.programme), options.leave_out, refusals);
    if (sources.empty()) return refusals;
    gate_people(sources, options.single_coordinator, plan.contents, refusals);
    gate_intake(sources, plan.contents, refusals);
    gate_recovery(ready, options, programme, plan.contents, refusals);
    gate_revoked(sources, plan.contents, refusals);
    if (auto policy = gate_policy(sources, refusals)) {
        plan.contents.policy = std::move(*policy);
        gate_unnamed(options, sources, plan, refusals);
        gate_forms(sources, plan.contents.policy, refusals);
        gate_words(sources, plan.contents.policy, refusals);
        gate_prompts(sources, refusals);
    }
    if (const auto referrals = sources.find("referrals.csv"); referrals == sources.end()) {
        refusals.add(Kind::SourceMissing, "referrals.csv");
    } else if (const auto read = exchange::parse_referrals(referrals->second); !read) {
        refusals.add_why(Kind::Malformed, "content/referrals.csv", read.error().why);
    }
    if (!refusals.empty()) return refusals;
    plan.contents.files = files_in(std::move(sources));
    auto previewed = exchange::preview_bundle(ready, plan.contents);
    if (!previewed) {
        refusals.add_why(Kind::KioskRefuses, {}, previewed.error().why);
        return refusals;
    }
    plan.next = {std::move(*previewed), plan.contents.files};
    return plan;
}

Result<fs::path> sign_bundle(crypto::SodiumReady ready, const BundlePlan& plan, const fs::path& programme,
                             const crypto::DeploymentSecretKey& key) {
    if (exchange::deployment_id(ready, key.public_key()) != plan.contents.version.deployment)
        return failed(Error::ProgrammesDiffer, programme.string());
    const auto file = programme / exchange::bundle_file_name(plan.contents.version.sequence);
    AMPARO_TRY(const bytes, about(file.string(), exchange::build_bundle(ready, plan.contents, key)));
    AMPARO_DO(write_new(file, bytes));
    return file;
}

}  // namespace app::deployment

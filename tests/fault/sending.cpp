// What waits on a device goes into batches while the disk fails: as it comes, in several, and when there is nothing.
#include <map>
#include <set>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "tests/fault/scenarios.hpp"

namespace fault {
namespace {

using test::Deployment;
using test::ready;
namespace exchange = app::exchange;

const auto unhindered = [](std::uint64_t, std::uint64_t) { return true; };

/// After any fault of sending, one more sending brings everything; no two batches of a number differ, and no number is
/// missing.
void all_arrives(const Deployment& deployment, std::size_t wanted) {
    auto device = deployment.open();
    for (int i = 0; i < 3; ++i) {
        const auto sent = app::kiosk::send(ready(), device, deployment.to_outbox(), unhindered);
        if (!sent && sent.error() == app::session::SendError::Nothing) break;
        REQUIRE(sent);
    }
    REQUIRE(app::kiosk::send(ready(), device, deployment.to_outbox(true), unhindered));
    const auto pinned = crypto::DeploymentPublicKey::parse(device.enrolment.deployment_key);
    const auto identities = deployment.coordinator();
    std::map<std::uint64_t, exchange::Digest> manifests;
    std::set<std::string> records;
    for (const auto& name : deployment.batches()) {
        if (!name.starts_with("b-")) continue;  // an unfinished file: nobody takes it for a batch
        const auto batch =
            exchange::open_batch(ready(), deployment.outbox() / name, identities, *pinned, test::today());
        REQUIRE(batch);
        const auto [known, fresh] = manifests.emplace(batch->header.sequence, batch->manifest_sha256);
        CHECK((fresh || known->second == batch->manifest_sha256));
        for (const auto& record : batch->records)
            CHECK((records.insert(record.name).second || !fresh));  // in one batch, or in the same one again
    }
    CHECK(records.size() == wanted);
    CHECK(manifests.size() == manifests.rbegin()->first);
    CHECK(device.store->records().counts()->waiting == 0);
}

Scenario sending(std::string_view name, std::size_t records, std::function<void(const Deployment&)> prepare) {
    return {name, std::move(prepare),
            [](const Deployment& deployment, const std::function<void()>& begin) {
                auto device = deployment.open();
                const auto order = deployment.to_outbox();
                begin();
                return app::kiosk::send(ready(), device, order, unhindered).has_value();
            },
            [records](const Deployment& deployment, Told) { all_arrives(deployment, records); }};
}

void seal_all(const Deployment& deployment, std::string_view records, std::string_view said) {
    auto device = deployment.open();
    for (const char record : records) REQUIRE(app::kiosk::seal(ready(), device, test::order(record, 1, said)));
}

void set_policy(const Deployment& deployment, const std::function<void(exchange::Policy&)>& change) {
    auto policy = deployment.open().bundle->policy;
    change(policy);
    deployment.install_bundle_with("policy.json", exchange::policy_text(policy));
}

/// Larger than a batch: of 256 KiB each, so that few are enough.
void seal_more_than_fits(const Deployment& deployment) {
    set_policy(deployment, [](exchange::Policy& policy) { policy.batch_mib = 1; });
    seal_all(deployment, "abcd", std::string(200'000, 'x'));
}

void want_empty_ones(const Deployment& deployment) {
    set_policy(deployment, [](exchange::Policy& policy) { policy.empty_batches = true; });
}

}  // namespace

std::vector<Scenario> sending_scenarios() {
    return {sending("sending", 3, [](const Deployment& at) { seal_all(at, "abc", "{}"); }),
            sending("sending more than a batch holds", 4, seal_more_than_fits),
            sending("sending nothing, so that busy days do not show", 0, want_empty_ones)};
}

}  // namespace fault

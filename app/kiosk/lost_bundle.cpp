#include "app/kiosk/lost_bundle.hpp"

#include <algorithm>

#include "app/files/plain_file.hpp"
#include "app/kiosk/audit.hpp"

namespace app::kiosk {
namespace {

namespace fs = std::filesystem;
using session::Trouble;

constexpr std::size_t most_entries = 10'000;  // of a folder on a stick; whoever made it may have made more
constexpr std::size_t most_candidates = 20;

struct Candidate {
    fs::path file;
    std::uint64_t sequence = 0;
};

/// By name alone, the highest first.
std::vector<Candidate> candidates(const std::vector<fs::path>& folders) {
    std::vector<Candidate> found;
    for (const auto& folder : folders) {
        std::error_code failure;
        std::size_t seen = 0;
        for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end && seen < most_entries;
             entry.increment(failure), ++seen)
            if (const auto sequence = exchange::bundle_file_sequence(entry->path().filename().string()))
                found.push_back({entry->path(), *sequence});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.sequence > b.sequence; });
    if (found.size() > most_candidates) found.resize(most_candidates);
    return found;
}

tl::expected<void, Trouble> install(Device& device, std::uint64_t sequence, crypto::ByteView bytes) {
    const auto done = device.store->install_bundle(sequence, bytes);
    if (done) return {};
    return tl::unexpected(done.error() == store::Error::Refused ? Trouble::OldBundle : trouble_of(done.error()));
}

}  // namespace

session::BundleLost without_bundle(Device& device) {
    session::BundleLost lost;
    lost.why = device.no_bundle;
    lost.counts = device.store->counts().value_or(store::Counts{});
    lost.sequence = device.store->bundle_sequence().value_or(0);
    lost.can_send = !device.recipients.empty();
    return lost;
}

tl::expected<void, Trouble> find_bundle(crypto::SodiumReady ready, Device& device,
                                        const std::vector<fs::path>& folders) {
    const auto pinned = crypto::DeploymentPublicKey::parse(device.enrolment.deployment_key);
    const auto least = device.store->bundle_sequence();
    if (!pinned || !least) return tl::unexpected(Trouble::Other);
    Trouble why = Trouble::NoBundle;
    const auto worse = [&why](Trouble trouble) { why = why == Trouble::NoBundle ? trouble : why; };
    for (const auto& candidate : candidates(folders)) {
        const auto bytes = files::read_plain(candidate.file, exchange::bundle_most_bytes, files::Links::Refused);
        if (!bytes) {
            worse(Trouble::BadBundle);
            continue;
        }
        auto bundle = exchange::load_bundle(ready, *bytes, {*pinned, *least});
        if (!bundle) {
            worse(bundle.error().fault == exchange::Fault::Rollback ? Trouble::OldBundle
                                                                    : trouble_of_bundle(bundle.error()));
            continue;
        }
        if (bundle->recipients.empty() || bundle->forms.empty()) {
            worse(bundle->recipients.empty() ? Trouble::NoRecipients : Trouble::UnknownForm);
            continue;
        }
        const auto sequence = bundle->version.sequence;
        if (auto done = install(device, sequence, *bytes); !done) return done;
        keep_excerpt(*device.store, *bytes);
        device.use(ready, std::move(*bundle));
        exchange::AuditDetail which;
        which.number = sequence;
        note(ready, device, exchange::AuditType::BundleReplaced, which);
        return {};
    }
    return tl::unexpected(why);
}

}  // namespace app::kiosk

#include "app/device/bundle_search.hpp"

#include <algorithm>

#include "app/device/noting.hpp"
#include "app/files/plain_file.hpp"

namespace app::device {
namespace {

namespace fs = std::filesystem;
using model::DeviceError;

constexpr std::size_t most_entries = 10'000;   // of a folder on a stick; whoever made it may have made more
constexpr std::uint64_t most_read = 1U << 30;  // bytes of all files together: half a minute of a slow stick

struct Candidate {
    fs::path file;
    std::uint64_t sequence = 0;
};

struct Candidates {
    std::vector<Candidate> all;  ///< by name alone, the highest first
    bool too_many = false;       ///< a folder has more entries than were looked at
};

Candidates candidates(const std::vector<fs::path>& folders) {
    Candidates found;
    for (const auto& folder : folders) {
        std::error_code failure;
        std::size_t seen = 0;
        for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end && seen < most_entries;
             entry.increment(failure), ++seen)
            if (const auto sequence = exchange::bundle_file_sequence(entry->path().filename().string()))
                found.all.push_back({entry->path(), *sequence});
        found.too_many = found.too_many || seen == most_entries;
    }
    std::sort(found.all.begin(), found.all.end(), [](const auto& a, const auto& b) { return a.sequence > b.sequence; });
    return found;
}

/// Whether the file begins as a bundle of this deployment. `read`: bytes read so far.
bool may_be_bundle(crypto::SodiumReady ready, const fs::path& path, const crypto::DeploymentPublicKey& deployment,
                   std::uint64_t& read) {
    const auto file = files::InputFile::open(path, files::Kinds::Plain, files::Links::Refused);
    if (!file || !file->size() || *file->size() > exchange::bundle_most_bytes) return false;
    crypto::Bytes head(static_cast<std::size_t>(std::min<std::uint64_t>(*file->size(), exchange::bundle_head_bytes)));
    const auto got = file->fill(head);
    if (!got) return false;
    read += *got;
    return exchange::begins_as_bundle(ready, crypto::ByteView(head).first(*got), deployment);
}

tl::expected<void, DeviceError> install(Device& device, std::uint64_t sequence, crypto::ByteView bytes) {
    const auto done = device.store->bundle().install(sequence, bytes);
    if (done) return {};
    return tl::unexpected(done.error() == store::Error::Refused ? DeviceError::OldBundle
                                                                : device_error_of(done.error()));
}

}  // namespace

tl::expected<void, DeviceError> find_bundle(crypto::SodiumReady ready, Device& device,
                                            const std::vector<fs::path>& folders) {
    const auto pinned = crypto::DeploymentPublicKey::parse(device.enrolment.deployment_key);
    const auto least = device.store->bundle().sequence();
    if (!pinned || !least) return tl::unexpected(DeviceError::Other);
    DeviceError why = DeviceError::NoBundle;
    const auto worse = [&why](DeviceError error) { why = why == DeviceError::NoBundle ? error : why; };
    const auto found = candidates(folders);
    std::uint64_t read = 0;
    for (const auto& candidate : found.all) {
        if (read > most_read) return tl::unexpected(DeviceError::TooManyBundles);
        if (!may_be_bundle(ready, candidate.file, *pinned, read)) {
            worse(DeviceError::BadBundle);
            continue;
        }
        const auto bytes = files::read_plain(candidate.file, exchange::bundle_most_bytes, files::Links::Refused);
        if (!bytes) {
            worse(DeviceError::BadBundle);
            continue;
        }
        read += bytes->size();
        auto bundle = exchange::load_bundle(ready, *bytes, {*pinned, *least});
        if (!bundle) {
            worse(bundle.error().error == exchange::Error::Rollback ? DeviceError::OldBundle
                                                                    : device_error_of_bundle(bundle.error()));
            continue;
        }
        if (bundle->recipients.empty() || bundle->forms.empty()) {
            worse(bundle->recipients.empty() ? DeviceError::NoRecipients : DeviceError::UnknownForm);
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
    return tl::unexpected(found.too_many ? DeviceError::TooManyBundles : why);
}

}  // namespace app::device

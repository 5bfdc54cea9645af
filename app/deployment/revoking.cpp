#include "app/deployment/revoking.hpp"

#include <algorithm>

#include "app/deployment/bundle_file.hpp"
#include "app/deployment/bundle_sources.hpp"
#include "app/deployment/source_files.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

constexpr const char* revoked_file = "revoked.txt";

}  // namespace

bool has_sources(const fs::path& root) {
    return files::is_there(sources_of(root));
}

Result<std::optional<std::vector<std::string>>> revoked_next(const fs::path& root) {
    using Devices = std::optional<std::vector<std::string>>;
    if (!has_sources(root)) return Devices{};
    const auto file = sources_of(root) / revoked_file;
    AMPARO_TRY(const bytes, read_source(file, exchange::bundle_most_member_bytes));
    if (!bytes || bytes->empty()) return Devices(std::vector<std::string>{});
    AMPARO_TRY(parsed, about(file.string(), exchange::parse_revoked(*bytes)));
    return Devices(std::move(parsed));
}

Result<RevokedEdit> RevokedEdit::begin(crypto::SodiumReady ready, const fs::path& root,
                                       const crypto::DeploymentPublicKey& programme) {
    const auto file = sources_of(root) / revoked_file;
    AMPARO_TRY(held, hold_sources(sources_of(root)));
    AMPARO_TRY(const bytes, read_source(file, exchange::bundle_most_member_bytes));
    std::vector<std::string> devices;
    if (!bytes) {
        if (auto newest = newest_bundle(ready, root, programme)) devices = std::move(newest->bundle.revoked);
    } else if (!bytes->empty()) {
        AMPARO_TRY(parsed, about(file.string(), exchange::parse_revoked(*bytes)));
        devices = std::move(parsed);
    }
    auto written = bytes ? std::string(crypto::as_text(*bytes)) : std::string();
    return RevokedEdit(file, std::move(held), std::move(written), std::move(devices));
}

Result<void> RevokedEdit::write(const std::string& device, bool revoked) {
    auto next = devices_;
    const auto place = std::lower_bound(next.begin(), next.end(), device);
    const bool there = place != next.end() && *place == device;
    if (revoked && !there) next.insert(place, device);
    if (!revoked && there) next.erase(place);
    const auto text = exchange::revoked_text(next);
    // Nothing is written that the next bundle could not hold.
    if (!next.empty()) AMPARO_DO(about(file_.string(), exchange::parse_revoked(crypto::as_bytes(text))));
    if (text != written_ || (next.empty() && !files::is_there(file_) && there)) AMPARO_DO(replace_source(file_, text));
    written_ = text;
    devices_ = std::move(next);
    return {};
}

}  // namespace app::deployment

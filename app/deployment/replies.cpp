#include "app/deployment/replies.hpp"

#include <algorithm>
#include <tuple>

#include "app/deployment/bundle_file.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/enrolling.hpp"
#include "app/deployment/files.hpp"
#include "app/exchange/certificate_file.hpp"
#include "app/exchange/open/asked_under.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "app/files/small_file.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

using exchange::ReplyFile;
using exchange::ReplyKind;

bool is_newer(const exchange::Certificate& one, const exchange::Certificate& other) {
    return std::tie(one.epoch, one.not_after) > std::tie(other.epoch, other.not_after);
}

/// What a reply that is there holds besides these files goes along; of two bundles the newer one.
void take_along(std::vector<ReplyFile>& files, std::vector<ReplyFile> there) {
    for (auto& one : there) {
        const bool named = std::any_of(files.begin(), files.end(), [&](const auto& f) { return f.name == one.name; });
        if (named || files.size() == exchange::reply_most_files) continue;
        const auto bundle = std::find_if(files.begin(), files.end(), [](const auto& f) {
            return exchange::reply_kind_of(f.name) == ReplyKind::Bundle;
        });
        const bool two = bundle != files.end() && exchange::reply_kind_of(one.name) == ReplyKind::Bundle;
        if (!two)
            files.push_back(std::move(one));
        else if (exchange::bundle_file_sequence(one.name) > exchange::bundle_file_sequence(bundle->name))
            *bundle = std::move(one);
    }
    exchange::sort_reply(files);
}

}  // namespace

KioskNews news_beside(crypto::SodiumReady ready, const fs::path& casebook,
                      const crypto::DeploymentPublicKey& programme) {
    const auto root = folder_beside(casebook);
    KioskNews news;
    for (auto& certificate : issued_certificates(ready, root, programme)) {
        const auto name = exchange::certificate_file_name(certificate);
        auto file = files::read_plain(certificates_in(root) / name, exchange::certificate_file_most_bytes,
                                      files::Links::Refused);
        if (file) news.certificates.push_back({std::move(certificate), {name, std::move(*file)}});
    }
    const auto bundle = newest_bundle(ready, root, programme);
    if (!bundle) return news;
    const auto name = exchange::bundle_file_name(bundle->bundle.version.sequence);
    auto file = files::read_plain(root / name, exchange::bundle_most_bytes);
    if (!file) return news;
    news.bundle = ReplyFile{name, std::move(*file)};
    news.sequence = bundle->bundle.version.sequence;
    return news;
}

std::vector<ReplyFile> answer_to(crypto::SodiumReady ready, const exchange::VerifiedBatch& batch,
                                 std::span<const crypto::open::Identity> identities, IssuedReceipt receipt,
                                 const KioskNews& news) {
    std::vector<ReplyFile> files{{std::move(receipt.name), std::move(receipt.file)}};
    const KioskNews::Issued* newest = nullptr;
    for (const auto& one : news.certificates) {
        if (one.certificate.device != batch.header.device) continue;
        if (is_newer(one.certificate, newest != nullptr ? newest->certificate : batch.certificate)) newest = &one;
    }
    if (newest != nullptr) files.push_back(newest->file);
    if (news.bundle && !exchange::asked_under(ready, batch, identities, news.sequence)) files.push_back(*news.bundle);
    exchange::sort_reply(files);
    return files;
}

Result<std::string> put_reply(crypto::SodiumReady ready, const fs::path& folder, crypto::ByteView secret,
                              std::vector<ReplyFile> files) {
    AMPARO_TRY(const name, about(folder.string(), exchange::reply_file_name(ready, secret)));
    const auto file = folder / name;
    const auto there = files::read_plain(file, exchange::reply_most_bytes, files::Links::Refused);
    auto held = there ? exchange::load_reply(ready, secret, *there)
                      : exchange::failed(exchange::Error::Io, exchange::Reason::FileMissing);
    const bool replaces = held.has_value();
    if (replaces) take_along(files, *std::move(held));
    AMPARO_TRY(const reply, about(file.string(), exchange::make_reply(ready, secret, std::move(files))));
    if (!replaces) {
        AMPARO_DO(write_new(file, reply));
    } else if (reply != *there) {
        if (const auto done = files::replace_small(file, reply); !done)
            return failed(exchange::failure_of({done.error(), "rename"}), file.string());
    }
    return name;
}

}  // namespace app::deployment

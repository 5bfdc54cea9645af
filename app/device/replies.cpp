#include "app/device/replies.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "app/device/device_error.hpp"
#include "crypto/try.hpp"

namespace app::device {
namespace {

namespace fs = std::filesystem;
using model::DeviceError;
using model::NotTaken;

using Answerable = std::map<std::string, store::BatchKey, std::less<>>;

/// By the name that the reply to it has.
tl::expected<Answerable, DeviceError> answerable_batches(crypto::SodiumReady ready, store::Store& store) {
    const auto batches = store.outbox().answerable();
    if (!batches) return tl::unexpected(device_error_of(batches.error()));
    Answerable named;
    for (const auto& batch : *batches) {
        const auto secret = store.outbox().way_back(batch);
        if (!secret) return tl::unexpected(device_error_of(secret.error()));
        if (!*secret) continue;
        auto name = exchange::reply_file_name(ready, (*secret)->view());
        if (name) named.emplace(std::move(*name), batch);
    }
    store.release_memory();
    return named;
}

tl::expected<std::vector<exchange::ReplyFile>, NotTaken> open_reply_file(crypto::SodiumReady ready,
                                                                         const fs::path& file, crypto::ByteView secret,
                                                                         StickReader& reader) {
    AMPARO_TRY(const bytes, reader.whole(file, exchange::reply_most_bytes));
    auto files = exchange::load_reply(ready, secret, bytes);
    if (!files) return tl::unexpected(NotTaken::Damaged);
    return std::move(*files);
}

}  // namespace

tl::expected<void, DeviceError> each_reply(crypto::SodiumReady ready, store::Store& store,
                                           const std::vector<fs::path>& folders, StickReader& reader,
                                           const UseReply& use, const RefuseReply& refuse) {
    const auto found = files_on_sticks(folders, exchange::is_reply_file_name);
    if (found.too_many) refuse(NotTaken::TooMany);
    if (found.unreadable) refuse(NotTaken::Unreadable);
    if (found.files.empty()) return {};
    AMPARO_TRY(const ours, answerable_batches(ready, store));
    for (const auto& file : found.files) {
        const auto batch = ours.find(file.filename().string());
        if (batch == ours.end()) continue;
        const auto secret = store.outbox().way_back(batch->second);
        if (!secret) return tl::unexpected(device_error_of(secret.error()));
        if (!*secret) continue;
        auto files = open_reply_file(ready, file, (*secret)->view(), reader);
        if (!files) {
            refuse(files.error());
            continue;
        }
        AMPARO_DO(use(std::move(*files)));
    }
    return {};
}

tl::expected<InReplies, DeviceError> look_into_replies(crypto::SodiumReady ready, store::Store& store,
                                                       const std::vector<fs::path>& folders,
                                                       const crypto::DeploymentPublicKey& programme,
                                                       StickReader& reader) {
    InReplies inside;
    const auto bundle = [&](crypto::Bytes bytes) {
        const auto head = crypto::ByteView(bytes).first(std::min(bytes.size(), exchange::bundle_head_bytes));
        const auto sequence = exchange::signed_sequence(ready, head, programme);
        if (!sequence) {
            inside.bad_bundle = sequence.error();
        } else if (*sequence > inside.sequence) {
            inside.sequence = *sequence;
            inside.bundle = std::move(bytes);
        }
    };
    const auto use = [&](std::vector<exchange::ReplyFile> files) -> tl::expected<void, DeviceError> {
        for (auto& one : files) {
            const auto kind = exchange::reply_kind_of(one.name);
            if (kind == exchange::ReplyKind::Certificate) inside.certificates.push_back(std::move(one.file));
            if (kind == exchange::ReplyKind::Bundle) bundle(std::move(one.file));
        }
        return {};
    };
    AMPARO_DO(each_reply(ready, store, folders, reader, use, [](NotTaken) {}));
    return inside;
}

}  // namespace app::device

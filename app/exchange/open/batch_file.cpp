#include "app/exchange/open/batch_file.hpp"

#include <utility>

#include "crypto/hash.hpp"

namespace app::exchange {
namespace {

constexpr std::size_t piece_bytes = 1U << 18U;

BatchRefusal outer_refusal(crypto::Error error) {
    switch (error) {
        case crypto::Error::NoMatch:
            return {BatchReason::NoIdentity, {reason_of(error)}};
        case crypto::Error::Header:
        case crypto::Error::Mac:
        case crypto::Error::Payload:
        case crypto::Error::Malformed:
        case crypto::Error::Mixed:
        case crypto::Error::Kind:
        case crypto::Error::TooMany:
        case crypto::Error::WorkFactor:
            return {BatchReason::OuterDamaged, {reason_of(error)}};
        case crypto::Error::SelfTest:
        case crypto::Error::LockedMemory:
        case crypto::Error::Memory:
        case crypto::Error::Input:
        case crypto::Error::Signature:
        case crypto::Error::OtherKey:
        case crypto::Error::WrongSecret:
        case crypto::Error::Protected:
            return {BatchReason::Unreadable, {reason_of(error)}};
    }
    return {BatchReason::Unreadable, {reason_of(error)}};
}

}  // namespace

tl::unexpected<BatchRefusal> refused(BatchReason reason, Reason why, std::vector<std::string> of) {
    return tl::make_unexpected(BatchRefusal{reason, {why, std::move(of)}});
}

Checked<BatchFile> BatchFile::open(const std::filesystem::path& path) {
    auto file = files::InputFile::open(path);
    if (!file) return tl::make_unexpected(BatchRefusal{BatchReason::Unreadable, failure_of({file.error(), {}}).why});
    if (file->size().value_or(0) > batch_most_file_bytes) return refused(BatchReason::TooLarge, Reason::ArchiveLarge);
    return BatchFile(std::move(*file));
}

Checked<void> BatchFile::stream(crypto::open::OpenStream& opening, crypto::Sha256* digest, const Take& take,
                                const Progress& progress) const {
    crypto::Bytes room(piece_bytes);
    crypto::Bytes plain;
    const auto total = file_.size().value_or(0);
    for (std::uint64_t at = 0;;) {
        if (progress && !progress(at, total)) return refused(BatchReason::Stopped, Reason::Stopped);
        const auto length = file_.read_at(at, room);
        if (!length && length.error() == files::Error::Interrupted) continue;
        if (!length) return refused(BatchReason::Unreadable, Reason::FileIo);
        at += *length;
        if (at > batch_most_file_bytes) return refused(BatchReason::TooLarge, Reason::ArchiveLarge);
        const auto piece = crypto::ByteView(room).first(*length);
        if (digest != nullptr) digest->update(piece);
        plain.clear();
        const auto done = piece.empty() ? opening.finish(plain) : opening.update(piece, plain);
        if (!done) return tl::make_unexpected(outer_refusal(done.error()));
        if (!take(plain)) return refused(BatchReason::Stopped, Reason::Stopped);
        if (piece.empty()) return {};
    }
}

Checked<Digest> BatchFile::read(crypto::SodiumReady ready, std::span<const crypto::open::Identity> identities,
                                const Take& take, const Progress& progress) {
    crypto::open::OpenStream opening(ready, {identities, {}});
    crypto::Sha256 digest(ready);
    auto read = stream(opening, &digest, take, progress);
    if (!read) return tl::make_unexpected(read.error());
    opened_.emplace(std::move(opening));
    return digest.finish();
}

Checked<void> BatchFile::read_again(const Take& take, const Progress& progress) const {
    if (!opened_) return refused(BatchReason::Unreadable, Reason::FileChanged);
    auto opening = opened_->again();
    if (!opening) return refused(BatchReason::Unreadable, reason_of(opening.error()));
    const auto read = stream(*opening, nullptr, take, progress);
    if (read) return {};
    // It was whole a moment ago: whatever does not fit any more is no error of the batch's.
    if (read.error().reason == BatchReason::Stopped) return tl::make_unexpected(read.error());
    return refused(BatchReason::Unreadable, Reason::FileChanged);
}

}  // namespace app::exchange

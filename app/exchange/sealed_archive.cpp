#include "app/exchange/sealed_archive.hpp"

#include <sys/statvfs.h>

#include <algorithm>

#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::size_t sealed_piece = 1U << 16U;
constexpr std::uint64_t spare_room = 1U << 16U;  // header of the sealed file and the folder's own growth

Failure crypto_failure(crypto::Error error) {
    const bool recipients = error == crypto::Error::Input || error == crypto::Error::TooMany ||
                            error == crypto::Error::Mixed || error == crypto::Error::Kind;
    return {recipients ? Error::Recipients : Error::Crypto, {reason_of(error)}};
}

Result<void> check_room(const std::filesystem::path& folder, std::uint64_t inner) {
    struct statvfs room {};
    if (::statvfs(folder.c_str(), &room) != 0) return failed(Error::Io, Reason::FolderUnreadable);
    const auto sealed = inner + (inner / crypto::age_chunk + 1) * 16 + spare_room;
    if (static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize < sealed)
        return failed(Error::NoSpace, Reason::NoRoom);
    return {};
}

}  // namespace

Result<SealedArchive> SealedArchive::start(crypto::SodiumReady ready, const std::filesystem::path& destination,
                                           std::span<const crypto::Recipient> recipients, std::uint64_t inner,
                                           ArchiveProgress progress) {
    AMPARO_DO(check_room(files::folder_of(destination), inner));
    auto seal = crypto::SealStream::start(ready, recipients, crypto::Stanzas::Filled);
    if (!seal) return tl::make_unexpected(crypto_failure(seal.error()));
    auto file = files::DurableFile::create(destination);
    if (!file) return tl::make_unexpected(failure_of(file.error()));
    SealedArchive archive(ready, std::move(*file), std::move(*seal), inner, std::move(progress));
    AMPARO_DO(archive.put(archive.seal_.header()));
    return archive;
}

Result<void> SealedArchive::write(crypto::ByteView plain) {
    for (; !plain.empty(); plain = plain.subspan(std::min(plain.size(), sealed_piece))) {
        const auto piece = plain.first(std::min(plain.size(), sealed_piece));
        sealed_.clear();
        if (auto done = seal_.update(piece, sealed_); !done) return tl::make_unexpected(crypto_failure(done.error()));
        AMPARO_DO(put(sealed_));
        AMPARO_DO(advance(piece.size()));
    }
    return {};
}

Result<void> SealedArchive::add(std::string_view name, crypto::ByteView content) {
    AMPARO_TRY(const header, ustar_header(name, content.size()));
    AMPARO_DO(write(header));
    AMPARO_DO(write(content));
    const crypto::Bytes padding(static_cast<std::size_t>(ustar_member_bytes(content.size())) - ustar_block -
                                content.size());
    return write(padding);
}

Result<void> SealedArchive::publish() {
    sealed_.clear();
    if (auto done = seal_.finish(sealed_); !done) return tl::make_unexpected(crypto_failure(done.error()));
    AMPARO_DO(put(sealed_));
    AMPARO_DO(verify());
    if (auto done = file_.publish(); !done) return tl::make_unexpected(failure_of(done.error()));
    return {};
}

/// Reads the file back from the medium and checks both its digest and every chunk of it.
Result<void> SealedArchive::verify() {
    if (auto done = file_.sync(); !done) return tl::make_unexpected(failure_of(done.error()));
    digest_ = hash_.finish();
    crypto::Sha256 again(ready_);
    crypto::VerifyStream chunks(ready_, seal_.file_key(), seal_.stanzas());
    Result<void> compared;
    const auto read = file_.read_back([&](crypto::ByteView piece) {
        again.update(piece);
        compared = chunks.update(piece) ? advance(piece.size()) : failed(Error::Io, Reason::WrittenDiffers);
        return compared.has_value();
    });
    if (!read) return tl::make_unexpected(failure_of(read.error()));
    if (!compared) return compared;
    if (again.finish() != digest_ || !chunks.finish()) return failed(Error::Io, Reason::WrittenDiffers);
    if (progress_ && !progress_(total_, total_)) return failed(Error::Cancelled, Reason::Stopped);
    return {};
}

Result<void> SealedArchive::put(crypto::ByteView sealed) {
    hash_.update(sealed);
    bytes_ += sealed.size();
    if (auto done = file_.write(sealed); !done) return tl::make_unexpected(failure_of(done.error()));
    return {};
}

Result<void> SealedArchive::advance(std::uint64_t more) {
    done_ = std::min(done_ + more, total_);
    if (progress_ && !progress_(done_, total_)) return failed(Error::Cancelled, Reason::Stopped);
    return {};
}

}  // namespace app::exchange

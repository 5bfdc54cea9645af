#include "app/deployment/casebook_backup.hpp"

#include <algorithm>

#include "app/backup/form.hpp"
#include "app/casebook/sqlcipher/key_file.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/files.hpp"
#include "app/exchange/manifest.hpp"
#include "app/exchange/sealed_archive.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_piece = 1U << 16U;
constexpr std::size_t signature_room = 1024;
constexpr std::size_t line_room = 192;  // of MANIFEST
static_assert(backup::most_refused_files == casebook::quarantine_most_files);

/// A file that goes into the archive as it lies.
struct LyingFile {
    std::string name;
    files::InputFile file;
    std::uint64_t size;
};

Result<LyingFile> lying_file(std::string name, const fs::path& path) {
    AMPARO_TRY(file, about(path.string(), files::InputFile::open(path, files::Kinds::Plain, files::Links::Refused)));
    const auto size = file.size().value_or(0);
    return LyingFile{std::move(name), std::move(file), size};
}

/// Those whose copies are kept, by name.
Result<std::vector<std::pair<std::string, fs::path>>> refused_files(const fs::path& casebook, OpenCasebook& open) {
    AMPARO_TRY(const all, about(casebook.string(), open.book.quarantined()));
    std::vector<std::pair<std::string, fs::path>> kept;
    for (const auto& one : all) {
        const auto name = one.file_sha256 + ".age";
        const auto path = casebook::quarantine_of(casebook) / name;
        if (one.kept && files::is_there(path))
            kept.emplace_back(std::string(backup::refused_folder) + "/" + name, path);
    }
    std::sort(kept.begin(), kept.end());
    return kept;
}

Result<crypto::Bytes> key_for(crypto::SodiumReady ready, const fs::path& casebook, const OpenCasebook& open,
                              std::span<const crypto::Recipient> recipients) {
    namespace sqlcipher = casebook::sqlcipher;
    const auto file = sqlcipher::key_file_of(casebook);
    AMPARO_TRY(const key, about(file.string(), sqlcipher::read_key_file(ready, file, open.identities)));
    return about(file.string(), sqlcipher::seal_key(ready, key, recipients));
}

/// Members one after the other, with their digests, and the signature over these at the end.
class BackupWriting {
  public:
    BackupWriting(crypto::SodiumReady ready, exchange::SealedArchive& archive) : ready_(ready), archive_(archive) {}

    Result<void> add(std::string_view name, crypto::ByteView content) {
        lines_.push_back({crypto::sha256(ready_, content), std::string(name)});
        return told(archive_.add(name, content));
    }
    Result<void> add(const LyingFile& from) {
        AMPARO_TRY(const header, told(exchange::ustar_header(from.name, from.size)));
        AMPARO_DO(told(archive_.write(header)));
        crypto::Sha256 digest(ready_);
        crypto::Bytes piece(file_piece);
        for (auto left = from.size; left > 0;) {
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size()));
            const auto length = from.file.fill(std::span(piece).first(wanted));
            if (!length || *length != wanted) return failed(casebook::Error::Io, from.name);
            digest.update(std::span(piece).first(wanted));
            AMPARO_DO(told(archive_.write(crypto::ByteView(piece).first(wanted))));
            left -= wanted;
        }
        lines_.push_back({digest.finish(), from.name});
        const auto taken = exchange::ustar_member_bytes(from.size) - exchange::ustar_block - from.size;
        return told(archive_.write(crypto::Bytes(static_cast<std::size_t>(taken))));
    }
    Result<void> finish(const backup::Head& head, const crypto::ReceiptSecretKey& key) {
        const auto manifest = exchange::manifest_text(backup::title, lines_);
        const auto text = crypto::as_bytes(manifest);
        AMPARO_TRY(const signature, told(crypto::sign(ready_, text, key, backup::signed_comment(head))));
        AMPARO_DO(told(archive_.add(backup::manifest_name, text)));
        AMPARO_DO(told(archive_.add(backup::signature_name, crypto::as_bytes(signature))));
        AMPARO_DO(told(archive_.write(crypto::Bytes(exchange::ustar_end_bytes))));
        return told(archive_.publish());
    }

  private:
    template <class T, class E>
    Result<T> told(tl::expected<T, E> result) const {
        return about(archive_.destination().string(), std::move(result));
    }

    crypto::SodiumReady ready_;
    exchange::SealedArchive& archive_;
    std::vector<exchange::ManifestLine> lines_;
};

}  // namespace

const exchange::BundleSigner* signer_in(const exchange::Bundle& bundle, const crypto::ReceiptPublicKey& key) {
    const auto found = std::find_if(bundle.signers.begin(), bundle.signers.end(),
                                    [&](const exchange::BundleSigner& one) { return one.key == key; });
    return found == bundle.signers.end() ? nullptr : &*found;
}

Result<BackedUp> back_up(crypto::SodiumReady ready, const BackupOrder& order, OpenCasebook& open,
                         const backup::Progress& progress) {
    if (signer_in(order.bundle, order.key.public_key()) == nullptr)
        return failed(backup::Refusal::NotASigner, order.out.string());
    const auto recipients = order.bundle.recipient_keys();
    AMPARO_TRY(const key, key_for(ready, order.casebook, open, recipients));
    const auto bundle_name = exchange::bundle_file_name(order.bundle.version.sequence);
    AMPARO_TRY(const bundle, read_plain(folder_beside(order.casebook) / bundle_name, exchange::bundle_most_bytes));
    // Held first: the length of the database and the list of refused files are those of this moment. The file stays
    // open to the end, because to close it would give up the lock (fcntl(2)).
    AMPARO_TRY(const held, about(order.casebook.string(), open.book.hold()));
    AMPARO_TRY(const book, lying_file(std::string(backup::book_name), order.casebook));
    AMPARO_TRY(const refused, refused_files(order.casebook, open));
    const backup::Head says{exchange::deployment_id(ready, open.book.deployment()), order.today};
    const auto head = backup::head_text(says);
    std::uint64_t inner = exchange::ustar_end_bytes;
    for (const std::uint64_t size : {std::uint64_t{head.size()}, std::uint64_t{bundle.size()},
                                     std::uint64_t{key.size()}, book.size, std::uint64_t{signature_room}})
        inner += exchange::ustar_member_bytes(size);
    for (const auto& [name, path] : refused) {
        AMPARO_TRY(const one, lying_file(name, path));
        inner += exchange::ustar_member_bytes(one.size);
    }
    inner += exchange::ustar_member_bytes((refused.size() + 4) * line_room);

    AMPARO_TRY(archive, about(order.out.string(),
                              exchange::SealedArchive::start(ready, order.out, recipients, inner, progress)));
    BackupWriting writing(ready, archive);
    AMPARO_DO(writing.add(backup::head_name, crypto::as_bytes(head)));
    AMPARO_DO(writing.add(bundle_name, bundle));
    AMPARO_DO(writing.add(backup::key_name, key));
    AMPARO_DO(writing.add(book));
    for (const auto& [name, path] : refused) {
        AMPARO_TRY(const one, lying_file(name, path));
        AMPARO_DO(writing.add(one));
    }
    AMPARO_DO(writing.finish(says, order.key));
    // Not before there is one: receipts may depend on it.
    AMPARO_DO(about(order.casebook.string(), open.book.note_backup(order.today)));
    AMPARO_DO(about(order.casebook.string(), held->commit()));
    return BackedUp{archive.bytes(), refused.size()};
}

}  // namespace app::deployment

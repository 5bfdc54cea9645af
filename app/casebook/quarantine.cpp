// Files that were refused: kept unopened as far as there is a measure to it, and remembered in any case.

#include "app/casebook/parts.hpp"
#include "app/files/durable_file.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using detail::passed_on;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view unfinished = ".copying";

/// Reads once, at most `most` bytes, and gives every piece to `take`. The number of bytes read.
template <class Take>
Result<std::uint64_t> read_once(const files::InputFile& file, std::uint64_t most, const Take& take) {
    crypto::Bytes piece(1U << 16U);
    std::uint64_t done = 0;
    while (done < most) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), most - done));
        const auto length = file.fill(std::span(piece).first(wanted));
        if (!length) return passed_on(length.error());
        if (*length == 0) break;
        AMPARO_DO(take(crypto::ByteView(piece).first(*length)));
        done += *length;
    }
    return done;
}

struct Digested {
    std::string sha256;
    std::uint64_t bytes = 0;
    bool kept = false;
};

/// Whether a file of this size still fits. Copies that an interruption left unfinished go.
bool fits(const fs::path& folder, std::uint64_t size) {
    if (size > quarantine_most_hashed) return false;
    std::uint64_t bytes = size;
    std::size_t files = 1;
    std::error_code failure;
    for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
        std::error_code unknown;
        if (at->path().extension() == unfinished) {
            fs::remove(at->path(), unknown);
            continue;
        }
        const auto one = at->file_size(unknown);
        if (!unknown) bytes += one;
        ++files;
    }
    return !failure && bytes <= quarantine_most_bytes && files <= quarantine_most_files;
}

/// The digest of what can be read of a file that is not kept.
Result<Digested> only_noted(crypto::SodiumReady ready, const files::InputFile& file) {
    crypto::Sha256 hash(ready);
    const auto done = read_once(file, quarantine_most_hashed, [&](crypto::ByteView piece) -> Result<void> {
        hash.update(piece);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return Digested{crypto::to_hex(hash.finish()), *file.size(), false};
}

/// Gives the finished copy the name that its content has.
Result<void> name_copy(const fs::path& copy, const fs::path& name) {
    std::error_code failure;
    if (fs::exists(name, failure)) {
        fs::remove(copy, failure);
        return {};
    }
    if (!files::rename_over(copy, name)) return tl::unexpected(Error::Io);
    if (!files::sync_name(name)) return tl::unexpected(Error::Io);
    return {};
}

/// Copies and digests in one reading. A file that grows meanwhile is kept up to the size it had.
Result<Digested> keep_copy(crypto::SodiumReady ready, const files::InputFile& file, const fs::path& folder) {
    const auto copy = folder / (crypto::random_hex(ready, 16) + std::string(unfinished));
    auto out = files::DurableFile::create(copy);
    if (!out) return passed_on(out.error().error);
    crypto::Sha256 hash(ready);
    const auto done = read_once(file, *file.size(), [&](crypto::ByteView piece) -> Result<void> {
        hash.update(piece);
        if (auto written = out->write(piece); !written) return passed_on(written.error().error);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    if (auto published = out->publish(); !published) return passed_on(published.error().error);
    Digested digested{crypto::to_hex(hash.finish()), *done, true};
    if (auto named = name_copy(copy, folder / (digested.sha256 + ".age")); !named) return tl::unexpected(named.error());
    return digested;
}

}  // namespace

Result<bool> Casebook::quarantine(const fs::path& batch_file, std::string_view reason, std::string_view detail) {
    const auto file = files::InputFile::open(batch_file);
    if (!file) return tl::unexpected(Error::Missing);
    const fs::path folder = quarantine_of(parts_->file);
    if (const auto made = files::make_folder(folder); !made)
        return tl::unexpected(made.error() == files::Error::NoSpace ? Error::NoSpace : Error::ReadOnly);
    const auto digested =
        fits(folder, *file->size()) ? keep_copy(parts_->ready, *file, folder) : only_noted(parts_->ready, *file);
    if (!digested) return tl::unexpected(digested.error());
    AMPARO_TRY(const change, parts_->custody->begin());
    const std::string name = batch_file.filename().string().substr(0, 255);
    AMPARO_DO(parts_->refusals.note(
        {digested->sha256, digested->bytes, digested->kept, name, std::string(reason), std::string(detail)}));
    AMPARO_DO(change->commit());
    return digested->kept;
}

/// After the commit: the records are in the casebook now, and nothing names the copy any more. One that stays for want
/// of permission only takes up room.
void Casebook::Parts::remove_copy(const exchange::Digest& file_sha256) const {
    std::error_code failure;
    fs::remove(quarantine_of(file) / (crypto::to_hex(file_sha256) + ".age"), failure);
}

Result<std::vector<Quarantined>> Casebook::quarantined() {
    return parts_->refusals.all();
}

}  // namespace app::casebook

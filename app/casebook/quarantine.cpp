// Files that were refused: kept unopened as far as there is a measure to it, and remembered in any case.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "app/casebook/parts.hpp"
#include "app/exchange/durable_file.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"

namespace app::casebook {

using detail::as_column;
using detail::next_row;
using detail::passed_on;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view unfinished = ".copying";

/// A regular file, whatever the path leads to; opening never waits.
class Refused {
  public:
    explicit Refused(const fs::path& file)
        : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {
        struct stat status {};
        regular_ = descriptor_ >= 0 && ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
        if (regular_) size_ = static_cast<std::uint64_t>(status.st_size);
    }
    Refused(const Refused&) = delete;
    Refused& operator=(const Refused&) = delete;
    ~Refused() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] bool regular() const { return regular_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Reads once, at most `most` bytes, and gives every piece to `take`. The number of bytes read.
    template <class Take>
    Result<std::uint64_t> read(std::uint64_t most, const Take& take) const {
        crypto::Bytes piece(1U << 16);
        std::uint64_t done = 0;
        while (done < most) {
            const auto wanted = std::min<std::uint64_t>(piece.size(), most - done);
            const auto length = ::read(descriptor_, piece.data(), static_cast<std::size_t>(wanted));
            if (length < 0 && errno == EINTR) continue;
            if (length < 0) return tl::unexpected(Error::Io);
            if (length == 0) break;
            const auto got = crypto::ByteView(piece).first(static_cast<std::size_t>(length));
            if (auto taken = take(got); !taken) return tl::unexpected(taken.error());
            done += got.size();
        }
        return done;
    }

  private:
    int descriptor_;
    bool regular_ = false;
    std::uint64_t size_ = 0;
};

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
Result<Digested> only_noted(crypto::SodiumReady ready, const Refused& file) {
    crypto::Sha256 hash(ready);
    const auto done = file.read(quarantine_most_hashed, [&](crypto::ByteView piece) -> Result<void> {
        hash.update(piece);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return Digested{crypto::to_hex(hash.finish()), file.size(), false};
}

/// Gives the finished copy the name that its content has.
Result<void> name_copy(const fs::path& copy, const fs::path& name) {
    std::error_code failure;
    if (fs::exists(name, failure)) {
        fs::remove(copy, failure);
        return {};
    }
    fs::rename(copy, name, failure);
    if (failure) return tl::unexpected(Error::Io);
    const int folder = ::open(name.parent_path().c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    const bool synced = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0) ::close(folder);
    if (!synced) return tl::unexpected(Error::Io);
    return {};
}

/// Copies and digests in one reading. A file that grows meanwhile is kept up to the size it had.
Result<Digested> keep_copy(crypto::SodiumReady ready, const Refused& file, const fs::path& folder) {
    const auto copy = folder / (crypto::random_hex(ready, 16) + std::string(unfinished));
    auto out = exchange::DurableFile::create(ready, copy);
    if (!out) return passed_on(out.error().fault);
    crypto::Sha256 hash(ready);
    const auto done = file.read(file.size(), [&](crypto::ByteView piece) -> Result<void> {
        hash.update(piece);
        if (auto written = out->write(piece); !written) return passed_on(written.error().fault);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    if (auto published = out->publish(); !published) return passed_on(published.error().fault);
    Digested digested{crypto::to_hex(hash.finish()), *done, true};
    if (auto named = name_copy(copy, folder / (digested.sha256 + ".age")); !named) return tl::unexpected(named.error());
    return digested;
}

}  // namespace

Result<bool> Casebook::quarantine(const fs::path& batch_file, std::string_view reason, std::string_view detail) {
    const Refused file(batch_file);
    if (!file.regular()) return tl::unexpected(Error::Missing);
    const fs::path folder = quarantine_of(parts_->file);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return tl::unexpected(errno == ENOSPC ? Error::NoSpace : Error::ReadOnly);
    const auto digested =
        fits(folder, file.size()) ? keep_copy(parts_->ready, file, folder) : only_noted(parts_->ready, file);
    if (!digested) return tl::unexpected(digested.error());
    auto transaction = store::Transaction::begin(parts_->database);
    if (!transaction) return passed_on(transaction.error());
    auto row = parts_->database.prepare(
        "INSERT INTO quarantine(file_sha256, bytes, kept, file, reason, detail) VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
        "ON CONFLICT(file_sha256, bytes) DO UPDATE SET kept = max(kept, excluded.kept)");
    if (!row) return passed_on(row.error());
    const std::string name = batch_file.filename().string().substr(0, 255);
    row->bind(1, digested->sha256).bind(2, as_column(digested->bytes)).bind(3, std::int64_t{digested->kept ? 1 : 0});
    row->bind(4, name).bind(5, reason).bind(6, detail);
    if (auto done = row->finish(); !done) return passed_on(done.error());
    if (auto done = transaction->commit(); !done) return passed_on(done.error());
    return digested->kept;
}

/// Inside the transaction that takes the file in after all. Whether it had been refused.
Result<bool> Casebook::Parts::forget_refusal(const exchange::Digest& file_sha256) {
    auto row = database.prepare("DELETE FROM quarantine WHERE file_sha256 = ?1");
    if (!row) return passed_on(row.error());
    const auto name = crypto::to_hex(file_sha256);
    if (auto done = row->bind(1, name).finish(); !done) return passed_on(done.error());
    return database.changes() > 0;
}

/// After the commit: the records are in the casebook now, and nothing names the copy any more. One that stays for want
/// of permission only takes up room.
void Casebook::Parts::remove_copy(const exchange::Digest& file_sha256) const {
    std::error_code failure;
    fs::remove(quarantine_of(file) / (crypto::to_hex(file_sha256) + ".age"), failure);
}

Result<std::vector<Quarantined>> Casebook::quarantined() {
    auto row =
        parts_->database.prepare("SELECT file_sha256, bytes, kept, file, reason, detail FROM quarantine ORDER BY id");
    if (!row) return passed_on(row.error());
    std::vector<Quarantined> all;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return all;
        all.push_back({std::string(row->text(0)), static_cast<std::uint64_t>(row->integer(1)), row->integer(2) == 1,
                       std::string(row->text(3)), std::string(row->text(4)), std::string(row->text(5))});
    }
}

}  // namespace app::casebook

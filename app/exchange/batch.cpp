// Writes a batch: the strict archive, sealed while it is written, made durable and read back.
#include "app/exchange/batch.hpp"

#include <sys/statvfs.h>

#include <algorithm>
#include <map>

#include "app/exchange/ustar.hpp"
#include "app/files/durable_file.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::size_t fill_piece = 1U << 16U;
constexpr std::uint64_t spare_room = 1U << 16U;  // header of the sealed file and the folder's own growth

Failure crypto_failure(crypto::Error error) {
    const bool recipients = error == crypto::Error::Input || error == crypto::Error::TooMany ||
                            error == crypto::Error::Mixed || error == crypto::Error::Kind;
    return {recipients ? Error::Recipients : Error::Crypto, {reason_of(error)}};
}

/// A member of the archive, in its place. Records are fetched when their turn comes.
struct Planned {
    std::string name;
    std::uint64_t size;
    crypto::ByteView content;  // of the small members
    const BatchRecord* record = nullptr;
};

struct Plan {
    std::vector<Planned> members;
    std::uint64_t fill;
    std::uint64_t total;
};

Result<Plan> plan_of(const BatchOrder& order) {
    AMPARO_TRY(const lines, parse_manifest(order.manifest.text, batch_title, batch_most_records));
    std::map<std::string, const BatchRecord*, std::less<>> by_name;
    for (const auto& record : order.records) by_name.emplace(batch_member_name(record.name), &record);
    if (by_name.size() != lines.size() || order.records.size() != lines.size())
        return failed(Error::Manifest, Reason::RecordsOther);

    Plan plan{};
    const auto add = [&plan](std::string name, crypto::ByteView content) {
        plan.members.push_back({std::move(name), content.size(), content, nullptr});
    };
    add("MANIFEST", order.manifest.text);
    add("MANIFEST.minisig", order.manifest.signature);
    add("CERT", order.certificate.text);
    add("CERT.minisig", order.certificate.signature);
    for (const auto& line : lines) {
        const auto found = by_name.find(line.name);
        if (found == by_name.end() || found->second->sha256 != line.sha256)
            return failed(Error::Manifest, Reason::RecordsOther);
        plan.members.push_back({line.name, found->second->size, {}, found->second});
    }
    std::uint64_t used = ustar_block + ustar_end_bytes;
    for (const auto& member : plan.members) used += ustar_member_bytes(member.size);
    const auto* const size = std::find_if(batch_sizes.begin(), batch_sizes.end(), [used](auto s) { return s >= used; });
    if (size == batch_sizes.end()) return failed(Error::TooLarge, Reason::BatchLarge);
    plan.fill = *size - used;
    plan.total = *size;
    return plan;
}

Result<void> check_room(const std::filesystem::path& folder, std::uint64_t inner) {
    struct statvfs room {};
    if (::statvfs(folder.c_str(), &room) != 0) return failed(Error::Io, Reason::FolderUnreadable);
    const auto sealed = inner + (inner / crypto::age_chunk + 1) * 16 + spare_room;
    if (static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize < sealed)
        return failed(Error::NoSpace, Reason::NoRoom);
    return {};
}

/// Seals what it is given and appends it to the file, keeping the file's digest and the progress.
class Output {
  public:
    Output(crypto::SodiumReady ready, files::DurableFile& file, crypto::SealStream& seal, std::uint64_t total,
           const Progress& progress)
        : file_(file), seal_(seal), digest_(ready), progress_(progress), total_(2 * total) {}

    Result<void> begin() { return put(seal_.header()); }

    Result<void> write(crypto::ByteView plain) {
        for (; !plain.empty(); plain = plain.subspan(std::min(plain.size(), fill_piece))) {
            const auto piece = plain.first(std::min(plain.size(), fill_piece));
            sealed_.clear();
            if (auto done = seal_.update(piece, sealed_); !done)
                return tl::make_unexpected(crypto_failure(done.error()));
            AMPARO_DO(put(sealed_));
            AMPARO_DO(advance(piece.size()));
        }
        return {};
    }

    Result<void> finish() {
        sealed_.clear();
        if (auto done = seal_.finish(sealed_); !done) return tl::make_unexpected(crypto_failure(done.error()));
        return put(sealed_);
    }

    /// Reads the file back from the medium and checks both its digest and every chunk of it.
    Result<void> verify(crypto::SodiumReady ready) {
        if (auto done = file_.sync(); !done) return tl::make_unexpected(failure_of(done.error()));
        digest = digest_.finish();
        crypto::Sha256 again(ready);
        crypto::VerifyStream chunks(ready, seal_.file_key(), seal_.stanzas());
        Result<void> compared;
        const auto read = file_.read_back([&](crypto::ByteView piece) {
            again.update(piece);
            compared = chunks.update(piece) ? advance(piece.size()) : failed(Error::Io, Reason::WrittenDiffers);
            return compared.has_value();
        });
        if (!read) return tl::make_unexpected(failure_of(read.error()));
        if (!compared) return compared;
        if (again.finish() != digest || !chunks.finish()) return failed(Error::Io, Reason::WrittenDiffers);
        if (progress_ && !progress_(total_, total_)) return failed(Error::Cancelled, Reason::Stopped);
        return {};
    }

    Digest digest{};
    std::uint64_t bytes = 0;

  private:
    Result<void> put(crypto::ByteView sealed) {
        digest_.update(sealed);
        bytes += sealed.size();
        if (auto done = file_.write(sealed); !done) return tl::make_unexpected(failure_of(done.error()));
        return {};
    }

    Result<void> advance(std::uint64_t more) {
        done_ = std::min(done_ + more, total_);
        if (progress_ && !progress_(done_, total_)) return failed(Error::Cancelled, Reason::Stopped);
        return {};
    }

    files::DurableFile& file_;
    crypto::SealStream& seal_;
    crypto::Sha256 digest_;
    const Progress& progress_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    crypto::Bytes sealed_;
};

Result<void> write_member(Output& output, std::string_view name, crypto::ByteView content) {
    AMPARO_TRY(const header, ustar_header(name, content.size()));
    AMPARO_DO(output.write(header));
    AMPARO_DO(output.write(content));
    const crypto::Bytes padding(static_cast<std::size_t>(ustar_member_bytes(content.size())) - ustar_block -
                                content.size());
    return output.write(padding);
}

Result<void> write_record(crypto::SodiumReady ready, Output& output, const Planned& member,
                          const RecordSource& source) {
    AMPARO_TRY(const sealed, source(member.record->name));
    if (sealed.size() != member.size || crypto::sha256(ready, sealed) != member.record->sha256)
        return failed(Error::Manifest, Reason::RecordChanged, {member.record->name});
    return write_member(output, member.name, sealed);
}

/// FILL and the end of the archive.
Result<void> write_fill(Output& output, std::uint64_t size) {
    AMPARO_TRY(const header, ustar_header("FILL", size));
    AMPARO_DO(output.write(header));
    const crypto::Bytes zeros(fill_piece);
    for (auto left = size + ustar_end_bytes; left > 0;) {
        const auto piece =
            crypto::ByteView(zeros).first(static_cast<std::size_t>(std::min<std::uint64_t>(left, fill_piece)));
        AMPARO_DO(output.write(piece));
        left -= piece.size();
    }
    return {};
}

}  // namespace

Result<WrittenBatch> write_batch(crypto::SodiumReady ready, const BatchOrder& order, const RecordSource& source,
                                 const std::filesystem::path& folder, const Progress& progress) {
    AMPARO_TRY(const plan, plan_of(order));
    AMPARO_DO(check_room(folder, plan.total));
    auto seal = crypto::SealStream::start(ready, order.recipients, crypto::Stanzas::Filled);
    if (!seal) return tl::make_unexpected(crypto_failure(seal.error()));
    auto file = files::DurableFile::create(folder / ("b-" + crypto::random_hex(ready, 8) + ".age"));
    if (!file) return tl::make_unexpected(failure_of(file.error()));

    Output output(ready, *file, *seal, plan.total, progress);
    const auto write_all = [&]() -> Result<void> {
        AMPARO_DO(output.begin());
        for (const auto& member : plan.members) {
            auto done = member.record != nullptr ? write_record(ready, output, member, source)
                                                 : write_member(output, member.name, member.content);
            if (!done) return done;
        }
        AMPARO_DO(write_fill(output, plan.fill));
        AMPARO_DO(output.finish());
        AMPARO_DO(output.verify(ready));
        if (auto done = file->publish(); !done) return tl::make_unexpected(failure_of(done.error()));
        return {};
    };
    AMPARO_DO(write_all());
    return WrittenBatch{file->destination(), output.bytes, output.digest};
}

}  // namespace app::exchange

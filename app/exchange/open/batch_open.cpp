#include "app/exchange/open/batch_open.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "app/exchange/open/batch_file.hpp"
#include "app/exchange/text.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::array<std::string_view, 4> front_members{"MANIFEST", "MANIFEST.minisig", "CERT", "CERT.minisig"};
constexpr std::size_t manifest_limit = 8U << 20U;
constexpr std::size_t small_limit = 16'384;
constexpr UstarLimits limits{front_members.size() + batch_most_lines + 1, batch_sizes.back(), batch_sizes.back()};

/// Collects the small members of a batch and the digests of all others, in the one order they may have. Judges names,
/// sizes and FILL, not contents.
class Collector final : public UstarHandler {
  public:
    explicit Collector(crypto::SodiumReady ready) : ready_(ready), hash_(ready) {}

    Result<void> begin(const std::string& name, std::uint64_t size) override {
        const auto index = members_++;
        used_ += ustar_member_bytes(size);
        if (filling_) return refuse(BatchReason::MemberOrder, Reason::ArchiveTail);
        if (index < front_members.size()) {
            if (name != front_members[index])
                return refuse(BatchReason::MemberOrder, Reason::MemberMissing, {std::string(front_members[index])});
            if (size > (index == 0 ? manifest_limit : small_limit))
                return refuse(BatchReason::TooLarge, Reason::MemberLarge, {name});
            target_ = &front[index];
            target_->reserve(static_cast<std::size_t>(size));
            return {};
        }
        target_ = nullptr;
        if (name == "FILL") {
            filling_ = true;
            fill_size_ = size;
            return {};
        }
        if (name == return_member) {
            if (size != crypto::return_secret_size) return refuse(BatchReason::MemberOrder, Reason::NotOfBatch);
            records.push_back({name, {}, size});
            returning_ = true;
            return {};
        }
        auto record = batch_record_name(name);
        if (!record) return refuse(BatchReason::MemberOrder, Reason::NotOfBatch);
        if (size > batch_most_record_bytes) return refuse(BatchReason::TooLarge, Reason::MemberLarge, {name});
        records.push_back({std::move(*record), {}, size});
        return {};
    }

    Result<void> content(crypto::ByteView piece) override {
        if (target_ != nullptr) {
            target_->insert(target_->end(), piece.begin(), piece.end());
            return {};
        }
        if (!filling_) {
            hash_.update(piece);
            return returning_ ? keep(piece) : Result<void>{};
        }
        const bool zero = std::all_of(piece.begin(), piece.end(), [](std::byte b) { return b == std::byte{0}; });
        return zero ? Result<void>{} : refuse(BatchReason::FillInvalid, Reason::ArchiveFill);
    }

    Result<void> end() override {
        if (target_ == nullptr && !filling_) records.back().sha256 = hash_.finish();
        returning_ = false;
        return {};
    }

    /// After the archive's end: FILL was there and brings the archive to the smallest size that holds it.
    Checked<void> complete() const {
        if (!filling_) return refused(BatchReason::MemberOrder, Reason::FillMissing);
        const auto total = used_ + ustar_end_bytes;
        const auto needed = total - (ustar_member_bytes(fill_size_) - ustar_block);
        const auto* const size =
            std::find_if(batch_sizes.begin(), batch_sizes.end(), [needed](auto s) { return s >= needed; });
        if (size == batch_sizes.end() || total != *size || fill_size_ != *size - needed)
            return refused(BatchReason::FillInvalid, Reason::FillSize);
        return {};
    }

    std::array<crypto::Bytes, front_members.size()> front;
    std::vector<BatchRecord> records;  // and audit entries and RETURN
    crypto::SecretBytes way_back;
    std::optional<BatchRefusal> refusal;  // why begin() or content() stopped the parse

  private:
    /// A piece of RETURN, whose size was looked at.
    Result<void> keep(crypto::ByteView piece) {
        if (way_back.empty()) {
            auto room = crypto::SecretBytes::make(ready_, crypto::return_secret_size);
            if (!room) return refuse(BatchReason::Unreadable, reason_of(room.error()));
            way_back = std::move(*room);
        }
        std::copy(piece.begin(), piece.end(), way_back.writable().subspan(returned_).begin());
        returned_ += piece.size();
        return {};
    }
    Result<void> refuse(BatchReason reason, Reason why, std::vector<std::string> of = {}) {
        refusal = BatchRefusal{reason, {why, of}};
        return failed(Error::Members, why, std::move(of));
    }

    crypto::SodiumReady ready_;
    crypto::Sha256 hash_;
    bool returning_ = false;
    std::size_t returned_ = 0;
    crypto::Bytes* target_ = nullptr;  // of a small member; nothing for one that is only digested
    std::size_t members_ = 0;
    bool filling_ = false;
    std::uint64_t fill_size_ = 0;
    std::uint64_t used_ = 0;
};

/// Feeds the plaintext of the outer file to the strict parser. The first refusal of the inside is remembered while the
/// outer file is read to its end, so that a damaged copy is called damaged and not forged.
class Inner {
  public:
    explicit Inner(crypto::SodiumReady ready) : collector(ready) {}
    void feed(crypto::ByteView plain) {
        if (refusal_) return;
        if (auto done = parser_.feed(plain); !done) refusal_ = of(done.error());
    }
    Checked<void> finish() {
        if (!refusal_)
            if (auto done = parser_.finish(); !done) refusal_ = of(done.error());
        if (refusal_) return tl::make_unexpected(*refusal_);
        return collector.complete();
    }
    Collector collector;

  private:
    [[nodiscard]] BatchRefusal of(const Failure& failure) const {
        if (collector.refusal) return *collector.refusal;
        return {failure.error == Error::TooLarge ? BatchReason::TooLarge : BatchReason::Archive, failure.why};
    }
    UstarParser parser_{limits, collector};
    std::optional<BatchRefusal> refusal_;
};

std::string member_of(const BatchRecord& record) {
    return record.name == return_member ? record.name : batch_member_name(record.name);
}

/// The manifest's lines are exactly the archive's records, in the same order, with the same digests.
Checked<void> compare_members(const std::vector<ManifestLine>& lines, const std::vector<BatchRecord>& records) {
    if (lines.size() != records.size()) return refused(BatchReason::MemberSet, Reason::RecordsOther);
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].name != member_of(records[i]))
            return refused(BatchReason::MemberSet, Reason::RecordUnlisted, {records[i].name});
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (records[i].sha256 != lines[i].sha256)
            return refused(BatchReason::RecordChanged, Reason::RecordChanged, {records[i].name});
    return {};
}

Checked<void> compare_manifest(crypto::ByteView manifest, const std::vector<BatchRecord>& records) {
    const auto lines = parse_manifest(manifest, batch_title, batch_most_lines);
    if (!lines) return refused(BatchReason::ManifestInvalid, lines.error().why.reason, lines.error().why.of);
    return compare_members(*lines, records);
}

/// The audit entries out of all members, by number.
std::vector<BatchRecord> take_audit(std::vector<BatchRecord>& members) {
    const auto first = std::stable_partition(members.begin(), members.end(),
                                             [](const BatchRecord& one) { return !is_audit_name(one.name); });
    std::vector<BatchRecord> audit(std::make_move_iterator(first), std::make_move_iterator(members.end()));
    members.erase(first, members.end());
    std::sort(audit.begin(), audit.end(), [](const BatchRecord& a, const BatchRecord& b) { return a.name < b.name; });
    return audit;
}

/// Gives out the records and entries of a batch that was verified, each compared with its digest once more. The rest of
/// the archive is what the signature covers, or FILL, and is passed over.
class Giver final : public UstarHandler {
  public:
    Giver(crypto::SodiumReady ready, const VerifiedBatch& batch, const TakeMember& take)
        : ready_(ready), batch_(batch), take_(take) {}

    Result<void> begin(const std::string& name, std::uint64_t size) override {
        expected_ = nullptr;
        const auto record = batch_record_name(name);
        if (!record) return {};
        expected_ = is_audit_name(*record) ? entry(*record) : next_record(*record);
        if (expected_ == nullptr || expected_->size != size) return failed(Error::Members, Reason::FileChanged);
        sealed_.clear();
        return {};
    }
    Result<void> content(crypto::ByteView piece) override {
        if (expected_ != nullptr) sealed_.insert(sealed_.end(), piece.begin(), piece.end());
        return {};
    }
    Result<void> end() override {
        if (expected_ == nullptr) return {};
        if (crypto::sha256(ready_, sealed_) != expected_->sha256) return failed(Error::Members, Reason::FileChanged);
        stopped = !take_(*expected_, sealed_);
        return stopped ? failed(Error::Cancelled, Reason::Stopped) : Result<void>{};
    }
    [[nodiscard]] bool complete() const { return records_ == batch_.records.size() && entries_ == batch_.audit.size(); }

    bool stopped = false;

  private:
    const BatchRecord* next_record(const std::string& name) {
        if (records_ == batch_.records.size() || batch_.records[records_].name != name) return nullptr;
        return &batch_.records[records_++];
    }
    /// The archive has the order of digests; the list that of numbers.
    const BatchRecord* entry(const std::string& name) {
        const auto found =
            std::lower_bound(batch_.audit.begin(), batch_.audit.end(), name,
                             [](const BatchRecord& one, const auto& wanted) { return one.name < wanted; });
        if (found == batch_.audit.end() || found->name != name) return nullptr;
        ++entries_;
        return &*found;
    }

    crypto::SodiumReady ready_;
    const VerifiedBatch& batch_;
    const TakeMember& take_;
    const BatchRecord* expected_ = nullptr;
    crypto::Bytes sealed_;
    std::size_t records_ = 0;
    std::size_t entries_ = 0;
};

}  // namespace

std::string_view reason_word(BatchReason reason) {
    switch (reason) {
        case BatchReason::Unreadable:
            return "unreadable";
        case BatchReason::NoIdentity:
            return "no-identity";
        case BatchReason::OuterDamaged:
            return "outer-damaged";
        case BatchReason::TooLarge:
            return "too-large";
        case BatchReason::Archive:
            return "archive";
        case BatchReason::MemberOrder:
            return "member-order";
        case BatchReason::CertificateInvalid:
            return "certificate-invalid";
        case BatchReason::SignatureInvalid:
            return "signature-invalid";
        case BatchReason::NewerFormat:
            return "newer-format";
        case BatchReason::CommentInvalid:
            return "comment-invalid";
        case BatchReason::ManifestInvalid:
            return "manifest-invalid";
        case BatchReason::MemberSet:
            return "member-set";
        case BatchReason::RecordChanged:
            return "record-changed";
        case BatchReason::FillInvalid:
            return "fill-invalid";
        case BatchReason::Stopped:
            return "stopped";
    }
    return "unknown";
}

bool calls_for_quarantine(BatchReason reason) {
    switch (reason) {
        case BatchReason::Unreadable:
        case BatchReason::NoIdentity:
        case BatchReason::OuterDamaged:
        case BatchReason::NewerFormat:
        case BatchReason::Stopped:
            return false;
        case BatchReason::TooLarge:
        case BatchReason::Archive:
        case BatchReason::MemberOrder:
        case BatchReason::CertificateInvalid:
        case BatchReason::SignatureInvalid:
        case BatchReason::CommentInvalid:
        case BatchReason::ManifestInvalid:
        case BatchReason::MemberSet:
        case BatchReason::RecordChanged:
        case BatchReason::FillInvalid:
            return true;
    }
    return true;
}

Checked<VerifiedBatch> open_batch(crypto::SodiumReady ready, const std::filesystem::path& path,
                                  std::span<const crypto::open::Identity> identities,
                                  const crypto::DeploymentPublicKey& pinned, Day today, const Progress& progress) {
    AMPARO_TRY(file, BatchFile::open(path));
    Inner inner(ready);
    const auto feed = [&](crypto::ByteView plain) {
        inner.feed(plain);
        return true;
    };
    AMPARO_TRY(const file_digest, file.read(ready, identities, feed, progress));
    AMPARO_DO(inner.finish());
    auto& [manifest, manifest_signature, certificate_bytes, certificate_signature] = inner.collector.front;

    SignedCertificate signed_certificate{std::move(certificate_bytes), std::move(certificate_signature)};
    const auto certificate = verify_certificate(ready, signed_certificate, pinned);
    if (!certificate)
        return refused(BatchReason::CertificateInvalid, certificate.error().why.reason, certificate.error().why.of);

    const auto comment = crypto::verify(ready, manifest, crypto::as_text(manifest_signature), certificate->key);
    if (!comment) return refused(BatchReason::SignatureInvalid, reason_of(comment.error()));
    if (is_newer_batch(*comment, manifest)) return refused(BatchReason::NewerFormat, Reason::BatchNewer);
    const auto header = parse_batch_comment(*comment);
    if (!header) return refused(BatchReason::CommentInvalid, header.error().why.reason, header.error().why.of);
    if (header->device != certificate->device || header->epoch < certificate->epoch)
        return refused(BatchReason::CommentInvalid, Reason::CommentDevice);

    auto& records = inner.collector.records;
    AMPARO_DO(compare_manifest(manifest, records));
    std::erase_if(records, [](const BatchRecord& one) { return one.name == return_member; });
    auto audit = take_audit(records);
    if (header->count != records.size()) return refused(BatchReason::CommentInvalid, Reason::CommentCount);

    const auto manifest_digest = crypto::sha256(ready, manifest);
    ReturnSecret way_back;
    if (auto& secret = inner.collector.way_back; !secret.empty())
        way_back = std::make_shared<const crypto::SecretBytes>(std::move(secret));
    return VerifiedBatch{*header,
                         *certificate,
                         std::move(signed_certificate),
                         std::move(manifest),
                         std::move(manifest_signature),
                         manifest_digest,
                         std::move(records),
                         std::move(audit),
                         file_digest,
                         today > certificate->not_after,
                         std::make_shared<const BatchFile>(std::move(file)),
                         std::move(way_back)};
}

Checked<void> read_members(crypto::SodiumReady ready, const VerifiedBatch& batch, const TakeMember& take,
                           const Progress& progress) {
    Giver giver(ready, batch, take);
    UstarParser parser(limits, giver);
    bool fits = true;
    const auto feed = [&](crypto::ByteView plain) {
        fits = parser.feed(plain).has_value();
        return fits;
    };
    const auto read = batch.file->read_again(feed, progress);
    if (giver.stopped) return refused(BatchReason::Stopped, Reason::Stopped);
    if (!read && fits) return read;
    if (!fits || !parser.finish() || !giver.complete()) return refused(BatchReason::Unreadable, Reason::FileChanged);
    return {};
}

}  // namespace app::exchange

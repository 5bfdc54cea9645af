#include "app/exchange/open/batch_open.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <optional>
#include <utility>

#include "app/exchange/text.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/hash.hpp"
#include "crypto/open/open.hpp"

namespace app::exchange {
namespace {

template <class T>
using Checked = tl::expected<T, BatchRefusal>;

tl::unexpected<BatchRefusal> refused(BatchReason reason, std::string detail) {
    return tl::make_unexpected(BatchRefusal{reason, std::move(detail)});
}

constexpr std::array<std::string_view, 4> front_members{"MANIFEST", "MANIFEST.minisig", "CERT", "CERT.minisig"};
constexpr std::size_t manifest_limit = 8U << 20U;
constexpr std::size_t small_limit = 16'384;
constexpr UstarLimits limits{front_members.size() + batch_most_records + 1, batch_sizes.back(), batch_sizes.back()};

/// Collects the members of a batch in the one order they may have. Judges names, sizes and FILL, not contents.
class Collector final : public UstarHandler {
  public:
    Result<void> begin(const std::string& name, std::uint64_t size) override {
        const auto index = members_++;
        used_ += ustar_member_bytes(size);
        if (filling_) return refuse(BatchReason::MemberOrder, "a member after FILL");
        if (index < front_members.size()) {
            if (name != front_members[index])
                return refuse(BatchReason::MemberOrder,
                              "the batch does not begin with " + std::string(front_members[index]));
            if (size > (index == 0 ? manifest_limit : small_limit)) return refuse(BatchReason::TooLarge, name);
            return open(front[index], size);
        }
        if (name == "FILL") {
            filling_ = true;
            fill_size_ = size;
            return {};
        }
        auto record = batch_record_name(name);
        if (!record) return refuse(BatchReason::MemberOrder, "a member that does not belong into a batch");
        if (size > batch_most_record_bytes) return refuse(BatchReason::TooLarge, name);
        records.push_back({std::move(*record), {}, {}});
        return open(records.back().sealed, size);
    }

    Result<void> content(crypto::ByteView piece) override {
        if (!filling_) {
            target_->insert(target_->end(), piece.begin(), piece.end());
            return {};
        }
        const bool zero = std::all_of(piece.begin(), piece.end(), [](std::byte b) { return b == std::byte{0}; });
        return zero ? Result<void>{} : refuse(BatchReason::FillInvalid, "FILL is not zero bytes");
    }

    Result<void> end() override { return {}; }

    /// After the archive's end: FILL was there and brings the archive to the smallest size that holds it.
    Checked<void> complete() const {
        if (!filling_) return refused(BatchReason::MemberOrder, "FILL is missing");
        const auto total = used_ + ustar_end_bytes;
        const auto needed = total - (ustar_member_bytes(fill_size_) - ustar_block);
        const auto* const size =
            std::find_if(batch_sizes.begin(), batch_sizes.end(), [needed](auto s) { return s >= needed; });
        if (size == batch_sizes.end() || total != *size || fill_size_ != *size - needed)
            return refused(BatchReason::FillInvalid, "FILL does not bring the archive to its size");
        return {};
    }

    std::array<crypto::Bytes, front_members.size()> front;
    std::vector<SealedRecord> records;
    std::optional<BatchRefusal> refusal;  // why begin() or content() stopped the parse

  private:
    Result<void> open(crypto::Bytes& target, std::uint64_t size) {
        target.reserve(static_cast<std::size_t>(size));
        target_ = &target;
        return {};
    }

    Result<void> refuse(BatchReason reason, std::string detail) {
        refusal = BatchRefusal{reason, detail};
        return failed(Fault::Members, std::move(detail));
    }

    crypto::Bytes* target_ = nullptr;
    std::size_t members_ = 0;
    bool filling_ = false;
    std::uint64_t fill_size_ = 0;
    std::uint64_t used_ = 0;
};

/// Read-only descriptor of a regular file. Opening never waits: a pipe or device is found out by what it is.
class InputFile {
  public:
    explicit InputFile(const std::filesystem::path& file)
        : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    ~InputFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    /// Bytes of the file; nothing when it cannot be read or is no regular file.
    [[nodiscard]] std::optional<std::uint64_t> size() const {
        struct stat status {};
        if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
        return static_cast<std::uint64_t>(status.st_size);
    }
    /// The next bytes; empty at the end; nothing on an error.
    [[nodiscard]] std::optional<crypto::ByteView> next(crypto::Bytes& room) const {
        for (;;) {
            const auto length = ::read(descriptor_, room.data(), room.size());
            if (length >= 0) return crypto::ByteView(room).first(static_cast<std::size_t>(length));
            if (errno != EINTR) return std::nullopt;
        }
    }

  private:
    int descriptor_;
};

BatchRefusal outer_refusal(crypto::Error error) {
    switch (error) {
        case crypto::Error::NoMatch:
            return {BatchReason::NoIdentity, crypto::describe(error)};
        case crypto::Error::Header:
        case crypto::Error::Mac:
        case crypto::Error::Payload:
        case crypto::Error::Malformed:
        case crypto::Error::Mixed:
        case crypto::Error::Kind:
        case crypto::Error::TooMany:
        case crypto::Error::WorkFactor:
            return {BatchReason::OuterDamaged, crypto::describe(error)};
        case crypto::Error::SelfTest:
        case crypto::Error::LockedMemory:
        case crypto::Error::Memory:
        case crypto::Error::Input:
        case crypto::Error::Signature:
        case crypto::Error::OtherKey:
        case crypto::Error::WrongSecret:
        case crypto::Error::Protected:
            return {BatchReason::Unreadable, crypto::describe(error)};
    }
    return {BatchReason::Unreadable, "unknown"};
}

/// Feeds the plaintext of the outer file to the strict parser. The first refusal of the inside is remembered while the
/// outer file is read to its end, so that a damaged copy is called damaged and not forged.
class Inner {
  public:
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
        return {failure.fault == Fault::TooLarge ? BatchReason::TooLarge : BatchReason::Archive, failure.detail};
    }
    UstarParser parser_{limits, collector};
    std::optional<BatchRefusal> refusal_;
};

/// Steps one and two: the outer file and the strict archive. Gives the digest of the file.
Checked<Digest> read_outer(crypto::SodiumReady ready, const std::filesystem::path& path,
                           std::span<const crypto::open::Identity> identities, Inner& inner) {
    const InputFile file(path);
    const auto size = file.size();
    if (!size) return refused(BatchReason::Unreadable, "the file cannot be read");
    if (*size > batch_most_file_bytes) return refused(BatchReason::TooLarge, "larger than any batch");
    crypto::open::OpenStream stream(ready, {identities, {}});
    crypto::Sha256 digest(ready);
    crypto::Bytes room(1U << 18U);
    crypto::Bytes plain;
    for (;;) {
        const auto piece = file.next(room);
        if (!piece) return refused(BatchReason::Unreadable, "the file cannot be read");
        digest.update(*piece);
        plain.clear();
        const auto done = piece->empty() ? stream.finish(plain) : stream.update(*piece, plain);
        if (!done) return tl::make_unexpected(outer_refusal(done.error()));
        inner.feed(plain);
        if (piece->empty()) return digest.finish();
    }
}

/// The manifest's lines are exactly the archive's records, in the same order, with the same digests.
Checked<void> compare_members(crypto::SodiumReady ready, const std::vector<ManifestLine>& lines,
                              std::vector<SealedRecord>& records) {
    if (lines.size() != records.size()) return refused(BatchReason::MemberSet, "another number of records than listed");
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].name != batch_member_name(records[i].name))
            return refused(BatchReason::MemberSet, "record " + records[i].name + " is not the one listed");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        records[i].sha256 = crypto::sha256(ready, records[i].sealed);
        if (records[i].sha256 != lines[i].sha256)
            return refused(BatchReason::RecordChanged, "record " + records[i].name + " differs from its digest");
    }
    return {};
}

/// The audit entries out of all members, by number.
std::vector<SealedRecord> take_audit(std::vector<SealedRecord>& members) {
    const auto first = std::stable_partition(members.begin(), members.end(),
                                             [](const SealedRecord& one) { return !is_audit_name(one.name); });
    std::vector<SealedRecord> audit(std::make_move_iterator(first), std::make_move_iterator(members.end()));
    members.erase(first, members.end());
    std::sort(audit.begin(), audit.end(), [](const SealedRecord& a, const SealedRecord& b) { return a.name < b.name; });
    return audit;
}

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
    }
    return "unknown";
}

bool calls_for_quarantine(BatchReason reason) {
    switch (reason) {
        case BatchReason::Unreadable:
        case BatchReason::NoIdentity:
        case BatchReason::OuterDamaged:
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

tl::expected<VerifiedBatch, BatchRefusal> open_batch(crypto::SodiumReady ready, const std::filesystem::path& file,
                                                     std::span<const crypto::open::Identity> identities,
                                                     const crypto::DeploymentPublicKey& pinned, Day today) {
    Inner inner;
    const auto file_digest = read_outer(ready, file, identities, inner);
    if (!file_digest) return tl::make_unexpected(file_digest.error());
    if (auto archive = inner.finish(); !archive) return tl::make_unexpected(archive.error());
    auto& [manifest, manifest_signature, certificate_bytes, certificate_signature] = inner.collector.front;

    SignedCertificate signed_certificate{std::move(certificate_bytes), std::move(certificate_signature)};
    const auto certificate = verify_certificate(ready, signed_certificate, pinned);
    if (!certificate) return refused(BatchReason::CertificateInvalid, certificate.error().detail);

    const auto comment = crypto::verify(ready, manifest, crypto::as_text(manifest_signature), certificate->key);
    if (!comment) return refused(BatchReason::SignatureInvalid, crypto::describe(comment.error()));
    const auto header = parse_batch_comment(*comment);
    if (!header) return refused(BatchReason::CommentInvalid, header.error().detail);
    if (header->device != certificate->device || header->epoch < certificate->epoch)
        return refused(BatchReason::CommentInvalid, "the comment names another device or an earlier epoch");

    const auto lines = parse_manifest(manifest, batch_title, batch_most_records);
    if (!lines) return refused(BatchReason::ManifestInvalid, lines.error().detail);
    auto& records = inner.collector.records;
    if (auto same = compare_members(ready, *lines, records); !same) return tl::make_unexpected(same.error());
    auto audit = take_audit(records);
    if (header->count != records.size())
        return refused(BatchReason::CommentInvalid, "the comment counts other records");

    const auto manifest_digest = crypto::sha256(ready, manifest);
    return VerifiedBatch{*header,
                         *certificate,
                         std::move(signed_certificate),
                         std::move(manifest),
                         std::move(manifest_signature),
                         manifest_digest,
                         std::move(records),
                         std::move(audit),
                         *file_digest,
                         today > certificate->not_after};
}

}  // namespace app::exchange

// Where something of an erased case still lies: sealed records that are no case here, and refused files.
#include <algorithm>
#include <charconv>
#include <set>

#include "app/casebook/parts.hpp"
#include "app/files/plain_file.hpp"
#include "app/record/read.hpp"
#include "crypto/hash.hpp"
#include "crypto/open/open.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

namespace {

namespace fs = std::filesystem;

/// What is looked for in opened text and among digests.
struct Sought {
    std::set<std::pair<std::string, std::string>> records;  ///< device and record: an id alone is nobody's
    std::set<std::string> devices;
    std::string code;
    std::set<exchange::Digest> sealed;
};

/// Whether a proper record is one of those, or has their code, going by the device that it names or came from.
bool is_sought(const Record& record, const std::string& brought_by, const Sought& sought) {
    const std::string named(record.device);
    const std::string id(record.record);
    if (sought.records.contains({named, id}) || sought.records.contains({brought_by, id})) return true;
    if (sought.code.empty() || record.case_code != sought.code) return false;
    return sought.devices.empty() || sought.devices.contains(named) || sought.devices.contains(brought_by);
}

/// From what is no proper record nothing is read; it is searched, for the device as well where another one brought it.
bool speaks_of(std::string_view text, const std::string& brought_by, const Sought& sought) {
    if (const auto record = record::read(text)) return is_sought(*record, brought_by, sought);
    const auto says = [text](std::string_view what) { return text.find(what) != std::string_view::npos; };
    const auto of_device = [&](const std::string& device) { return device == brought_by || says(device); };
    if (std::any_of(sought.records.begin(), sought.records.end(),
                    [&](const auto& one) { return says(one.second) && of_device(one.first); }))
        return true;
    if (sought.code.empty() || !says(sought.code)) return false;
    return sought.devices.empty() || std::any_of(sought.devices.begin(), sought.devices.end(), of_device);
}

Result<Sought> sought_of(Erasures& erasures, std::span<const Erasable> records, std::string_view code) {
    Sought sought;
    sought.code = code;
    for (const auto& one : records) {
        sought.records.insert({one.device, one.record});
        sought.devices.insert(one.device);
        AMPARO_TRY(const digests, erasures.digests(one.device, one.record));
        sought.sealed.insert(digests.begin(), digests.end());
    }
    return sought;
}

/// True and false; nothing when none of the identities opens it. Memory error is the machine's.
Result<std::optional<bool>> look_into(crypto::SodiumReady ready, crypto::ByteView sealed, std::string_view brought_by,
                                      const Sought& sought, std::span<const crypto::open::Identity> identities) {
    if (sought.sealed.contains(crypto::sha256(ready, sealed))) return true;
    const auto plain = crypto::open::open(ready, sealed, identities);
    if (plain) return speaks_of(crypto::as_text(plain->view()), std::string(brought_by), sought);
    if (plain.error() == crypto::Error::LockedMemory || plain.error() == crypto::Error::Memory)
        return tl::unexpected(Error::Memory);
    return std::nullopt;
}

/// Takes the sealed members out of the archive of a batch, also of one that is damaged or no proper archive: a member
/// begins where a block begins like an age file, and has the size that the block before it says.
class Members {
  public:
    template <class Take>
    Result<void> feed(crypto::ByteView block, const Take& take) {
        if (left_ > 0) {
            const auto part = block.first(std::min(left_, block.size()));
            member_.insert(member_.end(), part.begin(), part.end());
            left_ -= part.size();
        } else if (crypto::as_text(block).starts_with("age-encryption.org/v1\n")) {
            member_.clear();
            left_ = size_;
            if (left_ == 0) unknown_ = true;  // without a header nobody knows where it ends
            if (left_ > 0) return feed(block, take);
        } else {
            size_ = size_in(block);
        }
        if (left_ > 0 || member_.empty()) return {};
        ++count_;
        size_ = 0;
        const auto done = take(crypto::ByteView(member_));
        member_.clear();
        return done;
    }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] bool complete() const { return !unknown_ && left_ == 0; }

  private:
    /// The size in a ustar header; 0 for any other block, and for what is larger than a record can be.
    static std::size_t size_in(crypto::ByteView block) {
        const auto text = crypto::as_text(block);
        if (text.size() < 263 || text.substr(257, 5) != "ustar") return 0;
        const auto digits = text.substr(124, 11);
        std::size_t size = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), size, 8);
        return read.ec == std::errc() && size <= exchange::batch_most_record_bytes ? size : 0;
    }

    crypto::Bytes member_;
    std::size_t size_ = 0;
    std::size_t left_ = 0;
    std::size_t count_ = 0;
    bool unknown_ = false;
};

struct Looked {
    bool holds = false;
    bool whole = false;  ///< everything in it was looked into
    std::size_t records = 0;
};

/// Opens a refused file and everything sealed in it. Nothing of it is believed or kept.
Result<Looked> look_into_file(crypto::SodiumReady ready, const fs::path& file, const Sought& sought,
                              std::span<const crypto::open::Identity> identities) {
    constexpr std::size_t block_bytes = 512;
    const auto in = files::InputFile::open(file, files::Kinds::Plain, files::Links::Refused);
    crypto::open::OpenStream stream(ready, {.identities = identities});
    Looked looked;
    Members members;
    bool opened = true;
    const auto take = [&](crypto::ByteView member) -> Result<void> {
        const auto holds = look_into(ready, member, {}, sought, identities);
        if (!holds) return tl::unexpected(holds.error());
        if (!*holds) opened = false;
        looked.holds = looked.holds || holds->value_or(false);
        return {};
    };
    crypto::Bytes piece(1U << 16);
    crypto::Bytes plain;
    bool good = in.has_value();
    for (bool more = good; more && good;) {
        const auto length = in->fill(piece);
        more = length.value_or(0) > 0;
        good = length && (more ? stream.update(crypto::ByteView(piece).first(*length), plain).has_value()
                               : stream.finish(plain).has_value());
        std::size_t at = 0;
        for (; at + block_bytes <= plain.size(); at += block_bytes)
            if (auto done = members.feed(crypto::ByteView(plain).subspan(at, block_bytes), take); !done)
                return tl::unexpected(done.error());
        plain.erase(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(at));
    }
    looked.whole = good && opened && members.complete();
    looked.records = members.count();
    return looked;
}

/// Everything sealed that belongs to nothing that is listed or waits.
Result<void> look_into_rows(crypto::SodiumReady ready, Erasures& erasures, const Sought& sought,
                            std::span<const crypto::open::Identity> identities, Traces& traces) {
    return erasures.each_stray([&](const Stray& stray, crypto::ByteView sealed) -> Result<void> {
        AMPARO_TRY(const speaks, look_into(ready, sealed, stray.device, sought, identities));
        if (!speaks) ++traces.closed;
        if (speaks.value_or(false)) traces.strays.push_back(stray);
        return {};
    });
}

}  // namespace

Result<Traces> Casebook::traces(std::span<const Erasable> records, std::string_view code,
                                std::span<const crypto::open::Identity> identities) {
    AMPARO_TRY(const sought, sought_of(parts_->erasures, records, code));
    Traces traces;
    AMPARO_DO(look_into_rows(parts_->ready, parts_->erasures, sought, identities, traces));
    const auto refused = quarantined();
    if (!refused) return tl::unexpected(refused.error());
    // Every file, also one that nothing names any more.
    std::error_code failure;
    for (fs::directory_iterator at(quarantine_of(parts_->file), failure), end; !failure && at != end;
         at.increment(failure)) {
        std::error_code unknown;
        if (!fs::is_regular_file(at->symlink_status(unknown))) continue;
        const auto looked = look_into_file(parts_->ready, at->path(), sought, identities);
        if (!looked) return tl::unexpected(looked.error());
        const auto kept_as = at->path().filename().string();
        const auto noted = std::find_if(refused->begin(), refused->end(),
                                        [&](const Quarantined& one) { return one.file_sha256 + ".age" == kept_as; });
        const auto& file = noted == refused->end() || noted->file.empty() ? kept_as : noted->file;
        if (looked->holds)
            traces.copies.push_back({file, kept_as, looked->records});
        else if (!looked->whole)
            ++traces.closed;
    }
    return traces;
}

}  // namespace app::casebook
